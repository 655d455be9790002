using System.Text.Json;
using System.Text.Json.Nodes;

namespace MesosDocker.Marathon;

internal sealed class ListShape(Shape item) : Shape
{
    public int MinItems { get; init; }

    public int MaxItems { get; init; } = int.MaxValue;

    /// <summary>No value twice. Marathon makes a set of them, so that what is there twice is there once.</summary>
    public bool IsSet { get; init; }

    public override string Description => "a list";

    public override Shape Item => item;

    public override void Check(JsonElement json, Place place, Findings findings)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            WrongType(json, place, findings);
            return;
        }

        int count = json.GetArrayLength();
        findings.ErrorIf(count < MinItems, place, MinItems == 1 ? "must not be empty." : $"must have at least {MinItems} elements, and has {count}.");
        findings.ErrorIf(count > MaxItems, place, $"must have at most {MaxItems} elements, and has {count}.");

        int index = 0;
        HashSet<string> seen = [];
        foreach (JsonElement element in json.EnumerateArray())
        {
            item.Check(element, place[index], findings);
            findings.WarningIf(IsSet && !seen.Add(element.GetRawText()), place[index], "is there twice.");
            index++;
        }
    }

    public override JsonNode? Plain(JsonNode? json)
    {
        if (json is not JsonArray list)
        {
            return base.Plain(json);
        }

        IEnumerable<JsonNode?> plain = list.Select(item.Plain);
        return new JsonArray([.. IsSet ? plain.OrderBy(static node => node?.ToJsonString() ?? "", StringComparer.Ordinal) : plain]);
    }
}
