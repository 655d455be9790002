using MesosDocker.Docker;

namespace MesosDocker.Containerizer;

/// <summary>Tells the engine new limits of a running container, as far as they are new.</summary>
internal static class LimitChange
{
    /// <returns>False if there was nothing to tell.</returns>
    public static async Task<bool> ApplyAsync(
        DockerEngine engine, string id, ContainerRecord container, Limits wanted, CancellationToken cancellationToken)
    {
        Limits current = CurrentOf(container);
        Limits change = ResourceLimits.Change(current, wanted, UsageReader.ReadMemoryInUse(container.Cgroups));
        if (change == new Limits())
        {
            return false;
        }

        var update = new ResourceUpdate
        {
            CpuShares = change.CpuShares,
            CpuPeriod = change.CpuPeriod,
            CpuQuota = change.CpuQuota,
            Memory = change.Memory,
            MemoryReservation = change.MemoryReservation,
            MemorySwap = change.MemorySwap,
        };
        await engine.UpdateAsync(id, update, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>What holds now: the kernel's own figures where they can be read, else what the container was created with.</summary>
    private static Limits CurrentOf(ContainerRecord container)
    {
        Limits created = container.Limits ?? new Limits();
        return container.Cgroups is { } cgroups ? UsageReader.ReadLimits(cgroups, created) : created;
    }
}
