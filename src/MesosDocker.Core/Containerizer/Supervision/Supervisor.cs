using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// Watches one container from its launch to its removal, in a process of its own that outlives the hook and the agent.
/// <code>
///   launch ──► fetch ──► pull ──► create ──► attach, wait, start ──► running ──► end ──► told ──► removed
///      │       └──── Preparation ────┘       └─ ContainerStart ─┘    └─ ContainerRun ┘     │
///      └─ locks inherited                                         stop orders ─┘           └─ running lock free
/// </code>
/// Every step is on disk before the next, so that after a kill another supervisor goes on from there.
/// </summary>
internal sealed class Supervisor : IAsyncDisposable
{
    private const int MostSupervisors = 5;

    private static readonly TimeSpan s_cleaningPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_settlingPatience = TimeSpan.FromMinutes(1);

    private readonly SupervisorContext _context;
    private readonly StopSwitch _stop;
    private readonly RecordKeeper _record;
    private readonly ITaskReporter _reporter;
    private readonly SandboxOutput _output;
    private readonly Preparation _preparation;

    /// <param name="stop">Orders to stop from outside, such as a signal.</param>
    public Supervisor(SupervisorContext context, StopSwitch stop)
    {
        _context = context;
        _stop = stop;
        _record = new RecordKeeper(context.Directory, context.Log);
        _reporter = TaskReporters.For(context, _record, stop);
        _output = new SandboxOutput(context);
        _preparation = new Preparation(context, _record, _reporter, _output.Notes);
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
        await _reporter.DisposeAsync().ConfigureAwait(false);
        await _output.DisposeAsync().ConfigureAwait(false);
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

    /// <summary>Everything up to the end, with every failure on the way turned into one.</summary>
    private async Task<ContainerEnd> SuperviseAsync(CancellationToken cancellationToken)
    {
        _output.Begin();
        try
        {
            if (_record.Current.Supervisors > MostSupervisors)
            {
                throw new MesosDockerException(
                    Fault.SupervisorLost,
                    $"{MostSupervisors} processes that watched this container have died one after the other; see the machine's log.");
            }

            var start = new ContainerStart(_context, _record, _reporter, _preparation, _output, _stop);
            StartedContainer started = await start.RunAsync(cancellationToken).ConfigureAwait(false);
            return await new ContainerRun(_context, _record, _reporter, _output, _stop).FollowAsync(started).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.First is not null)
        {
            return new ContainerEnd { Stop = _stop.First };
        }
        catch (MesosDockerException e)
        {
            _output.Notes.Say(e.Message);
            return ContainerEnd.Failed(e.Message) with { Stop = _stop.First };
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
        bool clean = record.EngineName is null || await ContainerCleaner
            .TryCleanAsync(_context.Engine, record, _context.Launch.ContainerId, s_cleaningPatience, _context.Log, cancellationToken)
            .ConfigureAwait(false);
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
