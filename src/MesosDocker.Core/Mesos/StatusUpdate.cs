using System.Text.Json.Serialization;

namespace MesosDocker.Mesos;

/// <summary><c>mesos.TaskState</c>; the numbers are the wire's.</summary>
public enum TaskState
{
    Starting = 0,
    Running = 1,
    Finished = 2,
    Failed = 3,
    Killed = 4,
    Lost = 5,
    Staging = 6,
    Error = 7,
    Killing = 8,
}

/// <summary><c>mesos.TaskStatus.Reason</c>, those that are told here; the numbers are the wire's.</summary>
public enum StatusReason
{
    CommandExecutorFailed = 0,
    ExecutorTerminated = 1,
    ContainerLimitationMemory = 8,
    ContainerLimitation = 19,
    ContainerLimitationDisk = 20,
    ContainerLaunchFailed = 21,
    ContainerUpdateFailed = 22,
}

/// <summary><c>mesos.TaskStatus</c> with what makes it an update, as an executor sends it.</summary>
public sealed record StatusUpdate
{
    public required string TaskId { get; init; }

    public required TaskState State { get; init; }

    public string? Message { get; init; }

    public StatusReason? Reason { get; init; }

    /// <summary>Set on every update: the agent acknowledges by it.</summary>
    public required Guid Uuid { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public bool? Healthy { get; init; }

    /// <summary>The container as the engine describes it, the way Mesos's own Docker executor tells it.</summary>
    public byte[]? Data { get; init; }

    /// <summary>The container's own addresses.</summary>
    public IReadOnlyList<string> IpAddresses { get; init; } = [];

    public IReadOnlyList<Label> Labels { get; init; } = [];

    [JsonIgnore]
    public bool IsTerminal => State is TaskState.Finished or TaskState.Failed or TaskState.Killed or TaskState.Lost or TaskState.Error;
}
