using System.Globalization;
using System.Text.Json;
using MesosDocker.Core.Tests.Fetching;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>What becomes of ContainerInfo and DockerInfo, and of a task's command, user, files and environment.</summary>
public sealed class ContainerInfoTests(EngineFixture engine)
{
    private const uint Nobody = 65534;
    private const string UntilGo = "while [ ! -e go ]; do sleep 0.05; done";

    [Theory]
    [InlineData(DockerNetwork.Host)]
    [InlineData(DockerNetwork.Bridge)]
    [InlineData(DockerNetwork.None)]
    [InlineData(DockerNetwork.User)]
    public async Task Network_IsTheOneAskedFor(DockerNetwork network)
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        string name = engine.NewName("net");
        string? own = network == DockerNetwork.User
            ? await hook.Engine.CreateNetworkAsync(engine.Network(name), CancellationToken.None)
            : null;
        Launch launch = hook.DockerTask(
            UntilGo, agent, docker => docker with { Network = network }, info => info with { NetworkName = own is null ? null : name });
        await hook.LaunchAsync(launch, agent);
        await agent.UpdateAsync(State.TaskRunning);

        ContainerDetails details = await hook.Engine.InspectAsync(hook.Record(launch).EngineId!, CancellationToken.None);
        IReadOnlyList<string> addresses = hook.Record(launch).IpAddresses;
        File.WriteAllText(HookFixture.Sandbox(launch, "go"), "");
        await hook.WaitAsync(launch.ContainerId);
        await hook.AssertGoneAsync(launch.ContainerId);
        if (own is not null)
        {
            await hook.Engine.RemoveNetworkAsync(own, CancellationToken.None);
        }

