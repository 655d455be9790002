namespace MesosDocker.Containerizer;

/// <summary><c>state</c> and <c>locks</c>: what there is, and what of it is stale.</summary>
internal sealed class StateVerb(HookEnvironment hook)
{
    /// <param name="all">Also what is not stale.</param>
    /// <param name="before">Only what ended before.</param>
    public IReadOnlyList<ContainerView> List(bool all, DateTimeOffset? before)
        =>
        [
            .. hook.Store.All().Select(ContainerView.Of)
                .Where(view => (all || view.Stale) && IsBefore(view, before))
                .OrderBy(static view => view.Launched),
        ];

    /// <summary>Removes the stale ones, but not the end of one that an agent has yet to be told of, which may only be restarting. What
    /// has ended but left something at the engine is given a supervisor to clean up, and is stale the next time.</summary>
    /// <returns>What was removed.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public IReadOnlyList<ContainerView> Remove(DateTimeOffset? before)
    {
        StateStore store = hook.Store;
        var removed = new List<ContainerView>();
        foreach (ContainerDirectory directory in store.All())
        {
            ContainerView view = ContainerView.Of(directory);
            if (view.Stale && IsBefore(view, before) && !IsAwaited(store, directory) && StateCleaner.TryRemove(store, directory))
            {
                removed.Add(view);
            }
            else if (view is { Stale: false, Supervisor: null, Termination: not null })
            {
                hook.Launcher.TakeOver(store, directory);
            }
        }

        return removed;
    }

    public IReadOnlyList<LockView> Locks()
        => [.. hook.Store.All().SelectMany(LockView.Of).OrderBy(static view => view.ContainerId, StringComparer.Ordinal)];

    private bool IsAwaited(StateStore store, ContainerDirectory directory)
        => store.IsUntold(directory.Id) && DateTimeOffset.UtcNow - directory.LastChange < hook.Settings.AsFarAsRead.State.Keep;

    private static bool IsBefore(ContainerView view, DateTimeOffset? before) => before is not { } limit || view.IsFromBefore(limit);
}
