using System.Collections.Immutable;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using Resources = MesosDocker.Mesos.Resources;

namespace MesosDocker.Local;

/// <summary>What the scheduler asks of the machine that tasks run on. Tests have one that runs nothing.</summary>
internal interface IAgent
{
    AgentFacts Facts { get; }

    /// <summary>
    /// After a start, before anything else: of the tasks that the scheduler remembers, what runs on is adopted; what does not is told as an
    /// update, <c>TASK_LOST</c> or its true end; what runs on this agent and is remembered by nobody is destroyed.
    /// </summary>
    Task RecoverAsync(IReadOnlyCollection<AgentTask> remembered, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a task; returns when the containerizer has taken it. Never throws for a task that cannot run: that is an update. The same
    /// task twice is one task.
    /// </summary>
    Task LaunchAsync(AgentTask task, CancellationToken cancellationToken);

    /// <summary>Ends it: TERM, and KILL after the grace. A task that is unknown or has ended is told as an update.</summary>
    Task KillAsync(string taskId, TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>What happens to tasks, in order for each of them. Read by one reader; an update that is not acknowledged comes again after a restart.</summary>
    IAsyncEnumerable<AgentUpdate> UpdatesAsync(CancellationToken cancellationToken);

    /// <summary>Instances that have persistent volumes on this machine.</summary>
    IReadOnlyCollection<string> VolumeOwners { get; }

    /// <summary>Nobody wants the instance's persistent volumes any more; what is left of its tasks ends first.</summary>
    Task RemoveVolumesAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>The update is on the scheduler's disk.</summary>
    Task AcknowledgeAsync(AgentUpdate update, CancellationToken cancellationToken);
}

internal sealed record AgentFacts
{
    public required string AgentId { get; init; }

    public required string Hostname { get; init; }

    /// <summary>All that may be given to tasks.</summary>
    public required Resources Resources { get; init; }

    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public string? Region { get; init; }

    public string? Zone { get; init; }
}

/// <summary>A task as the scheduler hands it over.</summary>
/// <param name="App">With its version, complete with defaults.</param>
/// <param name="Ports">Of the host, in the order of the app's ports; 0 for a port of a container that none of the host leads to.</param>
internal sealed record AgentTask(string TaskId, App App, ImmutableArray<int> Ports, string FrameworkId);

internal sealed record AgentUpdate
{
    public required string TaskId { get; init; }

    public required TaskState State { get; init; }

    public required Guid Uuid { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public string? Message { get; init; }

    /// <summary><c>REASON_CONTAINER_LIMITATION_MEMORY</c> and the like.</summary>
    public string? Reason { get; init; }

    /// <summary>What the task's Mesos-level health check found.</summary>
    public bool? Healthy { get; init; }

    public ImmutableArray<string> Addresses { get; init; } = [];

    public bool IsTerminal => State is TaskState.Finished or TaskState.Failed or TaskState.Killed or TaskState.Lost or TaskState.Error;
}
