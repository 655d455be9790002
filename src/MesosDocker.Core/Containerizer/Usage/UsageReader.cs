using System.Globalization;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// A container's figures straight from the kernel (Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst), without a question to the
/// engine.
/// </summary>
internal static class UsageReader
{
    private const double SharesPerCpu = 1024;
    private const double TicksPerSecond = 100;
    private const double NanosecondsPerSecond = 1e9;
    private const double MicrosecondsPerSecond = 1e6;

    // Version 1 writes "no limit" as the largest multiple of a page.
    private const long NoLimit = 0x7000_0000_0000_0000;

    public static ResourceStatistics Read(ContainerRecord container, Limits limits, DateTimeOffset now)
    {
        ResourceStatistics statistics = container.Cgroups switch
        {
            null => new ResourceStatistics { Timestamp = now },
            { Unified: { } path } => ReadUnified(path, now),
            { } paths => ReadSplit(paths, now),
        };
        return statistics with
        {
            CpusLimit = statistics.CpusLimit ?? limits.CpuShares / SharesPerCpu,
            MemoryLimitBytes = statistics.MemoryLimitBytes ?? limits.Memory,
            MemorySoftLimitBytes = statistics.MemorySoftLimitBytes ?? limits.MemoryReservation,
            DiskLimitBytes = limits.Disk,
            Network = container is { HostNetwork: false, Process: { } process } ? ReadNetwork(process.Pid) : null,
        };
    }

    /// <summary>The limits as the kernel has them; swap, and what it does not tell, as they were created.</summary>
    public static Limits ReadLimits(CgroupPaths cgroups, Limits created)
    {
        if (cgroups.Unified is { } path)
        {
            // Shares are not kept as such here, so what the container was created with stands.
            return created with { Memory = CgroupFile.Number(path, "memory.max") ?? created.Memory };
        }

        long? quota = CgroupFile.Number(cgroups.Cpu, "cpu.cfs_quota_us");
        return created with
        {
            CpuShares = CgroupFile.Number(cgroups.Cpu, "cpu.shares") ?? created.CpuShares,
            CpuQuota = quota is > 0 ? quota : null,
            CpuPeriod = quota is > 0 ? CgroupFile.Number(cgroups.Cpu, "cpu.cfs_period_us") : null,
            Memory = Limit(CgroupFile.Number(cgroups.Memory, "memory.limit_in_bytes")),
            MemoryReservation = Limit(CgroupFile.Number(cgroups.Memory, "memory.soft_limit_in_bytes")),
        };
    }

    /// <summary>Memory that the kernel cannot simply drop: without the page cache that is not in use. Null if unknown.</summary>
    public static long? ReadMemoryInUse(CgroupPaths? cgroups)
    {
        (long? all, IReadOnlyDictionary<string, long> table, string inactive) = cgroups?.Unified is { } path
            ? (CgroupFile.Number(path, "memory.current"), CgroupFile.Table(path, "memory.stat"), "inactive_file")
            : (CgroupFile.Number(cgroups?.Memory, "memory.usage_in_bytes"), CgroupFile.Table(cgroups?.Memory, "memory.stat"), "total_inactive_file");
        return all - (Find(table, inactive) ?? 0);
    }

    public static NetworkStatistics ParseNetwork(IEnumerable<string> lines)
    {
        // Two lines of headings, then   eth0: bytes packets errs drop fifo frame compressed multicast  bytes packets errs drop ...
        const int Columns = 16;
        var sum = new NetworkStatistics();
        foreach (string line in lines)
        {
            string[] parts = line.Split(':', 2);
            if (parts is not [var name, var figures] || name.Trim() == "lo")
            {
                continue;
            }

            string[] words = figures.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < Columns || !words.All(static w => long.TryParse(w, CultureInfo.InvariantCulture, out _)))
            {
                continue;
            }

            long[] n = [.. words.Select(static w => long.Parse(w, CultureInfo.InvariantCulture))];
            sum = new NetworkStatistics
            {
                RxBytes = sum.RxBytes + n[0],
                RxPackets = sum.RxPackets + n[1],
                RxErrors = sum.RxErrors + n[2],
                RxDropped = sum.RxDropped + n[3],
                TxBytes = sum.TxBytes + n[8],
                TxPackets = sum.TxPackets + n[9],
                TxErrors = sum.TxErrors + n[10],
                TxDropped = sum.TxDropped + n[11],
            };
        }

