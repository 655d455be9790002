using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>Removes what the engine still has of a container.</summary>
internal static class ContainerCleaner
{
    private static readonly TimeSpan s_unfinished = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_othersPatience = TimeSpan.FromSeconds(10);

    // What an engine takes for one creation, volumes to be filled included. Longer, and the name is somebody else's for good.
    private static readonly TimeSpan s_makingPatience = TimeSpan.FromMinutes(2);

    /// <summary>Removes one container with its anonymous volumes; it may be gone already. Where somebody else is at it, that is waited for,
    /// as it may fail.</summary>
    public static async Task RemoveAsync(DockerEngine engine, string id, CancellationToken cancellationToken)
    {
        Deadline last = Deadline.In(s_othersPatience);
        while (true)
        {
            try
            {
                await engine.RemoveAsync(id, force: true, volumes: true, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (MesosDockerException e) when (e.Fault == Fault.ContainerNotFound)
            {
                return;
            }
            catch (MesosDockerException e) when (e.Fault == Fault.EngineConflict && !last.HasPassed)
            {
                await Task.Delay(s_unfinished, cancellationToken).ConfigureAwait(false);
            }
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

    /// <summary>
    /// Removes whatever carries the label, also what the engine is only about to make: the request of a supervisor that was killed may
    /// still be on its way through it. Until it is done its name is taken, so a container that can be made by that name proves that it is.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.EngineConflict"/>: the name is that of a container which is none of ours;
    /// and whatever else the engine has to say.</exception>
    public static async Task RemoveUnfinishedAsync(
        DockerEngine engine, ContainerId id, string name, string image, CancellationToken cancellationToken)
    {
        Deadline last = Deadline.In(s_makingPatience);
        var proof = new ContainerSpec { Image = image, Labels = new Dictionary<string, string> { [ContainerLabels.Container] = id.Value } };
        while (true)
        {
            await RemoveLabelledAsync(engine, id, cancellationToken).ConfigureAwait(false);
            try
            {
                CreatedContainer made = await engine.CreateAsync(proof, name, null, CancellationToken.None).ConfigureAwait(false);
                await RemoveAsync(engine, made.Id, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (MesosDockerException e) when (e.Fault == Fault.ImageNotFound)
            {
                // Then nothing is being made of it, either.
                return;
            }
            catch (MesosDockerException e) when (e.Fault == Fault.EngineConflict && !last.HasPassed)
            {
                await Task.Delay(s_unfinished, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tries again for a while where the engine does not answer.</summary>
    /// <returns>False if something may be left.</returns>
    public static async Task<bool> TryCleanAsync(
        DockerEngine engine, ContainerRecord record, ContainerId id, TimeSpan patience, Log log, CancellationToken cancellationToken)
    {
        Deadline last = Deadline.In(patience);
        TimeSpan pause = TimeSpan.FromMilliseconds(200);
        while (true)
        {
            try
            {
                if (record.EngineId is { } known)
                {
                    await RemoveAsync(engine, known, cancellationToken).ConfigureAwait(false);
                }
                else if (record is { Supervisors: > 1, EngineName: { } name, Image: { } image })
                {
                    using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    limit.CancelAfter(patience);
                    await RemoveUnfinishedAsync(engine, id, name, image, limit.Token).ConfigureAwait(false);
                }
                else
                {
                    await RemoveLabelledAsync(engine, id, cancellationToken).ConfigureAwait(false);
                }

                return true;
            }
            catch (Exception e) when (e is MesosDockerException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                if (last.HasPassed)
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
