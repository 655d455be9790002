using System.Globalization;

namespace MesosDocker.Io;

/// <summary>
/// What an unquoted word of YAML is: the core schema of YAML 1.2 (10.3.2). <c>yes</c> and <c>on</c> are texts, <c>0777</c> is seven
/// hundred and seventy-seven, <c>0o777</c> is octal.
/// </summary>
public static class CoreSchema
{
    /// <summary>The value in the words of JSON. Infinity and what is no number are a <see cref="ScalarKind.Number"/> with no value (null).</summary>
    public static (ScalarKind Kind, string? Value) Resolve(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => (ScalarKind.Null, "null"),
        "true" or "True" or "TRUE" => (ScalarKind.Boolean, "true"),
        "false" or "False" or "FALSE" => (ScalarKind.Boolean, "false"),
        _ when IsInfinite(plain) => (ScalarKind.Number, null),
        _ => Number(plain) is { } number ? (ScalarKind.Number, number) : (ScalarKind.Text, plain),
    };

    /// <summary>A number as JSON writes it; null if it is none.</summary>
    public static string? Number(string text)
        => text.StartsWith("0x", StringComparison.Ordinal) ? Whole(text, 16)
            : text.StartsWith("0o", StringComparison.Ordinal) ? Whole(text, 8)
            : Decimal(text);

    private static bool IsInfinite(string text)
        => text.AsSpan().TrimStart("+-") is ".inf" or ".Inf" or ".INF" && text.Length <= 5 || text is ".nan" or ".NaN" or ".NAN";

    private static string? Whole(string text, int radix)
    {
        ReadOnlySpan<char> digits = text.AsSpan(2);
        if (digits.IsEmpty || digits.Length > 32)
        {
            return null;
        }

        UInt128 value = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
            {
                return null;
            }

            value = (value * (uint)radix) + (uint)digit;
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }

    // [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
    private static string? Decimal(string text)
    {
        int at = text.StartsWith('-') || text.StartsWith('+') ? 1 : 0;
        int whole = Digits(text, at);
        int point = at + whole;
        bool hasPoint = point < text.Length && text[point] == '.';
        int fraction = hasPoint ? Digits(text, point + 1) : 0;
        int end = point + (hasPoint ? 1 + fraction : 0);
        if (whole + fraction == 0 || !IsExponent(text, end))
        {
            return null;
        }

        ReadOnlySpan<char> digits = text.AsSpan(at, whole).TrimStart('0');
        string sign = text.StartsWith('-') ? "-" : "";
        string integer = digits.IsEmpty ? "0" : digits.ToString();
        string rest = fraction > 0 ? text.Substring(point, fraction + 1) : hasPoint ? ".0" : "";
        return sign + integer + rest + text[end..];
    }

    private static int Digits(string text, int from)
    {
        int count = 0;
        while (from + count < text.Length && char.IsAsciiDigit(text[from + count]))
        {
            count++;
        }

        return count;
    }

    private static bool IsExponent(string text, int at)
    {
        if (at == text.Length)
        {
            return true;
        }

        int digits = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
        return text[at] is 'e' or 'E' && digits < text.Length && digits + Digits(text, digits) == text.Length;
    }
}
