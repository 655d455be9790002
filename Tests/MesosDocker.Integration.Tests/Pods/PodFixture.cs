using System.Globalization;
using System.Text.Json.Nodes;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.Pods;
using MesosDocker.TestKit;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;
using Status = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.Integration.Tests.Pods;

/// <summary>
/// The native executor as an agent starts it: its environment, its sandbox, its session, and an agent that speaks the real wire. At the end of each
/// nothing may be left, neither at the engine nor as a process, which it checks.
/// </summary>
internal sealed class PodFixture : IAsyncDisposable
{
    // Ends at once when it is asked to.
    private const string Forever = "trap 'exit 0' TERM; while true; do sleep 0.1; done";

    private static int s_tasks;

    private readonly EngineFixture _engine;
    private readonly TemporaryDirectory _files = new();
    private readonly HashSet<string> _runs = [];
    private RunningProgram? _executor;

    private PodFixture(EngineFixture engine) => _engine = engine;

    public static string Executable { get; } = Path.Combine(TestData.RepositoryRoot, "out", "MesosDocker", "bin", "linux-x64", "mesos-docker-executor");

    public FakeAgent Agent { get; } = new();

    public DockerEngine Engine => _engine.Engine;

    public string Image => _engine.Image;

    public string Sandbox { get; private set; } = "";

    public Dictionary<string, string> Variables { get; } = [];

    public ProcessIdentity Process => ProcessIdentity.Of(_executor!.Id)!;

    public bool HasExited => _executor!.HasExited;

    public int ExitCode => _executor!.ExitCode;

    /// <summary>Skips the test where a part that it needs is missing.</summary>
    /// <param name="variables">More than an agent sets.</param>
    public static async Task<PodFixture> StartAsync(EngineFixture engine, bool checkpoint = true, params (string Name, string Value)[] variables)
    {
        Assert.SkipUnless(File.Exists(Executable), $"There is no '{Executable}'; run build.sh.");
        Assert.SkipUnless(RunningProgram.Find("docker-compose") is not null, "There is no docker-compose.");
        _ = engine.Engine;
        var fixture = new PodFixture(engine);
        fixture.Sandbox = fixture._files.PathOf("runs", Guid.NewGuid().ToString());
        Directory.CreateDirectory(fixture.Sandbox);
        foreach ((string name, string value) in variables)
        {
            fixture.Variables[name] = value;
        }

        fixture.StartExecutor(checkpoint);
        await fixture.Agent.SubscribedAsync();
        return fixture;
    }

    /// <summary>In a session of its own, its output in the sandbox.</summary>
    private void StartExecutor(bool checkpoint)
    {
        var environment = new Dictionary<string, string>(Variables)
        {
            ["MESOS_FRAMEWORK_ID"] = "F",
            ["MESOS_EXECUTOR_ID"] = "E",
            ["MESOS_AGENT_ENDPOINT"] = Agent.Endpoint,
            ["MESOS_SLAVE_PID"] = Agent.Pid,
            ["MESOS_DIRECTORY"] = Sandbox,
            ["MESOS_SANDBOX"] = Sandbox,
            ["MESOS_CHECKPOINT"] = checkpoint ? "1" : "0",
            ["MESOS_RECOVERY_TIMEOUT"] = "15mins",
            ["MESOS_SUBSCRIPTION_BACKOFF_MAX"] = "1secs",
            ["MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD"] = "5secs",
        };
        _executor = RunningProgram.Start(
            "setsid", ["sh", "-c", $"cd {Sandbox} && exec {Executable} run >> stdout 2>> stderr < /dev/null"], environment);
    }

    public static string NewTask() => string.Create(CultureInfo.InvariantCulture, $"pod_{Environment.ProcessId}.t{Interlocked.Increment(ref s_tasks)}");

    /// <summary>A task whose compose file is in the sandbox; in it <c>IMAGE</c> is the tests' busybox, and <c>FOREVER</c> a command that goes on.</summary>
    public string Launch(string yaml, IReadOnlyList<int>? ports = null, TimeSpan? killGrace = null, params (string Key, string Value)[] labels)
    {
        string id = NewTask();
        string file = $"{id}.yml";
        File.WriteAllText(
            Path.Combine(Sandbox, file),
            yaml.Replace("IMAGE", Image, StringComparison.Ordinal).Replace("FOREVER", Forever, StringComparison.Ordinal));
        LaunchTask(id, ports, killGrace, [("fileName", file), .. labels]);
        return id;
    }

    public void LaunchTask(string id, IReadOnlyList<int>? ports = null, TimeSpan? killGrace = null, params (string Key, string Value)[] labels)
    {
        var launch = new Launch
        {
            ContainerId = ContainerId.Parse("c"),
            AgentId = "S",
            Task = new TaskInfo
            {
                Name = id,
                TaskId = id,
                Resources = new Resources { Cpus = 0.1m, Memory = 64, Ports = [.. (ports ?? []).Select(static port => new Mesos.PortRange(port, port))] },
                KillGrace = killGrace,
                Labels = [.. labels.Select(static label => new Label(label.Key, label.Value))],
            },
        };
        Agent.Launch(MesosCodec.TaskOf(MesosCodec.EncodeLaunch(launch))!);
    }

    public Task<Status> UpdateAsync(string task, State state)
        => Agent.UpdateAsync(status => status.TaskId.Value == task && status.State == state);

