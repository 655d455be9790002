using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>From a start that succeeded to the end of the container's process.</summary>
internal sealed class ContainerRun(
    SupervisorContext context, RecordKeeper record, ITaskReporter reporter, SandboxOutput output, StopSwitch stop)
{
    private const int ShortId = 12;

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(2);

    public async Task<ContainerEnd> FollowAsync(StartedContainer started)
    {
        (string id, ContainerWait? wait) = started;
        await TakeDownAsync(id).ConfigureAwait(false);
        ProcessWatch? process = record.Current.Process is { } known ? ProcessWatch.Start(known, record.Current.Cgroups) : null;
        await ApplyWantedLimitsAsync(id).ConfigureAwait(false);

        using var ended = new CancellationTokenSource();
        var companions = new RunCompanions(context, record, reporter, output.Notes, stop, id);
        Task accompanied = companions.RunAsync(ended.Token);
        var watch = new ContainerWatch(
            context.Engine,
            id,
            process,
            returned: () => output.ListenAgainAsync(id, record.Current.Tty, follow: true),
            isStopped: () => stop.First is not null,
            context.Log);
        WatchedEnd end = await watch.WaitAsync(wait, CancellationToken.None).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await accompanied.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await output.DrainAsync(id, record.Current.Tty).ConfigureAwait(false);
        return new ContainerEnd
        {
            Status = end.Status,
            Failure = end.Unknown,
            OutOfMemory = end.OutOfMemory,
            MemoryLimit = (WantedLimits() ?? record.Current.Limits)?.Memory,
            Stop = stop.First,
            OverDisk = companions.OverDisk,
        };
    }

    /// <summary>What is to be known of the running container goes to the record, and to the agent.</summary>
    private async Task TakeDownAsync(string id)
    {
        RunningContainer? now = null;
        try
        {
            now = RunningContainer.From(await context.Engine.InspectAsync(id, CancellationToken.None).ConfigureAwait(false));
        }
        catch (MesosDockerException e)
        {
            // It runs all the same; its end will be told.
            context.Log.Warning(e.Message);
        }

        bool first = record.Current.Phase < Phase.Running;
        record.Change(r => (r with
        {
            Process = now?.Process ?? r.Process,
            Cgroups = now?.Cgroups ?? r.Cgroups,
            IpAddresses = now?.IpAddresses ?? r.IpAddresses,
            Started = r.Started ?? DateTimeOffset.UtcNow,
            Phase = first ? Phases.Advance(r.Phase, Phase.Running) : r.Phase,
        }));
        if (first)
        {
            reporter.Report(new TaskReport(TaskState.Running, $"The container {Short(id)} runs the image {record.Current.Image}.")
            {
                Container = now is null ? null : new ContainerFacts(now.IpAddresses, now.Description),
            });
        }
    }

    private static string Short(string id) => id.Length > ShortId ? id[..ShortId] : id;

    /// <summary>An update that came before the container was there found nothing to change, and left its wish.</summary>
    private async Task ApplyWantedLimitsAsync(string id)
    {
        try
        {
            using FileLock? turn = await WaitForTurnAsync().ConfigureAwait(false);
            if (turn is null || WantedLimits() is not { } wanted)
            {
                return;
            }

            await LimitChange.ApplyAsync(context.Engine, id, record.Current, wanted, CancellationToken.None).ConfigureAwait(false);
        }
        catch (MesosDockerException e)
        {
            context.Log.Warning(e.Message);
        }
    }

    /// <summary>An update whose turn it is may have looked before the container ran, and is done at once. One that takes long has found it
    /// running, and asks the engine itself (null).</summary>
    private async Task<FileLock?> WaitForTurnAsync()
    {
        Deadline last = Deadline.In(s_turn);
        FileLock? turn;
        while ((turn = FileLock.TryAcquire(context.Directory.LimitsLock, exclusive: true)) is null && !last.HasPassed)
        {
            await Task.Delay(s_step).ConfigureAwait(false);
        }

        return turn;
    }

    /// <summary>On a disk that cannot be read there is no wish; what runs goes on.</summary>
    private Limits? WantedLimits()
    {
        try
        {
            return context.Directory.ReadWantedLimits()?.Limits;
        }
        catch (MesosDockerException e)
        {
            context.Log.Warning(e.Message);
            return null;
        }
    }
}
