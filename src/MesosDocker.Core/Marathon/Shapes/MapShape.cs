using System.Text.Json;
using System.Text.Json.Nodes;

namespace MesosDocker.Marathon;

/// <summary>An object whose fields have any names and one shape.</summary>
internal sealed class MapShape(Shape value) : Shape
{
    public TextShape? Key { get; init; }

    public override string Description => "an object";

    public override Shape Inside(string field) => value;

    public override void Check(JsonElement json, Place place, Findings findings)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            WrongType(json, place, findings);
            return;
        }

        foreach (JsonProperty entry in json.EnumerateObject())
        {
            if (Key?.Judge(entry.Name) is { } wrong)
            {
                findings.Error(place[entry.Name], "is a name that " + wrong);
            }

            value.Check(entry.Value, place[entry.Name], findings);
        }
    }

    public override JsonNode? Plain(JsonNode? json)
    {
        if (json is not JsonObject map)
        {
            return base.Plain(json);
        }

        var plain = new JsonObject();
        foreach ((string name, JsonNode? entry) in map)
        {
            plain[name] = value.Plain(entry);
        }

        return plain;
    }
}
