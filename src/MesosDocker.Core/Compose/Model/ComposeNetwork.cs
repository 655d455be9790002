using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A network of a project (compose specification, networks top-level element).</summary>
public sealed record ComposeNetwork
{
    /// <summary>What services call it.</summary>
    public required string Key { get; init; }

    /// <summary>What the engine calls it.</summary>
    public required string Name { get; init; }

    /// <summary>It is there already, and not the project's.</summary>
    public bool IsExternal { get; init; }

    public string? Driver { get; init; }

    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = ComposeEmpty.Values;

    public bool IsInternal { get; init; }

    public bool IsAttachable { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = ComposeEmpty.Values;

    /// <summary>As it stands in <see cref="ComposeProject.Document"/>; null for the implicit default network.</summary>
    public SourceMap? Source { get; init; }
}
