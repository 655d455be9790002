using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary><c>/v2/apps/{id}/tasks</c>.</summary>
internal sealed class AppTasksResource(Parts parts)
{
    public Task<Answer> ListAsync(ApiRequest request, string id)
    {
        StateView view = parts.View();
        App[] apps = [.. Apps(view.State, id)];
        return Task.FromResult(request.WantsText
            ? new Answer(200) { Text = TaskLines.Of(apps, view.InstancesOf, parts.Agent.Hostname) }
            : Answer.List("tasks", apps.SelectMany(app => view.WithResting(app.Id!)).Select(view.Task), MarathonJson.Default.AppTask));
    }

    public Task<Answer> KillAllAsync(ApiRequest request, string id)
    {
        string? host = request.Query("host");
        bool isHere = host is null or "*" || host == parts.Agent.Hostname;
        return KillAsync(request, id, _ => isHere, static tasks => Answer.List("tasks", tasks, MarathonJson.Default.AppTask));
    }

    public Task<Answer> KillOneAsync(ApiRequest request, string id, string taskId)
        => KillAsync(request, id, instance => IsCalled(instance, taskId), tasks => tasks is [var task, ..]
            ? Answer.Of(new TaskEnvelope { Task = task }, MarathonJson.Default.TaskEnvelope)
            : throw Refusals.NoTask(taskId));

    /// <summary>By the task's id, or by its instance's: a task that was started again has another number.</summary>
    public static bool IsCalled(Instance instance, string id)
        => instance.TaskId == id || instance.InstanceId == TaskId.InstanceOf(id);

    private async Task<Answer> KillAsync(ApiRequest request, string id, Func<Instance, bool> which, Func<IReadOnlyList<AppTask>, Answer> tell)
    {
        StateView view = parts.View();
        if (RootGroup.FindApp(view.State.Root, id) is null)
        {
            throw Refusals.NoApp(id);
        }

        Instance[] killed = [.. view.WithResting(id).Where(which)];
        KillOptions options = KillOptions.Of(request);
        (IReadOnlyList<Instance> dead, DeploymentResult? deployment) = await options.KillAsync(parts.Cluster, killed, request.Aborted);
        return deployment is null ? tell([.. dead.Select(view.Task)]) : Answer.Deployment(deployment);
    }

    private static IEnumerable<App> Apps(ClusterState state, string id) => Everything.Below(id) is { } group
        ? RootGroup.AppsOf(RootGroup.Find(state.Root, group) ?? throw Refusals.NoGroup(group))
        : [RootGroup.FindApp(state.Root, id) ?? throw Refusals.NoApp(id)];
}
