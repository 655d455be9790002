using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Which project is to be read, and with which variables.</summary>
public sealed record ComposeRequest
{
    /// <summary>The project's files, each laid over those before it.</summary>
    public required IReadOnlyList<DocumentText> Files { get; init; }

    /// <summary>What relative paths are relative to; absolute. Compose takes the directory of the first file.</summary>
    public required string Directory { get; init; }

    /// <summary>Null: <c>COMPOSE_PROJECT_NAME</c>, else what the files say, else the name of the directory.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Stronger than <see cref="Environment"/>.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = ComposeEmpty.Values;

    /// <summary>Stronger than <see cref="EnvironmentFiles"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = ComposeEmpty.Values;

    /// <summary>Absolute paths of files of variables, the last the strongest; null: <c>.env</c> in the directory, if there is one.</summary>
    public IReadOnlyList<string>? EnvironmentFiles { get; init; }

    /// <summary>Profiles that are active, <c>*</c> for all; null: those of <c>COMPOSE_PROFILES</c>.</summary>
    public IReadOnlyList<string>? Profiles { get; init; }
}
