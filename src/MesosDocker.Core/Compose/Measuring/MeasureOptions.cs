namespace MesosDocker.Compose;

/// <summary>What a container is taken to need where its service does not say.</summary>
public sealed record MeasureOptions
{
    public const decimal StandardCpus = 0.25m;

    public const decimal StandardMemory = 64;

    public decimal DefaultCpus { get; init; } = StandardCpus;

    /// <summary>In MB of 1024 * 1024 bytes.</summary>
    public decimal DefaultMemory { get; init; } = StandardMemory;

    /// <summary>A service that does not say is an error, and the pod's memory is rounded up to whole MB.</summary>
    public bool IsStrict { get; init; }
}
