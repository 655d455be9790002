using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Everything that is known at one moment, as it is written down.</summary>
internal sealed record Snapshot
{
    /// <summary>Of how this is written; what is newer than this program is not touched by it.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required string FrameworkId { get; init; }

    public required Group Root { get; init; }

    /// <summary>Versions before those in the root group, the oldest first.</summary>
    public required ImmutableArray<App> OlderVersions { get; init; }

    public required ImmutableArray<KeptInstance> Instances { get; init; }

    /// <summary>Instances at rest.</summary>
    public ImmutableArray<KeptInstance> Resting { get; init; } = [];

    public required ImmutableArray<KeptDeployment> Deployments { get; init; }

    public required ImmutableDictionary<string, LaunchDelay> Delays { get; init; }

    public required ImmutableArray<TaskFailure> LastFailures { get; init; }

    public static Snapshot Of(ClusterState state)
    {
        return new Snapshot
        {
            Format = CurrentFormat,
            FrameworkId = state.FrameworkId,
            Root = state.Root,
            OlderVersions = [.. state.Versions.Values.SelectMany(static versions => versions.Take(versions.Count - 1))],
            Instances = [.. state.Instances.Values.Select(instance => KeptInstance.Of(state, instance))],
            Resting = [.. state.Resting.Values.SelectMany(static resting => resting).Select(instance => KeptInstance.Of(state, instance))],
            Deployments = [.. state.Deployments.Select(deployment => KeptDeployment.Of(deployment, state.Root))],
            Delays = state.Delays,
            LastFailures = [.. state.LastFailures.Values],
        };
    }

    public ClusterState ToState()
    {
        GroupTree root = GroupTree.Of(Root);
        ILookup<string, App> older = OlderVersions.ToLookup(static app => app.Id!);
        var state = new ClusterState
        {
            FrameworkId = FrameworkId,
            Root = Root,
            Versions = root.Apps.ToImmutableDictionary(static app => app.Key, app => older[app.Key].Append(app.Value).ToImmutableList()),
            Delays = Delays,
            LastFailures = LastFailures.ToImmutableDictionary(static failure => failure.AppId!),
        };
        return state with
        {
            Deployments = [.. Deployments.Select(deployment => deployment.ToDeployment(state))],
            Instances = Instances.Select(kept => kept.ToInstance(state)).ToImmutableDictionary(static instance => instance.TaskId),
            Resting = Resting.Select(kept => kept.ToInstance(state))
                .GroupBy(static instance => instance.AppId)
                .ToImmutableDictionary(static app => app.Key, static app => app.ToImmutableList()),
        };
    }
}

/// <summary>An instance whose app is one of the versions that are kept, unless it says another.</summary>
internal sealed record KeptInstance
{
    public required TaskLaunched Launched { get; init; }

    public required InstanceCondition Condition { get; init; }

    public ImmutableArray<string> Addresses { get; init; } = [];

    public DateTimeOffset? StartedAt { get; init; }

    public ImmutableDictionary<int, HealthResult> Health { get; init; } = ImmutableDictionary<int, HealthResult>.Empty;

    public ReadinessResult? Readiness { get; init; }

    public string? Message { get; init; }

    public DateTimeOffset? KillAskedAt { get; init; }

    public bool IsDecommissioned { get; init; }

    public bool IsWiped { get; init; }

    public string? EndedAs { get; init; }

    public static TaskLaunched Launch(ClusterState state, Instance instance)
    {
        App? kept = JournalFold.Version(state, instance.AppId, instance.Version);
        App? said = ReferenceEquals(kept, instance.App) ? null : instance.App;
        return new TaskLaunched(instance.TaskId, instance.AppId, instance.Version, instance.Ports, instance.StagedAt, said);
    }

    public static KeptInstance Of(ClusterState state, Instance instance) => new()
    {
        Launched = Launch(state, instance),
        Condition = instance.Condition,
        Addresses = instance.Addresses,
        StartedAt = instance.StartedAt,
        Health = instance.Health,
        Readiness = instance.Readiness,
        Message = instance.Message,
        KillAskedAt = instance.KillAskedAt,
        IsDecommissioned = instance.IsDecommissioned,
        IsWiped = instance.IsWiped,
        EndedAs = instance.EndedAs,
    };

    public Instance ToInstance(ClusterState state) => JournalFold.Apply(state, Launched).Instances[Launched.TaskId] with
    {
        Condition = Condition,
        Addresses = Addresses,
        StartedAt = StartedAt,
        Health = Health,
        Readiness = Readiness,
        Message = Message,
        KillAskedAt = KillAskedAt,
        IsDecommissioned = IsDecommissioned,
        IsWiped = IsWiped,
        EndedAs = EndedAs,
    };
}

/// <summary>A deployment whose root groups are told by how the first differs from the present one, and the second from the first.</summary>
internal sealed record KeptDeployment
{
    public required PlannedDeployment Planned { get; init; }

    public required string Version { get; init; }

    public required int CurrentStep { get; init; }

    public required RootDelta Original { get; init; }

    public required string OriginalVersion { get; init; }

    public required RootDelta Target { get; init; }

    public static KeptDeployment Of(RunningDeployment deployment, Group root) => new()
    {
        Planned = new PlannedDeployment(deployment.Id, deployment.Steps, [.. deployment.AffectedApps], [.. deployment.KilledFirst]),
        Version = deployment.Version,
        CurrentStep = deployment.CurrentStep,
        Original = RootDelta.Between(root, deployment.Original),
        OriginalVersion = deployment.Original.Version!,
        Target = RootDelta.Between(deployment.Original, deployment.Target),
    };

    /// <param name="state">With its root group and the versions of its apps.</param>
    public RunningDeployment ToDeployment(ClusterState state)
    {
        Group original = Known(state, Original).Apply(state.Root, OriginalVersion);
        return new RunningDeployment
        {
            Id = Planned.Id,
            Version = Version,
            Original = original,
            Target = Known(state, Target).Apply(original, Version),
            Steps = Planned.Steps,
            CurrentStep = CurrentStep,
            AffectedApps = [.. Planned.AffectedApps],
            KilledFirst = [.. Planned.KilledFirst],
        };
    }

    // What is the same is one object again: that is how changes are found.
    private static RootDelta Known(ClusterState state, RootDelta delta)
        => delta with { Apps = [.. delta.Apps.Select(app => JournalFold.Version(state, app.Id!, app.Version!) ?? app)] };
}
