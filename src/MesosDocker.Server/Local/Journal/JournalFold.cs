using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What the cluster knows after a record.</summary>
internal static class JournalFold
{
    private const int KeptVersions = 25;

    // As many as Marathon keeps (--zk_max_versions). Whatever is the same in them is there once.
    private const int KeptRoots = 50;

    public static ClusterState Apply(ClusterState state, JournalRecord record) => record switch
    {
        RootChanged changed => Change(state, changed),
        StepBegun begun => state with { Deployments = Step(state.Deployments, begun) },
        DeploymentOver over => state with { Deployments = state.Deployments.RemoveAll(deployment => deployment.Id == over.DeploymentId) },
        TaskLaunched launched => RestingInstances.Remove(
            state with { Instances = state.Instances.SetItem(launched.TaskId, Launch(state, launched)) }, launched.AppId, launched.TaskId),
        TaskMoved moved => With(state, moved.TaskId, instance => instance with
        {
            Condition = instance.Condition == InstanceCondition.Killing ? InstanceCondition.Killing : moved.Condition,
            StartedAt = moved.StartedAt,
            Addresses = moved.Addresses,
            Message = moved.Message,
        }),
        KillAsked asked => With(state, asked.TaskId, instance => instance with
        {
            Condition = InstanceCondition.Killing,
            KillAskedAt = asked.At,
            IsDecommissioned = instance.IsDecommissioned || asked.IsDecommissioned,
            IsWiped = instance.IsWiped || asked.IsWiped,
        }),
        TaskEnded ended => End(state, ended),
        InstanceWiped wiped => RestingInstances.Remove(state, wiped.AppId, wiped.TaskId),
        DelaySet { Delay: { } delay } set => state with { Delays = state.Delays.SetItem(set.AppId, delay) },
        DelaySet cleared => state with { Delays = state.Delays.Remove(cleared.AppId) },
        HealthNoted noted => With(state, noted.TaskId, instance => instance with { Health = instance.Health.SetItem(noted.Check, noted.Result) }),
        ReadinessNoted noted => With(state, noted.TaskId, instance => instance with { Readiness = noted.Result }),
        _ => state,
    };

    /// <summary>An app as it was when a task of it was launched.</summary>
    public static App? Version(ClusterState state, string appId, string version)
        => state.Versions.GetValueOrDefault(appId)?.FindLast(app => app.Version == version);

    private static ClusterState With(ClusterState state, string taskId, Func<Instance, Instance> change)
        => state.Instances.TryGetValue(taskId, out Instance? instance)
            ? state with { Instances = state.Instances.SetItem(taskId, change(instance)) }
            : state;

    private static Instance Launch(ClusterState state, TaskLaunched launched) => new()
    {
        TaskId = launched.TaskId,
        AppId = launched.AppId,
        App = launched.App ?? Version(state, launched.AppId, launched.Version)!,
        Condition = InstanceCondition.Staging,
        Ports = launched.Ports,
        StagedAt = launched.At,
    };

    private static ClusterState End(ClusterState state, TaskEnded ended)
    {
        ClusterState over = state with
        {
            Instances = state.Instances.Remove(ended.TaskId),
            LastFailures = ended.Failure is { } failure ? state.LastFailures.SetItem(failure.AppId!, failure) : state.LastFailures,
        };
        return state.Instances.TryGetValue(ended.TaskId, out Instance? instance) ? RestingInstances.Rest(over, instance, ended.Failure) : over;
    }

    private static ClusterState Change(ClusterState state, RootChanged change)
    {
        Group root = change.Delta.Apply(state.Root, change.Version);
        ImmutableList<RunningDeployment> deployments = state.Deployments.RemoveAll(deployment => change.Cancelled.Contains(deployment.Id));
        return RestingInstances.RemoveApps(state, change.Delta.RemovedApps) with
        {
            Root = root,
            EarlierRoots = ReferenceEquals(root, state.Root) ? state.EarlierRoots : Earlier(state),
            Versions = Versions(state.Versions, change.Delta),
            Delays = state.Delays.RemoveRange(change.Reconfigured.Concat(change.Delta.RemovedApps)),
            LastFailures = state.LastFailures.RemoveRange(change.Delta.RemovedApps),
            Deployments = change.Deployment is { } planned ? deployments.Add(Begin(planned, change.Version, state.Root, root)) : deployments,
        };
    }

    private static ImmutableList<Group> Earlier(ClusterState state)
        => (state.EarlierRoots.Count < KeptRoots ? state.EarlierRoots : state.EarlierRoots.RemoveAt(0)).Add(state.Root);

    private static RunningDeployment Begin(PlannedDeployment planned, string version, Group original, Group target) => new()
    {
        Id = planned.Id,
        Version = version,
        Original = original,
        Target = target,
        Steps = planned.Steps,
        CurrentStep = 1,
        AffectedApps = [.. planned.AffectedApps],
        KilledFirst = [.. planned.KilledFirst],
    };

    private static ImmutableDictionary<string, ImmutableList<App>> Versions(
        ImmutableDictionary<string, ImmutableList<App>> versions, RootDelta delta)
    {
        ImmutableDictionary<string, ImmutableList<App>>.Builder changed = versions.ToBuilder();
        foreach (App app in delta.Apps)
        {
            ImmutableList<App> kept = changed.GetValueOrDefault(app.Id!, []).Add(app);
            changed[app.Id!] = kept.Count > KeptVersions ? kept.RemoveRange(0, kept.Count - KeptVersions) : kept;
        }

        changed.RemoveRange(delta.RemovedApps);
        return changed.ToImmutable();
    }

    private static ImmutableList<RunningDeployment> Step(ImmutableList<RunningDeployment> deployments, StepBegun begun)
    {
        int at = deployments.FindIndex(deployment => deployment.Id == begun.DeploymentId);
        return at < 0 ? deployments : deployments.SetItem(at, deployments[at] with { CurrentStep = begun.Step });
    }
}
