using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>What an agent's <c>/state</c> tells about sandboxes.</summary>
internal static class AgentState
{
    private static readonly string[] s_frameworks = ["frameworks", "completed_frameworks"];
    private static readonly string[] s_executors = ["executors", "completed_executors"];
    private static readonly string[] s_tasks = ["tasks", "queued_tasks", "completed_tasks"];

    /// <returns>Null: the agent knows no such task, or has forgotten it.</returns>
    public static string? SandboxOf(JsonElement state, string taskId)
        => Lists(state, s_frameworks).SelectMany(static framework => Lists(framework, s_executors))
            .Select(executor => Sandbox(executor, taskId))
            .FirstOrDefault(static directory => directory is not null);

    /// <summary>The address of an agent, out of the <c>pid</c> (<c>slave(1)@10.0.0.1:5051</c>) in a master's <c>/slaves</c>.</summary>
    public static Uri? AddressOf(JsonElement slaves, string agentId)
    {
        JsonElement agent = Lists(slaves, ["slaves"]).FirstOrDefault(one => Text(one, "id") == agentId);
        return Text(agent, "pid")?.Split('@') is [_, var address] && Uri.TryCreate($"http://{address}", UriKind.Absolute, out Uri? found)
            ? found
            : null;
    }

    private static string? Sandbox(JsonElement executor, string taskId)
    {
        if (Text(executor, "directory") is not { } directory)
        {
            return null;
        }

        if (Text(executor, "id") == taskId)
        {
            return directory;
        }

        // The default executor of Mesos gives each task of a group a folder of its own.
        return !Lists(executor, s_tasks).Any(task => Text(task, "id") == taskId) ? null
            : Text(executor, "type") == "DEFAULT" ? $"{directory}/tasks/{taskId}"
            : directory;
    }

    private static IEnumerable<JsonElement> Lists(JsonElement json, string[] names)
        => json.ValueKind != JsonValueKind.Object ? []
            : names.Select(name => json.TryGetProperty(name, out JsonElement list) ? list : default)
                .Where(static list => list.ValueKind == JsonValueKind.Array)
                .SelectMany(static list => list.EnumerateArray());

    private static string? Text(JsonElement json, string name)
        => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement field)
            && field.ValueKind == JsonValueKind.String
            ? field.GetString()
            : null;
}
