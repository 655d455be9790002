using MesosDocker.Mesos;

namespace MesosDocker.Adapters.Wire;

/// <summary>
/// The reply of <c>usage</c>. Up to 0.22 agents read <c>mem_file_bytes</c> and <c>mem_anon_bytes</c>, later ones
/// <c>mem_cache_bytes</c> and <c>mem_rss_bytes</c>: both are written.
/// </summary>
internal static class StatisticsMapping
{
    public static Protocol.ResourceStatistics ToMessage(ResourceStatistics from)
    {
        var to = new Protocol.ResourceStatistics { Timestamp = (from.Timestamp - DateTimeOffset.UnixEpoch).TotalSeconds };
        Set(from.Processes, v => to.Processes = (uint)v);
        Set(from.Threads, v => to.Threads = (uint)v);
        Set(from.CpusUserTimeSeconds, v => to.CpusUserTimeSecs = v);
        Set(from.CpusSystemTimeSeconds, v => to.CpusSystemTimeSecs = v);
        Set(from.CpusLimit, v => to.CpusLimit = v);
        Set(from.CpusPeriods, v => to.CpusNrPeriods = (uint)v);
        Set(from.CpusThrottledPeriods, v => to.CpusNrThrottled = (uint)v);
        Set(from.CpusThrottledTimeSeconds, v => to.CpusThrottledTimeSecs = v);
        Set(from.MemoryTotalBytes, v => to.MemTotalBytes = (ulong)v);
        Set(from.MemoryLimitBytes, v => to.MemLimitBytes = (ulong)v);
        Set(from.MemorySoftLimitBytes, v => to.MemSoftLimitBytes = (ulong)v);
        Set(from.MemoryRssBytes, v => to.MemRssBytes = to.MemAnonBytes = (ulong)v);
        Set(from.MemoryCacheBytes, v => to.MemCacheBytes = to.MemFileBytes = (ulong)v);
        Set(from.MemoryMappedFileBytes, v => to.MemMappedFileBytes = (ulong)v);
        Set(from.MemorySwapBytes, v => to.MemSwapBytes = (ulong)v);
        Set(from.MemoryUnevictableBytes, v => to.MemUnevictableBytes = (ulong)v);
        Set(from.DiskLimitBytes, v => to.DiskLimitBytes = (ulong)v);
        Set(from.DiskUsedBytes, v => to.DiskUsedBytes = (ulong)v);
        if (from.Network is { } network)
        {
            to.NetRxPackets = (ulong)network.RxPackets;
            to.NetRxBytes = (ulong)network.RxBytes;
            to.NetRxErrors = (ulong)network.RxErrors;
            to.NetRxDropped = (ulong)network.RxDropped;
            to.NetTxPackets = (ulong)network.TxPackets;
            to.NetTxBytes = (ulong)network.TxBytes;
            to.NetTxErrors = (ulong)network.TxErrors;
            to.NetTxDropped = (ulong)network.TxDropped;
        }

        return to;
    }

    public static ResourceStatistics ToRecord(Protocol.ResourceStatistics from) => new()
    {
        Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(from.Timestamp),
        Processes = from.HasProcesses ? (int)from.Processes : null,
        Threads = from.HasThreads ? (int)from.Threads : null,
        CpusUserTimeSeconds = from.HasCpusUserTimeSecs ? from.CpusUserTimeSecs : null,
        CpusSystemTimeSeconds = from.HasCpusSystemTimeSecs ? from.CpusSystemTimeSecs : null,
        CpusLimit = from.HasCpusLimit ? from.CpusLimit : null,
        CpusPeriods = from.HasCpusNrPeriods ? from.CpusNrPeriods : null,
        CpusThrottledPeriods = from.HasCpusNrThrottled ? from.CpusNrThrottled : null,
        CpusThrottledTimeSeconds = from.HasCpusThrottledTimeSecs ? from.CpusThrottledTimeSecs : null,
        MemoryTotalBytes = from.HasMemTotalBytes ? (long)from.MemTotalBytes : null,
        MemoryLimitBytes = from.HasMemLimitBytes ? (long)from.MemLimitBytes : null,
        MemorySoftLimitBytes = from.HasMemSoftLimitBytes ? (long)from.MemSoftLimitBytes : null,
        MemoryRssBytes = from.HasMemRssBytes ? (long)from.MemRssBytes : null,
        MemoryCacheBytes = from.HasMemCacheBytes ? (long)from.MemCacheBytes : null,
        MemoryMappedFileBytes = from.HasMemMappedFileBytes ? (long)from.MemMappedFileBytes : null,
        MemorySwapBytes = from.HasMemSwapBytes ? (long)from.MemSwapBytes : null,
        MemoryUnevictableBytes = from.HasMemUnevictableBytes ? (long)from.MemUnevictableBytes : null,
        DiskLimitBytes = from.HasDiskLimitBytes ? (long)from.DiskLimitBytes : null,
        DiskUsedBytes = from.HasDiskUsedBytes ? (long)from.DiskUsedBytes : null,
        Network = from.HasNetRxBytes
            ? new NetworkStatistics
            {
                RxPackets = (long)from.NetRxPackets,
                RxBytes = (long)from.NetRxBytes,
                RxErrors = (long)from.NetRxErrors,
                RxDropped = (long)from.NetRxDropped,
                TxPackets = (long)from.NetTxPackets,
                TxBytes = (long)from.NetTxBytes,
                TxErrors = (long)from.NetTxErrors,
                TxDropped = (long)from.NetTxDropped,
            }
            : null,
    };

    private static void Set<T>(T? value, Action<T> set)
        where T : struct
    {
        if (value is { } present)
        {
            set(present);
        }
    }
}
