using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary>
/// <c>ResourceStatistics</c>. Up to 0.22 agents read <c>mem_file_bytes</c> and <c>mem_anon_bytes</c>, later ones <c>mem_cache_bytes</c> and
/// <c>mem_rss_bytes</c>: both are written.
/// </summary>
internal static class StatisticsWire
{
    private const double LastSecond = 1e11;

    public static byte[] Write(ResourceStatistics usage) => ProtoWriter.Write(writer =>
    {
        writer.Double(1, (usage.Timestamp - DateTimeOffset.UnixEpoch).TotalSeconds);
        writer.Double(2, usage.CpusUserTimeSeconds);
        writer.Double(3, usage.CpusSystemTimeSeconds);
        writer.Double(4, usage.CpusLimit);
        writer.Number(5, usage.MemoryRssBytes);
        writer.Number(6, usage.MemoryLimitBytes);
        writer.Number(7, usage.CpusPeriods);
        writer.Number(8, usage.CpusThrottledPeriods);
        writer.Double(9, usage.CpusThrottledTimeSeconds);
        writer.Number(12, usage.MemoryMappedFileBytes);
        writer.Number(26, usage.DiskLimitBytes);
        writer.Number(27, usage.DiskUsedBytes);
        writer.Number(30, (long?)usage.Processes);
        writer.Number(31, (long?)usage.Threads);
        writer.Number(36, usage.MemoryTotalBytes);
        writer.Number(38, usage.MemorySoftLimitBytes);
        writer.Number(39, usage.MemoryCacheBytes);
        writer.Number(40, usage.MemorySwapBytes);
        writer.Number(41, usage.MemoryUnevictableBytes);
        writer.Number(10, usage.MemoryCacheBytes);
        writer.Number(11, usage.MemoryRssBytes);
        if (usage.Network is { } network)
        {
            writer.Number(14, network.RxPackets);
            writer.Number(15, network.RxBytes);
            writer.Number(16, network.RxErrors);
            writer.Number(17, network.RxDropped);
            writer.Number(18, network.TxPackets);
            writer.Number(19, network.TxBytes);
            writer.Number(20, network.TxErrors);
            writer.Number(21, network.TxDropped);
        }
    });

    public static ResourceStatistics Read(ReadOnlySpan<byte> message)
    {
        NetworkStatistics? network = null;
        ResourceStatistics usage = new() { Timestamp = DateTimeOffset.UnixEpoch };
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: usage = usage with { Timestamp = Time(reader.Double()) }; break;
                case 2: usage = usage with { CpusUserTimeSeconds = reader.Double() }; break;
                case 3: usage = usage with { CpusSystemTimeSeconds = reader.Double() }; break;
                case 4: usage = usage with { CpusLimit = reader.Double() }; break;
                case 5: usage = usage with { MemoryRssBytes = reader.Int64() }; break;
                case 6: usage = usage with { MemoryLimitBytes = reader.Int64() }; break;
                case 7: usage = usage with { CpusPeriods = reader.Int64() }; break;
                case 8: usage = usage with { CpusThrottledPeriods = reader.Int64() }; break;
                case 9: usage = usage with { CpusThrottledTimeSeconds = reader.Double() }; break;
                case 12: usage = usage with { MemoryMappedFileBytes = reader.Int64() }; break;
                case 26: usage = usage with { DiskLimitBytes = reader.Int64() }; break;
                case 27: usage = usage with { DiskUsedBytes = reader.Int64() }; break;
                case 30: usage = usage with { Processes = reader.Int32() }; break;
                case 31: usage = usage with { Threads = reader.Int32() }; break;
                case 36: usage = usage with { MemoryTotalBytes = reader.Int64() }; break;
                case 38: usage = usage with { MemorySoftLimitBytes = reader.Int64() }; break;
                case 39: usage = usage with { MemoryCacheBytes = reader.Int64() }; break;
                case 40: usage = usage with { MemorySwapBytes = reader.Int64() }; break;
                case 41: usage = usage with { MemoryUnevictableBytes = reader.Int64() }; break;
                case 14: network = (network ?? new()) with { RxPackets = reader.Int64() }; break;
                case 15: network = (network ?? new()) with { RxBytes = reader.Int64() }; break;
                case 16: network = (network ?? new()) with { RxErrors = reader.Int64() }; break;
                case 17: network = (network ?? new()) with { RxDropped = reader.Int64() }; break;
                case 18: network = (network ?? new()) with { TxPackets = reader.Int64() }; break;
                case 19: network = (network ?? new()) with { TxBytes = reader.Int64() }; break;
                case 20: network = (network ?? new()) with { TxErrors = reader.Int64() }; break;
                case 21: network = (network ?? new()) with { TxDropped = reader.Int64() }; break;
                default: reader.Skip(); break;
            }
        }

        return usage with { Network = network };
    }

    private static DateTimeOffset Time(double seconds) => seconds is >= 0 and <= LastSecond
        ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
        : throw new MesosDockerException(Fault.MessageInvalid, "The statistics have an impossible time.");
}
