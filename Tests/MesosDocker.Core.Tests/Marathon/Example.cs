using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon;

internal enum ExampleKind
{
    App,
    Change,
    Group,
    Pod,
}

/// <summary>A definition found in a document.</summary>
internal sealed record Example(string File, int Line, ExampleKind Kind, JsonElement Json)
{
    private static readonly JsonDocumentOptions s_lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly string[] s_fieldsOfApps =
    [
        "cmd", "args", "container", "instances", "healthChecks", "readinessChecks", "portDefinitions", "constraints", "unreachableStrategy",
        "killSelection", "upgradeStrategy", "fetch", "check", "ipAddress", "labels", "resourceLimits", "secrets", "acceptedResourceRoles",
    ];

    public override string ToString() => $"{File}:{Line} ({Kind})";

    /// <summary>The definitions in a value: itself, its elements, or what queues, lists and events carry.</summary>
    public static IEnumerable<Example> In(JsonElement json, string file, int line)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            return json.EnumerateArray().SelectMany(item => In(item, file, line));
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        return Wrapped(json) is { } app ? [new Example(file, line, ExampleKind.Change, app)]
            : KindOf(json) is { } kind ? [new Example(file, line, kind, json)]
            : json.EnumerateObject()
                .Where(static field => field.Name is "apps" or "queue" or "app" or "appDefinition" && field.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                .SelectMany(field => In(field.Value, file, line));
    }

    public JsonElement Again()
    {
        return Definitions.Json(Encoding.UTF8.GetString(Kind switch
        {
            ExampleKind.Pod => Pod.FromJson(Json).ToJson(),
            ExampleKind.Group => Group.FromJson(Json).ToJson(),
            _ => App.FromJson(Json).ToJson(),
        }));
    }

    public IReadOnlyList<Finding> Judge() => Kind switch
    {
        ExampleKind.Pod => Pod.Judge(Json, settings: null),
        ExampleKind.Group => Group.Judge(Json, settings: null),
        ExampleKind.App => App.Judge(Json, settings: null),
        _ => App.JudgeChange(Json),
    };

    // A part of an app that is shown by itself.
    private static JsonElement? Wrapped(JsonElement json)
    {
        bool Has(string name) => json.TryGetProperty(name, out _);
        string? before = Has("id") || Has("eventType") ? null
            : Has("containerPath") ? "{\"container\":{\"type\":\"MESOS\",\"volumes\":["
            : Has("protocol") && (Has("gracePeriodSeconds") || Has("command")) ? "{\"healthChecks\":["
            : Has("docker") && !Has("container") ? "{\"container\":"
            : null;
        return before is null ? null : Definitions.Json(before + JsonNode.Parse(json.GetRawText(), null, s_lenient)!.ToJsonString() + Closing(before));
    }

    private static string Closing(string opening)
        => string.Concat(opening.Reverse().Select(static c => c switch
        {
            '{' => "}",
            '[' => "]",
            _ => "",
        }));

    private static ExampleKind? KindOf(JsonElement json)
    {
        bool Has(string name) => json.TryGetProperty(name, out _);

        return Has("eventType") ? null
            : Has("containers") ? Has("id") ? ExampleKind.Pod : null
            : Has("groups") || Has("scaleBy") || (Has("apps") && Has("id")) ? ExampleKind.Group
            : !s_fieldsOfApps.Any(Has) ? null
            : Has("id") && (Has("cmd") || Has("args") || Has("container")) ? ExampleKind.App
            : ExampleKind.Change;
    }
}
