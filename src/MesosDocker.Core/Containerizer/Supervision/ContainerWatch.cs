using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>How a watched container ended.</summary>
/// <param name="Status">Null if nobody knows any more.</param>
/// <param name="Unknown">Why nobody knows.</param>
internal sealed record WatchedEnd(WaitStatus? Status, bool OutOfMemory, string? Unknown);

/// <summary>
/// Waits for a running container's end, as long as it takes and whatever becomes of the engine meanwhile: the engine's own wait, begun
/// again when it breaks, and the kernel's word for a process that ends while no engine answers.
/// </summary>
/// <param name="returned">The engine was away and answers again, with the container still running.</param>
/// <param name="isStopped">Whether somebody has ordered the container's end, and waits for it.</param>
internal sealed class ContainerWatch(
    DockerEngine engine, string id, ProcessWatch? process, Func<Task> returned, Func<bool> isStopped, Log log)
{
    // How long an engine that is away may take to come back and tell the end of a process that the kernel says has ended; longer, where
    // only the engine can know how it ended, as a restart of it takes a while.
    private static readonly TimeSpan s_enginePatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_restartPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    // For the kernel's word to arrive where the engine was quicker.
    private static readonly TimeSpan s_kernelPatience = TimeSpan.FromMilliseconds(50);

    /// <param name="first">A wait that was begun before the start; null: one is begun now.</param>
    public async Task<WatchedEnd> WaitAsync(ContainerWait? first, CancellationToken cancellationToken)
    {
        TimeSpan pause = s_firstPause;
        DateTimeOffset? endedUnseen = null;
        bool away = first is null;
        while (true)
        {
            try
            {
                using ContainerWait wait = first
                    ?? await engine.BeginWaitAsync(id, WaitCondition.NotRunning, cancellationToken).ConfigureAwait(false);
                first = null;
                if (away)
                {
                    away = false;
                    await returned().ConfigureAwait(false);
                }

                ContainerExit exit = await wait.ExitAsync(cancellationToken).ConfigureAwait(false);
                return await JudgeAsync(exit, cancellationToken).ConfigureAwait(false);
            }
            catch (MesosDockerException e) when (e.Fault == Fault.ContainerNotFound)
            {
                return await VanishedAsync("The container is gone from the engine; somebody else removed it.", cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (MesosDockerException e)
            {
                log.Info($"{e.Message} Asking again.");
                first = null;
                away = true;
            }

            if (process is { Ended.IsCompletedSuccessfully: true })
            {
                endedUnseen ??= DateTimeOffset.UtcNow;
                bool isKnown = process.Ended.Result.Status is not null;
                if (DateTimeOffset.UtcNow - endedUnseen > (isKnown || isStopped() ? s_enginePatience : s_restartPatience))
                {
                    return await VanishedAsync("The container ended while the Docker engine did not answer.", cancellationToken)
                        .ConfigureAwait(false);
                }
            }

            await PauseAsync(pause, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    private async Task<WatchedEnd> JudgeAsync(ContainerExit exit, CancellationToken cancellationToken)
    {
        ProcessEnd? seen = await SeenAsync(cancellationToken).ConfigureAwait(false);
        bool outOfMemory = seen?.OutOfMemoryKills > 0;
        try
        {
            ContainerDetails details = await engine.InspectAsync(id, cancellationToken).ConfigureAwait(false);
            outOfMemory |= details.State.OomKilled;
        }
        catch (MesosDockerException e)
        {
            log.Info(e.Message);
        }

        return new WatchedEnd(seen?.Status ?? WaitStatus.FromEngine((int)exit.ExitCode), outOfMemory, null);
    }

    private async Task<WatchedEnd> VanishedAsync(string why, CancellationToken cancellationToken)
    {
        ProcessEnd? seen = await SeenAsync(cancellationToken).ConfigureAwait(false);
        return new WatchedEnd(seen?.Status, seen?.OutOfMemoryKills > 0, seen?.Status is null ? why : null);
    }

    private async Task<ProcessEnd?> SeenAsync(CancellationToken cancellationToken)
    {
        if (process is null)
        {
            return null;
        }

        await Task.WhenAny(process.Ended, Task.Delay(s_kernelPatience, cancellationToken)).ConfigureAwait(false);
        return process.Ended.IsCompletedSuccessfully ? process.Ended.Result : null;
    }

    // The process's end cuts the pause short.
    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        Task slept = Task.Delay(pause, cancellationToken);
        await (process is { Ended.IsCompleted: false } ? Task.WhenAny(slept, process.Ended) : slept).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
