using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>
/// The embedded cluster's one agent. It does what a Mesos agent with an external containerizer does, by the same calls: whatever runs does so
/// under its own supervisor, so that this server may end, or be killed, at any moment, and a later one goes on.
/// </summary>
internal sealed class LocalAgent : IAgent, IAsyncDisposable
{
    // For what nobody remembers to be gone before its ports are given to others.
    private static readonly TimeSpan s_discardPatience = TimeSpan.FromSeconds(5);

    // Of an executor between SHUTDOWN and being destroyed; Mesos's default.
    private static readonly TimeSpan s_shutdownGrace = TimeSpan.FromSeconds(5);

    // The longest that a timer takes.
    private static readonly TimeSpan s_longestGrace = TimeSpan.FromDays(30);

    private readonly AgentOptions _options;
    private readonly AgentHome _home;
    private readonly HookCalls _hook;
    private readonly ContainerKeeper _keeper;
    private readonly SandboxCollector _collector;
    private volatile bool _recovered;

    private LocalAgent(AgentOptions options, AgentHome home, Log log)
    {
        _options = options;
        _home = home;
        _hook = new HookCalls(options, home.Root);
        _keeper = new ContainerKeeper(_hook, log);
        Facts = MachineFacts.Of(options, home.Identity.AgentId);
        Runs = new RunTable(home.Runs, log.Warning);
        _collector = new SandboxCollector(Runs, options.Sandboxes, log);
        Started = DateTimeOffset.UtcNow;
        Closing = _keeper.Closing;
    }

    public AgentFacts Facts { get; }

    public AgentIdentity Identity => _home.Identity;

    public string WorkDirectory => _home.Root;

    public DateTimeOffset Started { get; }

    public RunTable Runs { get; }

    /// <summary>Cancelled when this server ends; executors come back to the next.</summary>
    public CancellationToken Closing { get; }

    /// <summary>Before that nothing is known of what runs, and executors have to try again.</summary>
    public bool IsRecovered => _recovered;

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
        await Leftovers.EndAsync(_hook, cancellationToken);
        HashSet<ContainerId> containers = [.. await _hook.RecoverAsync(cancellationToken)];
        HashSet<string> wanted = [.. remembered.Select(static task => task.TaskId)];
        var discarded = new List<Task>();
        foreach (TaskRun run in Runs.All)
        {
            bool listed = containers.Remove(run.ContainerId);
            if (!wanted.Contains(run.Record.TaskId))
            {
                Abandon(run, discarded);
            }
            else
            {
                Resume(run, listed);
            }
        }

        discarded.AddRange(containers.Select(_keeper.Discard));
        foreach (string lost in wanted.Where(id => Runs.Find(id) is null))
        {
            Runs.Tell(AgentUpdates.Unknown(lost));
        }

