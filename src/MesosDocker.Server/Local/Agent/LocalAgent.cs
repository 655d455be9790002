using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>
/// The embedded cluster's one agent. It does what a Mesos agent with an external containerizer does, by the same calls. Whatever
/// runs does so under a supervisor of its own, so that this server may end, or be killed, at any moment, and a later one goes on.
/// </summary>
internal sealed class LocalAgent : IAgent, IAsyncDisposable
{
    private const string IdsWrong
        = "The ids of a task and its framework have 1 to 200 letters, digits, '.', '_' and '-', and begin with a letter or a digit.";

    // The longest that a timer takes.
    private static readonly TimeSpan s_longestGrace = TimeSpan.FromDays(30);

    private readonly AgentHome _home;
    private readonly HookCalls _hook;
    private readonly Containers _containers;
    private readonly ContainerKeeper _keeper;
    private readonly LaunchLine _line = new();
    private readonly TaskLaunch _launch;
    private readonly SandboxCollector _collector;
    private readonly ContainerStates _states;
    private readonly IReadOnlyList<string> _hooks;
    private readonly Log _log;
    private volatile bool _recovered;

    private LocalAgent(AgentOptions options, AgentHome home, Log log)
    {
        _home = home;
        _log = log;
        _hook = new HookCalls(options, home.Root);
        _hooks = home.RememberHook(_hook.Executable);
        _states = new ContainerStates(options, _hook);
        _containers = new Containers(_hook, new HostProcesses(_hook, options, home.Processes));
        _keeper = new ContainerKeeper(_containers, log);
        Closing = _keeper.Closing;
        Facts = MachineFacts.Of(options, home.Identity.AgentId);
        Runs = new RunTable(home.Runs, log.Warning);
        _launch = new TaskLaunch(home, options, Facts, _hook);
        _collector = new SandboxCollector(Runs, _states, options.Sandboxes, log);
        Runs.SomeEnded += _collector.Collect;
    }

    public AgentFacts Facts { get; }

    public IReadOnlyCollection<string> VolumeOwners => _home.Volumes.Owners();

    public AgentIdentity Identity => _home.Identity;

    public string WorkDirectory => _home.Root;

    public DateTimeOffset Started { get; } = DateTimeOffset.UtcNow;

    public RunTable Runs { get; }

    /// <summary>Before that nothing is known of what runs, and executors have to try again.</summary>
    public bool IsRecovered => _recovered;

    /// <summary>Cancelled when this server ends; executors come back to the next.</summary>
    public CancellationToken Closing { get; }

    /// <summary>Takes the work directory. Nothing runs, and nothing is asked, before <see cref="RecoverAsync"/>.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>,
    /// <see cref="Fault.ProgramMissing"/>: there is no containerizer.</exception>
    public static LocalAgent Open(AgentOptions options, Log log)
    {
        AgentHome home = AgentHome.Open(options);
        try
        {
            return new LocalAgent(options, home, log);
        }
        catch (MesosDockerException)
        {
            home.Dispose();
            throw;
        }
    }

    /// <exception cref="MesosDockerException">The containerizer cannot be asked.</exception>
    public async Task RecoverAsync(IReadOnlyCollection<AgentTask> remembered, CancellationToken cancellationToken)
    {
        AgentRecovery recovery = await RecoveredAsync(remembered, cancellationToken);
        _collector.Collect();
        await recovery.SettleAsync(cancellationToken);
    }

    /// <summary>Instead of <see cref="RecoverAsync"/>: ends everything that was ever launched here, and returns when nothing is left of it.</summary>
    /// <exception cref="MesosDockerException">The containerizer, or the engine, cannot be asked.</exception>
    public async Task RemoveEverythingAsync(CancellationToken cancellationToken)
    {
        AgentRecovery recovery = await RecoveredAsync([], cancellationToken);
        await new AgentRemoval(Runs, _hook, _states, _log).RunAsync(recovery.Discarded, cancellationToken);
    }

    /// <summary>Puts it into the line of those that are to be launched.</summary>
    public async Task LaunchAsync(AgentTask task, CancellationToken cancellationToken)
    {
        if (!ContainerId.TryParse(task.TaskId, out _) || !ContainerId.TryParse(task.FrameworkId, out _))
        {
            Runs.Tell(AgentUpdates.New(task.TaskId, TaskState.Error, IdsWrong));
        }
        else if (Runs.TryAdd(_launch.NewRecord(task)) is { } run)
        {
            _ = _keeper.Track(_line.PassAsync(() => StartAsync(task, run), Closing));
        }
        else
        {
            await TellLastAsync(Runs.Find(task.TaskId), cancellationToken);
        }
    }

