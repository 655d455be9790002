using System.Text.Json;

namespace MesosDocker.Local;

/// <summary>What <c>/metrics</c> tells, in the form and under the names of Marathon 1.7 and later.</summary>
internal static class Metrics
{
    public static void Write(Utf8JsonWriter json, Parts parts, DateTimeOffset start, DateTimeOffset now)
    {
        ClusterState state = parts.Cluster.State;
        TaskCounts tasks = TaskCounts.Of(state.Instances.Values);
        json.WriteStartObject();
        json.WriteString("version", "4.0.0");
        json.WriteString("start", Moments.Text(start));
        json.WriteString("end", Moments.Text(now));
        WriteAll(json, "counters", "count",
        [
            ("marathon.http.requests.counter", parts.Counts.All),
            ("marathon.http.responses.2xx.counter", parts.Counts.Of(2)),
            ("marathon.http.responses.4xx.counter", parts.Counts.Of(4)),
            ("marathon.http.responses.5xx.counter", parts.Counts.Of(5)),
        ]);
        WriteAll(json, "gauges", "value",
        [
            ("marathon.apps.active.gauge", RootGroup.AppsOf(state.Root).Count()),
            ("marathon.groups.active.gauge", RootGroup.GroupsOf(state.Root).Count()),
            ("marathon.deployments.active.gauge", state.Deployments.Count),
            ("marathon.instances.staged.gauge", tasks.Staged),
            ("marathon.instances.running.gauge", tasks.Running),
            ("marathon.instances.healthy.gauge", tasks.Healthy),
            ("marathon.instances.unhealthy.gauge", tasks.Unhealthy),
            ("marathon.http.event-streams.active.gauge", parts.Events.Count),
            ("marathon.uptime.gauge.seconds", (long)(now - start).TotalSeconds),
            ("marathon.jvm.memory.total.used.gauge.bytes", GC.GetTotalMemory(forceFullCollection: false)),
        ]);
        foreach (string kind in (ReadOnlySpan<string>)["histograms", "meters", "timers"])
        {
            json.WriteStartObject(kind);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, string kind, string field, ReadOnlySpan<(string Name, long Value)> metrics)
    {
        json.WriteStartObject(kind);
        foreach ((string name, long value) in metrics)
        {
            json.WriteStartObject(name);
            json.WriteNumber(field, value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
