using System.Text;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Pods;
using MesosDocker.TestKit;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;
using Status = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.Integration.Tests.Pods;

/// <summary>Where compose files come from, and who has a say in them.</summary>
public sealed class PodFileTests(EngineFixture engine)
{
    private const string Say = """services: {web: {image: IMAGE, command: ["sh", "-c", "echo $$WORD $$MORE"], environment: {WORD: base, MORE: "${PORT0}"}}}""";

    [Fact]
    public async Task InsideALabel_FilesNeedNoServer()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string packed = PodFiles.Pack(
        [
            new PackedFile("docker-compose.yml", Bytes("""services: {web: {image: IMAGE, command: ["sh", "-c", "echo $$WORD"], env_file: [conf/web.env]}}""")),
            new PackedFile("conf/web.env", Bytes("WORD=packed\n")),
        ]);
        string task = PodFixture.NewTask();

        pods.LaunchTask(task, labels: (PodFiles.Label, packed));
        await FinishedAsync(pods, task);

        Assert.Contains("web | packed\n", pods.Read("stdout"));
    }

    [Fact]
    public async Task UsualNames_AreFoundByThemselves_WithTheirOverride()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        await File.WriteAllBytesAsync(Path.Combine(pods.Sandbox, "compose.yaml"), Bytes(Say), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(pods.Sandbox, "compose.override.yml"), "services: {web: {environment: {WORD: over}}}", TestContext.Current.CancellationToken);
        string task = PodFixture.NewTask();

        pods.LaunchTask(task, [31005]);
        await FinishedAsync(pods, task);

        Assert.Contains("web | over 31005\n", pods.Read("stdout"));
    }

    [Fact]
    public async Task ByUris_SeveralFiles_AreFetchedAndLaidOverEachOther()
    {
        await using var server = new RawServer(request => request.WriteAsync(RawServer.Ok(
            request.Target.EndsWith("a.yml", StringComparison.Ordinal)
                ? Encoding.UTF8.GetString(Bytes(Say))
                : "services: {web: {environment: {WORD: fetched, MORE: ''}}}")));
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = PodFixture.NewTask();

        pods.LaunchTask(task, labels: ("org.apache.aurora.metadata.fileName", $"{server.Url("a.yml")}, {server.Url("b.yml")}"));
        await FinishedAsync(pods, task);

        Assert.Contains("web | fetched\n", pods.Read("stdout"));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("missing.yml", "There is no 'missing.yml' in the sandbox")]
    [InlineData("../x.yml", "is not in the sandbox")]
    [InlineData("/etc/passwd", "is not in the sandbox")]
    public async Task AFileThatIsNotThere_IsTold(string name, string words)
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = PodFixture.NewTask();

        pods.LaunchTask(task, labels: ("fileName", name));

        Assert.Contains(words, (await pods.EndAsync(task)).Message);
    }

    [Fact]
    public async Task ALauncher_MayChangeTheProject_AndNamesAreMadeAfterIt()
    {
        using var files = new TemporaryDirectory();
        const string Answer = """
            {"project": {"services": {"web": {"image": "IMAGE", "container_name": "named", "command": ["sh", "-c", "echo changed $$"]}}}}
            """;
        string launcher = files.WriteProgram("launcher", $"""
            cat > {files.PathOf("question")}
            printf '%s' '{Answer.Replace("IMAGE", engine.Image, StringComparison.Ordinal)}'
            """);
        await using PodFixture pods = await PodFixture.StartAsync(engine, variables: ("MESOS_DOCKER_POD_LAUNCHER", launcher));
        string task = pods.Launch(Say, [31000], labels: ("team", "blue"));

        await FinishedAsync(pods, task);

        Assert.Contains("web | changed 1\n", pods.Read("stdout"));
        Assert.EndsWith("_named", (string?)pods.ComposeFile()["services"]!["web"]!["container_name"]);
        string question = await File.ReadAllTextAsync(files.PathOf("question"), TestContext.Current.CancellationToken);
        Assert.Contains($"\"task\":{{\"id\":\"{task}\"", question);
        Assert.Contains("\"ports\":[31000]", question);
        Assert.Contains("\"team\":\"blue\"", question);
        Assert.Contains("\"WORD\":\"base\"", question);
    }

    [Theory]
    [InlineData("""echo '{"refuse": "not on a Friday"}'""", "refuses the pod: not on a Friday.")]
    [InlineData("echo oops >&2; exit 3", "exited with status 3: oops.")]
    [InlineData("echo nonsense", "what stands here is no JSON")]
    [InlineData("sleep 60", "took longer than 1 seconds")]
    [InlineData("""echo '{"project": {"services": {"web": {"imag": 1}}}}'""", "imag")]
    public async Task ALauncher_MayRefuse_AndOneThatDoesNotWorkIsTold(string script, string words)
    {
        using var files = new TemporaryDirectory();
        await using PodFixture pods = await PodFixture.StartAsync(
            engine, variables: [("MESOS_DOCKER_POD_LAUNCHER", files.WriteProgram("launcher", script)), ("MESOS_DOCKER_POD_LAUNCHER_TIMEOUT", "1s")]);
        string task = pods.Launch(Say, [31000]);

        Status end = await pods.EndAsync(task);

        Assert.Equal(State.TaskFailed, end.State);
        Assert.Contains(words, end.Message);
        Assert.Empty(await pods.ContainersAsync(task));
    }

    [Fact]
    public async Task Hooks_RunBeforeAndAfterEachPart_InTheSandbox()
    {
        using var files = new TemporaryDirectory();
        string hook = files.WriteProgram("hook", "echo \"$POD_STEP $POD_TASK_ID $PWD\" >> hooks; [ \"$POD_STEP\" != post-pull ] || { echo no good >&2; exit 1; }");
        await using PodFixture pods = await PodFixture.StartAsync(engine, variables:
        [
            .. ((string[])["FETCH", "PULL", "UP", "STOP"]).SelectMany(phase => new[] { ($"MESOS_DOCKER_POD_HOOK_PRE_{phase}", hook), ($"MESOS_DOCKER_POD_HOOK_POST_{phase}", hook) }),
        ]);
        string task = pods.Launch("""services: {web: {image: IMAGE, command: ["sh", "-c", "FOREVER"]}}""");

        await pods.RunningAsync(task);
        pods.Agent.Kill(task, TimeSpan.Zero);
        await pods.EndAsync(task);

        Assert.Equal(
            ((string[])["pre-fetch", "post-fetch", "pre-pull", "post-pull", "pre-up", "post-up", "pre-stop", "post-stop"]).Select(step => $"{step} {task} {pods.Sandbox}"),
            pods.Read("hooks").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"The hook post-pull failed: '{hook}' exited with status 1: no good. The task goes on.", pods.Read("stderr"));
    }

    [Theory]
    [InlineData("exit 4", "The hook pre-up failed: ", "exited with status 4.")]
    [InlineData("sleep 60", "The hook pre-up failed: ", "took longer than 1 seconds")]
    public async Task AHookThatIsRequired_EndsTheTask(string script, string first, string second)
    {
        using var files = new TemporaryDirectory();
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(
            Say,
            [31000],
            labels: [("mesosdocker.pod.hook.pre-up", files.WriteProgram("hook", script)), ("mesosdocker.pod.hooks-required", "true"), ("mesosdocker.pod.hook-timeout", "1s")]);

        Status end = await pods.EndAsync(task);

        Assert.Equal(State.TaskFailed, end.State);
        Assert.StartsWith(first, end.Message);
        Assert.Contains(second, end.Message);
        Assert.Empty(await pods.ContainersAsync(task));
    }

    [Fact]
    public async Task Output_IsRotated()
    {
        await using PodFixture pods = await PodFixture.StartAsync(
            engine, variables: [("MESOS_DOCKER_POD_LOG_SIZE", "10k"), ("MESOS_DOCKER_POD_LOG_FILES", "2")]);
        string task = pods.Launch("""services: {web: {image: IMAGE, command: ["sh", "-c", "seq 1 10000"]}}""");

        await FinishedAsync(pods, task);

        string[] names = [.. Directory.EnumerateFiles(pods.Sandbox, "stdout*").Select(static path => Path.GetFileName(path)).Order()];
        Assert.Equal(["stdout", "stdout.1", "stdout.2"], names);
        Assert.All(names, name => Assert.InRange(new FileInfo(Path.Combine(pods.Sandbox, name)).Length, 1, 10 * 1024));
        Assert.EndsWith("web | 10000\n", pods.Read("stdout"));
    }

    [Fact]
    public async Task Replicas_AreLabelled_AndOneWithPortsHasThemForEach()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        int[] ports = [PodLifeTests.FreePort(), PodLifeTests.FreePort()];
        string task = pods.Launch(
            """
            services:
              web: {image: IMAGE, scale: 2, command: ["sh", "-c", "echo up; exec nc -ll -p 80 -e hostname"], ports: ["8080:80"], stop_grace_period: 0s}
              job: {image: IMAGE, scale: 2, command: ["echo", "done"]}
            """,
            ports);

        await pods.RunningAsync(task);

        Assert.NotEqual(await PodLifeTests.AskAsync(ports[0]), await PodLifeTests.AskAsync(ports[1]));
        pods.Agent.Kill(task, TimeSpan.Zero);
        await pods.EndAsync(task);
        Assert.All((string[])["web.1 | up\n", "web.2 | up\n", "job.1 | done\n", "job.2 | done\n"], line => Assert.Contains(line, pods.Read("stdout")));
    }

    private static async Task FinishedAsync(PodFixture pods, string task)
    {
        Status end = await pods.EndAsync(task);
        Assert.True(end.State == State.TaskFinished, end.Message + pods.Read("stderr"));
    }

    private byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.Replace("IMAGE", engine.Image, StringComparison.Ordinal));
}
