using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

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