        return sum;
    }

    private static ResourceStatistics ReadSplit(CgroupPaths paths, DateTimeOffset now)
    {
        IReadOnlyDictionary<string, long> cpu = CgroupFile.Table(paths.Cpu, "cpu.stat");
        IReadOnlyDictionary<string, long> times = CgroupFile.Table(paths.CpuAccounting, "cpuacct.stat");
        IReadOnlyDictionary<string, long> memory = CgroupFile.Table(paths.Memory, "memory.stat");
        return new ResourceStatistics
        {
            Timestamp = now,
            Processes = CgroupFile.CountLines(paths.Memory ?? paths.Cpu, "cgroup.procs"),
            Threads = (int?)CgroupFile.Number(paths.Pids, "pids.current"),
            CpusUserTimeSeconds = Find(times, "user") / TicksPerSecond,
            CpusSystemTimeSeconds = Find(times, "system") / TicksPerSecond,
            CpusLimit = QuotaOf(
                CgroupFile.Number(paths.Cpu, "cpu.cfs_quota_us"), CgroupFile.Number(paths.Cpu, "cpu.cfs_period_us"))
                ?? CgroupFile.Number(paths.Cpu, "cpu.shares") / SharesPerCpu,
            CpusPeriods = Find(cpu, "nr_periods"),
            CpusThrottledPeriods = Find(cpu, "nr_throttled"),
            CpusThrottledTimeSeconds = Find(cpu, "throttled_time") / NanosecondsPerSecond,
            MemoryTotalBytes = CgroupFile.Number(paths.Memory, "memory.usage_in_bytes"),
            MemoryLimitBytes = Limit(CgroupFile.Number(paths.Memory, "memory.limit_in_bytes")),
            MemorySoftLimitBytes = Limit(CgroupFile.Number(paths.Memory, "memory.soft_limit_in_bytes")),
            MemoryRssBytes = Find(memory, "total_rss"),
            MemoryCacheBytes = Find(memory, "total_cache"),
            MemoryMappedFileBytes = Find(memory, "total_mapped_file"),
            MemorySwapBytes = Find(memory, "total_swap"),
            MemoryUnevictableBytes = Find(memory, "total_unevictable"),
        };
    }

    private static ResourceStatistics ReadUnified(string path, DateTimeOffset now)
    {
        IReadOnlyDictionary<string, long> cpu = CgroupFile.Table(path, "cpu.stat");
        IReadOnlyDictionary<string, long> memory = CgroupFile.Table(path, "memory.stat");
        return new ResourceStatistics
        {
            Timestamp = now,
            Processes = CgroupFile.CountLines(path, "cgroup.procs"),
            Threads = (int?)CgroupFile.Number(path, "pids.current"),
            CpusUserTimeSeconds = Find(cpu, "user_usec") / MicrosecondsPerSecond,
            CpusSystemTimeSeconds = Find(cpu, "system_usec") / MicrosecondsPerSecond,
            CpusLimit = ParseCpuMax(CgroupFile.Text(path, "cpu.max")),
            CpusPeriods = Find(cpu, "nr_periods"),
            CpusThrottledPeriods = Find(cpu, "nr_throttled"),
            CpusThrottledTimeSeconds = Find(cpu, "throttled_usec") / MicrosecondsPerSecond,
            MemoryTotalBytes = CgroupFile.Number(path, "memory.current"),
            MemoryLimitBytes = CgroupFile.Number(path, "memory.max"),
            MemorySoftLimitBytes = CgroupFile.Number(path, "memory.low") is > 0 and long low ? low : null,
            MemoryRssBytes = Find(memory, "anon"),
            MemoryCacheBytes = Find(memory, "file"),
            MemoryMappedFileBytes = Find(memory, "file_mapped"),
            MemorySwapBytes = CgroupFile.Number(path, "memory.swap.current"),
            MemoryUnevictableBytes = Find(memory, "unevictable"),
        };
    }

    // "max 100000" or "50000 100000"
    private static double? ParseCpuMax(string? text)
        => text?.Split(' ', StringSplitOptions.TrimEntries) is [var quota, var period]
            && long.TryParse(quota, CultureInfo.InvariantCulture, out long microseconds)
            && long.TryParse(period, CultureInfo.InvariantCulture, out long every)
                ? QuotaOf(microseconds, every)
                : null;

    private static double? QuotaOf(long? quota, long? period) => quota is > 0 && period is > 0 ? (double)quota / period : null;

    private static long? Limit(long? bytes) => bytes is >= NoLimit ? null : bytes;

    private static long? Find(IReadOnlyDictionary<string, long> table, string key)
        => table.TryGetValue(key, out long value) ? value : null;

    private static NetworkStatistics? ReadNetwork(int pid)
    {
        try
        {
            return ParseNetwork(File.ReadLines($"/proc/{pid}/net/dev"));
        }
        catch (IOException)
        {
            // The process has just ended.
            return null;
        }
    }
}
