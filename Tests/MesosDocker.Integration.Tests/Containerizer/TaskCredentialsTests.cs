using MesosDocker.Core.Tests.Fetching;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Mesos;
using MesosDocker.TestKit;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>Images of a real registry that wants a password, and where tasks and operators may put it.</summary>
public sealed class TaskCredentialsTests(EngineFixture engine) : IAsyncLifetime
{
    private DockerRegistry? _registry;
    private string _image = "";

    private DockerRegistry Registry => _registry!;

    private static string Secret => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{DockerRegistry.User}:{DockerRegistry.Password}"));

    /// <summary>The client's newer file.</summary>
    private string Config => $$$$"""{"auths":{"{{{{Registry.Host}}}}":{"auth":"{{{{Secret}}}}"}}}""";

    /// <summary>The older one.</summary>
    private string OldConfig => $$$"""{"http://{{{Registry.Host}}}/v1/":{"auth":"{{{Secret}}}","email":"nobody@example.org"}}""";

    public async ValueTask InitializeAsync()
    {
        _ = engine.Engine;
        _registry = await DockerRegistry.StartAsync(locked: true);
        _image = await Registry.PushAsync(engine.Image, "private/app:1");
    }

    public async ValueTask DisposeAsync()
    {
        if (_registry is null)
        {
            return;
        }

        // An image whose name has gone to another keeps the name with the digest.
        ImageDetails image = await engine.Engine.InspectImageAsync(engine.Image, CancellationToken.None);
        foreach (string digest in (image.RepoDigests ?? []).Where(name => name.StartsWith(_registry.Host, StringComparison.Ordinal)))
        {
            await engine.Engine.RemoveImageAsync(digest, force: false, CancellationToken.None);
        }

        _registry.Dispose();
    }

    [Fact]
    public Task InAnArchive_ThatTheTaskBrings() => PullsAsync(
        (hook, command) =>
        {
            byte[] archive = Archives.Gzip(Archives.Tar(Archives.Folder(".docker"), Archives.File(".docker/config.json", Config)));
            string path = hook.Files.PathOf("docker.tar.gz");
            File.WriteAllBytes(path, archive);
            return command with { Uris = [new CommandUri { Value = path }] };
        });

    [Fact]
    public Task InADockercfg_ThatTheTaskBrings()
        => PullsAsync((hook, command) => command with { Uris = [new CommandUri { Value = $"file://{hook.Files.Write(".dockercfg", OldConfig)}" }] });

    [Fact]
    public Task InADockercfg_ThatTheLegacyTaskBrings() => PullsAsync(
        (hook, command) => command with
        {
            Uris = [new CommandUri { Value = hook.Files.Write(".dockercfg", OldConfig) }],
            Container = new LegacyContainer { Image = $"docker://{_image}", Options = ["--net=host"] },
        },
        legacy: true);

    [Fact]
    public Task InTheFile_ThatIsConfigured() => PullsAsync((hook, command) =>
    {
        hook.Environment_["MESOS_DOCKER_CONFIG_FILE"] = hook.Files.Write(
            "agent.cfg", $"[docker.index]\ndockercfg: {hook.Files.Write("credentials", OldConfig)}\n");
        return command;
    });

    [Fact]
    public Task WithAHelper_OfTheOperators() => PullsAsync((hook, command) =>
    {
        hook.Files.WriteProgram(
            "programs/docker-credential-test",
            $$$"""read -r server; [ "$server" = "{{{Registry.Host}}}" ] && echo '{"Username":"{{{DockerRegistry.User}}}","Secret":"{{{DockerRegistry.Password}}}"}'""");
        hook.Files.Write("client/config.json", $$$"""{"credHelpers":{"{{{Registry.Host}}}":"test"}}""");
        hook.Environment_["DOCKER_CONFIG"] = hook.Files.PathOf("client");
        hook.Environment_["PATH"] = $"{hook.Files.PathOf("programs")}:{hook.Environment_["PATH"]}";
        return command;
    });

