using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// Whom a supervisor tells of its container: the agent, where the container is a command task and this process its executor; nobody,
/// where the container holds a framework's own executor, which tells for itself.
/// </summary>
internal interface ITaskReporter : IAsyncDisposable
{
    /// <summary>Completes when the process may start: the agent has handed the task over, or nobody has to.</summary>
    Task Ready { get; }

    /// <summary>A state on the way: starting, running, killing. Never waits for the agent.</summary>
    void Report(TaskReport report);

    /// <summary>The end, before it is on disk: returns when the agent has taken note, or cannot be told any more.</summary>
    Task EndAsync(TaskReport report, CancellationToken cancellationToken);

    /// <summary>The end is on disk; returns when nothing stands in the way of telling the agent's <c>wait</c>.</summary>
    Task SettleAsync(CancellationToken cancellationToken);

    /// <summary>The agent may have forgotten this executor without a word to it. Whoever is its executor asks, and gives up if it
    /// has.</summary>
    void CheckSubscription();
}

/// <summary>What a status update says.</summary>
internal sealed record TaskReport(TaskState State, string Message)
{
    public StatusReason? Reason { get; init; }

    public bool? Healthy { get; init; }

    /// <summary>Once told, it stands for all later updates.</summary>
    public ContainerFacts? Container { get; init; }
}

/// <summary>What frameworks want to know of a running container.</summary>
/// <param name="Description">JSON in the shape of <c>docker inspect</c>, as Mesos's own Docker executor sends it.</param>
internal sealed record ContainerFacts(IReadOnlyList<string> IpAddresses, byte[] Description);
