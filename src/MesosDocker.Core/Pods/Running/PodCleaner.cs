using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>
/// Removes everything that the engine has of a pod, or of all pods of an executor, by their labels: containers with their anonymous volumes, networks,
/// volumes, and images that were built for it. It may be done again at any time.
/// </summary>
/// <param name="label">As <c>name=value</c>.</param>
internal sealed class PodCleaner(DockerEngine engine, string label, Log log)
{
    private const int AtOnce = 8;

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);

    // Between the end of a container and the moment at which its network and volumes are free.
    private static readonly TimeSpan s_release = TimeSpan.FromSeconds(10);

    private readonly string[] _labels = [label];

    /// <returns>Whether there was anything.</returns>
    /// <exception cref="MesosDockerException">The engine's.</exception>
    public async Task<bool> CleanAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ContainerSummary> containers = await engine
            .ListAsync(new ContainerFilter { All = true, Labels = _labels }, cancellationToken)
            .ConfigureAwait(false);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(containers, options, async (container, token)
            => await RemoveAsync(() => engine.RemoveAsync(container.Id, force: true, volumes: true, token), token).ConfigureAwait(false)).ConfigureAwait(false);
        int found = containers.Count;

        foreach (NetworkDetails network in await engine.ListNetworksAsync(_labels, [], cancellationToken).ConfigureAwait(false))
        {
            found++;
            await RemoveAsync(() => engine.RemoveNetworkAsync(network.Id, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        foreach (VolumeDetails volume in await engine.ListVolumesAsync(_labels, cancellationToken).ConfigureAwait(false))
        {
            found++;
            await RemoveAsync(() => engine.RemoveVolumeAsync(volume.Name, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        foreach (string image in await engine.ListImagesAsync(_labels, cancellationToken).ConfigureAwait(false))
        {
            found++;
            await RemoveAsync(() => engine.RemoveImageAsync(image, force: true, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        return found > 0;
    }

    /// <summary>Until nothing is found any more, and then once more after a while for what was on its way; however long the engine is away.</summary>
    /// <param name="quiet">How long nothing must come after it.</param>
    /// <returns>False if the patience was not enough.</returns>
    public async Task<bool> CleanUpAsync(TimeSpan quiet, TimeSpan patience, CancellationToken cancellationToken)
    {
        Deadline last = Deadline.In(patience);
        TimeSpan pause = s_step;
        Deadline? calm = null;
        while (true)
        {
            try
            {
                bool found = await CleanAsync(cancellationToken).ConfigureAwait(false);
                calm = found || calm is null ? Deadline.In(quiet) : calm;
                if (!found && (quiet == TimeSpan.Zero || calm.Value.HasPassed))
                {
                    return true;
                }

                pause = found ? s_step : Longer(pause, quiet / 4);
            }
            catch (MesosDockerException e)
            {
                log.Warning($"Something may be left: {e.Message}");
                calm = null;
                pause = Longer(pause, s_release);
            }

            if (last.HasPassed)
            {
                return false;
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimeSpan Longer(TimeSpan pause, TimeSpan longest)
    {
        TimeSpan twice = pause * 2;
        return twice < longest ? twice : longest > s_step ? longest : s_step;
    }

    /// <summary>What is gone is removed, whoever did it; what somebody is still at comes free.</summary>
    private static async Task RemoveAsync(Func<Task> remove, CancellationToken cancellationToken)
    {
        Deadline last = Deadline.In(s_release);
        while (true)
        {
            try
            {
                await remove().ConfigureAwait(false);
                return;
            }
            catch (MesosDockerException e) when (e.Fault is Fault.ContainerNotFound or Fault.NetworkNotFound or Fault.VolumeNotFound or Fault.ImageNotFound)
            {
                return;
            }
            catch (MesosDockerException e) when (e.Fault is Fault.EngineConflict or Fault.EngineAccessDenied or Fault.EngineRejected && !last.HasPassed)
            {
                await Task.Delay(s_step, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
