using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// <c>sweep</c>: gives every container that has lost its supervisor a new one, and removes containers of this agent that nobody knows any
/// more.
/// </summary>
internal sealed class SweepVerb(HookEnvironment hook)
{
    public async Task HandleAsync(Log log, CancellationToken cancellationToken)
    {
        StateStore store = hook.Store;
        foreach (ContainerDirectory directory in store.All())
        {
            try
            {
                TakeOver(store, directory, log);
            }
            catch (MesosDockerException e)
            {
                // One that is broken does not keep the others from being looked after.
                log.Warning($"{directory.Id}: {e.Message}");
            }
        }

        if (hook.Settings.AsFarAsRead.Containers.Orphans == OrphanPolicy.Remove && hook.WorkDirectory is { } workDirectory)
        {
            await RemoveOrphansAsync(store, workDirectory, log, cancellationToken).ConfigureAwait(false);
        }

        StateCleaner.Prune(store, hook.Settings.AsFarAsRead.State.Keep, DateTimeOffset.UtcNow, log);
    }

    private void TakeOver(StateStore store, ContainerDirectory directory, Log log)
    {
        if (IsOurs(directory) && hook.Launcher.TakeOverLost(store, directory))
        {
            log.Info($"{directory.Id}: its supervisor was gone; another goes on.");
        }
    }

    private bool IsOurs(ContainerDirectory directory)
        => hook.WorkDirectory is null || directory.ReadContext() is not { } context || context.WorkDirectory == hook.WorkDirectory;

    /// <summary>The engine is asked first, the disk after: a container that is just being launched has its directory before it
    /// exists.</summary>
    private async Task RemoveOrphansAsync(StateStore store, string workDirectory, Log log, CancellationToken cancellationToken)
    {
        using DockerEngine engine = hook.OpenEngine();
        var filter = new ContainerFilter
        {
            All = true,
            Labels = [$"{ContainerLabels.WorkDirectory}={workDirectory}", $"{ContainerLabels.State}={store.Root}"],
        };
        foreach (ContainerSummary found in await engine.ListAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            string? id = found.Labels?.GetValueOrDefault(ContainerLabels.Container);
            if (ContainerId.TryParse(id, out ContainerId known)
                && (store.TryFind(known) is not { } directory || StateCleaner.IsStale(directory)))
            {
                log.Warning($"{known}: a container of this agent that nobody knows any more is removed ({found.Name}).");
                await ContainerCleaner.RemoveAsync(engine, found.Id, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
