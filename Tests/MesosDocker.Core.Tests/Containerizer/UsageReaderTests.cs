using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Containerizer;

/// <summary>Figures from files as kernels of both kinds write them.</summary>
public sealed class UsageReaderTests : IDisposable
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("md-usage-");

    [Fact]
    public void Read_UnderstandsVersion1()
    {
        Write("cpu.stat", "nr_periods 10\nnr_throttled 4\nthrottled_time 2500000000\n");
        Write("cpuacct.stat", "user 150\nsystem 50\n");
        Write("cpu.shares", "512\n");
        Write("cpu.cfs_quota_us", "-1\n");
        Write("cpu.cfs_period_us", "100000\n");
        Write("memory.usage_in_bytes", "1000\n");
        Write("memory.limit_in_bytes", "67108864\n");
        Write("memory.soft_limit_in_bytes", "9223372036854771712\n");
        Write("memory.stat", "cache 1\nrss 2\ntotal_cache 300\ntotal_rss 600\ntotal_mapped_file 7\ntotal_swap 8\ntotal_unevictable 9\n");
        Write("cgroup.procs", "1\n2\n");
        Write("pids.current", "5\n");

        ResourceStatistics usage = Read(new CgroupPaths
        {
            Cpu = _files.FullName, CpuAccounting = _files.FullName, Memory = _files.FullName, Pids = _files.FullName,
        });

        Assert.Equal(1.5, usage.CpusUserTimeSeconds);
        Assert.Equal(0.5, usage.CpusSystemTimeSeconds);
        Assert.Equal(0.5, usage.CpusLimit);
        Assert.Equal((10, 4, 2.5), (usage.CpusPeriods, usage.CpusThrottledPeriods, usage.CpusThrottledTimeSeconds));
        Assert.Equal((1000, 67108864, null), (usage.MemoryTotalBytes, usage.MemoryLimitBytes, usage.MemorySoftLimitBytes));
        Assert.Equal((600, 300, 7, 8, 9), (usage.MemoryRssBytes, usage.MemoryCacheBytes, usage.MemoryMappedFileBytes, usage.MemorySwapBytes, usage.MemoryUnevictableBytes));
        Assert.Equal((2, 5), (usage.Processes, usage.Threads));
    }

    [Fact]
    public void Read_UnderstandsVersion2()
    {
        Write("cpu.stat", "usage_usec 2000000\nuser_usec 1500000\nsystem_usec 500000\nnr_periods 3\nnr_throttled 1\nthrottled_usec 250000\n");
        Write("cpu.max", "50000 100000\n");
        Write("memory.current", "4096\n");
        Write("memory.max", "max\n");
        Write("memory.low", "0\n");
        Write("memory.stat", "anon 100\nfile 200\nfile_mapped 50\nunevictable 0\n");
        Write("memory.swap.current", "12\n");
        Write("cgroup.procs", "1\n");
        Write("pids.current", "2\n");

        ResourceStatistics usage = Read(new CgroupPaths { Unified = _files.FullName });

        Assert.Equal((1.5, 0.5, 0.5), (usage.CpusUserTimeSeconds, usage.CpusSystemTimeSeconds, usage.CpusLimit));
        Assert.Equal((3, 1, 0.25), (usage.CpusPeriods, usage.CpusThrottledPeriods, usage.CpusThrottledTimeSeconds));
        Assert.Equal((4096, null, null), (usage.MemoryTotalBytes, usage.MemoryLimitBytes, usage.MemorySoftLimitBytes));
        Assert.Equal((100, 200, 50, 12), (usage.MemoryRssBytes, usage.MemoryCacheBytes, usage.MemoryMappedFileBytes, usage.MemorySwapBytes));
        Assert.Equal((1, 2), (usage.Processes, usage.Threads));
    }

    [Fact]
    public void Read_TellsTheLimits_OfAContainerThatHasNotStarted()
    {
        ResourceStatistics usage = UsageReader.Read(
            new ContainerRecord(), new Limits { CpuShares = 2048, Memory = 64, Disk = 7 }, s_now);

        Assert.Equal((2.0, 64, 7), (usage.CpusLimit, usage.MemoryLimitBytes, usage.DiskLimitBytes));
        Assert.Null(usage.MemoryTotalBytes);
    }

    [Fact]
    public void Read_LeavesOut_WhatIsNoLongerThere()
    {
        ResourceStatistics usage = Read(new CgroupPaths { Memory = Path.Combine(_files.FullName, "gone") });

        Assert.Null(usage.MemoryTotalBytes);
        Assert.Null(usage.CpusUserTimeSeconds);
    }

    [Fact]
    public void ParseNetwork_SumsAllButLoopback()
    {
        NetworkStatistics network = UsageReader.ParseNetwork(
        [
            "Inter-|   Receive                                                |  Transmit",
            " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed",
            "    lo: 999 9 0 0 0 0 0 0 999 9 0 0 0 0 0 0",
            "  eth0: 100 2 3 4 0 0 0 0 500 6 7 8 0 0 0 0",
            "  eth1:1 1 1 1 0 0 0 0 1 1 1 1 0 0 0 0",
        ]);

        Assert.Equal((101, 3, 4, 5), (network.RxBytes, network.RxPackets, network.RxErrors, network.RxDropped));
        Assert.Equal((501, 7, 8, 9), (network.TxBytes, network.TxPackets, network.TxErrors, network.TxDropped));
    }

    [Fact]
    public void Mounts_FindEveryControllersPath()
    {
        CgroupMounts mounts = CgroupMounts.Parse(
        [
            "30 24 0:26 / /sys/fs/cgroup/memory rw,nosuid shared:9 - cgroup cgroup rw,memory",
            "31 24 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct",
            "32 24 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw",
            "33 24 0:29 / /proc rw - proc proc rw",
        ]);

        CgroupPaths paths = mounts.Resolve(["12:memory:/docker/abc", "3:cpu,cpuacct:/docker/abc", "0::/docker/abc", "nonsense"]);

        Assert.Equal("/sys/fs/cgroup/memory/docker/abc", paths.Memory);
        Assert.Equal("/sys/fs/cgroup/cpu,cpuacct/docker/abc", paths.Cpu);
        Assert.Equal(paths.Cpu, paths.CpuAccounting);
        Assert.Null(paths.Unified);
    }

    [Fact]
    public void Mounts_KnowAMachineWithVersion2Alone()
    {
        CgroupMounts mounts = CgroupMounts.Parse(["32 24 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw"]);

        Assert.Equal(
            "/sys/fs/cgroup/system.slice/docker-abc.scope", mounts.Resolve(["0::/system.slice/docker-abc.scope"]).Unified);
    }

    public void Dispose() => _files.Delete(recursive: true);

    private static ResourceStatistics Read(CgroupPaths paths)
        => UsageReader.Read(new ContainerRecord { Cgroups = paths, HostNetwork = true }, new Limits(), s_now);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_files.FullName, name), content);
}
