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
        if (directory.ReadTermination() is not null || directory.ReadRequest() is not { } request)
        {
            return;
        }

        Limits wanted = ResourceLimits.For(update, MesosCodec.DecodeLaunch(request), hook.Settings.Require());
        if (wanted == new Limits())
        {
            return;
        }

        // Kept for the supervisor, which may be about to start the container.
        directory.WriteWantedLimits(wanted);
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
