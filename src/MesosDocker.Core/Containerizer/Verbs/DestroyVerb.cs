using System.Diagnostics;
using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// <c>destroy</c>: ends a container whatever is left of it, and returns when its end is on disk. The work is the supervisor's; where
/// that is gone, another is started for it, and where even that does not come to an end, the container is ended from here.
/// </summary>
internal sealed class DestroyVerb(HookEnvironment hook)
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(5);

    // Two hundred calls at once must leave the machine to those who carry them out.
    private static readonly TimeSpan s_longStep = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_promptly = TimeSpan.FromMilliseconds(300);

    // Beyond the grace: for the engine to carry out a kill, and a supervisor to fall back on the kernel.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    // For the kernel to take a killed process away.
    private static readonly TimeSpan s_killed = TimeSpan.FromSeconds(2);

    public async Task HandleAsync(ContainerId id, CancellationToken cancellationToken)
    {
        StateStore store = hook.Store;
        if (store.TryFind(id) is not { } directory)
        {
            await RemoveUnknownAsync(id, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (directory.ReadTermination() is null)
        {
            TimeSpan grace = GraceOf(directory);
            bool written = directory.TryWrite(new StopRequest("the agent's destroy", grace));
            await EndAsync(store, directory, written, grace, cancellationToken).ConfigureAwait(false);
        }

        store.Deactivate(id);
        hook.Launcher.TakeOverLost(store, directory);
    }

    private TimeSpan GraceOf(ContainerDirectory directory)
        => directory.ReadLaunch()?.Task?.KillGrace ?? hook.Settings.AsFarAsRead.Containers.GracePeriod;

    private async Task EndAsync(
        StateStore store, ContainerDirectory directory, bool written, TimeSpan grace, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        bool signalled = false;
        while (directory.ReadTermination() is null && Directory.Exists(directory.Path))
        {
            if (!directory.HasSupervisor && !directory.IsWritable)
            {
                // Another supervisor would learn of nothing and leave nothing.
                await RemoveUnknownAsync(directory.Id, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (!directory.HasSupervisor)
            {
                // One that takes over finds the request on disk, if it is there.
                signalled |= hook.Launcher.TakeOver(store, directory) && written;
            }
            else if (!signalled && directory.FindSupervisor() is { } supervisor)
            {
                signalled = supervisor.Signal(Libc.SignalTerminate);
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
            if (elapsed > grace + s_patience)
            {
                await ForceAsync(directory, cancellationToken).ConfigureAwait(false);
                return;
            }

            await Task.Delay(Step(elapsed, grace), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Short when the end is near: after the first signal, and after the last.</summary>
    private static TimeSpan Step(TimeSpan elapsed, TimeSpan grace)
        => elapsed < s_promptly || (elapsed >= grace && elapsed < grace + s_promptly) ? s_step : s_longStep;

    /// <summary>The supervisor stands still, or keeps dying: the kernel ends both, and the engine's remains are swept later.</summary>
    private static async Task ForceAsync(ContainerDirectory directory, CancellationToken cancellationToken)
    {
        directory.FindSupervisor()?.Signal(Libc.SignalKill);
        directory.ReadRecord().Process?.Signal(Libc.SignalKill);
        Deadline last = Deadline.In(s_killed);
        while (directory.HasSupervisor && !last.HasPassed)
        {
            await Task.Delay(s_step, cancellationToken).ConfigureAwait(false);
        }

        if (directory.ReadTermination() is null)
        {
            var end = new ContainerEnd { Status = new WaitStatus(Libc.SignalKill), Stop = new StopOrder("the agent's destroy", null) };
            directory.Write(end.ToTermination());
        }
    }

    private async Task RemoveUnknownAsync(ContainerId id, CancellationToken cancellationToken)
    {
        using DockerEngine engine = hook.OpenEngine();
        await ContainerCleaner.RemoveLabelledAsync(engine, id, cancellationToken).ConfigureAwait(false);
        hook.Store.Deactivate(id);
    }
}
