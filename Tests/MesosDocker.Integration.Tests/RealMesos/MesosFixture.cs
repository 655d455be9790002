using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.RealMesos;

/// <summary>
/// A real master and a real agent on this machine's loopback, in a directory of their own. The agent's external containerizer is our executable,
/// unless its own is asked for, which runs executors as processes.
/// At the end of each, no container, process or lock of it may be left, which it checks.
/// </summary>
internal sealed class MesosFixture : IAsyncDisposable
{
    private static readonly HttpClient s_http = new();
    private static int s_tasks;

    private readonly EngineFixture _engine;
    private readonly MesosInstallation _mesos;
    private readonly TemporaryDirectory _files = new();
    private readonly string _masterAddress = $"127.0.0.1:{FreePort()}";
    private readonly string _containerizer;
    private readonly string[] _agentFlags;
    private readonly RunningProgram _master;
    private RunningProgram? _agent;

    private MesosFixture(EngineFixture engine, MesosInstallation mesos, string containerizer, string[] agentFlags)
    {
        (_engine, _mesos, _containerizer, _agentFlags) = (engine, mesos, containerizer, agentFlags);
        _master = Start(
            mesos.Master,
            "master",
            [
                .. Listening(_masterAddress), "--registry=in_memory", $"--work_dir={_files.PathOf("master")}", "--allocation_interval=50ms",
                $"--hostname={Host(_masterAddress)}",
            ]);
    }

    public Framework Framework { get; private set; } = null!;

    /// <summary>Of the agent's own API.</summary>
    public string AgentAddress { get; } = $"127.0.0.1:{FreePort()}";

    public DockerEngine Engine => _engine.Engine;

    public MesosInstallation Mesos => _mesos;

    public string StateRoot => _files.PathOf("state");

    /// <summary>Where the agent keeps the sandboxes.</summary>
    public string WorkDirectory => _files.PathOf("work");

    public StateStore Store => StateStore.At(StateRoot);

    /// <summary>The agent's own process.</summary>
    public ProcessIdentity AgentProcess => ProcessIdentity.Of(_agent!.Id)!;

    /// <summary>Skips the test where anything that it needs is missing.</summary>
    /// <param name="checkpoint">The framework's tasks outlive a restart of the agent.</param>
    public static Task<MesosFixture> StartAsync(EngineFixture engine, bool checkpoint = true, params string[] agentFlags)
        => StartAsync(engine, checkpoint, "external", agentFlags);

    /// <summary>With the agent's own containerizer.</summary>
    public static Task<MesosFixture> StartOwnAsync(EngineFixture engine, bool checkpoint = true, params string[] agentFlags)
        => StartAsync(engine, checkpoint, "mesos", agentFlags);

    private static async Task<MesosFixture> StartAsync(EngineFixture engine, bool checkpoint, string containerizer, string[] agentFlags)
    {
        Assert.SkipUnless(File.Exists(HookFixture.Executable), $"There is no '{HookFixture.Executable}'; run build.sh.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The agent and its containerizer need root.");
        _ = engine.Engine;
        var fixture = new MesosFixture(engine, await MesosInstallation.FindAsync(), containerizer, agentFlags);
        bool started = false;
        try
        {
            await fixture.AnswersAsync(fixture._masterAddress, fixture._master, "master");
            await fixture.StartAgentAsync();
            fixture.Framework = await Framework.SubscribeAsync(fixture._masterAddress, checkpoint);
            started = true;
            return fixture;
        }
        finally
        {
            if (!started)
            {
                await fixture.DisposeAsync();
            }
        }
    }

    /// <summary>Again after it has ended; it recovers.</summary>
    public async Task StartAgentAsync(params string[] flags)
    {
        _agent?.Dispose();
        _agent = BeginAgent(flags);
        await AnswersAsync(AgentAddress, _agent, "agent");
    }

    /// <summary>To its own end.</summary>
    public async Task RunAgentAsync(params string[] flags)
    {
        _agent?.Dispose();
        _agent = BeginAgent(flags);
        await HookFixture.UntilAsync(() => _agent.HasExited, "the agent to end by itself");
    }

    /// <summary>Ends every <c>wait</c> of this agent's.</summary>
    public void KillWaits()
    {
        ProcessIdentity[] waits =
        [
            .. Processes().Where(static process => process.Command.EndsWith("mesos-docker wait", StringComparison.Ordinal))
                .Select(static process => ProcessIdentity.Of(process.Pid)).OfType<ProcessIdentity>(),
        ];
        Assert.NotEmpty(waits);
        Assert.All(waits, static wait => wait.Signal(Libc.SignalKill));
    }