    [Fact]
    public async Task HelperOfATask_IsNotRun()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        string ran = hook.Files.PathOf("ran");
        hook.Files.WriteProgram("programs/docker-credential-evil", $"touch {ran}");
        hook.Environment_["PATH"] = $"{hook.Files.PathOf("programs")}:{hook.Environment_["PATH"]}";
        string config = hook.Files.Write("config.json", """{"credsStore":"evil"}""");
        Launch launch = Task(hook, agent, command => command with
        {
            Uris = [new CommandUri { Value = config, OutputFile = ".docker/config.json" }],
        });

        Termination end = await hook.RunAsync(launch, agent);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.False(File.Exists(ran));
    }

    [Fact]
    public async Task NoPassword_OrAWrongOne_IsSaid_AndNotShown()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Termination nobody = await hook.RunAsync(Task(hook, agent), agent);
        await using var second = new FakeAgent();
        string wrong = hook.Files.Write(
            "config.json", $$$$"""{"auths":{"{{{{Registry.Host}}}}":{"username":"{{{{DockerRegistry.User}}}}","password":"wr0ng-pass"}}}""");
        Launch stranger = Task(
            hook, second, command => command with { Uris = [new CommandUri { Value = wrong, OutputFile = ".docker/config.json" }] });

        Termination refused = await hook.RunAsync(stranger, second);

        Assert.All([nobody, refused], end => Assert.Contains(_image, end.Message));
        Assert.All([nobody, refused], static end => Assert.Equal([StatusReason.ContainerLaunchFailed], end.Reasons));
        Assert.DoesNotContain("wr0ng-pass", refused.Message + HookFixture.ReadSandbox(stranger, "stderr"));
    }

    [Fact]
    public async Task ForcePull_BringsWhatTheRegistryHasNow()
    {
        await using var hook = new HookFixture(engine);
        hook.Environment_["DOCKER_CONFIG"] = Registry.ClientConfiguration;
        string newer = engine.NewName("newer") + ":1";
        await engine.LoadAsync(newer, padding: 10);
        string first = await RunAsync(force: false);

        // The registry has another image under the name now; the engine still has the first.
        await Registry.PushAsync(newer, "private/app:1", forget: false);
        await RunningProgram.RunAsync("docker", ["tag", engine.Image, _image]);
        string again = await RunAsync(force: false);
        string forced = await RunAsync(force: true);
        await hook.Engine.RemoveImageAsync(_image, force: true, CancellationToken.None);
        await hook.Engine.RemoveImageAsync(newer, force: true, CancellationToken.None);

        Assert.Equal(("old\n", "old\n", "new\n"), (first, again, forced));

        async Task<string> RunAsync(bool force)
        {
            await using var agent = new FakeAgent();
            Launch launch = hook.DockerTask(
                "if [ -e /padding ]; then echo new; else echo old; fi", agent, docker => docker with { Image = _image, ForcePullImage = force });
            await hook.RunAsync(launch, agent);
            return HookFixture.ReadSandbox(launch, "stdout");
        }
    }

    private Launch Task(HookFixture hook, FakeAgent agent, Func<CommandInfo, CommandInfo>? change = null) => hook.DockerTask(
        "echo pulled",
        agent,
        docker => docker with { Image = _image },
        change: task => task with { Command = change is null ? task.Command : change(task.Command!) });

    /// <summary>The image is pulled, by a task whose command, or whose surroundings, have been changed for it.</summary>
    private async Task PullsAsync(Func<HookFixture, CommandInfo, CommandInfo> change, bool legacy = false)
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = Task(hook, agent, command => change(hook, command));
        if (legacy)
        {
            launch = launch with
            {
                Task = launch.Task! with { Container = null }, Executor = launch.Executor! with { Container = null },
            };
        }

        Termination end = await hook.RunAsync(launch, agent);

        Assert.True(end.State == TaskState.Finished, end.Message);
        Assert.Equal("pulled\n", HookFixture.ReadSandbox(launch, "stdout"));
        Assert.Equal($"Pulling the image {_image}.", agent.Updates.Last(static u => u.State == State.TaskStarting).Message);
        await hook.Engine.RemoveImageAsync(_image, force: true, CancellationToken.None);
    }
}
