using System.Globalization;

namespace MesosDocker.Io;

/// <summary>A number and its unit, such as <c>1.5 GB</c>.</summary>
internal static class Quantity
{
    private const int LongestNumber = 20;

    /// <param name="unit">In lower case, empty if there is none.</param>
    public static bool TrySplit(string text, out decimal number, out string unit)
    {
        string trimmed = text.Trim();
        int digits = 0;
        while (digits < trimmed.Length && (char.IsAsciiDigit(trimmed[digits]) || trimmed[digits] == '.'))
        {
            digits++;
        }

        unit = trimmed[digits..].TrimStart().ToLowerInvariant();
        number = 0;
        return digits <= LongestNumber && decimal.TryParse(
            trimmed.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
