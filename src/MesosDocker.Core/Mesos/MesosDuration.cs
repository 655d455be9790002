using System.Globalization;

namespace MesosDocker.Mesos;

/// <summary>Durations as Mesos writes them (stout's <c>Duration</c>): a decimal number and a unit, <c>15mins</c>, <c>2secs</c>, <c>1.5hrs</c>.</summary>
internal static class MesosDuration
{
    private static readonly (string Unit, double Seconds)[] s_units =
    [
        ("ns", 1e-9), ("us", 1e-6), ("ms", 1e-3), ("secs", 1), ("mins", 60), ("hrs", 3600), ("days", 86400), ("weeks", 604800),
    ];

    public static bool TryParse(string? text, out TimeSpan duration)
    {
        foreach ((string unit, double seconds) in s_units)
        {
            // "secs" ends with no other unit, but "5ms" must not be read as "5m" + "s": the number decides.
            if (text?.EndsWith(unit, StringComparison.Ordinal) == true
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count)
                && count * seconds < TimeSpan.MaxValue.TotalSeconds)
            {
                duration = TimeSpan.FromSeconds(count * seconds);
                return true;
            }
        }

        duration = default;
        return false;
    }
}
