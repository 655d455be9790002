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

    // Beyond the grace: for the engine to carry out a kill, and a supervisor to fall back on the kernel.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

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
            Tell(directory, new StopRequest("the agent's destroy", grace));
            await EndAsync(store, directory, grace + s_patience, cancellationToken).ConfigureAwait(false);
        }

        store.Deactivate(id);
        if (!directory.HasSupervisor && !StateCleaner.IsOver(directory))
        {
            hook.Launcher.TakeOver(store, directory);
        }
    }

    private TimeSpan GraceOf(ContainerDirectory directory)
    {
        Launch? launch = directory.ReadRequest() is { } request ? MesosCodec.DecodeLaunch(request) : null;
        return launch?.Task?.KillGrace ?? hook.Settings.AsFarAsRead.Containers.GracePeriod;
    }

    private static void Tell(ContainerDirectory directory, StopRequest request)
    {
        try
        {
            directory.Write(request);
        }
        catch (MesosDockerException e) when (e.Fault is Fault.DiskFull or Fault.StateUnusable)
        {
            // The signal alone says as much, with the default grace.
        }
    }

    private async Task EndAsync(StateStore store, ContainerDirectory directory, TimeSpan limit, CancellationToken cancellationToken)
    {
        DateTimeOffset until = DateTimeOffset.UtcNow + limit;
        bool signalled = false;
        while (directory.ReadTermination() is null && Directory.Exists(directory.Path))
        {
            if (!directory.HasSupervisor)
            {
                // One that takes over finds the request on disk.
                signalled |= hook.Launcher.TakeOver(store, directory);
            }
            else if (!signalled && directory.FindSupervisor() is { } supervisor)
            {
                signalled = supervisor.Signal(Libc.SignalTerminate);
            }

            if (DateTimeOffset.UtcNow > until)
            {
                Force(directory);
                return;
            }

            await Task.Delay(s_step, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The supervisor stands still, or keeps dying: the kernel ends both, and the engine's remains are swept later.</summary>
    private static void Force(ContainerDirectory directory)
    {
        directory.FindSupervisor()?.Signal(Libc.SignalKill);
        directory.ReadRecord().Process?.Signal(Libc.SignalKill);
        if (directory.ReadTermination() is null)
        {
            directory.Write(new ContainerEnd { Status = new WaitStatus(Libc.SignalKill), Stop = new StopOrder("the agent's destroy", null) }.ToTermination());
        }
    }

    private async Task RemoveUnknownAsync(ContainerId id, CancellationToken cancellationToken)
    {
        using Docker.DockerEngine engine = hook.OpenEngine();
        await ContainerCleaner.RemoveLabelledAsync(engine, id, cancellationToken).ConfigureAwait(false);
        hook.Store.Deactivate(id);
    }
}
