using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>The start: what the scheduler remembers, what this agent does and what the containerizer has are brought together.</summary>
/// <param name="hooks">Executables that were the containerizer here.</param>
internal sealed class AgentRecovery(RunTable runs, HookCalls hook, IContainers all, IReadOnlyList<string> hooks, ContainerKeeper keeper)
{
    // For what nobody remembers to be gone before its ports are given to others.
    private static readonly TimeSpan s_discardPatience = TimeSpan.FromSeconds(5);

    private readonly List<Task> _discarded = [];

    /// <summary>Completes when everything that was abandoned has been destroyed; none: nothing was.</summary>
    public IReadOnlyList<Task> Discarded => _discarded;

    /// <exception cref="MesosDockerException">The containerizer cannot be asked.</exception>
    public async Task RunAsync(IReadOnlyCollection<AgentTask> remembered, CancellationToken cancellationToken)
    {
        await Leftovers.EndAsync(hooks, hook.WorkDirectory, cancellationToken);
        HashSet<ContainerId> containers = [.. await all.RecoverAsync(cancellationToken)];
        HashSet<string> wanted = [.. remembered.Select(static task => task.TaskId)];
        foreach (TaskRun run in runs.All)
        {
            bool listed = containers.Remove(run.ContainerId);
            if (listed && run.Record.Ended is not null)
            {
                // Its end was told, and then the server ended before the container did.
                _discarded.Add(keeper.Discard(run.ContainerId));
            }

            if (wanted.Contains(run.Record.TaskId))
            {
                Resume(run, listed);
            }
            else
            {
                Abandon(run);
            }
        }

        _discarded.AddRange(containers.Select(keeper.Discard));
        foreach (string lost in wanted.Where(id => runs.Find(id) is null))
        {
            runs.Tell(AgentUpdates.Unknown(lost));
        }
    }

    /// <summary>Until what was abandoned has gone, or most of it.</summary>
    public Task SettleAsync(CancellationToken cancellationToken)
        => Task.WhenAny(Task.WhenAll(_discarded), Task.Delay(s_discardPatience, cancellationToken));

    /// <summary>Nobody remembers it.</summary>
    private void Abandon(TaskRun run)
    {
        if (run.Record.IsOver)
        {
            return;
        }

        run.Forget();
        if (run.Record.Ended is null)
        {
            _discarded.Add(keeper.Discard(run.ContainerId));
            keeper.Keep(run);
        }
    }

    /// <param name="listed">The containerizer has a container of it whose end nobody was told.</param>
    private void Resume(TaskRun run, bool listed)
    {
        run.TellPending();
        if (run.Record is { IsOver: true, Last: { } end })
        {
            runs.Tell(AgentUpdates.Again(end));
        }
        else if (run.Record.Ended is null && (listed || run.Record.IsTaken))
        {
            run.Take();
            keeper.Keep(run);
            keeper.DismissIfDone(run);
        }
        else if (run.Record.Ended is null)
        {
            run.End(AgentUpdates.New(run.Record.TaskId, TaskState.Lost, "The server ended before the containerizer had the task."));
        }
    }
}
