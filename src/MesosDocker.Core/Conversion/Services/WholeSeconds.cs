using System.Globalization;

namespace MesosDocker.Conversion;

/// <summary>Durations where Marathon counts in whole seconds.</summary>
internal static class WholeSeconds
{
    /// <summary>Rounded up; what is rounded is told.</summary>
    public static int Of(KeyLedger keys, string key, TimeSpan time)
    {
        int seconds = (int)Math.Min(int.MaxValue, Math.Ceiling(time.TotalSeconds));
        keys.Carry(key);
        if (time.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            keys.Lose(key, string.Create(CultureInfo.InvariantCulture, $"Marathon counts whole seconds, and so it became {seconds}."), null);
        }

        return seconds;
    }
}
