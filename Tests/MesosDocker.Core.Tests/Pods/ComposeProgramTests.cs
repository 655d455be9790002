using MesosDocker.Pods;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Pods;

public sealed class ComposeProgramTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();

    private PodProcess Pod => new("pod-1", "r1", _files.PathOf("sandbox"), _files.PathOf("sandbox", "pod-1.compose.json"));

    public void Dispose() => _files.Dispose();

    [Fact]
    public void PlugIn_OfTheDockerClient_IsTakenFirst()
    {
        string folder = ProgramsFolder("docker", "docker-compose");
        _files.WriteProgram("config/cli-plugins/docker-compose", "true");

        ComposeProgram program = ComposeProgram.Find([], Environment(folder, ("DOCKER_CONFIG", _files.PathOf("config"))));

        Assert.Equal($"{folder}/docker compose", program.Name);
    }

    [Fact]
    public void PlugIn_OfTheUser_IsFound()
    {
        string folder = ProgramsFolder("docker");
        _files.WriteProgram("home/.docker/cli-plugins/docker-compose", "true");

        Assert.Equal($"{folder}/docker compose", ComposeProgram.Find([], Environment(folder, ("HOME", _files.PathOf("home")))).Name);
    }

    [Fact]
    public void Alone_DockerCompose_IsTaken()
    {
        string folder = ProgramsFolder("docker-compose");

        Assert.Equal($"{folder}/docker-compose", ComposeProgram.Find([], Environment(folder)).Name);
    }

    [Fact]
    public void WithNone_ItSaysWhatToInstall()
    {
        MesosDockerException e = Assert.Throws<MesosDockerException>(() => ComposeProgram.Find([], Environment(ProgramsFolder())));

        Assert.Equal(Fault.ProgramMissing, e.Fault);
        Assert.StartsWith("There is no compose on this machine", e.Message);
    }

    [Fact]
    public void OneThatIsSet_AndIsNotThere_IsTold()
    {
        MesosDockerException e = Assert.Throws<MesosDockerException>(() => ComposeProgram.Find(["own", "compose"], Environment(ProgramsFolder("docker-compose"))));

        Assert.Equal("There is no program 'own', which is set to be compose (mesosdocker.pod.compose).", e.Message);
    }

    /// <summary>The command line that every compose documents, and nothing of the environment that would mean another project.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_NameTheFile_TheProject_AndItsDirectory(bool plugIn)
    {
        string note = _files.PathOf("note");
        _files.WriteProgram("bin/called", $"echo \"$*\" >> {note}; env | grep -E '^(COMPOSE|MESOS_DOCKER)_' | sort >> {note}; pwd >> {note}");
        string program = _files.PathOf("bin", "called");
        Directory.CreateDirectory(Pod.Sandbox);
        Dictionary<string, string> environment = Environment(
            "/usr/bin:/bin", ("COMPOSE_FILE", "other.yml"), ("COMPOSE_PROJECT_NAME", "other"), ("COMPOSE_PARALLEL_LIMIT", "3"));

        ComposeProgram compose = ComposeProgram.Find(plugIn ? [program, "compose"] : [program], environment);
        await compose.ValidateAsync(Pod, TestContext.Current.CancellationToken);
        await compose.UpAsync(Pod, TestContext.Current.CancellationToken);

        string common = $"{(plugIn ? "compose " : "")}--file {Pod.ComposeFile} --project-name pod-1 --project-directory {Pod.Sandbox}";
        string[] rest = ["COMPOSE_HTTP_TIMEOUT=600", "COMPOSE_PARALLEL_LIMIT=3", "MESOS_DOCKER_RUN=r1", Pod.Sandbox];
        string[] lines = await File.ReadAllLinesAsync(note, TestContext.Current.CancellationToken);
        Assert.Equal([$"{common} config --quiet", .. rest, $"{common} up --detach", .. rest], lines);
    }

    [Theory]
    [InlineData("echo unsupported >&2; exit 1", "compose config' refuses the project: unsupported.")]
    [InlineData("exit 2", "compose config' refuses the project: it said nothing.")]
    public async Task WhatComposeSays_IsTold(string script, string words)
    {
        string program = _files.WriteProgram("compose", script);
        Directory.CreateDirectory(Pod.Sandbox);
        ComposeProgram compose = ComposeProgram.Find([program], Environment("/usr/bin:/bin"));

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => compose.ValidateAsync(Pod, TestContext.Current.CancellationToken));

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.EndsWith(words, e.Message);
    }

    private static Dictionary<string, string> Environment(string path, params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string> { ["PATH"] = path };
        foreach ((string name, string value) in more)
        {
            environment[name] = value;
        }

        return environment;
    }

    private string ProgramsFolder(params string[] names)
    {
        Directory.CreateDirectory(_files.PathOf("bin"));
        foreach (string name in names)
        {
            _files.WriteProgram($"bin/{name}", "true");
        }

        return _files.PathOf("bin");
    }
}
