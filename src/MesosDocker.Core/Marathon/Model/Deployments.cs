using System.Text.Json.Serialization;

namespace MesosDocker.Marathon;

/// <summary>A change on its way, as <c>/v2/deployments</c> and the events of deployments tell it.</summary>
public sealed record Deployment : MarathonObject
{
    public string? Id { get; init; }

    /// <summary>A moment: the version that the changed apps get.</summary>
    public string? Version { get; init; }

    public IReadOnlyList<string>? AffectedApps { get; init; }

    public IReadOnlyList<string>? AffectedPods { get; init; }

    public IReadOnlyList<DeploymentStep>? Steps { get; init; }

    public IReadOnlyList<DeploymentAction>? CurrentActions { get; init; }

    /// <summary>From 1.</summary>
    public int? CurrentStep { get; init; }

    public int? TotalSteps { get; init; }

    /// <summary>In events that were not asked to be light: everything as it was...</summary>
    public Group? Original { get; init; }

    /// <summary>... and everything as it will be.</summary>
    public Group? Target { get; init; }
}

/// <summary>Actions that go on at the same time.</summary>
/// <remarks>Until Marathon 1.0 a step was the list itself, in events also one bare action; both are read.</remarks>
[JsonConverter(typeof(DeploymentStepConverter))]
public sealed record DeploymentStep : MarathonObject
{
    public IReadOnlyList<DeploymentAction>? Actions { get; init; }
}

public sealed record DeploymentAction : MarathonObject
{
    /// <summary>
    /// <c>StartApplication</c>, <c>StopApplication</c>, <c>ScaleApplication</c>, <c>RestartApplication</c>, the same of pods, and
    /// <c>ResolveArtifacts</c>.
    /// </summary>
    public string? Action { get; init; }

    /// <summary>Instead of <see cref="Action"/>, in the events of some versions.</summary>
    public string? Type { get; init; }

    public string? App { get; init; }

    public string? Pod { get; init; }

    public IReadOnlyList<ReadinessResult>? ReadinessCheckResults { get; init; }
}

/// <summary>The answer to a change that was accepted.</summary>
public sealed record DeploymentResult : MarathonObject
{
    public string? DeploymentId { get; init; }

    public string? Version { get; init; }
}
