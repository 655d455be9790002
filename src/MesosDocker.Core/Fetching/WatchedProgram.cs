using System.Diagnostics;
using MesosDocker.Io;

namespace MesosDocker.Fetching;

/// <summary>
/// A program of somebody else that fetches: it runs for as long as what it writes grows, and no longer than it fits.
/// </summary>
internal static class WatchedProgram
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <param name="item">What it fetches, for messages.</param>
    /// <param name="measure">What it has written so far, in bytes.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FetchFailed"/>, <see cref="Fault.DiskFull"/>, <see cref="Fault.ProgramMissing"/>.
    /// An exit status other than 0 is a result.</exception>
    public static async Task<ChildResult> RunAsync(
        FetchItem item, ChildSpec spec, byte[]? input, Func<long> measure, FetchRun run, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ProgressMeter meter = run.MeterOf(item);
        Task<ChildResult> ended = ChildProcess.RunAsync(spec, input, Timeout.InfiniteTimeSpan, stop.Token);
        try
        {
            long before = 0;
            long since = Stopwatch.GetTimestamp();
            while (await Task.WhenAny(ended, Task.Delay(s_pause, cancellationToken)).ConfigureAwait(false) != ended)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long now = Measure(measure, before);
                run.Disk.Watch(item, now);
                meter.Tell(FetchPhase.Downloading, now, null);
                if (now != before)
                {
                    (before, since) = (now, Stopwatch.GetTimestamp());
                }
                else if (Stopwatch.GetElapsedTime(since) > run.Options.NoProgressTimeout)
                {
                    throw StallTimer.Stalled(item, run.Options.NoProgressTimeout);
                }
            }

            return await ended.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <param name="before">The answer where there is none: files come and go under our eyes.</param>
    public static long Measure(Func<long> measure, long before)
    {
        try
        {
            return measure();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return before;
        }
    }
}
