using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A secret or a config of a project (compose specification, secrets and configs top-level elements).</summary>
public sealed record ComposeFileObject
{
    /// <summary>What services call it.</summary>
    public required string Key { get; init; }

    /// <summary>What the platform calls it.</summary>
    public required string Name { get; init; }

    /// <summary>It is there already, and not the project's.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The path of the file with its content, absolute.</summary>
    public string? File { get; init; }

    /// <summary>The name of the variable with its content.</summary>
    public string? Variable { get; init; }

    /// <summary>The content itself; configs only.</summary>
    public string? Content { get; init; }

    public string? Driver { get; init; }

    public required SourceMap Source { get; init; }
}
