using System.Buffers;
using System.Globalization;

namespace MesosDocker.Docker;

/// <summary>
/// Sizes, durations and numbers of CPUs, read as the docker client reads them and written in their shortest exact form.
/// </summary>
internal static class Quantities
{
    public const string WantedBytes = "a number of bytes, with a unit b, k, m, g, t or p behind it if need be, such as 512m";

    private const NumberStyles Fraction = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private const string Units = "kmgtp";
    private const int LongestUnit = 3;
    private const int LongestCpus = 24;
    private const decimal Billion = 1_000_000_000m;
    private const decimal MostCpus = 1_000_000_000m;

    // No long at or above this, as a double, is one.
    private const double TooLarge = 9.2233720368547758E18;

    private static readonly SearchValues<char> s_number = SearchValues.Create("0123456789.");

    private static readonly SearchValues<char> s_numberOrSpace = SearchValues.Create("0123456789. ");

    private static readonly (string Name, long Nanoseconds)[] s_units =
    [
        ("h", 3_600_000_000_000),
        ("m", 60_000_000_000),
        ("s", 1_000_000_000),
        ("ms", 1_000_000),
        ("us", 1_000),
        ("ns", 1),
    ];

    /// <summary>
    /// A decimal number, a space if need be, and a binary unit: <c>64m</c>, <c>1.5 GiB</c>, <c>12kb</c>, <c>100</c>. A fraction of a byte
    /// is dropped.
    /// </summary>
    public static bool TryBytes(string text, out long bytes)
    {
        bytes = 0;
        int last = text.AsSpan().LastIndexOfAny(s_numberOrSpace);
        if (last < 0)
        {
            return false;
        }

        ReadOnlySpan<char> number = text.AsSpan(0, text[last] == ' ' ? last : last + 1);
        if (!TryReal(number, out double value)
            || !TryUnit(text.AsSpan(last + 1), out double factor)
            || value * factor >= TooLarge)
        {
            return false;
        }

        bytes = (long)(value * factor);
        return true;
    }

    public static string SayBytes(long bytes)
    {
        int unit = -1;
        while (bytes > 0 && bytes % 1024 == 0 && unit + 1 < Units.Length)
        {
            bytes /= 1024;
            unit++;
        }

        string number = bytes.ToString(CultureInfo.InvariantCulture);
        return unit < 0 ? number : number + Units[unit];
    }

    /// <summary>Nanoseconds, of a sum such as <c>1h15m30.5s</c>; <c>0</c> alone needs no unit.</summary>
    public static bool TryDuration(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        bool negative = text.StartsWith('-');
        ReadOnlySpan<char> rest = text.AsSpan(negative || text.StartsWith('+') ? 1 : 0);
        if (rest is "0")
        {
            return true;
        }

        decimal sum = 0;
        do
        {
            if (!TryTerm(ref rest, out decimal term) || (sum += term) > long.MaxValue)
            {
                return false;
            }
        }
        while (rest.Length > 0);

        nanoseconds = negative ? -(long)sum : (long)sum;
        return true;
    }

    public static string SayDuration(long nanoseconds)
    {
        foreach ((string unit, long length) in s_units)
        {
            if (nanoseconds != 0 && nanoseconds % length == 0)
            {
                return (nanoseconds / length).ToString(CultureInfo.InvariantCulture) + unit;
            }
        }

        return "0s";
    }

    /// <summary>Billionths, of a decimal number or a fraction such as <c>1/2</c>.</summary>
    public static bool TryCpus(string text, out long billionths)
    {
        billionths = 0;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        decimal divisor = 1;
        if (text.Length > LongestCpus
            || !TryNumber(slash < 0 ? text : text.AsSpan(0, slash), whole: slash >= 0, out decimal number)
            || (slash >= 0 && !TryNumber(text.AsSpan(slash + 1), whole: true, out divisor))
            || divisor is 0 or > Billion
            || number > MostCpus * divisor
            || number * Billion % divisor != 0)
        {
            return false;
        }

        billionths = (long)(number * Billion / divisor);
        return true;
    }

    public static string SayCpus(long billionths) => (billionths / Billion).ToString("0.#########", CultureInfo.InvariantCulture);

    // What is too small for a decimal would be read as nothing.
    private static bool TryNumber(ReadOnlySpan<char> text, bool whole, out decimal number)
        => decimal.TryParse(
            text,
            whole ? NumberStyles.AllowLeadingSign : Fraction,
            CultureInfo.InvariantCulture,
            out number)
            && number >= 0
            && (number > 0 || !text.ContainsAnyInRange('1', '9'));

    private static bool TryReal(ReadOnlySpan<char> text, out double value)
        => double.TryParse(
            text,
            Fraction,
            CultureInfo.InvariantCulture,
            out value) && value >= 0;

    private static bool TryUnit(ReadOnlySpan<char> unit, out double factor)
    {
        factor = 1;
        if (unit.IsEmpty || unit is "b" or "B")
        {
            return true;
        }

        int power = Units.IndexOf(char.ToLowerInvariant(unit[0]), StringComparison.Ordinal);
        factor = Math.Pow(1024, power + 1);
        return power >= 0
            && unit.Length <= LongestUnit
            && (unit.Length == 1 || unit[1..].Equals(unit.Length == 2 ? "b" : "ib", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>One number with its unit, taken off the front.</summary>
    private static bool TryTerm(ref ReadOnlySpan<char> rest, out decimal nanoseconds)
    {
        nanoseconds = 0;
        int digits = rest.IndexOfAnyExcept(s_number);
        if (digits <= 0
            || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return false;
        }

        rest = rest[digits..];
        int letters = rest.IndexOfAny(s_number);
        ReadOnlySpan<char> unit = letters < 0 ? rest : rest[..letters];
        rest = rest[unit.Length..];

        // Both signs for "micro" are in use.
        unit = unit is "µs" or "μs" ? "us" : unit;
        foreach ((string name, long length) in s_units)
        {
            if (unit.SequenceEqual(name))
            {
                nanoseconds = number > long.MaxValue / length ? decimal.MaxValue : decimal.Truncate(number * length);
                return nanoseconds <= long.MaxValue;
            }
        }

        return false;
    }
}
