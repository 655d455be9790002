using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// <c>update</c>: new limits. The agent calls it right after every launch, and when a task comes or ends; a failure would cost the task, so
/// only what the engine refuses for a running container is one. The agent does not wait for one call before it makes the next: they are
/// carried out one by one, and one that was overtaken by a later one does nothing.
/// </summary>
internal sealed class UpdateVerb(HookEnvironment hook)
{
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerUnknown"/>, and the engine's.</exception>
    public async Task HandleAsync(Update update, CancellationToken cancellationToken)
    {
        ContainerDirectory directory = hook.Store.Find(update.ContainerId);
        if (directory.ReadTermination() is not null || directory.ReadLaunch() is not { } launch)
        {
            return;
        }

        Limits limits = ResourceLimits.For(update, launch, hook.Settings.AsFarAsRead);
        if (limits == new Limits())
        {
            return;
        }

        var wanted = new WantedLimits(limits, hook.Call);
        using FileLock? turn = WaitForTurn(directory);
        if (directory.ReadWantedLimits() is not { } last || !wanted.IsOlderThan(last))
        {
            Keep(directory, wanted);
            await ApplyAsync(directory, limits, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Null on a disk that takes no lock: what is asked for is then done as it comes.</summary>
    private static FileLock? WaitForTurn(ContainerDirectory directory)
    {
        try
        {
            return FileLock.Acquire(directory.LimitsLock, exclusive: true);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.StateUnusable)
        {
            return null;
        }
    }

    /// <summary>For the supervisor, which may be about to start the container.</summary>
    private static void Keep(ContainerDirectory directory, WantedLimits wanted)
    {
        try
        {
            directory.Write(wanted);
        }
        catch (MesosDockerException e) when (e.Fault is Fault.DiskFull or Fault.StateUnusable)
        {
            // One that runs gets them from here; one that does not yet, keeps what it was launched with.
        }
    }

    private async Task ApplyAsync(ContainerDirectory directory, Limits wanted, CancellationToken cancellationToken)
    {
        ContainerRecord record = directory.ReadRecord();
        if (record.EngineId is not { } id || record.Phase != Phase.Running)
        {
            return;
        }

        try
        {
            using DockerEngine engine = hook.OpenEngine();
            await LimitChange.ApplyAsync(engine, id, record, wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault is Fault.ContainerNotFound or Fault.ContainerNotRunning)
        {
            // It has just ended.
        }
    }
}
