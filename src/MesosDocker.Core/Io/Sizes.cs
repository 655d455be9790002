using System.Globalization;

namespace MesosDocker.Io;

/// <summary>Amounts of bytes: <c>512</c>, <c>64k</c>, <c>64m</c>, <c>1.5g</c>, <c>64MB</c>. Every unit is a power of 1024, as it is
/// for Docker and Mesos.</summary>
internal static class Sizes
{
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        if (!Quantity.TrySplit(text, out decimal number, out string unit)
            || BytesOf(unit) is not { } factor
            || number > long.MaxValue / factor)
        {
            return false;
        }

        bytes = (long)(number * factor);
        return true;
    }

    /// <summary>In the largest unit that leaves no rest.</summary>
    public static string Write(long bytes)
    {
        ReadOnlySpan<(string Unit, int Shift)> units = [("t", 40), ("g", 30), ("m", 20), ("k", 10)];
        foreach ((string unit, int shift) in units)
        {
            if (bytes != 0 && (bytes & ((1L << shift) - 1)) == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{bytes >> shift}{unit}");
            }
        }

        return bytes.ToString(CultureInfo.InvariantCulture);
    }

    private static decimal? BytesOf(string unit) => unit switch
    {
        "" or "b" => 1,
        "k" or "kb" or "kib" => 1L << 10,
        "m" or "mb" or "mib" => 1L << 20,
        "g" or "gb" or "gib" => 1L << 30,
        "t" or "tb" or "tib" => 1L << 40,
        _ => null,
    };
}
