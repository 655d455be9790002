using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>How a watched container ended.</summary>
/// <param name="Status">Null if nobody knows any more.</param>
/// <param name="Unknown">Why nobody knows.</param>
internal sealed record WatchedEnd(WaitStatus? Status, bool OutOfMemory, string? Unknown);

/// <summary>
/// Waits for a running container's end, as long as it takes and whatever becomes of the engine meanwhile. The engine's own wait is begun
/// again when it breaks; once the kernel says that the process has ended, an engine that is away, or stands still, has only so much time
/// left to tell how.
/// </summary>
/// <param name="returned">The engine was away and answers again, with the container still running.</param>
/// <param name="isStopped">Whether somebody has ordered the container's end, and waits for it.</param>
internal sealed class ContainerWatch(
    DockerEngine engine, string id, ProcessWatch? process, Func<Task> returned, Func<bool> isStopped, Log log)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    // For the kernel's word to arrive where the engine was quicker.
    private static readonly TimeSpan s_kernelPatience = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    private volatile bool _away;

    /// <summary>For an engine to tell the end of a process that has ended, where the kernel has told it already, or where somebody waits
    /// for it and the engine is not there.</summary>
    public TimeSpan EnginePatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same where only the engine can know: a restart of it takes a while, and so do hundreds of ends at once.</summary>
    public TimeSpan RestartPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <param name="first">A wait that was begun before the start; null: one is begun now.</param>
    public async Task<WatchedEnd> WaitAsync(ContainerWait? first, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ContainerExit?> told = AskAsync(first, limit.Token);
        Task patience = PatienceAsync(limit.Token);
        await Task.WhenAny(told, patience).ConfigureAwait(false);
        await limit.CancelAsync().ConfigureAwait(false);
        await patience.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            return await told.ConfigureAwait(false) is { } exit
                ? await JudgeAsync(exit, cancellationToken).ConfigureAwait(false)
                : await VanishedAsync("The container is gone from the engine; somebody else removed it.", cancellationToken)
                    .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await VanishedAsync("The container ended while the Docker engine did not answer.", cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Asks the engine until it tells.</summary>
    /// <returns>Null if it has no such container.</returns>
    private async Task<ContainerExit?> AskAsync(ContainerWait? first, CancellationToken cancellationToken)
    {
        TimeSpan pause = s_firstPause;
        _away = first is null;
        while (true)
        {
            try
            {
                using ContainerWait wait = first
                    ?? await engine.BeginWaitAsync(id, WaitCondition.NotRunning, cancellationToken).ConfigureAwait(false);
                if (_away)
                {
                    _away = false;
                    await returned().ConfigureAwait(false);
                }

                return await wait.ExitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (MesosDockerException e) when (e.Fault == Fault.ContainerNotFound)
            {
                return null;
            }
            catch (MesosDockerException e)
            {
                log.Info($"{e.Message} Asking again.");
                first = null;
                _away = true;
            }

            await PauseAsync(pause, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    /// <summary>Until the engine has had all its time since the process's end.</summary>
    private async Task PatienceAsync(CancellationToken cancellationToken)
    {
        if (process is null)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
            return;
        }

        ProcessEnd end = await process.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        Deadline last = Deadline.In(RestartPatience);
        await Task.Delay(EnginePatience, cancellationToken).ConfigureAwait(false);
        while (end.Status is null && !(_away && isStopped()) && !last.HasPassed)
        {
            await Task.Delay(s_look, cancellationToken).ConfigureAwait(false);
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

    /// <summary>The process's end cuts the pause short.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        Task slept = Task.Delay(pause, cancellationToken);
        await (process is { Ended.IsCompleted: false } ? Task.WhenAny(slept, process.Ended) : slept).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
