namespace MesosDocker.Core.Tests.Containerizer;

/// <summary>
/// A clock whose timers ring at once, so that what looks now and then looks without a pause. Its time of day leaps hours ahead with every
/// look; what it counts from does not.
/// </summary>
internal sealed class ImpatientClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => _now += TimeSpan.FromHours(5);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
}
