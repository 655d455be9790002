using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>Removes what the engine still has of a container.</summary>
internal static class ContainerCleaner
{
    /// <summary>Removes one container with its anonymous volumes; it may be gone already, or on its way.</summary>
    public static async Task RemoveAsync(DockerEngine engine, string id, CancellationToken cancellationToken)
    {
        try
        {
            await engine.RemoveAsync(id, force: true, volumes: true, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault is Fault.ContainerNotFound or Fault.EngineConflict)
        {
            // Gone, or somebody else is at it.
        }
    }

    /// <summary>Removes whatever carries the label of a container of Mesos.</summary>
    public static async Task RemoveLabelledAsync(DockerEngine engine, ContainerId id, CancellationToken cancellationToken)
    {
        var filter = new ContainerFilter { All = true, Labels = [$"{ContainerLabels.Container}={id}"] };
        foreach (ContainerSummary found in await engine.ListAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            await RemoveAsync(engine, found.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tries again for a while where the engine does not answer.</summary>
    /// <returns>False if something may be left.</returns>
    public static async Task<bool> TryCleanAsync(
        DockerEngine engine, ContainerRecord record, ContainerId id, TimeSpan patience, Log log, CancellationToken cancellationToken)
    {
        DateTimeOffset until = DateTimeOffset.UtcNow + patience;
        TimeSpan pause = TimeSpan.FromMilliseconds(200);
        while (true)
        {
            try
            {
                if (record.EngineId is { } known)
                {
                    await RemoveAsync(engine, known, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await RemoveLabelledAsync(engine, id, cancellationToken).ConfigureAwait(false);
                }

                return true;
            }
            catch (MesosDockerException e)
            {
                if (DateTimeOffset.UtcNow > until)
                {
                    log.Warning($"The container of '{id}' could not be removed and is left for later: {e.Message}");
                    return false;
                }
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            pause *= 2;
        }
    }
}
