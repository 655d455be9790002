using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// <c>update</c>: new limits. The agent calls it right after every launch, and when a task ends; a failure would cost the task, so only
/// what the engine refuses for a running container is one.
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

        Limits wanted = ResourceLimits.For(update, launch, hook.Settings.AsFarAsRead);
        if (wanted == new Limits())
        {
            return;
        }

        Keep(directory, wanted);
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

    /// <summary>For the supervisor, which may be about to start the container.</summary>
    private static void Keep(ContainerDirectory directory, Limits wanted)
    {
        try
        {
            directory.WriteWantedLimits(wanted);
        }
        catch (MesosDockerException e) when (e.Fault is Fault.DiskFull or Fault.StateUnusable)
        {
            // One that runs gets them from here; one that does not yet, keeps what it was launched with.
        }
    }
}