    /// <summary>Ends the agent alone, as a crash does.</summary>
    public async Task KillAgentAsync(int signal = Libc.SignalKill)
    {
        Assert.True(AgentProcess.Signal(signal));
        await HookFixture.UntilAsync(() => _agent!.HasExited, "the agent to end");
    }

    /// <summary>A command in a busybox on the host's network.</summary>
    public JsonObject Command(string command, Action<JsonObject>? change = null)
    {
        string id = NewId();
        JsonObject task = Bare(id);
        task["command"] = new JsonObject { ["value"] = command };
        task["container"] = Container();
        change?.Invoke(task);
        return task;
    }

    /// <summary>A task of a framework's own executor, the command of which is given.</summary>
    public JsonObject WithExecutor(string command, Action<JsonObject>? change = null)
    {
        string id = NewId();
        JsonObject task = Bare(id);
        task["executor"] = new JsonObject
        {
            ["executor_id"] = new JsonObject { ["value"] = $"{id}-executor" },
            ["command"] = new JsonObject { ["value"] = command },
            ["container"] = Container(),
            ["resources"] = Resources(0.1, 64),
        };
        change?.Invoke(task);
        return task;
    }

    /// <summary>Launches it, and gives its id.</summary>
    public async Task<string> LaunchAsync(JsonObject task)
    {
        await Framework.LaunchAsync(task);
        return IdOf(task);
    }

    public static string IdOf(JsonObject task) => (string)task["task_id"]!["value"]!;

    public static JsonArray Resources(double cpus, double memory) => [Scalar("cpus", cpus), Scalar("mem", memory)];

    /// <summary>The container of a task, which may have ended.</summary>
    public ContainerDirectory DirectoryOf(string task)
        => Store.All().Single(directory => directory.ReadContext() is { } call && (call.TaskId == task || call.ExecutorId == $"{task}-executor"));

    public ContainerRecord RecordOf(string task) => DirectoryOf(task).ReadRecord();

    public string SandboxOf(string task) => DirectoryOf(task).ReadContext()!.Sandbox;

    /// <summary>What a file of the sandbox holds; nothing where there is none yet.</summary>
    public string Sandbox(string task, string file)
    {
        string path = Path.Combine(SandboxOf(task), file);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    /// <summary>What an endpoint of the agent answers.</summary>
    public async Task<JsonNode> AskAgentAsync(string path)
        => (await s_http.GetFromJsonAsync<JsonNode>($"http://{AgentAddress}{path}"))!;

    /// <summary>Nothing of a task's container is left but its state, which says that all is over.</summary>
    public async Task AssertGoneAsync(string task)
    {
        ContainerDirectory directory = DirectoryOf(task);
        await HookFixture.UntilAsync(() => !directory.HasSupervisor, $"the supervisor of {task} to end");
        Assert.True(StateCleaner.IsOver(directory), $"{task} is {directory.ReadRecord().Phase}");
        Assert.False(FileLock.IsHeld(directory.RunningLock));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await FinishAsync();
        }
        catch (Exception) when (Report())
        {
            throw;
        }
        finally
        {
            _agent?.Dispose();
            _master.Dispose();
            if (Framework is not null)
            {
                await Framework.DisposeAsync();
            }

            await RemoveLeftAsync();
            _files.Dispose();
        }
    }

    /// <summary>The last thing that agent and master wrote.</summary>
    private bool Report()
    {
        foreach (string name in (string[])["agent.log", "master.log"])
        {
            if (File.Exists(_files.PathOf(name)))
            {
                TestContext.Current.SendDiagnosticMessage(string.Join('\n', File.ReadLines(_files.PathOf(name)).TakeLast(60)));
            }
        }

        return true;
    }

    private RunningProgram BeginAgent(string[] flags) => Start(
        _mesos.Agent,
        "agent",
        [
            .. Listening(AgentAddress), $"--master={_masterAddress}", $"--work_dir={_files.PathOf("work")}",
            $"--hostname={Host(AgentAddress)}", $"--launcher_dir={_mesos.Programs}", $"--containerizers={_containerizer}",
            $"--containerizer_path={HookFixture.Executable}", "--resources=cpus:16;mem:4096;disk:1024;ports:[31000-31099]",
            "--registration_backoff_factor=10ms", "--no-systemd_enable_support", .. _agentFlags, .. flags,
        ]);

