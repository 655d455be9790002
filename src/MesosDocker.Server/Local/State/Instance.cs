using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

internal enum InstanceCondition
{
    /// <summary>The launch is on its way; nothing was heard from it.</summary>
    Staging,

    /// <summary>Its executor is there and fetches or pulls.</summary>
    Starting,

    Running,

    /// <summary>It was told to end.</summary>
    Killing,

    /// <summary>Its task has ended, and its persistent volumes wait for the next one.</summary>
    Resting,
}

/// <summary>One task that was launched and has not ended; or, at rest, what waits for its next one.</summary>
internal sealed record Instance
{
    /// <summary><c>shop_web.instance-UUID._app.1</c>, as Marathon since 1.5 names them.</summary>
    public required string TaskId { get; init; }

    public required string AppId { get; init; }

    /// <summary>What it was launched as, with its version; apps change while their tasks run.</summary>
    public required App App { get; init; }

    public required InstanceCondition Condition { get; init; }

    /// <summary>Of the host, in the order of the app's ports; 0 for a port of a container that none of the host leads to.</summary>
    public ImmutableArray<int> Ports { get; init; } = [];

    /// <summary>Its container's own addresses.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    public required DateTimeOffset StagedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>For each of the app's health checks, in their order, once something is known of it.</summary>
    public ImmutableDictionary<int, HealthResult> Health { get; init; } = ImmutableDictionary<int, HealthResult>.Empty;

    /// <summary>Of the readiness check, where the app has one.</summary>
    public ReadinessResult? Readiness { get; init; }

    /// <summary>What its executor said last.</summary>
    public string? Message { get; init; }

    /// <summary>When the agent was asked last to end it.</summary>
    public DateTimeOffset? KillAskedAt { get; init; }

    /// <summary>It is ended for good: no other is launched in its place, and none waits for that.</summary>
    public bool IsDecommissioned { get; init; }

    /// <summary>Its persistent volumes go with it.</summary>
    public bool IsWiped { get; init; }

    /// <summary>At rest, how its last task ended: <c>TASK_FAILED</c>.</summary>
    public string? EndedAs { get; init; }

    /// <summary>The instance's part of the task id.</summary>
    public string InstanceId => Local.TaskId.InstanceOf(TaskId);

    public string Version => App.Version!;

    /// <summary>The version that made it what it is; scaling makes versions, too.</summary>
    public string ConfigVersion => App.VersionInfo!.LastConfigChangeAt!;
}
