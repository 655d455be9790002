using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>From Mesos's resources to the kernel's limits, at launch and at every update.</summary>
internal static class ResourceLimits
{
    private const int SharesPerCpu = 1024;
    private const int LeastShares = 2;
    private const long QuotaPeriod = 100_000;
    private const long LeastQuota = 1_000;
    private const long Megabyte = 1024 * 1024;

    // The engine refuses less; Mesos's own Docker containerizer raises to 32 MB (src/slave/containerizer/docker.cpp).
    private const long EngineLeastMemory = 6 * Megabyte;
    private const long MesosLeastMemory = 32 * Megabyte;

    // Where more than this share of a new limit is in use already, the old limit stays: the kernel would have to kill.
    private const double Headroom = 0.9;

    /// <summary>The limits a container is created with. A resource that is not there, or zero, is no limit.</summary>
    public static Limits For(TaskView task, ContainerizerSettings settings)
        => For(task.Resources, settings.Containers, task.Container is not null);

    /// <summary>
    /// What an update asks for. The agent counts the executor that it makes up for a command task (0.1 CPUs, 32 MB) with the task; it
    /// is not in the container, so it is taken off again.
    /// </summary>
    public static Limits For(Update update, Launch launch, ContainerizerSettings settings)
    {
        Resources overhead = OverheadOf(launch);
        var own = new Resources
        {
            Cpus = Difference(update.Resources.Cpus, overhead.Cpus),
            Memory = Difference(update.Resources.Memory, overhead.Memory),
            Disk = update.Resources.Disk,
        };
        return For(own, settings.Containers, TaskView.Of(launch).Container is not null);
    }

    /// <summary>The update by which the container itself comes to have these limits: the other way round.</summary>
    public static Update UpdateTo(Launch launch, Resources own)
    {
        Resources overhead = OverheadOf(launch);
        return new Update(launch.ContainerId, own with
        {
            Cpus = own.Cpus + (overhead.Cpus ?? 0),
            Memory = own.Memory + (overhead.Memory ?? 0),
        });
    }

    /// <summary>
    /// What the engine is to be told, given what holds now and what memory is in use. Memory is lowered only where it fits; null fields
    /// stay as they are.
    /// </summary>
    /// <param name="used">Bytes in use that cannot be given back; null if unknown, and then nothing is lowered.</param>
    public static Limits Change(Limits current, Limits wanted, long? used)
    {
        bool lower = wanted.Memory < (current.Memory ?? long.MaxValue);
        bool fits = used is { } bytes && bytes <= (wanted.Memory ?? 0) * Headroom;
        long? memory = wanted.Memory is null || wanted.Memory == current.Memory || (lower && !fits) ? null : wanted.Memory;
        return new Limits
        {
            CpuShares = wanted.CpuShares == current.CpuShares ? null : wanted.CpuShares,
            CpuQuota = wanted.CpuQuota == current.CpuQuota ? null : wanted.CpuQuota,
            CpuPeriod = wanted.CpuQuota == current.CpuQuota ? null : wanted.CpuPeriod,
            Memory = memory,
            MemoryReservation = wanted.MemoryReservation == current.MemoryReservation ? null : wanted.MemoryReservation,
            MemorySwap = memory is null ? null : SwapFor(memory.Value, current),
        };
    }

    private static Limits For(Resources resources, ContainerSettings settings, bool dockerInfo)
    {
        long? memory = resources.Memory is > 0 and decimal megabytes
            ? Math.Max((long)(megabytes * Megabyte), dockerInfo ? MesosLeastMemory : EngineLeastMemory)
            : null;
        decimal? cpus = resources.Cpus is > 0 ? resources.Cpus : null;
        bool quota = settings.CpuQuota && cpus is not null;
        return new Limits
        {
            CpuShares = cpus is { } count ? Math.Max((long)(count * SharesPerCpu), LeastShares) : null,
            CpuPeriod = quota ? QuotaPeriod : null,
            CpuQuota = quota ? Math.Max((long)(cpus!.Value * QuotaPeriod), LeastQuota) : null,
            Memory = memory,
            MemoryReservation = memory,
            Disk = resources.Disk is > 0 and decimal disk ? (long)(disk * Megabyte) : null,
        };
    }

    private static Resources OverheadOf(Launch launch) => launch is { Task: { } task, Executor: { } executor }
        ? new Resources
        {
            Cpus = Difference(executor.Resources.Cpus, task.Resources.Cpus),
            Memory = Difference(executor.Resources.Memory, task.Resources.Memory),
        }
        : Resources.None;

    // The engine keeps swap at twice the memory unless it was told otherwise, and refuses memory above it.
    private static long SwapFor(long memory, Limits current) => current.MemorySwap switch
    {
        < 0 => -1,
        { } swap => Math.Max(swap, memory),
        null => memory * 2,
    };

    private static decimal? Difference(decimal? sum, decimal? part) => sum is { } all ? Math.Max(0, all - (part ?? 0)) : null;
}
