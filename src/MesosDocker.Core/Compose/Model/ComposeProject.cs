using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// One project, as the compose specification means it: all its files merged, its variables replaced, everything in its canonical form and
/// consistent. It never changes.
/// </summary>
public sealed record ComposeProject
{
    /// <summary>Lower-case letters, digits, dashes and underscores; begins with a letter or a digit.</summary>
    public required string Name { get; init; }

    /// <summary>What relative paths are relative to.</summary>
    public required string Directory { get; init; }

    /// <summary>Every compose file that was read, in that order: the project's own, and those that they include and extend.</summary>
    public required IReadOnlyList<DocumentText> Files { get; init; }

    /// <summary>The services of active profiles, in the order in which they were written.</summary>
    public required IReadOnlyDictionary<string, ComposeService> Services { get; init; }

    /// <summary>Services that none of the active profiles has, with the profiles that would have them.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> InactiveServices { get; init; }

    /// <summary>With the implicit network <c>default</c>, if a service is in it.</summary>
    public required IReadOnlyDictionary<string, ComposeNetwork> Networks { get; init; }

    public required IReadOnlyDictionary<string, ComposeVolume> Volumes { get; init; }

    public required IReadOnlyDictionary<string, ComposeFileObject> Secrets { get; init; }

    public required IReadOnlyDictionary<string, ComposeFileObject> Configs { get; init; }

    /// <summary>What else it was read from.</summary>
    internal ComposeInputs Inputs { get; init; } = new();

    /// <summary>What compose would warn of: variables without a value, older spellings, what has no effect.</summary>
    public required IReadOnlyList<ComposeWarning> Warnings { get; init; }

    /// <summary>
    /// The whole as one compose file that needs no other: unknown and <c>x-</c> keys kept, paths absolute, variables and files of variables
    /// replaced, only what the active profiles have. Written by <see cref="ComposeFileWriter"/>, and run under <see cref="Name"/>, which
    /// it does not say itself (docker-compose 1 knows no such key), it means the same to every compose.
    /// </summary>
    public required SourceMap Document { get; init; }
}
