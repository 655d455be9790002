using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>What goes on beside a running container until it has ended: whoever may have to stop it, and who does.</summary>
internal sealed class RunCompanions(
    SupervisorContext context, RecordKeeper record, ITaskReporter reporter, SandboxNotes notes, StopSwitch stop, string id)
{
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);

    /// <summary>The sentence about the disk limit for which the container is stopped; null: it is not.</summary>
    public string? OverDisk { get; private set; }

    public Task RunAsync(CancellationToken ended)
    {
        ContainerRecord now = record.Current;
        var stopper = new ContainerStopper(
            context.Engine, id, now.StopSignal, now.Process, context.Settings.Containers.GracePeriod, stop, context.Log);
        var companions = new List<Task>
        {
            RestAsync(ended),
            stopper.RunAsync(order => reporter.Report(new TaskReport(TaskState.Killing, $"Stopped by {order.By}.")), ended),
            WaiterWatch.RunAsync(context.Directory.RunningLock, reporter.CheckSubscription, ended),
        };
        if (reporter is AgentExecutor && context.Launch.Task?.HealthCheck is { } check)
        {
            companions.Add(WatchHealthAsync(check, ended));
        }

        if (context.Settings.Containers.Disk != DiskPolicy.Ignore && now.Limits?.Disk is { } limit)
        {
            companions.Add(new DiskWatch(context.Call.Sandbox, limit, TimeProvider.System).RunAsync(KeepDiskUse, TellOverDisk, ended));
        }

        return Task.WhenAll(companions);
    }

    /// <summary>Once what starting took has settled, nearly nothing happens for a long time.</summary>
    private static async Task RestAsync(CancellationToken ended)
    {
        await Task.Delay(s_settled, ended).ConfigureAwait(false);
        ResidentMemory.Release();
    }

    private async Task WatchHealthAsync(HealthCheck check, CancellationToken ended)
    {
        ContainerRecord now = record.Current;
        string? address = now.HostNetwork ? "127.0.0.1" : now.IpAddresses is [var own, ..] ? own : null;
        using var probe = new HealthProbe(check, context.Engine, id, context.Call.Environment, address);
        var monitor = new HealthMonitor(
            check,
            probe.RunAsync,
            (healthy, what) => reporter.Report(new TaskReport(TaskState.Running, what) { Healthy = healthy }),
            TimeProvider.System);
        string why = await monitor.RunAsync(ended).ConfigureAwait(false);
        notes.Say($"The task is stopped by {why}.");
        stop.Give(new StopOrder(why, context.Launch.Task?.KillGrace) { Unhealthy = true });
    }

    private void KeepDiskUse(long bytes)
    {
        try
        {
            context.Directory.WriteDiskUse(bytes);
        }
        catch (MesosDockerException e) when (e.Fault is Fault.DiskFull or Fault.StateUnusable)
        {
            // `usage` has an older figure. A task that fills the disk of the state, too, is watched all the same.
            context.Log.Debug(e.Message);
        }
    }

    private void TellOverDisk(string over)
    {
        notes.Say(over);
        if (context.Settings.Containers.Disk == DiskPolicy.Enforce)
        {
            OverDisk ??= over;
            stop.Give(new StopOrder("its disk limit", context.Launch.Task?.KillGrace) { IsFailure = true });
        }
    }
}
