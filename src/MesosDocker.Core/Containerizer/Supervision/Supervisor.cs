using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// Watches one container from its launch to its removal, in a process of its own that outlives the hook and the agent.
/// <code>
///   launch ──► fetch ──► pull ──► create ──► attach, wait, start ──► running ──► end ──► told ──► removed
///      └─ locks inherited                                        stop orders ─┘      └─ running lock free
/// </code>
/// Every step is on disk before the next, so that after a kill another supervisor goes on from there.
/// </summary>
internal sealed class Supervisor : IAsyncDisposable
{
    private const int MostSupervisors = 5;
    private const int ShortId = 12;

    // Beyond this the engine's bounded log may have lost its beginning, and what is in the sandbox is told by time instead of by count.
    private const long CountedLog = 8 * 1024 * 1024;

    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_cleaningPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_settlingPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_clockSlack = TimeSpan.FromSeconds(1);

    private readonly SupervisorContext _context;
    private readonly RecordKeeper _record;
    private readonly RotatingFile _output;
    private readonly RotatingFile _error;
    private readonly CopiedBytes _copied;
    private readonly OutputCopier _copier;
    private readonly SandboxNotes _notes;
    private readonly StopSwitch _stop;
    private readonly ITaskReporter _reporter;
    private readonly Preparation _preparation;

    private CancellationTokenSource _listening = new();
    private Task<bool> _copying = Task.FromResult(true);
    private string? _overDisk;

    /// <param name="stop">Orders to stop from outside, such as a signal.</param>
    public Supervisor(SupervisorContext context, StopSwitch stop)
    {
        _context = context;
        _stop = stop;
        _record = new RecordKeeper(context.Directory, context.Log);
        (_output, _error) = (OpenOutput("stdout"), OpenOutput("stderr"));
        _copied = new CopiedBytes(context.Directory.CopiedPath);
        _copier = new OutputCopier(_output, _error, _copied, context.Log);
        _notes = new SandboxNotes(_error, context.Log);
        _reporter = CreateReporter();
        _preparation = new Preparation(context, _record, _reporter, _notes);
    }

    /// <summary>Goes on from wherever the container is, to its end.</summary>
    /// <param name="running">Freed when the end is on disk and the agent may be told.</param>
    public async Task<Termination> RunAsync(FileLock running, CancellationToken cancellationToken)
    {
        bool first = !_context.Directory.HasBegun;
        SignIn();
        Termination? told = _context.Directory.ReadTermination();
        bool kept = true;
        if (told is null)
        {
            _record.Change(r => r.Begun(first, DateTimeOffset.UtcNow));
            ContainerEnd end = await SuperviseAsync(cancellationToken).ConfigureAwait(false);
            told = end.ToTermination();
            _context.Log.Info($"{_context.Launch.ContainerId}: {told.Message}");

            // The end before the phase: one without the other is a container that has not ended.
            kept = Keep(told);
            _record.Change(static r => (r with { Ended = DateTimeOffset.UtcNow }).At(Phase.Ended));
            await TellAsync(end, cancellationToken).ConfigureAwait(false);
        }

        running.Dispose();
        if (kept)
        {
            await CleanAsync(cancellationToken).ConfigureAwait(false);
        }

        return told;
    }

    public async ValueTask DisposeAsync()
    {
        await StopListeningAsync().ConfigureAwait(false);
        await _reporter.DisposeAsync().ConfigureAwait(false);
        _listening.Dispose();
        _output.Dispose();
        _error.Dispose();
        _copied.Dispose();
    }

    private void SignIn()
    {
        try
        {
            _context.Directory.WriteSupervisor(ProcessIdentity.Self());
        }
        catch (MesosDockerException e) when (e.Fault is Fault.DiskFull or Fault.StateUnusable)
        {
            // What runs is watched all the same; who wants it stopped has to do without us.
            _context.Log.Warning(e.Message);
        }
    }

