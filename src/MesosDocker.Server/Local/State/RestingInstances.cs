using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// Instances with persistent volumes outlive their tasks, as Marathon's resident ones do: the next task of the app is theirs. They go when
/// they are wiped, or with their app.
/// </summary>
internal static class RestingInstances
{
    public static Instance? Next(ClusterState state, App app)
        => CanonicalApp.HasPersistentVolume(app) ? state.Resting.GetValueOrDefault(app.Id!)?.FirstOrDefault() : null;

    public static Instance? Find(ClusterState state, string taskId)
        => state.Resting.Values.Select(resting => resting.Find(instance => instance.TaskId == taskId)).FirstOrDefault(static found => found is not null);

    /// <summary>Its task has ended.</summary>
    public static ClusterState Rest(ClusterState state, Instance instance, TaskFailure? failure)
    {
        if (instance.IsWiped || !CanonicalApp.HasPersistentVolume(instance.App) || !state.Versions.ContainsKey(instance.AppId))
        {
            return state;
        }

        Instance resting = instance with
        {
            Condition = InstanceCondition.Resting,
            EndedAs = failure?.State ?? (instance.Condition == InstanceCondition.Killing ? "TASK_KILLED" : "TASK_FINISHED"),
            IsDecommissioned = false,
            Ports = [],
            Addresses = [],
            Health = ImmutableDictionary<int, HealthResult>.Empty,
            Readiness = null,
            KillAskedAt = null,
        };
        return state with
        {
            Resting = state.Resting.SetItem(instance.AppId, state.Resting.GetValueOrDefault(instance.AppId, []).Add(resting)),
        };
    }

    /// <summary>It has a task again, or is gone.</summary>
    public static ClusterState Remove(ClusterState state, string appId, string taskId)
    {
        if (!state.Resting.TryGetValue(appId, out ImmutableList<Instance>? resting))
        {
            return state;
        }

        string instanceId = TaskId.InstanceOf(taskId);
        ImmutableList<Instance> left = resting.RemoveAll(instance => instance.InstanceId == instanceId);
        return state with { Resting = left.IsEmpty ? state.Resting.Remove(appId) : state.Resting.SetItem(appId, left) };
    }

    /// <summary>Nothing of a removed app is kept: neither what rests, nor what still ends.</summary>
    public static ClusterState RemoveApps(ClusterState state, ImmutableArray<string> appIds)
    {
        if (appIds.IsEmpty)
        {
            return state;
        }

        HashSet<string> removed = [.. appIds];
        IEnumerable<Instance> ending = state.Instances.Values
            .Where(instance => removed.Contains(instance.AppId) && CanonicalApp.HasPersistentVolume(instance.App));
        return state with
        {
            Resting = state.Resting.RemoveRange(appIds),
            Instances = state.Instances.SetItems(ending.Select(static instance => KeyValuePair.Create(instance.TaskId, instance with { IsWiped = true }))),
        };
    }

    /// <summary>The last tasks of instances whose volumes nobody wants any more, because of what was just recorded.</summary>
    public static IEnumerable<string> Released(JournalRecord record, ClusterState before, ClusterState after) => record switch
    {
        TaskEnded ended when before.Instances.TryGetValue(ended.TaskId, out Instance? instance) && CanonicalApp.HasPersistentVolume(instance.App)
            => Find(after, ended.TaskId) is null ? [ended.TaskId] : [],
        InstanceWiped wiped => [wiped.TaskId],
        RootChanged { Delta.RemovedApps: { IsEmpty: false } removed }
            => removed.SelectMany(id => before.Resting.GetValueOrDefault(id, [])).Select(static instance => instance.TaskId),
        _ => [],
    };
}