    /// <summary>Only the end of this server stops it half way: that is found out at the next start.</summary>
    /// <returns>When it runs, or will never.</returns>
    private async Task<Task> StartAsync(AgentTask task, TaskRun run)
    {
        if (!run.TryBegin())
        {
            return Task.CompletedTask;
        }

        try
        {
            Launch launch = await _launch.PrepareAsync(task, run.Record, Closing);
            await _containers.LaunchAsync(launch, Identity);
            run.Take();
            _keeper.Keep(run);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.DefinitionInvalid)
        {
            run.End(AgentUpdates.New(task.TaskId, TaskState.Error, e.Message));
        }
        catch (MesosDockerException e)
        {
            // It may have come so far all the same.
            run.End(AgentUpdates.NotLaunched(task.TaskId, e.Message));
            _ = _keeper.Discard(run.ContainerId);
        }

        return run.Started;
    }

    public Task KillAsync(string taskId, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (Runs.Find(taskId) is not { } run)
        {
            Runs.Tell(AgentUpdates.Unknown(taskId));
        }
        else if (run.TryEndBeforeLaunch(AgentUpdates.New(taskId, TaskState.Killed, "It was told to end before it was launched.")))
        {
            _collector.Collect();
        }
        else if (run.Record is { IsTerminal: true, Last: { } end })
        {
            // An end that the scheduler has not acknowledged is on its way.
            if (run.Record.Pending.IsEmpty)
            {
                Runs.Tell(AgentUpdates.Again(end));
            }
        }
        else
        {
            TimeSpan patience = TimeSpan.FromTicks(Math.Clamp(grace.Ticks, 0, s_longestGrace.Ticks));
            run.Kill(patience);
            _keeper.Enforce(run, patience);
        }

        return Task.CompletedTask;
    }

    public IAsyncEnumerable<AgentUpdate> UpdatesAsync(CancellationToken cancellationToken) => Runs.Updates.ReadAllAsync(cancellationToken);

    public async Task RemoveVolumesAsync(string instanceId, CancellationToken cancellationToken)
    {
        // Its task's end may have been told before its container has gone.
        TaskRun[] last = [.. Runs.All.Where(run => !run.Ended.IsCompleted && TaskId.InstanceOf(run.Record.TaskId) == instanceId)];
        await Task.WhenAll(last.Select(static run => run.Ended)).WaitAsync(cancellationToken);
        try
        {
            _home.Volumes.Remove(instanceId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.Warning($"The persistent volumes of '{instanceId}' cannot be removed, and are tried again at the next start: {e.Message}");
        }
    }

    public Task AcknowledgeAsync(AgentUpdate update, CancellationToken cancellationToken)
    {
        if (Runs.Find(update.TaskId) is { } run)
        {
            try
            {
                run.Acknowledge(update.Uuid);
            }
            finally
            {
                _keeper.DismissIfDone(run);
                if (run.Record.IsOver)
                {
                    _collector.Collect();
                }
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>What a task uses now; null if it does not run.</summary>
    /// <exception cref="MesosDockerException">The containerizer does not know.</exception>
    public async Task<ResourceStatistics?> UsageAsync(string taskId, CancellationToken cancellationToken)
        => Runs.Find(taskId) is { Record: { Ended: null, IsTaken: true } } run
            ? await _containers.UsageAsync(run.ContainerId, cancellationToken)
            : null;

    /// <summary>Ends the streams of executors, for which whoever serves them would wait. They come back to the next server.</summary>
    public void BeginClosing() => _keeper.BeginClosing();

    /// <summary>Lets everything that runs run on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _keeper.DisposeAsync();
        await _collector.DisposeAsync();
        _line.Dispose();
        _home.Dispose();
    }

    private async Task<AgentRecovery> RecoveredAsync(IReadOnlyCollection<AgentTask> remembered, CancellationToken cancellationToken)
    {
        var recovery = new AgentRecovery(Runs, _hook, _containers, _hooks, _keeper);
        await recovery.RunAsync(remembered, cancellationToken);
        _recovered = true;
        return recovery;
    }

    // The same task twice is one task; one that has had its life does not get another, for instance where the scheduler's disk was set back.
    private async Task TellLastAsync(TaskRun? known, CancellationToken cancellationToken)
    {
        if (known is { Record: { IsForgotten: true } or { IsOver: true } } over)
        {
            await over.Ended.WaitAsync(cancellationToken);
            Runs.Tell(over.Record is { IsTerminal: true, Last: { } end } ? AgentUpdates.Again(end) : AgentUpdates.Unknown(over.Record.TaskId));
        }
    }
}
