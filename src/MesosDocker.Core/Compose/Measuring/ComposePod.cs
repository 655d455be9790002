namespace MesosDocker.Compose;

/// <summary>
/// A project as one task would run it: what it needs, service by service and in all, which ports it publishes, and the files it is made of.
/// docs/compose.md says how the sums are made. Memory and disk are in MB of 1024 * 1024 bytes; all numbers are exact.
/// </summary>
public sealed record ComposePod
{
    /// <summary>What a Mesos executor costs beside its containers.</summary>
    public const decimal ExecutorCpus = 0.1m;

    /// <inheritdoc cref="ExecutorCpus"/>
    public const decimal ExecutorMemory = 32;

    /// <summary>The project's.</summary>
    public required string Name { get; init; }

    /// <summary>Its first file.</summary>
    public required string Path { get; init; }

    /// <summary>How many containers it has at most.</summary>
    public required int Containers { get; init; }

    /// <summary>What is needed of CPUs at the busiest moment: reservations, else weights, else limits, else the default.</summary>
    public required decimal Cpus { get; init; }

    /// <summary>What can be used of CPUs at that; null: some service has no limit.</summary>
    public decimal? CpusLimit { get; init; }

    /// <summary>What is needed of memory at the busiest moment: reservations, else limits, else the default.</summary>
    public required decimal Memory { get; init; }

    /// <summary>What can be used of memory at that; null: some service has no limit.</summary>
    public decimal? MemoryLimit { get; init; }

    /// <summary>Of all containers, for what has ended still lies on the disk.</summary>
    public required decimal Disk { get; init; }

    public required int Gpus { get; init; }

    /// <summary>Some service wants all GPUs there are; they are not in <see cref="Gpus"/>.</summary>
    public required bool AllGpus { get; init; }

    /// <summary>What the executor needs itself.</summary>
    public decimal OverheadCpus { get; init; } = ExecutorCpus;

    /// <inheritdoc cref="OverheadCpus"/>
    public decimal OverheadMemory { get; init; } = ExecutorMemory;

    /// <summary>With the executor.</summary>
    public decimal TotalCpus => Cpus + OverheadCpus;

    /// <summary>With the executor.</summary>
    public decimal TotalMemory => Memory + OverheadMemory;

    /// <summary>Ports of the host that the files choose; each once, whatever addresses and protocols it is published on.</summary>
    public required int FixedPorts { get; init; }

    /// <summary>Ports of the host that are chosen when it runs, for each replica.</summary>
    public required int DynamicPorts { get; init; }

    public required IReadOnlyList<PodPort> Ports { get; init; }

    public required IReadOnlyList<PodService> Services { get; init; }

    /// <summary>Sentences, each with its place.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>All compose files that were read, with their text.</summary>
    public required IReadOnlyList<PodFile> Files { get; init; }

    /// <summary>What was measured; null where somebody else than <see cref="PodResources"/> made the pod.</summary>
    internal ComposeProject? Project { get; init; }
}
