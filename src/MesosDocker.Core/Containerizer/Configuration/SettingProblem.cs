using System.Text;

namespace MesosDocker.Containerizer;

/// <summary>One thing that is wrong with a configuration, and where.</summary>
public sealed record SettingProblem
{
    internal const int LongestShown = 120;

    /// <summary>What is wrong and what is allowed instead.</summary>
    public required string Message { get; init; }

    public string? File { get; init; }

    /// <summary>From 1.</summary>
    public int? Line { get; init; }

    public string? Section { get; init; }

    public string? Key { get; init; }

    /// <summary>The environment variable, if the value came from one.</summary>
    public string? Variable { get; init; }

    /// <summary>The value as it was written, made printable and cut if long.</summary>
    public string? Value { get; init; }

    /// <summary>What may be written instead, where the value is the problem.</summary>
    public string? Allowed { get; init; }

    public Fault Fault { get; init; } = Fault.ConfigurationInvalid;

    /// <summary><c>/etc/deimos.cfg:12: [uris] unpack = "maybe": write true or false</c></summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (File is not null)
        {
            text.Append(File).Append(Line is { } line ? $":{line}: " : ": ");
        }

        if (Variable is not null)
        {
            text.Append("environment ").Append(Variable).Append(": ");
        }

        if (Section is not null)
        {
            text.Append('[').Append(Section).Append(']').Append(Key is null ? "" : " " + Key);
            text.Append(Value is null ? ": " : $" = \"{Value}\": ");
        }

        return text.Append(Message).ToString();
    }
}
