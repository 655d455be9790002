using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// One thing that changed what the cluster knows. <see cref="JournalFold"/> says what it changes, when it happens and when it is read
/// again, so that both come to the same.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(RootChanged), "changed")]
[JsonDerivedType(typeof(StepBegun), "step")]
[JsonDerivedType(typeof(DeploymentOver), "over")]
[JsonDerivedType(typeof(TaskLaunched), "launched")]
[JsonDerivedType(typeof(TaskMoved), "moved")]
[JsonDerivedType(typeof(KillAsked), "kill")]
[JsonDerivedType(typeof(TaskEnded), "ended")]
[JsonDerivedType(typeof(InstanceWiped), "wiped")]
[JsonDerivedType(typeof(DelaySet), "delay")]
[JsonDerivedType(typeof(HealthNoted), "health")]
[JsonDerivedType(typeof(ReadinessNoted), "ready")]
internal abstract record JournalRecord;

internal sealed record RootChanged : JournalRecord
{
    public required string Version { get; init; }

    public required RootDelta Delta { get; init; }

    /// <summary>Null: nothing is to be done for it.</summary>
    public PlannedDeployment? Deployment { get; init; }

    /// <summary>Deployments that it puts an end to.</summary>
    public ImmutableArray<string> Cancelled { get; init; } = [];

    /// <summary>Apps whose delay is over.</summary>
    public ImmutableArray<string> Reconfigured { get; init; } = [];
}

internal sealed record PlannedDeployment(
    string Id, ImmutableList<DeploymentStep> Steps, ImmutableArray<string> AffectedApps, ImmutableArray<string> KilledFirst);

internal sealed record StepBegun(string DeploymentId, int Step) : JournalRecord;

internal sealed record DeploymentOver(string DeploymentId) : JournalRecord;

/// <summary>Written before the agent is asked.</summary>
/// <param name="App">Only if it is none of the versions that are kept.</param>
internal sealed record TaskLaunched(
    string TaskId, string AppId, string Version, ImmutableArray<int> Ports, DateTimeOffset At, App? App) : JournalRecord;

internal sealed record TaskMoved(
    string TaskId, InstanceCondition Condition, DateTimeOffset? StartedAt, ImmutableArray<string> Addresses, string? Message) : JournalRecord;

internal sealed record KillAsked(string TaskId, DateTimeOffset At, bool IsDecommissioned, bool IsWiped = false) : JournalRecord;

internal sealed record TaskEnded(string TaskId, TaskFailure? Failure) : JournalRecord;

/// <summary>An instance at rest is gone, with its volumes.</summary>
internal sealed record InstanceWiped(string TaskId, string AppId) : JournalRecord;

/// <param name="Delay">Null: there is none any more.</param>
internal sealed record DelaySet(string AppId, LaunchDelay? Delay) : JournalRecord;

internal sealed record HealthNoted(string TaskId, int Check, HealthResult Result) : JournalRecord;

internal sealed record ReadinessNoted(string TaskId, ReadinessResult Result) : JournalRecord;