    private ITaskReporter CreateReporter()
    {
        if (_context.Directory.ReadTermination() is not null)
        {
            return new NoExecutor();
        }

        IReadOnlyDictionary<string, string> environment = _context.Call.Environment;
        return ExecutorRole.From(_context.Launch, environment, _context.Settings.Executor.SubscribeTimeout) is not { } role
            ? (ITaskReporter?)FrameworksExecutor.For(_context.Launch, environment, _stop.Give, _context.Log) ?? new NoExecutor()
            : new AgentExecutor(
                role,
                _context.Request,
                _record.Current.Updates,
                ledger => _record.Change(r => r with { Updates = ledger }),
                _stop.Give,
                RunOverrideAsync,
                _context.Log);
    }

    private Task RunOverrideAsync(CancellationToken cancellationToken) => _record.Current.OverrideExecutor is { } earlier
        ? OverrideExecutor.FollowAsync(earlier, cancellationToken)
        : OverrideExecutor.RunAsync(
            _context.Call.Environment,
            _context.Call.Sandbox,
            [_context.Executable, "observe", "--quiet", "--root", _context.Store.Root, _context.Launch.ContainerId.Value],
            process => _record.Change(r => r with { OverrideExecutor = process }),
            cancellationToken);

    private RotatingFile OpenOutput(string name)
    {
        string sandbox = _context.Call.Sandbox;
        (uint User, uint Group)? owner = Posix.OwnerOf(sandbox) is { } found ? (found.User, found.Group) : null;
        return new RotatingFile(Path.Combine(sandbox, name), _context.Settings.Log.MaxSize, _context.Settings.Log.MaxFiles, owner);
    }

    /// <summary>Who looks into the sandbox finds both files, also those of a task that has nothing to say, or not yet.</summary>
    private void BeginOutput()
    {
        foreach (RotatingFile file in (RotatingFile[])[_output, _error])
        {
            try
            {
                file.Write([]);
            }
            catch (MesosDockerException e)
            {
                // If there is no sandbox, that is said where it is needed.
                _context.Log.Warning(e.Message);
            }
        }
    }

    /// <summary>Everything up to the end, with every failure on the way turned into one.</summary>
    private async Task<ContainerEnd> SuperviseAsync(CancellationToken cancellationToken)
    {
        BeginOutput();
        try
        {
            if (_record.Current.Supervisors > MostSupervisors)
            {
                throw new MesosDockerException(
                    Fault.SupervisorLost, $"{MostSupervisors} processes that watched this container have died one after the other; see the machine's log.");
            }

            return await RunContainerAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.First is not null)
        {
            return new ContainerEnd { Stop = _stop.First };
        }
        catch (MesosDockerException e)
        {
            _notes.Say(e.Message);
            return ContainerEnd.Failed(e.Message) with { Stop = _stop.First };
        }
    }

