using System.Globalization;
using System.Management.Automation;

namespace MesosDocker.Commands;

/// <summary>
/// Takes a size in MB of 1024 * 1024 bytes: <c>64</c>, or with a unit as Docker writes it, <c>'512k' '64m' '1.5g'</c>. PowerShell's own
/// <c>64mb</c> arrives as its number of bytes; numbers that large cannot be meant as MB.
/// </summary>
internal sealed class MegabytesAttribute : ArgumentTransformationAttribute
{
    private const decimal BytesPerMegabyte = 1024 * 1024;
    private const decimal Most = 1e12m;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return input switch
        {
            null => null,

            // An empty cell of a table says nothing.
            string text when text.AsSpan().Trim().IsEmpty => null,
            string text => Parse(text),
            IConvertible number => FromNumber(LanguagePrimitives.ConvertTo<decimal>(number)),
            _ => throw Refusal(input),
        };
    }

    private static decimal Parse(string text)
    {
        string trimmed = text.Trim();
        string digits = trimmed.TrimEnd('b', 'B', 'i', 'k', 'K', 'm', 'M', 'g', 'G', 't', 'T');
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || number > Most)
        {
            throw Refusal(text);
        }

        return trimmed[digits.Length..].ToLowerInvariant() switch
        {
            "" => FromNumber(number),
            "b" => number / BytesPerMegabyte,
            "k" or "kb" or "kib" => number / 1024,
            "m" or "mb" or "mib" => number,
            "g" or "gb" or "gib" => number * 1024,
            "t" or "tb" or "tib" => number * 1024 * 1024,
            _ => throw Refusal(text),
        };
    }

    private static decimal FromNumber(decimal number) => number switch
    {
        < 0 => throw Refusal(number),
        >= BytesPerMegabyte => number / BytesPerMegabyte,
        _ => number,
    };

    private static ArgumentTransformationMetadataException Refusal(object input)
        => new($"'{input}' is not a size. Write MB as a number, or a number with k, m, g or t, such as 64, '64m' or '1.5g'.");
}
