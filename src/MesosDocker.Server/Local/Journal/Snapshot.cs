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

    /// <summary>Root groups before this one, the newest first.</summary>
    public ImmutableArray<KeptRoot> EarlierRoots { get; init; } = [];

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
            EarlierRoots = [.. KeptRoot.Of(state)],
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
            EarlierRoots = KeptRoot.ToRoots(state, EarlierRoots),
            Deployments = [.. Deployments.Select(deployment => deployment.ToDeployment(state))],
            Instances = Instances.Select(kept => kept.ToInstance(state)).ToImmutableDictionary(static instance => instance.TaskId),
            Resting = Resting.Select(kept => kept.ToInstance(state))
                .GroupBy(static instance => instance.AppId)
                .ToImmutableDictionary(static app => app.Key, static app => app.ToImmutableList()),
        };
    }
}
