using System.Text.Json;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What <c>embed=apps.taskStats</c> tells: tasks by age, each group of them counted and how long its tasks have lived.</summary>
internal static class TaskStats
{
    public static JsonElement Of(App app, IReadOnlyCollection<Instance> instances, DateTimeOffset now)
    {
        DateTimeOffset? scaled = Moments.Read(app.VersionInfo?.LastScalingAt);
        DateTimeOffset? configured = Moments.Read(app.VersionInfo?.LastConfigChangeAt);
        byte[] json = JsonText.Write(writer =>
        {
            Write(writer, "startedAfterLastScaling", [.. instances.Where(instance => instance.StagedAt > scaled)], now);
            Write(writer, "withLatestConfig", [.. instances.Where(instance => Moments.Read(instance.App.Version) >= configured)], now);
            Write(writer, "withOutdatedConfig", [.. instances.Where(instance => Moments.Read(instance.App.Version) < configured)], now);
            Write(writer, "totalSummary", instances, now);
        });
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyCollection<Instance> instances, DateTimeOffset now)
    {
        if (instances.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteStartObject("stats");
        TaskCounts counts = TaskCounts.Of(instances);
        json.WriteStartObject("counts");
        json.WriteNumber("staged", counts.Staged);
        json.WriteNumber("running", counts.Running);
        json.WriteNumber("healthy", counts.Healthy);
        json.WriteNumber("unhealthy", counts.Unhealthy);
        json.WriteEndObject();

        double[] ages = [.. instances
            .Select(static instance => instance.StartedAt)
            .OfType<DateTimeOffset>()
            .Select(at => (now - at).TotalSeconds)
            .Order()];
        if (ages.Length > 0)
        {
            json.WriteStartObject("lifeTime");
            json.WriteNumber("averageSeconds", ages.Average());
            json.WriteNumber("medianSeconds", (ages[(ages.Length - 1) / 2] + ages[ages.Length / 2]) / 2);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
