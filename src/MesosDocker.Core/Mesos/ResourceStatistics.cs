using System.Globalization;

namespace MesosDocker.Mesos;

/// <summary><c>mesos.ResourceStatistics</c>, the reply of <c>usage</c>: times in seconds, sizes in bytes, counters since the start.</summary>
public record ResourceStatistics
{
    public required DateTimeOffset Timestamp { get; init; }

    public int? Processes { get; init; }

    public int? Threads { get; init; }

    public double? CpusUserTimeSeconds { get; init; }

    public double? CpusSystemTimeSeconds { get; init; }

    /// <summary>CPUs: the CFS quota if there is one, else the shares.</summary>
    public double? CpusLimit { get; init; }

    public long? CpusPeriods { get; init; }

    public long? CpusThrottledPeriods { get; init; }

    public double? CpusThrottledTimeSeconds { get; init; }

    /// <summary>Memory in RAM, page cache included.</summary>
    public long? MemoryTotalBytes { get; init; }

    public long? MemoryLimitBytes { get; init; }

    public long? MemorySoftLimitBytes { get; init; }

    /// <summary>Anonymous memory.</summary>
    public long? MemoryRssBytes { get; init; }

    public long? MemoryCacheBytes { get; init; }

    public long? MemoryMappedFileBytes { get; init; }

    public long? MemorySwapBytes { get; init; }

    public long? MemoryUnevictableBytes { get; init; }

    public long? DiskLimitBytes { get; init; }

    public long? DiskUsedBytes { get; init; }

    /// <summary>Null where the container has the host's network.</summary>
    public NetworkStatistics? Network { get; init; }
}

public sealed record NetworkStatistics
{
    public long RxPackets { get; init; }

    public long RxBytes { get; init; }

    public long RxErrors { get; init; }

    public long RxDropped { get; init; }

    public long TxPackets { get; init; }

    public long TxBytes { get; init; }

    public long TxErrors { get; init; }

    public long TxDropped { get; init; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RxBytes} bytes received, {TxBytes} sent");
}
