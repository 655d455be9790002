namespace MesosDocker.Docker;

/// <summary>Hands progress on, at most so often that a screen can show it; the last state always.</summary>
internal sealed class PullFeed(IProgress<PullProgress>? listener, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private long? _last;

    public void Changed(PullTracker tracker)
    {
        if (listener is not null && (_last is not { } last || time.GetElapsedTime(last) >= s_pause))
        {
            _last = time.GetTimestamp();
            listener.Report(tracker.Snapshot());
        }
    }

    public void Ended(PullTracker tracker) => listener?.Report(tracker.Snapshot());
}
