using System.Globalization;
using System.Text.Json;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>
/// <c>/state</c> as an agent of Mesos 1.0 tells it (src/slave/http.cpp): the fields by which user interfaces and log tools find a task's
/// sandbox, and what a person would look for.
/// </summary>
internal static class AgentState
{
    // The agent whose ways these are.
    private const string Version = "1.0.4";
    private const string Role = "*";

    public static byte[] Write(LocalAgent agent) => JsonText.Write(json =>
    {
        json.WriteString("id", agent.Facts.AgentId);
        json.WriteString("pid", agent.Identity.Pid);
        json.WriteString("hostname", agent.Facts.Hostname);
        json.WriteString("version", Version);
        json.WriteNumber("start_time", Seconds(agent.Started));
        WriteResources(json, "resources", agent.Facts.Resources);
        json.Put("attributes", agent.Facts.Attributes);
        json.WriteStartObject("flags");
        json.WriteString("work_dir", agent.WorkDirectory);
        json.WriteString("hostname", agent.Facts.Hostname);
        json.WriteString("port", agent.Identity.Port.ToString(CultureInfo.InvariantCulture));
        json.WriteString("containerizers", "external");
        json.WriteEndObject();

        IGrouping<string, TaskRun>[] frameworks = [.. agent.Runs.All
            .OrderBy(static run => run.Record.Created)
            .GroupBy(static run => run.Record.FrameworkId)];
        json.WriteStartArray("frameworks");
        foreach (IGrouping<string, TaskRun> framework in frameworks)
        {
            WriteFramework(json, agent, framework.Key, framework);
        }

        json.WriteEndArray();
        json.WriteStartArray("completed_frameworks");
        json.WriteEndArray();
    });

    public static byte[] WriteVersion() => JsonText.Write(static json => json.WriteString("version", Version));

    private static void WriteFramework(Utf8JsonWriter json, LocalAgent agent, string id, IEnumerable<TaskRun> runs)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("name", Framework.Name);
        json.WriteString("user", "root");
        json.WriteString("role", Role);
        json.WriteBoolean("checkpoint", true);
        foreach ((string name, bool ended) in (IEnumerable<(string, bool)>)[("executors", false), ("completed_executors", true)])
        {
            json.WriteStartArray(name);
            foreach (TaskRun run in runs.Where(run => run.Record.Ended is not null == ended))
            {
                WriteExecutor(json, agent, run.Record, run.Launch, ended);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteExecutor(Utf8JsonWriter json, LocalAgent agent, RunRecord run, Launch? launch, bool ended)
    {
        json.WriteStartObject();
        json.WriteString("id", run.ExecutorId);
        json.WriteString("name", launch?.Executor?.Name ?? "");
        json.WriteString("source", run.TaskId);
        json.WriteString("container", run.ContainerId);
        json.WriteString("directory", run.Directory);
        WriteResources(json, "resources", launch?.Executor?.Resources ?? Resources.None);
        (string Name, bool IsHere)[] lists = [("tasks", !ended), ("queued_tasks", false), ("completed_tasks", ended)];
        foreach ((string name, bool here) in lists)
        {
            json.WriteStartArray(name);
            if (here)
            {
                WriteTask(json, agent, run, launch?.Task);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteTask(Utf8JsonWriter json, LocalAgent agent, RunRecord run, TaskInfo? task)
    {
        json.WriteStartObject();
        json.WriteString("id", run.TaskId);
        json.WriteString("name", task?.Name ?? "");
        json.WriteString("framework_id", run.FrameworkId);
        json.WriteString("executor_id", run.ExecutorId == run.TaskId ? "" : run.ExecutorId);
        json.WriteString("slave_id", agent.Facts.AgentId);
        json.WriteString("state", NameOf(run.Last?.State ?? TaskState.Staging));
        WriteResources(json, "resources", task?.Resources ?? Resources.None);
        json.PutList("labels", task?.Labels ?? [], static (label, one) =>
        {
            label.WriteString("key", one.Key);
            label.WriteString("value", one.Value);
        });
        json.PutList("statuses", run.Told, static (status, one) =>
        {
            status.WriteString("state", NameOf(one.State));
            status.WriteNumber("timestamp", Seconds(one.Timestamp));
            status.Put("healthy", one.Healthy);
        });
        json.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter json, string name, Resources resources)
    {
        json.WriteStartObject(name);
        json.WriteNumber("cpus", resources.Cpus ?? 0);
        json.WriteNumber("mem", resources.Memory ?? 0);
        json.WriteNumber("disk", resources.Disk ?? 0);
        json.WriteNumber("gpus", resources.Gpus ?? 0);
        if (resources.Ports.Count > 0)
        {
            json.WriteString("ports", $"[{string.Join(", ", resources.Ports.Select(Range))}]");
        }

        json.WriteEndObject();
    }

    // Mesos writes both ends of a single port, too.
    private static string Range(PortRange range) => string.Create(CultureInfo.InvariantCulture, $"{range.Begin}-{range.End}");

    private static string NameOf(TaskState state) => $"TASK_{state.ToString().ToUpperInvariant()}";

    private static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;
}
