using System.Text.Json.Nodes;
using MesosDocker.Adapters.Yaml;
using MesosDocker.Compose;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.Pods;

namespace MesosDocker.Core.Tests.Pods;

/// <summary>Plans of texts.</summary>
internal static class Plans
{
    public const string Directory = "/sandbox";

    public static PodTask Task(params int[] ports) => new()
    {
        TaskId = "shop_web.instance-1",
        Name = "web.shop",
        ExecutorId = "marathon-shop_web.instance-1",
        FrameworkId = "F",
        RunId = "r1",
        Sandbox = Directory,
        Ports = ports,
        Labels = [new Label("team", "blue"), new Label("fileName", "docker-compose.yml")],
    };

    public static ComposeProject Project(string yaml) => new ComposeReader(new YamlText(), ComposeFilesInMemory.None).Read(new ComposeRequest
    {
        Files = [new DocumentText($"{Directory}/docker-compose.yml", yaml)],
        Directory = Directory,
        ProjectName = Task().Pod,
    });

    public static PodPlan Of(string yaml, params int[] ports) => Of(yaml, Task(ports));

    public static PodPlan Of(string yaml, PodTask task, PodSettings? settings = null, string? cgroupParent = null, bool boundLogs = false)
        => PodPlan.Create(new PodPlanInput
        {
            Project = Project(yaml),
            Task = task,
            Settings = settings ?? new PodSettings(),
            CgroupParent = cgroupParent,
            BoundLogs = boundLogs,
        });

    /// <summary>As compose is given it.</summary>
    public static JsonNode File(PodPlan plan) => JsonNode.Parse(ComposeFileWriter.Json(plan.Document))!;

    /// <summary>A value of the file, <c>services/web/ports</c>, as JSON; <c>(none)</c>: there is none.</summary>
    public static string Value(PodPlan plan, string path)
    {
        JsonNode? node = File(plan);
        foreach (string part in path.Split('/'))
        {
            node = node is JsonObject map && map.TryGetPropertyValue(part, out JsonNode? inner) ? inner : null;
        }

        return node?.ToJsonString() ?? "(none)";
    }

    public static string Ports(PodPlan plan, string service = "web")
        => string.Join(' ', ((JsonArray?)File(plan)["services"]![service]!["ports"] ?? []).Select(static port => (string)port!));
}
