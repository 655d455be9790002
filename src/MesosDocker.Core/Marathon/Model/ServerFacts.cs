namespace MesosDocker.Marathon;

public sealed record VersionInfo : MarathonObject
{
    public string? LastScalingAt { get; init; }

    public string? LastConfigChangeAt { get; init; }
}

/// <summary>Something that is told by its id only.</summary>
public sealed record Identified : MarathonObject
{
    public string? Id { get; init; }
}

public sealed record ReadinessResult : MarathonObject
{
    public string? Name { get; init; }

    public string? TaskId { get; init; }

    public bool? Ready { get; init; }

    public ReadinessResponse? LastResponse { get; init; }
}

public sealed record ReadinessResponse : MarathonObject
{
    public int? Status { get; init; }

    public string? ContentType { get; init; }

    public string? Body { get; init; }
}

/// <summary>A task as <c>/v2/tasks</c> and apps with their tasks embedded tell it.</summary>
public sealed record AppTask : MarathonObject
{
    public string? Id { get; init; }

    public string? AppId { get; init; }

    /// <summary><c>TASK_RUNNING</c> and the like; not told before Marathon 1.3.</summary>
    public string? State { get; init; }

    public string? Host { get; init; }

    public string? SlaveId { get; init; }

    public IReadOnlyList<int>? Ports { get; init; }

    public IReadOnlyList<int>? ServicePorts { get; init; }

    public IReadOnlyList<TaskAddress>? IpAddresses { get; init; }

    public string? StagedAt { get; init; }

    public string? StartedAt { get; init; }

    public string? Version { get; init; }

    public IReadOnlyList<HealthResult>? HealthCheckResults { get; init; }

    public IReadOnlyList<LocalVolume>? LocalVolumes { get; init; }

    public string? Region { get; init; }

    public string? Zone { get; init; }

    public string? Role { get; init; }
}

public sealed record TaskAddress : MarathonObject
{
    public string? IpAddress { get; init; }

    public string? Protocol { get; init; }
}

public sealed record HealthResult : MarathonObject
{
    public bool? Alive { get; init; }

    public int? ConsecutiveFailures { get; init; }

    public string? FirstSuccess { get; init; }

    public string? LastSuccess { get; init; }

    public string? LastFailure { get; init; }

    public string? LastFailureCause { get; init; }

    public string? InstanceId { get; init; }

    /// <summary>Before <see cref="InstanceId"/>.</summary>
    public string? TaskId { get; init; }
}

public sealed record LocalVolume : MarathonObject
{
    public string? RunSpecId { get; init; }

    public string? ContainerPath { get; init; }

    public string? Uuid { get; init; }

    public string? PersistenceId { get; init; }
}

/// <summary>Why the last task of an app that failed did.</summary>
public sealed record TaskFailure : MarathonObject
{
    public string? AppId { get; init; }

    public string? TaskId { get; init; }

    public string? State { get; init; }

    public string? Message { get; init; }

    public string? Host { get; init; }

    public string? SlaveId { get; init; }

    public string? Timestamp { get; init; }

    public string? Version { get; init; }
}