    private async Task<ContainerEnd> RunContainerAsync(CancellationToken cancellationToken)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, cancellationToken);
        string? id = _record.Current.EngineId;
        if (id is null && _record.Current.Supervisors > 1)
        {
            id = await AskAsync(() => _preparation.FindStartedAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        if (id is null)
        {
            id = await _preparation.CreateAsync(stopped.Token).ConfigureAwait(false);
            return await StartAsync(id, stopped.Token, cancellationToken).ConfigureAwait(false);
        }

        _context.Log.Info($"{_context.Launch.ContainerId}: taking over the container {id}.");
        return await AdoptAsync(id, () => StartAsync(id, stopped.Token, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Listens before it starts, so that nothing is missed of a container that ends at once.</summary>
    private async Task<ContainerEnd> StartAsync(string id, CancellationToken stopped, CancellationToken cancellationToken)
    {
        await _reporter.Ready.WaitAsync(stopped).ConfigureAwait(false);
        DockerEngine engine = _context.Engine;
        var streams = new OutputOptions { Tty = _record.Current.Tty };
        using ContainerOutput output = await engine.AttachAsync(id, streams, logs: false, stopped).ConfigureAwait(false);
        ContainerWait wait = await engine.BeginWaitAsync(id, WaitCondition.NextExit, stopped).ConfigureAwait(false);
        _copying = _copier.CopyAsync(output, _listening.Token);
        try
        {
            await engine.StartAsync(id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault is Fault.EngineUnreachable or Fault.EngineAnswerInvalid)
        {
            // Its answer was lost; the engine may have started it all the same.
            wait.Dispose();
            return await AdoptAsync(id, () => throw e, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException)
        {
            wait.Dispose();
            throw;
        }

        return await WatchAsync(id, wait).ConfigureAwait(false);
    }

    /// <summary>A container that may be in any state: another supervisor had it, or the engine was lost while it was started.</summary>
    /// <param name="start">What is done with one that has not been started.</param>
    private async Task<ContainerEnd> AdoptAsync(string id, Func<Task<ContainerEnd>> start, CancellationToken cancellationToken)
    {
        ContainerDetails? details;
        try
        {
            details = await AskAsync(() => FindAsync(id, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (_record.Current.Process is { IsAlive: true })
        {
            // No engine, and an order to stop: its process can be ended without one.
            _context.Log.Warning(e.Message);
            return await WatchAsync(id, wait: null).ConfigureAwait(false);
        }

        if (details is { State.Status: "created" })
        {
            return await start().ConfigureAwait(false);
        }

        if (details is null)
        {
            return ContainerEnd.Failed("The container is gone from the engine, and so is the process that watched it.") with { Stop = _stop.First };
        }

        return await WatchAsync(id, wait: null).ConfigureAwait(false);
    }

    /// <summary>Null if the engine has no such container.</summary>
    private async Task<ContainerDetails?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await _context.Engine.InspectAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.ContainerNotFound)
        {
            return null;
        }
    }

    /// <summary>Asks again for as long as the engine is away and nobody orders the container's end.</summary>
    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        TimeSpan pause = TimeSpan.FromMilliseconds(100);
        while (true)
        {
            try
            {
                return await ask().ConfigureAwait(false);
            }
            catch (MesosDockerException e) when (_stop.First is null)
            {
                _context.Log.Info($"{e.Message} Asking again.");
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            pause = pause < TimeSpan.FromSeconds(5) ? pause * 2 : pause;
        }
    }

    /// <summary>From a start that succeeded to the end.</summary>
    private async Task<ContainerEnd> WatchAsync(string id, ContainerWait? wait)
    {
        ProcessWatch? process = await RunningAsync(id).ConfigureAwait(false);
        using var ended = new CancellationTokenSource();
        Task[] companions = StartCompanions(id, ended.Token);
        var watch = new ContainerWatch(_context.Engine, id, process, () => ListenAgainAsync(id, follow: true), () => _stop.First is not null, _context.Log);
        WatchedEnd end = await watch.WaitAsync(wait, CancellationToken.None).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(companions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DrainAsync(id).ConfigureAwait(false);
        return new ContainerEnd
        {
            Status = end.Status,
            Failure = end.Unknown,
            OutOfMemory = end.OutOfMemory,
            MemoryLimit = (_context.Directory.ReadWantedLimits() ?? _record.Current.Limits)?.Memory,
            Stop = _stop.First,
            OverDisk = _overDisk,
        };
    }

    /// <summary>Takes down what is to be known of the running container, and tells.</summary>
    private async Task<ProcessWatch?> RunningAsync(string id)
    {
        RunningContainer? now = null;
        try
        {
            now = RunningContainer.From(await _context.Engine.InspectAsync(id, CancellationToken.None).ConfigureAwait(false));
        }
        catch (MesosDockerException e)
        {
            // It runs all the same; its end will be told.
            _context.Log.Warning(e.Message);
        }

        bool first = _record.Current.Phase < Phase.Running;
        _record.Change(r => (r with
        {
            Process = now?.Process ?? r.Process,
            Cgroups = now?.Cgroups ?? r.Cgroups,
            IpAddresses = now?.IpAddresses ?? r.IpAddresses,
            Started = r.Started ?? DateTimeOffset.UtcNow,
            Phase = first ? Phases.Advance(r.Phase, Phase.Running) : r.Phase,
        }));
        if (first)
        {
            _reporter.Report(new TaskReport(TaskState.Running, $"The container {Short(id)} runs the image {_record.Current.Image}.")
            {
                Container = now is null ? null : new ContainerFacts(now.IpAddresses, now.Description),
            });
        }

        await ApplyWantedLimitsAsync(id).ConfigureAwait(false);
        return _record.Current.Process is { } process ? ProcessWatch.Start(process, _record.Current.Cgroups) : null;
    }

    private static string Short(string id) => id.Length > ShortId ? id[..ShortId] : id;

    /// <summary>An update that came before the container was there found nothing to change, and left its wish.</summary>
    private async Task ApplyWantedLimitsAsync(string id)
    {
        if (_context.Directory.ReadWantedLimits() is not { } wanted)
        {
            return;
        }

        try
        {
            await LimitChange.ApplyAsync(_context.Engine, id, _record.Current, wanted, CancellationToken.None).ConfigureAwait(false);
        }
        catch (MesosDockerException e)
        {
            _context.Log.Warning(e.Message);
        }
    }

    /// <summary>What goes on beside a running container, until it has ended.</summary>
    private Task[] StartCompanions(string id, CancellationToken ended)
    {
        ContainerRecord record = _record.Current;
        var stopper = new ContainerStopper(
            _context.Engine, id, record.StopSignal, record.Process, _context.Settings.Containers.GracePeriod, _stop, _context.Log);
        var companions = new List<Task>
        {
            RestAsync(ended),
            stopper.RunAsync(order => _reporter.Report(new TaskReport(TaskState.Killing, $"Stopped by {order.By}.")), ended),
            WaiterWatch.RunAsync(_context.Directory.RunningLock, _reporter.CheckSubscription, ended),
        };
        if (_reporter is AgentExecutor && _context.Launch.Task?.HealthCheck is { } check)
        {
            companions.Add(WatchHealthAsync(check, id, ended));
        }

        if (_context.Settings.Containers.Disk != DiskPolicy.Ignore && record.Limits?.Disk is { } disk)
        {
            companions.Add(WatchDiskAsync(disk, ended));
        }

        return [.. companions];
    }

    /// <summary>Once what starting took has settled, nearly nothing happens for a long time.</summary>
    private static async Task RestAsync(CancellationToken ended)
    {
        await Task.Delay(s_settled, ended).ConfigureAwait(false);
        ResidentMemory.Release();
    }

    private async Task WatchHealthAsync(HealthCheck check, string id, CancellationToken ended)
    {
        ContainerRecord record = _record.Current;
        string? address = record.HostNetwork ? "127.0.0.1" : record.IpAddresses is [var own, ..] ? own : null;
        using var probe = new HealthProbe(check, _context.Engine, id, _context.Call.Environment, address);
        var monitor = new HealthMonitor(
            check,
            probe.RunAsync,
            (healthy, what) => _reporter.Report(new TaskReport(TaskState.Running, what) { Healthy = healthy }),
            TimeProvider.System);
        string why = await monitor.RunAsync(ended).ConfigureAwait(false);
        _notes.Say($"The task is stopped by {why}.");
        _stop.Give(new StopOrder(why, _context.Launch.Task?.KillGrace) { Unhealthy = true });
    }

    private async Task WatchDiskAsync(long limit, CancellationToken ended)
    {
        var watch = new DiskWatch(_context.Call.Sandbox, limit, _context.Directory.WriteDiskUse);
        while (true)
        {
            string over = await watch.WaitUntilOverAsync(ended).ConfigureAwait(false);
            bool first = _overDisk is null;
            if (first)
            {
                _notes.Say(over);
            }

            if (_context.Settings.Containers.Disk == DiskPolicy.Enforce)
            {
                _overDisk = over;
                _stop.Give(new StopOrder("its disk limit", _context.Launch.Task?.KillGrace) { IsFailure = true });
                return;
            }
        }
    }

    /// <summary>The live stream broke, or was another supervisor's: on from the engine's own log.</summary>
    private async Task ListenAgainAsync(string id, bool follow)
    {
        await StopListeningAsync().ConfigureAwait(false);
        bool counted = _copied.Output + _copied.Error < CountedLog;
        var options = new LogOptions
        {
            Streams = new OutputOptions { Tty = _record.Current.Tty },
            Follow = follow,
            Since = counted ? null : _copied.LastWrite - s_clockSlack,
        };
        try
        {
            ContainerOutput log = await _context.Engine.LogsAsync(id, options, CancellationToken.None).ConfigureAwait(false);
            _copying = CopyLogAsync(log, counted);
        }
        catch (MesosDockerException e)
        {
            _context.Log.Warning($"Output of the container may be missing: {e.Message}");
            _copying = Task.FromResult(true);
        }
    }

    private async Task<bool> CopyLogAsync(ContainerOutput log, bool counted)
    {
        using (log)
        {
            return await (counted ? _copier.CatchUpAsync(log, _listening.Token) : _copier.CopyAsync(log, _listening.Token))
                .ConfigureAwait(false);
        }
    }

    /// <summary>Two at once would write everything twice.</summary>
    private async Task StopListeningAsync()
    {
        await _listening.CancelAsync().ConfigureAwait(false);
        await ((Task)_copying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listening.Dispose();
        _listening = new CancellationTokenSource();
    }

    /// <summary>The rest of the output, which may be a moment behind the end, or may have to be had from the engine's log.</summary>
    private async Task DrainAsync(string id)
    {
        await Task.WhenAny(_copying, Task.Delay(s_drain)).ConfigureAwait(false);
        bool whole = _copying.IsCompletedSuccessfully && _copying.Result;
        if (!whole)
        {
            await ListenAgainAsync(id, follow: false).ConfigureAwait(false);
            await Task.WhenAny(_copying, Task.Delay(s_drain)).ConfigureAwait(false);
        }
    }

    /// <returns>False if there is no writing; the container is then left for a waiter to ask the engine of.</returns>
    private bool Keep(Termination termination)
    {
        try
        {
            _context.Directory.Write(termination);
            return true;
        }
        catch (MesosDockerException e)
        {
            _context.Log.Error(e.Message);
            return false;
        }
    }

    private async Task TellAsync(ContainerEnd end, CancellationToken cancellationToken)
    {
        try
        {
            await _reporter.EndAsync(end.ToReport(), cancellationToken).ConfigureAwait(false);
            await _reporter.SettleAsync(cancellationToken).WaitAsync(s_settlingPatience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _context.Log.Warning("mesos-executor does not end; the agent is told without it.");
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        ContainerRecord record = _record.Current;
        bool clean = record.EngineName is null || await ContainerCleaner.TryCleanAsync(
            _context.Engine, record, _context.Launch.ContainerId, s_cleaningPatience, _context.Log, cancellationToken).ConfigureAwait(false);
        await _preparation.Hooks().OnDestroyAsync(cancellationToken).ConfigureAwait(false);
        if (record.Phase < Phase.Ended)
        {
            // Whoever wrote the end was killed before this.
            _record.Change(static r => r.At(Phase.Ended));
        }

        if (clean && record.Phase < Phase.Cleaned)
        {
            _record.Change(static r => r.At(Phase.Cleaned));
        }

        StateCleaner.Prune(_context.Store, _context.Settings.State.Keep, DateTimeOffset.UtcNow, _context.Log);
    }
}
