using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MesosDocker.Compose;
using MesosDocker.Io;

namespace MesosDocker.Integration.Tests.Compose;

/// <summary>Everything typed of a project, as a text.</summary>
internal static class TypedProject
{
    private static readonly string[] s_sets =
    [
        nameof(ComposeAttachment.Aliases), nameof(ComposeAttachment.LinkLocalIps), nameof(ComposeBuild.CacheFrom), nameof(ComposeService.CapabilitiesAdded),
        nameof(ComposeService.CapabilitiesDropped), nameof(ComposeService.Configs), nameof(ComposeDeploy.Constraints), nameof(ComposeService.Devices),
        nameof(ComposeService.Expose), nameof(ComposeService.ExternalLinks), nameof(ComposeService.ExtraHosts), nameof(ComposeService.Links), nameof(ComposeService.Ports),
        nameof(ComposeService.Profiles), nameof(ComposeService.Secrets), nameof(ComposeService.SecurityOptions), nameof(ComposeService.Volumes), nameof(ComposeService.VolumesFrom),
    ];

    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutSources } },
    };

    public static string Of(ComposeProject project) => Sorted(JsonSerializer.SerializeToNode(
        new { project.Services, project.Networks, project.Volumes, project.Secrets, project.Configs }, s_options), "")!.ToJsonString(s_options);

    // Where something was written is another place in another file.
    private static void LeaveOutSources(JsonTypeInfo type)
    {
        for (int i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].PropertyType == typeof(SourceMap))
            {
                type.Properties.RemoveAt(i);
            }
        }
    }

    private static JsonNode? Sorted(JsonNode? node, string name) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => KeyValuePair.Create(field.Key, Sorted(field.Value, field.Key)))),
        JsonArray list when s_sets.Contains(name) => new JsonArray([.. list.Select(static item => Sorted(item, "")).OrderBy(static item => item!.ToJsonString(), StringComparer.Ordinal)]),
        JsonArray list => new JsonArray([.. list.Select(static item => Sorted(item, ""))]),
        _ => node?.DeepClone(),
    };
}
