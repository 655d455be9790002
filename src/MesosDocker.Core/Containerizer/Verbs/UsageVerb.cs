using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary><c>usage</c>: figures from the kernel, without a question to the engine.</summary>
internal sealed class UsageVerb(HookEnvironment hook)
{
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerUnknown"/>, <see cref="Fault.ContainerNotRunning"/>: it has
    /// ended.</exception>
    public ResourceStatistics Handle(ContainerId id)
    {
        ContainerDirectory directory = hook.Store.Find(id);
        ContainerRecord record = directory.ReadRecord();
        if (record.Phase >= Phase.Ended || record.Process is { IsAlive: false })
        {
            throw new MesosDockerException(Fault.ContainerNotRunning, $"The container '{id}' has ended; it uses nothing any more.");
        }

        Limits limits = directory.ReadWantedLimits()?.Limits ?? record.Limits ?? new Limits();
        ResourceStatistics statistics = UsageReader.Read(record, limits with { Disk = record.Limits?.Disk }, DateTimeOffset.UtcNow);
        return statistics with { DiskUsedBytes = directory.ReadDiskUse() };
    }
}
