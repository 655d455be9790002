using System.Buffers;
using System.Globalization;

namespace MesosDocker.Compose;

/// <summary>
/// Numbers, sizes and durations as compose files have them, exact: nothing goes through a binary fraction. (compose specification,
/// "Specifying byte values" and "Specifying durations".)
/// </summary>
internal static class ComposeUnits
{
    public const string WantedBytes = "a size in bytes, with a unit b, k, m, g, t or p if need be, such as 512m or 1.5gb";
    public const string WantedDuration = "a duration, such as 10s, 1m30s or 500ms";

    private const string SizeUnits = "kmgtp";
    private const int LongestText = 64;
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly SearchValues<char> s_number = SearchValues.Create("0123456789.");

    // The units of Go, and those that compose adds for long times.
    private static readonly (string Name, decimal Ticks)[] s_durationUnits =
    [
        ("ns", 0.01m),
        ("us", 10m),
        ("µs", 10m),
        ("μs", 10m),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
        ("w", 7m * TimeSpan.TicksPerDay),
    ];

    /// <summary>A decimal number; one that has more digits than a decimal holds, or is too small for it, is none.</summary>
    public static bool TryNumber(string text, out decimal number)
    {
        number = 0;
        return text.Length <= LongestText
            && decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out number)
            && (number != 0 || !text.AsSpan(0, Mantissa(text)).ContainsAnyInRange('1', '9'));
    }

    /// <summary>A number and a unit: <c>64m</c>, <c>1.5 GiB</c>, <c>12kb</c>, <c>100</c>; units of 1024. A fraction of a byte is dropped.</summary>
    public static bool TryBytes(string text, out long bytes)
    {
        bytes = 0;
        int digits = text.Length;
        while (digits > 0 && char.IsAsciiLetter(text[digits - 1]))
        {
            digits--;
        }

        string number = digits > 0 && digits < text.Length && text[digits - 1] == ' ' ? text[..(digits - 1)] : text[..digits];
        if (!TryNumber(number, out decimal value) || Factor(text[digits..]) is not { } factor || (value < 0 && digits < text.Length)
            || Math.Abs(value) > long.MaxValue / factor)
        {
            return false;
        }

        bytes = (long)decimal.Truncate(value * factor);
        return true;
    }

    /// <summary>A sum such as <c>1h15m30.5s</c>; <c>0</c> needs no unit. What is shorter than 100 ns is dropped.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        bool isNegative = text.StartsWith('-');
        ReadOnlySpan<char> rest = text.AsSpan(isNegative || text.StartsWith('+') ? 1 : 0);
        if (text.Length > LongestText || rest.IsEmpty)
        {
            return false;
        }

        if (rest is "0")
        {
            return true;
        }

        decimal ticks = 0;
        do
        {
            if (!TryTerm(ref rest, out decimal term) || (ticks += term) > long.MaxValue)
            {
                return false;
            }
        }
        while (!rest.IsEmpty);

        duration = new TimeSpan((long)decimal.Truncate(isNegative ? -ticks : ticks));
        return true;
    }

    private static bool TryTerm(ref ReadOnlySpan<char> rest, out decimal ticks)
    {
        ticks = 0;
        int digits = rest.IndexOfAnyExcept(s_number);
        if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return false;
        }

        int next = rest[digits..].IndexOfAny(s_number);
        ReadOnlySpan<char> unit = next < 0 ? rest[digits..] : rest.Slice(digits, next);
        rest = rest[(digits + unit.Length)..];
        foreach ((string name, decimal length) in s_durationUnits)
        {
            if (unit.SequenceEqual(name))
            {
                ticks = number > long.MaxValue / length ? decimal.MaxValue : number * length;
                return ticks <= long.MaxValue;
            }
        }

        return false;
    }

    private static decimal? Factor(string unit)
    {
        if (unit.Length == 0 || unit is "b" or "B")
        {
            return 1;
        }

        int power = SizeUnits.IndexOf(char.ToLowerInvariant(unit[0]), StringComparison.Ordinal);
        if (power < 0 || unit[1..].ToLowerInvariant() is not ("" or "b" or "ib"))
        {
            return null;
        }

        decimal factor = 1024;
        for (; power > 0; power--)
        {
            factor *= 1024;
        }

        return factor;
    }

    private static int Mantissa(string text)
    {
        int exponent = text.AsSpan().IndexOfAny('e', 'E');
        return exponent < 0 ? text.Length : exponent;
    }
}