        _recovered = true;
        _collector.Collect();
        await Task.WhenAny(Task.WhenAll(discarded), Task.Delay(s_discardPatience, cancellationToken));
    }

    public async Task LaunchAsync(AgentTask task, CancellationToken cancellationToken)
    {
        if (!ContainerId.TryParse(task.TaskId, out _) || !ContainerId.TryParse(task.FrameworkId, out _))
        {
            Runs.Tell(AgentUpdates.New(task.TaskId, TaskState.Error, "Neither the task's id nor the framework's may be other than letters, digits, '.', '_' and '-'."));
            return;
        }

        if (Runs.TryAdd(NewRecord(task)) is not { } run)
        {
            return;
        }

        try
        {
            Launch launch = Prepare(task, run);
            await Sandboxes.MakeAsync(launch, _home.Volumes, _hook.Environment, _keeper.Closing);
            await _hook.LaunchAsync(launch, Identity, _keeper.Closing);
            run.Take();
        }
        catch (MesosDockerException e)
        {
            bool wrong = e.Fault == Fault.DefinitionInvalid;
            run.End(wrong ? AgentUpdates.New(task.TaskId, TaskState.Error, e.Message) : AgentUpdates.NotLaunched(task.TaskId, e.Message));
            if (!wrong)
            {
                // It may have come so far all the same.
                _ = _keeper.Discard(run.ContainerId);
            }

            return;
        }

        _keeper.Keep(run);
    }

    public Task KillAsync(string taskId, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (Runs.Find(taskId) is not { } run)
        {
            Runs.Tell(AgentUpdates.Unknown(taskId));
        }
        else if (run.Record is { IsTerminal: true, Last: { } end })
        {
            // Where the scheduler has not acknowledged it, it is on its way.
            TellAgain(run, end);
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

    public Task AcknowledgeAsync(AgentUpdate update, CancellationToken cancellationToken)
    {
        if (Runs.Find(update.TaskId) is { } run)
        {
            run.Acknowledge(update.Uuid);
            DismissIfDone(run);
            if (run.Record.IsOver)
            {
                _collector.Collect();
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>What a task uses now; null if it does not run.</summary>
    /// <exception cref="MesosDockerException">The containerizer does not know.</exception>
    public async Task<ResourceStatistics?> UsageAsync(string taskId, CancellationToken cancellationToken)
        => Runs.Find(taskId) is { Record: { Ended: null, IsTaken: true } } run ? await _hook.UsageAsync(run.ContainerId, cancellationToken) : null;

    /// <summary>Lets everything that runs run on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _keeper.DisposeAsync();
        await _collector.DisposeAsync();
        _hook.Dispose();
        _home.Dispose();
    }

    /// <summary>Nobody remembers it.</summary>
    private void Abandon(TaskRun run, List<Task> discarded)
    {
        if (run.Record.IsOver)
        {
            return;
        }

        run.Forget();
        if (run.Record.Ended is null)
        {
            discarded.Add(_keeper.Discard(run.ContainerId));
            _keeper.Keep(run);
        }
    }

    /// <param name="listed">The containerizer has a container of it whose end nobody was told.</param>
    private void Resume(TaskRun run, bool listed)
    {
        run.TellPending();
        if (run.Record is { IsOver: true, Last: { } end })
        {
            Runs.Tell(AgentUpdates.Again(end));
        }
        else if (run.Record.Ended is null && (listed || run.Record.IsTaken))
        {
            run.Take();
            _keeper.Keep(run);
            DismissIfDone(run);
        }
        else if (run.Record.Ended is null)
        {
            run.End(AgentUpdates.New(run.Record.TaskId, TaskState.Lost, "The server ended before the containerizer had the task."));
        }
    }

    /// <summary>The executor of a command task ends with it. An app's own has had its one task, and is told to.</summary>
    private void DismissIfDone(TaskRun run)
    {
        RunRecord record = run.Record;
        if (record is { Ended: null, IsTerminal: true, Pending.IsEmpty: true } && record.ExecutorId != record.TaskId)
        {
            run.Dismiss();
            _keeper.Enforce(run, s_shutdownGrace);
        }
    }

    private void TellAgain(TaskRun run, AgentUpdate end)
    {
        if (run.Record.Pending.IsEmpty)
        {
            Runs.Tell(AgentUpdates.Again(end));
        }
    }

    private RunRecord NewRecord(AgentTask task)
    {
        string containerId = Guid.NewGuid().ToString();
        string executorId = TaskTranslation.ExecutorIdOf(task);
        return new RunRecord
        {
            TaskId = task.TaskId,
            AppId = task.App.Id ?? "",
            FrameworkId = task.FrameworkId,
            ExecutorId = executorId,
            ContainerId = containerId,
            Directory = _home.SandboxOf(task.FrameworkId, executorId, containerId),
            Created = DateTimeOffset.UtcNow,
        };
    }

    /// <summary>Everything that the task's executor and a later server will ask for, on disk.</summary>
    private Launch Prepare(AgentTask task, TaskRun run)
    {
        RunRecord record = run.Record;
        _home.Runs.Write(record);
        TaskInfo translated = TaskTranslation.TaskOf(task, Facts.Hostname, _home.Volumes);
        ExecutorInfo executor = TaskTranslation.ExecutorOf(task, translated, _options.LibexecDirectory);
        var launch = new Launch
        {
            ContainerId = run.ContainerId,
            Task = translated,
            Executor = executor,
            Directory = record.Directory,
            User = translated.Command?.User ?? Environment.UserName,
            AgentId = Identity.AgentId,
            AgentPid = Identity.Pid,
            Checkpoint = true,
        };
        _home.Runs.Write(record.ContainerId, launch);
        return TaskTranslation.IsCommandTask(executor, translated) ? launch : launch with { Task = null };
    }
}
