using System.Globalization;
using System.Numerics;
using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>What compose's readers of YAML make of a scalar, where that is more than the core schema of YAML 1.2 says.</summary>
internal static class Scalars
{
    private const decimal One = 1.0000000000000000000000000000m;

    public static bool IsNull(SourceNode node) => node is SourceScalar { Kind: ScalarKind.Null };

    public static SourceScalar Text(Mark mark, string text) => new(mark, ScalarKind.Text, text);

    public static SourceScalar Flag(Mark mark, bool flag) => new(mark, ScalarKind.Boolean, flag ? "true" : "false");

    public static SourceScalar Number(Mark mark, decimal number) => new(mark, ScalarKind.Number, Shortest(number));

    public static SourceScalar Null(Mark mark) => new(mark, ScalarKind.Null, "null");

    /// <summary>
    /// The words of a scalar where a text is wanted and a number or a boolean is allowed, too: <c>1.10</c> is <c>1.1</c>, and <c>0640</c>,
    /// which was octal before YAML 1.2 and is for every compose, <c>416</c>. Null for null.
    /// </summary>
    public static string? Words(SourceScalar scalar) => scalar.Kind switch
    {
        ScalarKind.Null => null,
        ScalarKind.Number => ReadNumber(scalar) is { } number ? Shortest(number) : scalar.Value,
        _ => scalar.Value,
    };

    /// <summary>A number, or a text that is one; null if it is neither, or more than a decimal holds.</summary>
    public static decimal? ReadNumber(SourceScalar scalar) => scalar.Kind switch
    {
        ScalarKind.Number when IsOldOctal(scalar.Written) => ReadOctal(scalar.Written),
        ScalarKind.Number or ScalarKind.Text when ComposeUnits.TryNumber(scalar.Value.Trim(), out decimal number) => number,
        _ => null,
    };

    /// <summary>Permission bits: octal where it is a text or begins with 0, as everybody writes them.</summary>
    public static int? ReadFileMode(SourceScalar scalar)
    {
        string text = scalar.Kind == ScalarKind.Text ? scalar.Value : scalar.Written;
        string digits = text.StartsWith("0o", StringComparison.Ordinal) ? text[2..] : text;
        bool isOctal = scalar.Kind == ScalarKind.Text || text.StartsWith('0');
        return !isOctal ? (ReadNumber(scalar) is { } number && number is >= 0 and <= int.MaxValue && number == decimal.Truncate(number) ? (int)number : null)
            : digits.Length is > 0 and <= 8 && digits.AsSpan().IndexOfAnyExceptInRange('0', '7') < 0 ? Convert.ToInt32(digits, 8)
            : null;
    }

    /// <summary>Without zeros at its end that say nothing.</summary>
    public static decimal Trim(decimal number) => number / One;

    public static string Shortest(decimal number) => Trim(number).ToString(CultureInfo.InvariantCulture);

    private static bool IsOldOctal(string written)
    {
        ReadOnlySpan<char> digits = written.AsSpan().TrimStart("+-");
        return digits.Length > 1 && digits[0] == '0' && digits.IndexOfAnyExceptInRange('0', '7') < 0;
    }

    private static decimal? ReadOctal(string written)
    {
        BigInteger value = 0;
        foreach (char digit in written.AsSpan().TrimStart("+-"))
        {
            value = (value * 8) + (digit - '0');
            if (value > long.MaxValue)
            {
                return null;
            }
        }

        return written.StartsWith('-') ? -(decimal)(long)value : (long)value;
    }
}
