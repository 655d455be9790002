namespace MesosDocker.Mesos;

public sealed record Label(string Key, string Value);

/// <summary><c>mesos.TaskInfo</c>; present in a launch only for command tasks.</summary>
public sealed record TaskInfo
{
    public required string Name { get; init; }

    public required string TaskId { get; init; }

    public Resources Resources { get; init; } = Resources.None;

    public CommandInfo? Command { get; init; }

    public ContainerInfo? Container { get; init; }

    public HealthCheck? HealthCheck { get; init; }

    /// <summary>From <c>kill_policy</c>: how long the task may take to end after a first signal.</summary>
    public TimeSpan? KillGrace { get; init; }

    public IReadOnlyList<Label> Labels { get; init; } = [];
}

/// <summary><c>mesos.ExecutorInfo</c>. For a command task the agent makes it up: <c>mesos-executor</c>, and the task's resources
/// plus 0.1 CPUs and 32 MB.</summary>
public sealed record ExecutorInfo
{
    public required string ExecutorId { get; init; }

    public string? FrameworkId { get; init; }

    public string? Name { get; init; }

    public string? Source { get; init; }

    public Resources Resources { get; init; } = Resources.None;

    public CommandInfo? Command { get; init; }

    public ContainerInfo? Container { get; init; }

    /// <summary>From <c>shutdown_grace_period</c>.</summary>
    public TimeSpan? ShutdownGrace { get; init; }

    public IReadOnlyList<Label> Labels { get; init; } = [];
}
