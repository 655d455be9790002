using System.Diagnostics;
using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <param name="Reply">The message of the frame on stdout; null if there was none.</param>
internal sealed record HookResult(int Status, byte[]? Reply, string Output, string Error, TimeSpan Took);

/// <summary>
/// Drives the native executable as an agent does (research of the external containerizer protocol): one process a call, the sandbox as
/// its directory, the request's frame on a standard input that stays open. Each has a state root and a work directory of its own; at its
/// end nothing may be left, which it checks.
/// </summary>
internal sealed class HookFixture : IAsyncDisposable
{
    private static int s_ids;

    private readonly EngineFixture _engine;
    private readonly TemporaryDirectory _files = new();
    private readonly List<string> _launched = [];

    public HookFixture(EngineFixture engine)
    {
        _engine = engine;
        Assert.SkipUnless(File.Exists(Executable), $"There is no '{Executable}'; run build.sh.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The containerizer needs root.");
        WorkDirectory = _files.PathOf("work");
        Directory.CreateDirectory(WorkDirectory);
        Environment_ = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["MESOS_WORK_DIRECTORY"] = WorkDirectory,
            ["MESOS_LIBEXEC_DIRECTORY"] = _files.PathOf("libexec"),
            ["MESOS_DOCKER_STATE_ROOT"] = StateRoot,
            ["LIBPROCESS_PORT"] = "5051",
        };
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host)
        {
            Environment_["DOCKER_HOST"] = host;
        }

        _ = engine.Engine;
    }

    public static string Executable { get; } = Path.Combine(TestData.RepositoryRoot, "out", "MesosDocker", "bin", "linux-x64", "mesos-docker");

    public DockerEngine Engine => _engine.Engine;

    public string Image => _engine.Image;

    public string WorkDirectory { get; }

    public string StateRoot => _files.PathOf("state");

    public TemporaryDirectory Files => _files;

    public Dictionary<string, string> Environment_ { get; }

    /// <summary>What runs the calls, and gets them as its arguments; empty: nothing does.</summary>
    public string[] Shell { get; set; } = [];

    public StateStore Store => StateStore.At(StateRoot);

    /// <summary>A launch of an executor with the legacy message.</summary>
    public Launch Executor(string command, Func<ExecutorInfo, ExecutorInfo>? change = null)
    {
        string id = $"c{Environment.ProcessId}-{Interlocked.Increment(ref s_ids)}";
        var executor = new ExecutorInfo
        {
            ExecutorId = id,
            FrameworkId = "F",
            Name = id,
            Resources = new Resources { Cpus = 0.1m, Memory = 32 },
            Command = new CommandInfo { Value = command, Container = new LegacyContainer { Image = $"docker:///{Image}", Options = ["--net=host"] } },
        };
        return new Launch
        {
            ContainerId = ContainerId.Parse(id),
            Executor = change is null ? executor : change(executor),
            Directory = MakeSandbox(id),
            AgentId = "S",
            User = "root",
        };
    }

    /// <summary>A launch of a command task, whose executor an agent waits for.</summary>
    public Launch CommandTask(string command, FakeAgent agent, Func<TaskInfo, TaskInfo>? change = null, bool checkpoint = false)
    {
        Launch launch = Executor(command);
        var task = new TaskInfo
        {
            Name = "the task",
            TaskId = $"task-{launch.ContainerId}",
            Resources = new Resources { Cpus = 0.1m, Memory = 32 },
            Command = launch.Executor!.Command,
        };
        task = change is null ? task : change(task);
        agent.TaskId = task.TaskId;
        return launch with
        {
            Task = task,
            Executor = CommandExecutor.For(task, "F", "/usr/libexec/mesos"),
            AgentPid = agent.Pid,
            Checkpoint = checkpoint,
        };
    }

    /// <summary>A command task with ContainerInfo, on the host's network.</summary>
    public Launch DockerTask(
        string command,
        FakeAgent agent,
        Func<DockerInfo, DockerInfo>? docker = null,
        Func<ContainerInfo, ContainerInfo>? container = null,
        Func<TaskInfo, TaskInfo>? change = null,
        bool checkpoint = false)
    {
        var image = new DockerInfo { Image = Image };
        image = docker is null ? image : docker(image);
        var info = new ContainerInfo { Type = ContainerType.Docker, Docker = image };
        info = container is null ? info : container(info);
        return CommandTask(
            command,
            agent,
            task =>
            {
                task = task with { Command = new CommandInfo { Value = command }, Container = info };
                return change is null ? task : change(task);
            },
            checkpoint);
    }

    /// <summary>Launches, and waits for the end.</summary>
    public async Task<Termination> RunAsync(Launch launch, FakeAgent? agent = null)
    {
        HookResult result = await LaunchAsync(launch, agent);
        Assert.True(result.Status == 0, result.Error);
        return await WaitAsync(launch.ContainerId);
    }

    /// <param name="more">Variables that the agent sets for this launch, instead of what it usually sets.</param>
    public Task<HookResult> LaunchAsync(Launch launch, FakeAgent? agent = null, IReadOnlyDictionary<string, string>? more = null)
    {
        WillLaunch(launch);
        Dictionary<string, string> environment = EnvironmentOf(launch);
        if (agent is not null)
        {
            environment["MESOS_AGENT_ENDPOINT"] = agent.Endpoint;
        }

        if (launch.Checkpoint)
        {
            environment["MESOS_RECOVERY_TIMEOUT"] = "15mins";
            environment["MESOS_SUBSCRIPTION_BACKOFF_MAX"] = "1secs";
        }

        foreach ((string name, string value) in more ?? new Dictionary<string, string>())
        {
            environment[name] = value;
        }

        return CallAsync("launch", MesosCodec.EncodeLaunch(launch), launch.Directory, environment);
    }

    /// <summary>What an agent adds to the environment of a launch.</summary>
    public static Dictionary<string, string> EnvironmentOf(Launch launch) => new()
    {
        ["MESOS_FRAMEWORK_ID"] = launch.Executor?.FrameworkId ?? "F",
        ["MESOS_EXECUTOR_ID"] = launch.Executor?.ExecutorId ?? "",
        ["MESOS_DIRECTORY"] = launch.Directory!,
        ["MESOS_CHECKPOINT"] = launch.Checkpoint ? "1" : "0",
        ["MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD"] = "5secs",
    };

    /// <summary>So that nothing of it outlives the test.</summary>
    public void WillLaunch(Launch launch)
    {
        lock (_launched)
        {
            _launched.Add(launch.ContainerId.Value);
        }
    }

    public async Task<Termination> WaitAsync(ContainerId id)
    {
        HookResult result = await CallAsync("wait", MesosCodec.EncodeContainerId(id));
        Assert.True(result is { Status: 0, Reply: not null }, $"wait: {result}");
        return MesosCodec.DecodeTermination(result.Reply);
    }

    public Task<HookResult> DestroyAsync(ContainerId id) => CallAsync("destroy", MesosCodec.EncodeContainerId(id));

    public Task<HookResult> UsageAsync(ContainerId id) => CallAsync("usage", MesosCodec.EncodeContainerId(id));

    public Task<HookResult> UpdateAsync(ContainerId id, Resources resources)
        => CallAsync("update", MesosCodec.EncodeUpdate(new Update(id, resources)));

    public async Task<IReadOnlyList<string>> ContainersAsync()
    {
        HookResult result = await CallAsync("containers", null);
        Assert.True(result is { Status: 0, Reply: not null }, $"containers: {result}");
        return [.. MesosCodec.DecodeContainers(result.Reply).Select(static id => id.Value)];
    }

    /// <summary>One call. Standard input stays open until the program has ended, as the agent leaves it.</summary>
    public async Task<HookResult> CallAsync(
        string verb, byte[]? message, string? directory = null, IReadOnlyDictionary<string, string>? more = null, params string[] arguments)
    {
        using Process process = Start(verb, directory, more, arguments);
        long started = Stopwatch.GetTimestamp();
        var output = new MemoryStream();
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (message is not null)
        {
            try
            {
                Frames.Write(process.StandardInput.BaseStream, message);
            }
            catch (IOException)
            {
                // It did not want it all.
            }
        }

        await process.WaitForExitAsync();
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        await reading;
        byte[] bytes = output.ToArray();
        return new HookResult(process.ExitCode, ReadReply(bytes), System.Text.Encoding.UTF8.GetString(bytes), await errors, took);
    }

    public Process Start(string verb, string? directory = null, IReadOnlyDictionary<string, string>? more = null, params string[] arguments)
    {
        string[] words = [.. Shell, Executable, verb, .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "/",
        };
        start.Environment.Clear();
        foreach ((string name, string value) in Environment_.Concat(more ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static string Sandbox(Launch launch, params string[] parts) => Path.Combine([launch.Directory!, .. parts]);

    public static string ReadSandbox(Launch launch, string name) => File.ReadAllText(Sandbox(launch, name));

    /// <summary>Waits until a condition holds; fails after a generous time, saying what was waited for.</summary>
    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var limit = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(60), $"Waited a minute for: {what}");
            await Task.Delay(10);
        }
    }

    public Task RunningAsync(Launch launch) => UntilAsync(
        () => Store.TryFind(launch.ContainerId)?.ReadRecord().Phase >= Phase.Running, $"{launch.ContainerId} running");

    public ContainerRecord Record(Launch launch) => Store.Find(launch.ContainerId).ReadRecord();

    public int SupervisorOf(Launch launch) => Store.Find(launch.ContainerId).FindSupervisor()!.Pid;

    /// <summary>What the engine still has of a container of ours.</summary>
    public async Task<IReadOnlyList<ContainerSummary>> LeftOfAsync(ContainerId id) => await Engine.ListAsync(
        new ContainerFilter { All = true, Labels = [$"{ContainerLabels.Container}={id}"] }, CancellationToken.None);

    /// <summary>Nothing of a container is left: no process, no lock, nothing at the engine.</summary>
    public async Task AssertGoneAsync(ContainerId id)
    {
        ContainerDirectory? directory = Store.TryFind(id);
        if (directory is not null)
        {
            await UntilAsync(() => !directory.HasSupervisor, $"the supervisor of {id} to end");
            Assert.True(StateCleaner.IsOver(directory), $"{id} is {directory.ReadRecord().Phase}");
            Assert.False(FileLock.IsHeld(directory.RunningLock));
        }

        Assert.Empty(await LeftOfAsync(id));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string id in _launched)
        {
            await DestroyAsync(ContainerId.Parse(id));
            await AssertGoneAsync(ContainerId.Parse(id));
        }

        // The locks are free a moment before the process has ended.
        await UntilAsync(() => !PidsOf(StateRoot).Any(), $"the last process of {StateRoot} to end");
        _files.Dispose();
    }

    /// <summary>Processes whose command line names a directory.</summary>
    public static IEnumerable<int> PidsOf(string root) => Directory.EnumerateDirectories("/proc")
        .Select(static folder => int.TryParse(Path.GetFileName(folder), out int pid) ? pid : 0)
        .Where(pid => pid > 0 && ProcessIdentity.CommandOf(pid)?.Contains(root, StringComparison.Ordinal) == true);

    /// <summary>Calls of a verb by this fixture that have not ended.</summary>
    public IReadOnlyList<int> CallsOf(string verb) => [.. PidsOf($"{Executable} {verb}").Where(IsOurs)];

    /// <summary>What a process holds of the machine's memory, shared pages in parts (proc_pid_smaps(5)).</summary>
    public static long ProportionalKilobytes(int pid)
    {
        string line = File.ReadLines($"/proc/{pid}/smaps_rollup").Single(static line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private bool IsOurs(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ").Contains(StateRoot, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has just ended.
            return false;
        }
    }

    private static byte[]? ReadReply(byte[] bytes)
    {
        try
        {
            return bytes.Length == 0 ? null : Frames.Read(new MemoryStream(bytes));
        }
        catch (MesosDockerException)
        {
            return null;
        }
    }

    private string MakeSandbox(string id)
    {
        // As an agent lays it out.
        string sandbox = Path.Combine(WorkDirectory, "slaves", "S", "frameworks", "F", "executors", id, "runs", id);
        Directory.CreateDirectory(sandbox);
        return sandbox;
    }
}
