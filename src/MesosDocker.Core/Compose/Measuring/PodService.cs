namespace MesosDocker.Compose;

/// <summary>What one service of a pod needs; all numbers but <see cref="Replicas"/> are those of one container.</summary>
public sealed record PodService
{
    public required string Name { get; init; }

    public string? Image { get; init; }

    public required int Replicas { get; init; }

    public required decimal Cpus { get; init; }

    public decimal? CpusLimit { get; init; }

    /// <summary>What the CPUs were taken from: <c>reservation</c>, <c>shares</c>, <c>limit</c>, <c>quota</c>, <c>count</c> or <c>default</c>.</summary>
    public required string CpusFrom { get; init; }

    /// <summary>In MB.</summary>
    public required decimal Memory { get; init; }

    /// <inheritdoc cref="Memory"/>
    public decimal? MemoryLimit { get; init; }

    /// <summary>What the memory was taken from: <c>reservation</c>, <c>limit</c> or <c>default</c>.</summary>
    public required string MemoryFrom { get; init; }

    /// <summary>In MB; 0 where nothing is said.</summary>
    public required decimal Disk { get; init; }

    public required int Gpus { get; init; }

    public required bool AllGpus { get; init; }

    /// <summary>Other services wait for its end, and never run together with it.</summary>
    public required bool EndsFirst { get; init; }
}
