using System.Text.Json;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>One moment of the cluster as answers tell it. What belongs to an app is looked up, not searched for.</summary>
internal sealed class StateView(ClusterState state, AgentFacts agent, DateTimeOffset now)
{
    private readonly ILookup<string, Instance> _instances = state.Instances.Values
        .OrderBy(static instance => (instance.StagedAt, instance.TaskId))
        .ToLookup(static instance => instance.AppId);

    private readonly ILookup<string, string> _deployments = state.Deployments
        .SelectMany(static deployment => deployment.AffectedApps.Select(app => (App: app, deployment.Id)))
        .ToLookup(static pair => pair.App, static pair => pair.Id);

    public ClusterState State => state;

    public IEnumerable<Instance> Instances => _instances.SelectMany(static instances => instances);

    public App App(App app, Embeds embeds)
    {
        Instance[] instances = [.. _instances[app.Id!]];
        TaskCounts counts = TaskCounts.Of(instances);
        return ToldApp.Of(app) with
        {
            TasksStaged = embeds.Counts ? counts.Staged : null,
            TasksRunning = embeds.Counts ? counts.Running : null,
            TasksHealthy = embeds.Counts ? counts.Healthy : null,
            TasksUnhealthy = embeds.Counts ? counts.Unhealthy : null,
            Deployments = embeds.Deployments ? [.. _deployments[app.Id!].Select(static id => new Identified { Id = id })] : null,
            ReadinessCheckResults = embeds.Readiness ? [.. instances.Select(static instance => instance.Readiness).OfType<ReadinessResult>()] : null,
            Tasks = embeds.Tasks ? [.. instances.Select(Task)] : null,
            LastTaskFailure = embeds.LastTaskFailure ? state.LastFailures.GetValueOrDefault(app.Id!) : null,
            Other = embeds.TaskStats ? new Dictionary<string, JsonElement> { ["taskStats"] = TaskStats.Of(app, instances, now) } : null,
        };
    }

    public AppTask Task(Instance instance) => TaskView.Of(instance, agent, TaskView.ServicePorts(instance.App));

    /// <summary>The oldest first.</summary>
    public IEnumerable<Instance> InstancesOf(string appId) => _instances[appId];

    /// <summary>Lists of tasks name the last ones of instances at rest, too, so that their volumes can be found and wiped.</summary>
    public IEnumerable<Instance> WithResting(string appId) => InstancesOf(appId).Concat(state.Resting.GetValueOrDefault(appId, []));

    /// <inheritdoc cref="WithResting(string)"/>
    public IEnumerable<Instance> WithResting() => Instances.Concat(state.Resting.Values.SelectMany(static resting => resting));

    public Group Group(Group group, Embeds embeds) => new()
    {
        Id = group.Id,
        Apps = embeds.Apps ? [.. (group.Apps ?? []).Select(app => App(app, embeds))] : null,
        Pods = embeds.Pods ? [] : null,
        Groups = embeds.Groups ? [.. (group.Groups ?? []).Select(inner => Group(inner, embeds))] : null,
        Dependencies = group.Dependencies ?? [],
        EnforceRole = group.EnforceRole ?? false,
        Version = group.Version,
    };
}
