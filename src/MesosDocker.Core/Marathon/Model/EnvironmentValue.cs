using System.Text.Json.Serialization;

namespace MesosDocker.Marathon;

/// <summary>The value of a variable: a text, or the name of a secret whose value it becomes.</summary>
[JsonConverter(typeof(EnvironmentValueConverter))]
public sealed record EnvironmentValue : MarathonObject
{
    public string? Value { get; init; }

    public string? Secret { get; init; }

    public static implicit operator EnvironmentValue(string value) => FromString(value);

    public static EnvironmentValue FromString(string value) => new() { Value = value };
}

/// <summary>Where the secret store has it.</summary>
public sealed record SecretSource : MarathonObject
{
    public string? Source { get; init; }
}
