using System.Diagnostics;

namespace MesosDocker.Fetching;

/// <summary>Tells the progress of one file, at most ten times a second and whenever its phase changes.</summary>
internal sealed class ProgressMeter(FetchItem item, IProgress<FetchProgress>? progress)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private FetchPhase? _phase;
    private long _told;

    public void Tell(FetchPhase phase, long bytes, long? total)
    {
        if (progress is null || (phase == _phase && Stopwatch.GetElapsedTime(_told) < s_pause))
        {
            return;
        }

        _phase = phase;
        _told = Stopwatch.GetTimestamp();
        progress.Report(new FetchProgress(item.Shown, phase, bytes, total));
    }
}
