namespace MesosDocker.Compose;

/// <summary>
/// What one container of a service may use and what is reserved for it, in every spelling that compose has for it; null where nothing is
/// said. What both the service and its <c>deploy.resources</c> say is equal, and here once.
/// </summary>
public sealed record ComposeResources
{
    /// <summary><c>cpus</c> or <c>deploy.resources.limits.cpus</c>; 0 is no limit, and null here.</summary>
    public decimal? CpusLimit { get; init; }

    /// <summary><c>deploy.resources.reservations.cpus</c></summary>
    public decimal? CpusReserved { get; init; }

    /// <summary>The weight among containers; 1024 is Docker's own default.</summary>
    public decimal? CpuShares { get; init; }

    /// <summary>Microseconds of CPU time in each <see cref="CpuPeriod"/>; 0 or less is no limit, and null here.</summary>
    public long? CpuQuota { get; init; }

    /// <summary>Microseconds; the kernel's own default is 100,000.</summary>
    public long? CpuPeriod { get; init; }

    /// <summary>Whole CPUs (Windows).</summary>
    public int? CpuCount { get; init; }

    /// <summary><c>0-3</c>, <c>0,2</c></summary>
    public string? CpuSet { get; init; }

    /// <summary><c>mem_limit</c> or <c>deploy.resources.limits.memory</c>, in bytes; 0 is no limit, and null here.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary><c>mem_reservation</c> or <c>deploy.resources.reservations.memory</c>, in bytes.</summary>
    public long? MemoryReserved { get; init; }

    /// <summary>Memory and swap together, in bytes; -1 is without limit.</summary>
    public long? MemorySwapLimit { get; init; }

    /// <summary>Processes; -1 is without limit.</summary>
    public long? ProcessLimit { get; init; }

    /// <summary>Of <c>/dev/shm</c>, in bytes.</summary>
    public long? SharedMemory { get; init; }

    /// <summary><c>storage_opt.size</c>, in bytes.</summary>
    public long? Disk { get; init; }

    /// <summary>Of <c>deploy.resources.reservations</c>, and <c>gpus</c>.</summary>
    public IReadOnlyList<ComposeDeviceRequest> Devices { get; init; } = [];

    /// <summary>Kinds that the platform counts, and how many of each (<c>generic_resources</c>).</summary>
    public IReadOnlyList<ComposeGenericResource> Generic { get; init; } = [];
}