    public Task<Status> EndAsync(string task) => Agent.UpdateAsync(status => status.TaskId.Value == task && IsTerminal(status.State));

    public Task<Status> RunningAsync(string task) => Agent.UpdateAsync(status => status.TaskId.Value == task
        && (status.State == State.TaskRunning || (IsTerminal(status.State) ? throw new InvalidOperationException($"It did not run: {status}") : false)));

    public IReadOnlyList<State> StatesOf(string task)
        => [.. Agent.Updates.Where(status => status.TaskId.Value == task).DistinctBy(static status => status.Uuid).Select(static status => status.State)];

    public string Read(string name) => File.Exists(Path.Combine(Sandbox, name)) ? File.ReadAllText(Path.Combine(Sandbox, name)) : "";

    /// <summary>What compose was given, once it is.</summary>
    public JsonNode ComposeFile() => JsonNode.Parse(File.ReadAllText(Directory.EnumerateFiles(Sandbox, "*.compose.json").Single()))!;

    public async Task<IReadOnlyList<ContainerSummary>> ContainersAsync(string task) => await Engine.ListAsync(
        new ContainerFilter { All = true, Labels = [$"{PodLabels.Task}={task}"] }, CancellationToken.None);

    public async Task<ContainerSummary> ContainerAsync(string task, string service)
        => (await ContainersAsync(task)).Single(container => container.Labels[PodLabels.ComposeService] == service);

    public async Task ExitedAsync() => await HookFixture.UntilAsync(() => _executor!.HasExited, "the executor to end");

    /// <summary>Ends the executor alone, as the kernel does, or an agent with its whole tree.</summary>
    public void Kill() => Assert.True(Process.Signal(Libc.SignalKill));

    /// <summary>Of everything that this executor started or made.</summary>
    public async Task<IReadOnlyList<string>> LeftAsync()
    {
        var left = new List<string>();
        string mark = $"{PodLabels.Sandbox}={Sandbox}";
        left.AddRange((await Engine.ListAsync(new ContainerFilter { All = true, Labels = [mark] }, CancellationToken.None))
            .Select(static container => $"container {container.Name} {container.State}"));
        foreach (string run in _runs)
        {
            string label = $"{PodLabels.Run}={run}";
            left.AddRange((await Engine.ListAsync(new ContainerFilter { All = true, Labels = [label] }, CancellationToken.None)).Select(static one => $"container {one.Name}"));
            left.AddRange((await Engine.ListNetworksAsync([label], [], CancellationToken.None)).Select(static one => $"network {one.Name}"));
            left.AddRange((await Engine.ListVolumesAsync([label], CancellationToken.None)).Select(static one => $"volume {one.Name}"));
            left.AddRange((await Engine.ListImagesAsync([label], CancellationToken.None)).Select(static one => $"image {one}"));
        }

        return left;
    }

    /// <summary>Processes that have this sandbox on their command line or in their environment.</summary>
    public IReadOnlyList<string> Processes() => [.. Directory.EnumerateDirectories("/proc")
        .Select(static folder => int.TryParse(Path.GetFileName(folder), out int pid) ? pid : 0)
        .Where(pid => pid > 0 && (ProcessIdentity.CommandOf(pid)?.Contains(Sandbox, StringComparison.Ordinal) == true
            || EnvironmentOf(pid).Contains($"MESOS_SANDBOX={Sandbox}", StringComparison.Ordinal)))
        .Select(static pid => $"{pid} {ProcessIdentity.CommandOf(pid)}")];

    public int ReaperPid() => int.Parse(
        Processes().Single(static line => line.Contains("mesos-docker-executor reap", StringComparison.Ordinal)).Split(' ')[0], CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        NoteRuns();
        try
        {
            if (!_executor!.HasExited)
            {
                Agent.Shutdown();
                await ExitedAsync();
            }

            await GoneAsync();
        }
        finally
        {
            _executor!.Dispose();
            await RemoveLeftAsync();
            await Agent.DisposeAsync();
            _files.Dispose();
        }
    }

    /// <summary>Nothing is left, and nobody who could make something.</summary>
    public async Task GoneAsync()
    {
        NoteRuns();
        await HookFixture.UntilAsync(() => Processes().Count == 0, "its processes to end: " + string.Join("; ", Processes()));
        Assert.Empty(await LeftAsync());
    }

    private static bool IsTerminal(State state) => state is State.TaskFinished or State.TaskFailed or State.TaskKilled or State.TaskLost or State.TaskError;

    private static string EnvironmentOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Networks and volumes have no sandbox on them, but the run, which compose was given.</summary>
    private void NoteRuns()
    {
        foreach (string file in Directory.EnumerateFiles(Sandbox, "*.compose.json"))
        {
            JsonNode? services = JsonNode.Parse(File.ReadAllText(file))?["services"];
            if (services is JsonObject map && map.FirstOrDefault().Value?["labels"]?[PodLabels.Run] is { } run)
            {
                _runs.Add((string)run!);
            }
        }
    }

    /// <summary>After a test that failed, nobody else may find what it left.</summary>
    private async Task RemoveLeftAsync()
    {
        foreach (string run in _runs)
        {
            await new PodCleaner(Engine, $"{PodLabels.Run}={run}", Log.Nowhere()).CleanAsync(CancellationToken.None);
        }
    }
}
