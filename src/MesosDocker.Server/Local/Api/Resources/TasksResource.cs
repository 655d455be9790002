using System.Text.Json;
using MesosDocker.Marathon;
using Microsoft.AspNetCore.Http;

namespace MesosDocker.Local;

/// <summary><c>/v2/tasks</c>.</summary>
internal sealed class TasksResource(Parts parts)
{
    public Task<Answer> ListAsync(ApiRequest request)
    {
        StateView view = parts.View();
        if (request.WantsText)
        {
            string lines = TaskLines.Of(RootGroup.AppsOf(view.State.Root), view.InstancesOf, parts.Agent.Hostname);
            return Task.FromResult(new Answer(200) { Text = lines });
        }

        InstanceCondition[] wanted = [.. request.All("status").Concat(request.All("status[]")).Select(Condition).OfType<InstanceCondition>()];
        return Task.FromResult(Answer.List(
            "tasks",
            view.WithResting().Where(instance => wanted.Length == 0 || wanted.Contains(instance.Condition)).Select(view.Task),
            MarathonJson.Default.AppTask));
    }

    public async Task<Answer> KillAsync(ApiRequest request)
    {
        KillOptions options = KillOptions.Of(request);
        using JsonDocument json = await request.ReadJsonAsync();
        string[] ids = Ids(json.RootElement);
        StateView view = parts.View();
        Instance[] found = [.. view.WithResting().Where(instance => ids.Any(id => AppTasksResource.IsCalled(instance, id)))];
        (IReadOnlyList<Instance> killed, DeploymentResult? deployment) = await options.KillAsync(parts.Cluster, found, request.Aborted);
        return deployment is null ? Answer.List("tasks", killed.Select(view.Task), MarathonJson.Default.AppTask) : Answer.Deployment(deployment);
    }

    private static InstanceCondition? Condition(string status) => status.ToUpperInvariant() switch
    {
        "RUNNING" => InstanceCondition.Running,
        "STAGING" => InstanceCondition.Staging,
        _ => null,
    };

    private static string[] Ids(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("ids", out JsonElement list) || list.ValueKind != JsonValueKind.Array
            || list.EnumerateArray().Any(static id => id.ValueKind != JsonValueKind.String))
        {
            throw Definitions.Unreadable("/ids", "must be a list of task ids.");
        }

        string[] ids = [.. list.EnumerateArray().Select(static id => id.GetString()!)];
        return ids.FirstOrDefault(static id => !id.Contains('.')) is { } wrong
            ? throw new BadHttpRequestException($"Invalid task id '{wrong}'.", StatusCodes.Status400BadRequest)
            : ids;
    }
}
