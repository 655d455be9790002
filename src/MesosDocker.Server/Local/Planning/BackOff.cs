using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>How long an app whose tasks end by themselves waits before the next.</summary>
internal static class BackOff
{
    /// <param name="startedAt">Of the task that ended; null: it never ran.</param>
    public static LaunchDelay After(App app, LaunchDelay? before, DateTimeOffset? startedAt, DateTimeOffset now)
    {
        TimeSpan longest = Seconds(app.MaxLaunchDelaySeconds ?? 300);
        TimeSpan first = Shorter(Seconds(app.BackoffSeconds ?? 1), longest);
        bool isAnew = before is null
            || now - startedAt > before.Delay
            || now - before.Until > longest;
        TimeSpan delay = isAnew ? first : Shorter(Times(before!.Delay, app.BackoffFactor ?? 1.15), longest);
        return new LaunchDelay(delay, Later(now, delay));
    }

    // Any number may be asked for; no time is longer than what can be counted.
    private static TimeSpan Times(TimeSpan delay, double factor)
        => delay.TotalSeconds * factor >= int.MaxValue ? Seconds(int.MaxValue) : delay * factor;

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset now, TimeSpan delay)
        => DateTimeOffset.MaxValue - now > delay ? now + delay : DateTimeOffset.MaxValue;
}