        string expected = own is null ? network.ToString().ToLowerInvariant() : name;
        Assert.Equal([expected], details.NetworkSettings!.Networks!.Keys);
        Assert.Equal(network is DockerNetwork.Bridge or DockerNetwork.User ? 1 : 0, addresses.Count);
    }

    [Fact]
    public Task Network_OfItsOwn_MustBeNamed() => FailsAsync(
        "network_infos", static docker => docker with { Network = DockerNetwork.User });

    [Fact]
    public Task Network_MustExist() => FailsAsync(
        "no-such-network",
        static docker => docker with { Network = DockerNetwork.User },
        static info => info with { NetworkName = "no-such-network" });

    [Fact]
    public async Task PortMappings_LeadIn_ByProtocol()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask(
            "echo hello > index.html; exec busybox httpd -f -p 80",
            agent,
            static docker => docker with
            {
                Network = DockerNetwork.Bridge,
                PortMappings = [new PortMapping(31810, 80, "tcp"), new PortMapping(31811, 53, "udp"), new PortMapping(31812, 0, null)],
            },
            change: static task => task with { Resources = task.Resources with { Ports = [new Mesos.PortRange(31810, 31812)] } });
        await hook.LaunchAsync(launch, agent);
        await agent.UpdateAsync(State.TaskRunning);

        ContainerDetails details = await hook.Engine.InspectAsync(hook.Record(launch).EngineId!, CancellationToken.None);
        using var http = new HttpClient();
        string? said = null;
        await HookFixture.UntilAsync(() => (said = Get(http, "http://127.0.0.1:31810/")) is not null, "an answer");

        Assert.Equal("hello\n", said);
        Assert.Equal(
            ["31812/tcp:31812", "53/udp:31811", "80/tcp:31810"],
            details.NetworkSettings!.Ports!.Where(static p => p.Value is not null).Select(static p => $"{p.Key}:{p.Value![0].HostPort}").Order());
    }

    [Fact]
    public Task PortMappings_MustBeOffered() => FailsAsync(
        "31999", static docker => docker with { Network = DockerNetwork.Bridge, PortMappings = [new PortMapping(31999, 80, "tcp")] });

    [Fact]
    public async Task Volumes_AreMounted_WithTheirModes()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        string host = hook.Files.PathOf("host");
        hook.Files.Write("host/file", "from the host\n");
        string name = engine.NewName("volume");
        Launch launch = hook.DockerTask(
            "cat /ro/file; touch /ro/new; echo new > /rw/new; echo in > /inside/it; cat inner/file; echo kept > /named/file; touch /missing/it",
            agent,
            container: info => info with
            {
                Volumes =
                [
                    new Volume { HostPath = host, ContainerPath = "/ro", ReadOnly = true },
                    new Volume { HostPath = host, ContainerPath = "/rw" },
                    new Volume { HostPath = "own/folder", ContainerPath = "/inside" },
                    new Volume { HostPath = host, ContainerPath = "inner", ReadOnly = true },
                    new Volume { HostPath = name, ContainerPath = "/named", Driver = "local" },
                    new Volume { HostPath = hook.Files.PathOf("made"), ContainerPath = "/missing" },
                ],
            });
        Assert.Equal(0, Libc.ChangeOwner(launch.Directory!, Nobody, Nobody));

        Termination end = await hook.RunAsync(launch, agent);
        await hook.AssertGoneAsync(launch.ContainerId);
        await RunningProgram.RunAsync("docker", ["volume", "rm", name]);

        Assert.Equal(TaskState.Finished, end.State);
        Assert.Equal("from the host\nfrom the host\n", HookFixture.ReadSandbox(launch, "stdout"));
        Assert.Contains("Read-only file system", HookFixture.ReadSandbox(launch, "stderr"));
        Assert.Equal("new\n", File.ReadAllText(Path.Combine(host, "new")));
        Assert.Equal("in\n", HookFixture.ReadSandbox(launch, "own/folder/it"));
        Assert.Equal(Nobody, Posix.OwnerOf(HookFixture.Sandbox(launch, "own", "folder"))!.Value.User);
        Assert.True(File.Exists(hook.Files.PathOf("made", "it")));
    }

    [Theory]
    [InlineData("../escape", "/in", "leaves the sandbox")]
    [InlineData("here", "there", "relative")]
    [InlineData(null, "/in", "neither")]
    public Task Volumes_ThatCannotBe_AreRefused(string? host, string inside, string said) => FailsAsync(
        said, container: info => info with { Volumes = [new Volume { HostPath = host, ContainerPath = inside }] });

    [Fact]
    public async Task Privileged_IsAskedFor()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask("exit 0", agent, static docker => docker with { Privileged = true });

        // Only created: a machine that is a container itself could not start it.
        agent.TaskId = null;
        await hook.LaunchAsync(launch, agent);
        await HookFixture.UntilAsync(() => hook.Store.TryFind(launch.ContainerId)?.ReadRecord().EngineId is not null, "the container");
        ContainerDetails created = await hook.Engine.InspectAsync(hook.Record(launch).EngineId!, CancellationToken.None);

        using JsonDocument inspection = JsonDocument.Parse(created.Raw);
        Assert.True(inspection.RootElement.GetProperty("HostConfig").GetProperty("Privileged").GetBoolean());
    }

    [Fact]
    public async Task Hostname_AndParameters_AreTaken()
    {
        string output = await OutputAsync(
            "hostname; echo $GIVEN-$FROM_IMAGE; ls -d /scratch",
            static docker => docker with
            {
                Network = DockerNetwork.Bridge,
                Parameters =
                [
                    new Parameter("env", "GIVEN=by parameter"), new Parameter("tmpfs", "/scratch"), new Parameter("cap-drop", "NET_RAW"),
                    new Parameter("read-only", ""),
                ],
            },
            static info => info with { Hostname = "chosen.example" });

        string[] lines = output.Split('\n');
        Assert.Equal(["chosen.example", "by parameter-yes", "/scratch"], lines[..3]);
    }

    [Fact]
    public async Task Hostname_OnTheHostsNetwork_IsTheContainersAllTheSame()
        => Assert.Equal("chosen\n", await OutputAsync("hostname", container: static info => info with { Hostname = "chosen" }));

    [Fact]
    public Task Parameter_ThatIsNone_IsSaid() => FailsAsync(
        "--memroy", static docker => docker with { Parameters = [new Parameter("memroy", "1g")] });

    [Fact]
    public Task User_ThatNobodyKnows_IsSaid()
        => FailsAsync("no-such-user", change: static task => task with { Command = task.Command! with { User = "no-such-user" } });

    [Fact]
    public async Task File_ThatIsNotThere_IsSaid()
    {
        await using var server = new RawServer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        string url = server.Url("missing.tar.gz");
        await FailsAsync("missing.tar.gz", change: task => task with { Command = task.Command! with { Uris = [new CommandUri { Value = url }] } });
    }

    [Fact]
    public async Task Command_WithoutAShell_IsAnArgumentVector()
    {
        string output = await OutputAsync(
            "", change: static task => task with { Command = new CommandInfo { Shell = false, Value = "printf", Arguments = ["%s|", "a b", "$HOME", "*"] } });

        Assert.Equal("a b|$HOME|*|", output);
    }

    [Fact]
    public async Task Entrypoint_OfAnImage_GetsTheArguments_AndTheShellDoesNotGoThroughIt()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        DockerInfo WithEntrypoint(DockerInfo docker) => docker with { Parameters = [new Parameter("entrypoint", "/bin/echo")] };
        Launch arguments = hook.DockerTask(
            "", agent, WithEntrypoint, change: static task => task with { Command = new CommandInfo { Shell = false, Arguments = ["one", "two"] } });
        await hook.RunAsync(arguments, agent);

        await using var second = new FakeAgent();
        Launch shell = hook.DockerTask("echo from the shell", second, WithEntrypoint);
        await hook.RunAsync(shell, second);

        Assert.Equal("one two\n", HookFixture.ReadSandbox(arguments, "stdout"));
        Assert.Equal("from the shell\n", HookFixture.ReadSandbox(shell, "stdout"));
    }

    [Fact]
    public async Task User_OwnsWhatTheTaskMakes_AndWhatIsFetched()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        byte[] archive = Archives.Gzip(Archives.Tar(Archives.Folder("inside"), Archives.File("inside/file", "unpacked\n")));
        await using var server = new RawServer(async request =>
        {
            byte[] body = request.Target == "/it.tar.gz" ? archive : "#!/bin/sh\necho ran as $(id -u)\n"u8.ToArray();
            await request.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n");
            await request.WriteAsync(body);
        });
        string local = hook.Files.Write("local", "a local file\n");
        Launch launch = hook.DockerTask("./program; cat inside/file it; touch made", agent, change: task => task with
        {
            Command = task.Command! with
            {
                User = "nobody",
                Uris =
                [
                    new CommandUri { Value = server.Url("program"), Executable = true },
                    new CommandUri { Value = server.Url("it.tar.gz") },
                    new CommandUri { Value = server.Url("it.tar.gz"), Extract = false, OutputFile = "kept/whole.tar.gz" },
                    new CommandUri { Value = local, OutputFile = "it" },
                ],
            },
        });
        Assert.Equal(0, Libc.ChangeOwner(launch.Directory!, Nobody, Nobody));
        File.SetUnixFileMode(hook.Files.Root, (UnixFileMode)0b111_101_101);

        Termination end = await hook.RunAsync(launch, agent);

        Assert.True(end.State == TaskState.Finished, $"{end.Message} {HookFixture.ReadSandbox(launch, "stderr")}");
        Assert.Equal("ran as 65534\nunpacked\na local file\n", HookFixture.ReadSandbox(launch, "stdout"));
        Assert.Equal(archive, File.ReadAllBytes(HookFixture.Sandbox(launch, "kept", "whole.tar.gz")));
        string[] names = ["made", "program", "inside", "inside/file", "it", "kept", "kept/whole.tar.gz", "stdout", "stderr"];
        Assert.All(names, name => Assert.Equal(Nobody, Posix.OwnerOf(HookFixture.Sandbox(launch, name))!.Value.User));
    }

    [Fact]
    public async Task Environment_IsTheTasks_WithWhatMesosTells_AndNotTheExecutors()
    {
        string output = await OutputAsync(
            "env | sort",
            static docker => docker with { Parameters = [new Parameter("env", "OWN=overridden")] },
            change: static task => task with
            {
                Command = task.Command! with { Environment = [new EnvironmentVariable("OWN", "a=b c"), new EnvironmentVariable("EMPTY", "")] },
                Resources = task.Resources with { Ports = [new Mesos.PortRange(31820, 31821)] },
            });

        string[] lines = output.TrimEnd('\n').Split('\n');
        Assert.Contains("OWN=a=b c", lines);
        Assert.Contains("EMPTY=", lines);
        Assert.Contains("FROM_IMAGE=yes", lines);
        Assert.Contains("MESOS_SANDBOX=/tmp/mesos-sandbox", lines);
        Assert.Contains("PORTS=31820,31821", lines);
        Assert.Contains("PORT1=31821", lines);
        Assert.Contains("TASK_INFO=the task", lines);
        Assert.DoesNotContain(lines, static line => line.StartsWith("MESOS_EXECUTOR_ID", StringComparison.Ordinal)
            || line.StartsWith("LIBPROCESS", StringComparison.Ordinal)
            || line.StartsWith("MESOS_DOCKER", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LegacyMessage_MeansWhatItsToolMeant_WhereConfigured()
    {
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_CONTAINERS_LEGACY"] = "dmc";
        await using var agent = new FakeAgent();
        Launch launch = hook.CommandTask("pwd; echo $GIVEN; echo $MESOS_FRAMEWORK_ID; echo in > file; ip -o link | wc -l", agent, task => task with
        {
            Command = task.Command! with { Container = new LegacyContainer { Image = hook.Image, Options = ["-e GIVEN=one-word"] } },
        });

        Termination end = await hook.RunAsync(launch, agent);

        string[] lines = HookFixture.ReadSandbox(launch, "stdout").Split('\n');
        Assert.Equal(TaskState.Finished, end.State);
        Assert.Equal(["/mesos-sandbox", "one-word", "F"], lines[..3]);
        Assert.Equal("in\n", HookFixture.ReadSandbox(launch, "file"));
        // The host has more than a loopback: it has the engine's bridge.
        Assert.True(int.Parse(lines[3], CultureInfo.InvariantCulture) > 1);
    }

    [Fact]
    public async Task WordsBehindTheSlashes_GoToTheImage()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.CommandTask("ignored", agent, task => task with
        {
            Command = task.Command! with
            {
                Container = new LegacyContainer { Image = $"docker:///{hook.Image}", Options = ["--net=host", "--entrypoint=echo", "//", "-n", "//", "said"] },
            },
        });

        await hook.RunAsync(launch, agent);

        Assert.Equal("// said", HookFixture.ReadSandbox(launch, "stdout"));
    }

    private static string? Get(HttpClient http, string url)
    {
        try
        {
            return http.GetStringAsync(url).GetAwaiter().GetResult();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<string> OutputAsync(
        string command,
        Func<DockerInfo, DockerInfo>? docker = null,
        Func<ContainerInfo, ContainerInfo>? container = null,
        Func<TaskInfo, TaskInfo>? change = null)
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask(command, agent, docker, container, change);
        Termination end = await hook.RunAsync(launch, agent);
        Assert.True(end.State == TaskState.Finished, $"{end.Message} {HookFixture.ReadSandbox(launch, "stderr")}");
        return HookFixture.ReadSandbox(launch, "stdout");
    }

    /// <summary>Said to the framework, to the agent and in the sandbox, and nothing is left.</summary>
    private async Task FailsAsync(
        string said,
        Func<DockerInfo, DockerInfo>? docker = null,
        Func<ContainerInfo, ContainerInfo>? container = null,
        Func<TaskInfo, TaskInfo>? change = null)
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask("touch started", agent, docker, container, change);

        Termination end = await hook.RunAsync(launch, agent);

        Assert.Equal((TaskState.Failed, (int?)null), (end.State, end.Status?.Word));
        Assert.Contains(said, end.Message);
        Assert.Equal(end.Message, (await agent.UpdateAsync(State.TaskFailed)).Message);
        Assert.Contains(said, HookFixture.ReadSandbox(launch, "stderr"));
        Assert.False(File.Exists(HookFixture.Sandbox(launch, "started")));
        await hook.AssertGoneAsync(launch.ContainerId);
    }
}
