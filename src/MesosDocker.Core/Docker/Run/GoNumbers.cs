using System.Globalization;

namespace MesosDocker.Docker;

/// <summary>
/// Numbers and truth values as the docker client's options take them, which are Go's: decimal, or with the prefix <c>0x</c>,
/// <c>0o</c>, <c>0b</c>, or octal after a plain <c>0</c> (pkg.go.dev/strconv, base 0; without its underscores).
/// </summary>
internal static class GoNumbers
{
    public static bool TryFlag(string text, out bool flag)
    {
        flag = text is "1" or "t" or "T" or "true" or "TRUE" or "True";
        return flag || text is "0" or "f" or "F" or "false" or "FALSE" or "False";
    }

    public static bool TryWhole(string text, out long number)
    {
        number = 0;
        bool negative = text.StartsWith('-');
        if (!TryMagnitude(text.AsSpan(negative || text.StartsWith('+') ? 1 : 0), out ulong magnitude)
            || magnitude > (negative ? 1UL + long.MaxValue : long.MaxValue))
        {
            return false;
        }

        number = negative ? unchecked(-(long)magnitude) : (long)magnitude;
        return true;
    }

    public static bool TryUnsigned(string text, out ulong number) => TryMagnitude(text, out number);

    /// <summary>Decimal only, with a sign if need be.</summary>
    public static bool TryDecimal(ReadOnlySpan<char> text, out long number)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static bool TryMagnitude(ReadOnlySpan<char> text, out ulong magnitude)
    {
        (int numberBase, int from) = text switch
        {
            ['0', 'x' or 'X', ..] => (16, 2),
            ['0', 'o' or 'O', ..] => (8, 2),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };

        magnitude = 0;
        UInt128 sum = 0;
        foreach (char c in text[from..])
        {
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiHexDigit(c) ? char.ToLowerInvariant(c) - 'a' + 10 : int.MaxValue;
            if (digit >= numberBase || (sum = (sum * (uint)numberBase) + (uint)digit) > ulong.MaxValue)
            {
                return false;
            }
        }

        magnitude = (ulong)sum;
        return text.Length > from;
    }
}
