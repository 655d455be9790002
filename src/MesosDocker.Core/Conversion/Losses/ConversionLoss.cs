using System.Globalization;

namespace MesosDocker.Conversion;

/// <summary>One key that what was converted says, and what it became does not.</summary>
public sealed record ConversionLoss
{
    /// <summary>The file that says it; where it came from none, what was converted.</summary>
    public required string File { get; init; }

    /// <summary>Null: it came from no file.</summary>
    public int? Line { get; init; }

    /// <summary>The service, the app or the container that says it; null: it is said for all of them.</summary>
    public string? Service { get; init; }

    /// <summary>From there on: <c>healthcheck.start_interval</c>, <c>ports[0]</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do instead, in a sentence; null: nothing has to be done.</summary>
    public string? Instead { get; init; }

    public override string ToString()
    {
        string line = Line is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
        string owner = Service is null ? "" : $" of '{Service}'";
        string instead = Instead is null ? "" : " " + Instead;
        return $"{File}{line}: '{Key}'{owner} is not carried: {Reason}{instead}";
    }
}
