using System.Globalization;

namespace MesosDocker.Local;

/// <summary>Moments as Marathon writes them, which are the names of versions, too: UTC, to the millisecond.</summary>
internal static class Moments
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(string? text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment : null;

    /// <summary>Now; later than the last version, if two fall into one millisecond or the clock went back.</summary>
    public static string NextVersion(DateTimeOffset now, string? last)
    {
        DateTimeOffset earliest = Read(last) is { } moment ? moment.AddMilliseconds(1) : DateTimeOffset.MinValue;
        return Text(now > earliest ? now : earliest);
    }
}
