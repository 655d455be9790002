using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>Removes state directories of containers that are over.</summary>
internal static class StateCleaner
{
    /// <summary>
    /// A directory is stale when its container has ended, nothing of it is left at the engine and nobody holds a lock of it.
    /// </summary>
    public static bool IsStale(ContainerDirectory directory) => !directory.HasSupervisor && IsOver(directory);

    /// <summary>Removes stale directories that nothing has changed in for so long; what cannot be removed is left for the next
    /// time.</summary>
    public static void Prune(StateStore store, TimeSpan keep, DateTimeOffset now, Log log)
    {
        store.RemoveHalves(now);
        HashSet<ContainerId> untold = [.. store.Active(null)];
        foreach (ContainerDirectory directory in store.All())
        {
            if (now - directory.LastChange < keep || untold.Contains(directory.Id))
            {
                continue;
            }

            try
            {
                TryRemove(store, directory);
            }
            catch (MesosDockerException e)
            {
                log.Warning(e.Message);
            }
        }
    }

    /// <returns>False if it is not stale, or somebody took it up just now.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public static bool TryRemove(StateStore store, ContainerDirectory directory)
    {
        using FileLock? ours = directory.TryTakeSupervisor();
        if (ours is null || !IsOver(directory))
        {
            return false;
        }

        store.Remove(directory);
        return true;
    }

    /// <summary>Its end is on disk, and the engine has nothing of it any more.</summary>
    public static bool IsOver(ContainerDirectory directory)
        => directory.ReadTermination() is not null && directory.ReadRecord() is { Phase: Phase.Cleaned } or { EngineName: null };
}
