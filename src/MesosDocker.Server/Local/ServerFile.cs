using System.Text.Json.Serialization;

namespace MesosDocker.Local;

/// <summary><c>server.json</c> of a work directory: where the server is that holds it.</summary>
internal sealed record ServerFile
{
    public required int Pid { get; init; }

    public required string Url { get; init; }

    /// <summary>Null: nobody needs one.</summary>
    public string? TokenFile { get; init; }

    public required string AgentUrl { get; init; }

    public required string Version { get; init; }

    public required string StartedAt { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(ServerFile))]
internal sealed partial class LocalJson : JsonSerializerContext;
