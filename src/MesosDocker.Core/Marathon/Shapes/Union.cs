using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>A value that may be of one of two types; which one it is shows at its first character.</summary>
internal sealed class Union(JsonValueKind kind, Shape first, Shape otherwise) : Shape
{
    public override string Description => $"{first.Description} or {otherwise.Description}";

    public override Shape? Inside(string field) => first.Inside(field) ?? otherwise.Inside(field);

    public override bool Takes(ScalarKind scalar) => first.Takes(scalar) || otherwise.Takes(scalar);

    public override void Check(JsonElement json, Place place, Findings findings)
    {
        if (json.ValueKind == kind)
        {
            first.Check(json, place, findings);
        }
        else if (json.ValueKind is JsonValueKind.Null || (otherwise is ObjectShape && json.ValueKind != JsonValueKind.Object))
        {
            WrongType(json, place, findings);
        }
        else
        {
            otherwise.Check(json, place, findings);
        }
    }

    public override JsonNode? Plain(JsonNode? json)
        => json is not null && json.GetValueKind() == kind ? first.Plain(json) : otherwise.Plain(json);
}
