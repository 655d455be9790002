using System.Globalization;

namespace MesosDocker.Local;

/// <summary>Moments as Marathon writes them: <c>2026-01-31T12:00:00.000Z</c>.</summary>
internal static class Moments
{
    public static string Write(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string? Write(DateTimeOffset? moment) => moment is { } said ? Write(said) : null;

    public static bool TryRead(string? text, out DateTimeOffset moment)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);

    /// <summary>The same moment, however it is written: clients parse versions and write them in their own way.</summary>
    public static bool AreSame(string? one, string? other)
        => one == other || (TryRead(one, out DateTimeOffset a) && TryRead(other, out DateTimeOffset b) && a == b);
}