    private async Task FinishAsync()
    {
        if (Framework is not null)
        {
            await Framework.TearDownAsync();
        }

        foreach (ContainerDirectory directory in Store.All())
        {
            await HookFixture.UntilAsync(() => !directory.HasSupervisor, $"the supervisor of {directory.Id} to end");
            Assert.True(StateCleaner.IsOver(directory), $"{directory.Id} is {directory.ReadRecord().Phase}");
        }

        Assert.Empty(await LeftAsync());
        await HookFixture.UntilAsync(() => !Processes().Any(), "our processes to end: " + string.Join("; ", Processes()));
        Assert.DoesNotContain(Store.All().SelectMany(LockView.Of), static view => view.Pid is not null);
    }

    /// <summary>After a test that failed, nobody else may find what it left.</summary>
    private async Task RemoveLeftAsync()
    {
        foreach (ContainerDirectory directory in Store.All())
        {
            directory.FindSupervisor()?.Signal(Libc.SignalKill);
        }

        foreach (ContainerSummary left in await LeftAsync())
        {
            await ContainerCleaner.RemoveAsync(Engine, left.Id, CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<ContainerSummary>> LeftAsync() => await Engine.ListAsync(
        new ContainerFilter { All = true, Labels = [$"{ContainerLabels.State}={StateRoot}"] }, CancellationToken.None);

    /// <summary>Calls and supervisors of this agent: all have its state root in their environment.</summary>
    private IEnumerable<(int Pid, string Command)> Processes()
    {
        string mark = $"MESOS_DOCKER_STATE_ROOT={StateRoot}\0";
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int pid) && pid != _agent?.Id && pid != _master.Id
                && EnvironmentOf(folder).Contains(mark, StringComparison.Ordinal))
            {
                yield return (pid, ProcessIdentity.CommandOf(pid) ?? "");
            }
        }
    }

    private static string EnvironmentOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return "";
        }
    }

    private Dictionary<string, string> Environment_() => new(_mesos.Environment)
    {
        ["MESOS_DOCKER_STATE_ROOT"] = StateRoot,

        // Where Mesos leaves temporary directories.
        ["TMPDIR"] = _files.Root,

        // Each wait blocks one of them.
        ["LIBPROCESS_NUM_WORKER_THREADS"] = "64",
    };

    /// <summary>Its output goes to a file: what it starts may hold on to it for longer than it lives.</summary>
    private RunningProgram Start(string program, string name, string[] flags) => RunningProgram.Start(
        "/bin/sh",
        ["-c", "exec \"$@\" >> \"$0\" 2>&1 < /dev/null", _files.PathOf($"{name}.log"), program, .. flags],
        Environment_());

    private async Task AnswersAsync(string address, RunningProgram program, string name)
    {
        DateTimeOffset limit = DateTimeOffset.UtcNow.AddMinutes(1);
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await s_http.GetAsync($"http://{address}/health");
                return;
            }
            catch (HttpRequestException) when (!program.HasExited && DateTimeOffset.UtcNow < limit)
            {
                await Task.Delay(20);
            }
            catch (HttpRequestException)
            {
                Assert.Fail($"The {name} does not answer: {File.ReadAllText(_files.PathOf($"{name}.log"))}");
            }
        }
    }

    private static string[] Listening(string address) => [$"--ip={Host(address)}", $"--port={address.Split(':')[1]}"];

    private static string Host(string address) => address.Split(':')[0];

    private JsonObject Container() => new()
    {
        ["type"] = "DOCKER",
        ["docker"] = new JsonObject { ["image"] = _engine.Image, ["network"] = "HOST" },
    };

    private static JsonObject Bare(string id) => new()
    {
        ["name"] = $"the {id}",
        ["task_id"] = new JsonObject { ["value"] = id },
        ["resources"] = Resources(0.1, 32),
    };

    private static JsonObject Scalar(string name, double value)
        => new() { ["name"] = name, ["type"] = "SCALAR", ["scalar"] = new JsonObject { ["value"] = value } };

    private static string NewId() => string.Create(CultureInfo.InvariantCulture, $"task-{Interlocked.Increment(ref s_tasks)}");

    private static string FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
    }
}
