using MesosDocker.Compose;

namespace MesosDocker.Conversion;

/// <summary>How definitions of Marathon become compose projects.</summary>
public sealed record ReturnOptions
{
    /// <summary>Null: after the group, the app or the pod.</summary>
    public string? ProjectName { get; init; }

    /// <summary>What relative paths in the files of a pod are relative to; absolute.</summary>
    public required string Directory { get; init; }

    public MeasureOptions Measure { get; init; } = new();
}
