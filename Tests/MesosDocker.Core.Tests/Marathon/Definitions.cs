using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon;

internal static class Definitions
{
    public const string App = """{"id":"/web","cmd":"sleep 1"}""";

    /// <summary>Fields laid over a definition; null takes one away.</summary>
    public static JsonElement With(string definition, string fields)
    {
        JsonObject whole = JsonNode.Parse(definition)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse("{" + fields + "}")!.AsObject())
        {
            whole.Remove(name);
            if (value is not null)
            {
                whole[name] = value.DeepClone();
            }
        }

        return JsonDocument.Parse(whole.ToJsonString()).RootElement;
    }

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    public static string[] Errors(IEnumerable<Finding> findings)
        => [.. findings.Where(static finding => finding.Severity == Severity.Error).Select(static finding => finding.ToString())];

    public static string[] Warnings(IEnumerable<Finding> findings)
        => [.. findings.Where(static finding => finding.Severity == Severity.Warning).Select(static finding => finding.ToString())];
}
