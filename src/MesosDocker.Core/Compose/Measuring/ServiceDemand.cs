namespace MesosDocker.Compose;

/// <summary>What one container of a service needs and may use.</summary>
internal sealed record ServiceDemand
{
    public const string Default = "default";

    // The share that stands for one CPU, as everywhere with Docker.
    private const decimal SharesPerCpu = 1024;
    private const decimal BytesPerMegabyte = 1024 * 1024;

    // The kernel's own.
    private const long StandardPeriod = 100_000;

    // What the engine counts in; no quota is finer.
    private const decimal CpuSteps = 1_000_000_000;

    public required decimal Cpus { get; init; }

    public required decimal? CpusLimit { get; init; }

    public required string CpusFrom { get; init; }

    public required decimal Memory { get; init; }

    public required decimal? MemoryLimit { get; init; }

    public required string MemoryFrom { get; init; }

    public required decimal Disk { get; init; }

    public required int Gpus { get; init; }

    public required bool AllGpus { get; init; }

    public static ServiceDemand Of(ComposeService service, MeasureOptions options)
    {
        ComposeResources resources = service.Resources;
        (decimal? limit, string limitFrom) = CpuLimit(resources);
        (decimal cpus, string cpusFrom) = resources switch
        {
            { CpusReserved: { } reserved } => (reserved, "reservation"),
            { CpuShares: { } shares } => (shares / SharesPerCpu, "shares"),
            _ when limit is { } most => (most, limitFrom),
            _ => (options.DefaultCpus, Default),
        };
        (decimal memory, string memoryFrom) = resources switch
        {
            { MemoryReserved: { } reserved } => (Megabytes(reserved), "reservation"),
            { MemoryLimit: { } most } => (Megabytes(most), "limit"),
            _ => (options.DefaultMemory, Default),
        };
        return new ServiceDemand
        {
            Cpus = Scalars.Trim(cpus),
            CpusLimit = limit is { } found ? Scalars.Trim(found) : null,
            CpusFrom = cpusFrom,
            Memory = Scalars.Trim(memory),
            MemoryLimit = resources.MemoryLimit is { } bytes ? Megabytes(bytes) : null,
            MemoryFrom = memoryFrom,
            Disk = Megabytes(resources.Disk ?? 0),
            Gpus = GpuCount(resources),
            AllGpus = resources.Devices.Any(static device => device is { IsGpu: true, Count: null, DeviceIds.Count: 0 }),
        };
    }

    private static (decimal? Limit, string From) CpuLimit(ComposeResources resources) => resources switch
    {
        { CpusLimit: { } cpus } => (cpus, "limit"),
        { CpuQuota: { } quota } => (decimal.Ceiling(quota * CpuSteps / (resources.CpuPeriod ?? StandardPeriod)) / CpuSteps, "quota"),
        { CpuCount: { } count } => (count, "count"),
        _ => (null, Default),
    };

    private static int GpuCount(ComposeResources resources)
    {
        long count = 0;
        foreach (ComposeDeviceRequest device in resources.Devices.Where(static device => device.IsGpu))
        {
            count += device.Count ?? device.DeviceIds.Count;
        }

        foreach (ComposeGenericResource resource in resources.Generic)
        {
            count += resource.Kind.Equals("gpu", StringComparison.OrdinalIgnoreCase) ? resource.Count : 0;
        }

        return (int)Math.Min(count, int.MaxValue);
    }

    private static decimal Megabytes(long bytes) => Scalars.Trim(bytes / BytesPerMegabyte);
}
