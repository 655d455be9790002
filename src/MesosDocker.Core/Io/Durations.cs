using System.Globalization;

namespace MesosDocker.Io;

/// <summary>Durations as people write them (<c>30</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c>) and as Mesos does
/// (<c>5secs</c>, <c>15mins</c>; stout's <c>Duration</c>). A number alone is seconds.</summary>
internal static class Durations
{
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        if (!Quantity.TrySplit(text, out decimal number, out string unit)
            || TicksOf(unit) is not { } ticks
            || number > long.MaxValue / ticks)
        {
            return false;
        }

        value = TimeSpan.FromTicks((long)(number * ticks));
        return true;
    }

    /// <summary>In the largest unit that leaves no rest.</summary>
    public static string Write(TimeSpan value)
    {
        ReadOnlySpan<(string Unit, long Ticks)> units =
        [
            ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute),
            ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond),
        ];
        if (value == TimeSpan.Zero)
        {
            return "0s";
        }

        foreach ((string unit, long ticks) in units)
        {
            if (value.Ticks % ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / ticks}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value.Ticks * TimeSpan.NanosecondsPerTick}ns");
    }

    private static decimal? TicksOf(string unit) => unit switch
    {
        "ns" => 1m / TimeSpan.NanosecondsPerTick,
        "us" => TimeSpan.TicksPerMicrosecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "" or "s" or "sec" or "secs" => TimeSpan.TicksPerSecond,
        "m" or "min" or "mins" => TimeSpan.TicksPerMinute,
        "h" or "hr" or "hrs" => TimeSpan.TicksPerHour,
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        "w" or "week" or "weeks" => 7 * TimeSpan.TicksPerDay,
        _ => null,
    };
}
