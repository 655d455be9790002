using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>When a check is made.</summary>
/// <remarks>
/// Every <c>intervalSeconds</c>. Until the first success within the grace period, when failures do not count, it is asked more often, at
/// first after a quarter of a second and never less often than Marathon's own 5 seconds: with an interval of a minute, which is the default,
/// a deployment would wait a minute for a task that needed one second to start. The first time is at once: <c>delaySeconds</c> is for the
/// agent's checks, and Marathon's own know none.
/// </remarks>
internal static class ProbeSchedule
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestAtFirst = TimeSpan.FromSeconds(5);

    /// <param name="asked">How often it was asked before, since it is known here.</param>
    /// <param name="hasSucceeded">At any time.</param>
    public static DateTimeOffset Next(Instance instance, HealthCheck check, int asked, bool hasSucceeded, DateTimeOffset now)
    {
        TimeSpan interval = Interval(check.IntervalSeconds, 60);
        DateTimeOffset graceEnds = (instance.StartedAt ?? now) + TimeSpan.FromSeconds(check.GracePeriodSeconds ?? 300);
        return now + (hasSucceeded || now >= graceEnds ? interval : Shorter(interval, AtFirst(asked)));
    }

    /// <summary>Of a readiness check, which is only asked until it has said yes.</summary>
    public static DateTimeOffset Next(ReadinessCheck check, int asked, DateTimeOffset now)
        => now + Shorter(Interval(check.IntervalSeconds, 30), AtFirst(asked));

    private static TimeSpan AtFirst(int asked) => Shorter(s_longestAtFirst, s_shortest * Math.Pow(2, Math.Clamp(asked - 1, 0, 10)));

    private static TimeSpan Interval(int? said, int assumed) => TimeSpan.FromSeconds(Math.Max(1, said ?? assumed));

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
