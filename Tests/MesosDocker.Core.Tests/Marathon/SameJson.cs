using System.Text.Json;

namespace MesosDocker.Core.Tests.Marathon;

/// <summary>Whether two documents say the same to Marathon: null is not said, and 1.0 is 1. The order of fields does not count, that of lists does.</summary>
internal static class SameJson
{
    /// <returns>Where they differ first; null if nowhere.</returns>
    public static string? Difference(JsonElement one, JsonElement other, string at = "")
    {
        if (one.ValueKind != other.ValueKind)
        {
            return $"{at}: {one.ValueKind} and {other.ValueKind}";
        }

        switch (one.ValueKind)
        {
            case JsonValueKind.Object:
                Dictionary<string, JsonElement> fields = Fields(one);
                Dictionary<string, JsonElement> others = Fields(other);
                return fields.Keys.Except(others.Keys).Concat(others.Keys.Except(fields.Keys)).FirstOrDefault() is { } lone
                    ? $"{at}/{lone}: in one only"
                    : fields.Select(field => Difference(field.Value, others[field.Key], $"{at}/{field.Key}")).FirstOrDefault(static d => d is not null);

            case JsonValueKind.Array:
                return one.GetArrayLength() != other.GetArrayLength()
                    ? $"{at}: {one.GetArrayLength()} and {other.GetArrayLength()} elements"
                    : one.EnumerateArray().Zip(other.EnumerateArray())
                        .Select((pair, i) => Difference(pair.First, pair.Second, $"{at}({i})"))
                        .FirstOrDefault(static d => d is not null);

            case JsonValueKind.Number:
                return one.GetDouble().Equals(other.GetDouble()) ? null : $"{at}: {one} and {other}";

            case JsonValueKind.String:
                return one.GetString() == other.GetString() ? null : $"{at}: {one} and {other}";

            default:
                return null;
        }
    }

    private static Dictionary<string, JsonElement> Fields(JsonElement json)
    {
        Dictionary<string, JsonElement> fields = [];
        foreach (JsonProperty field in json.EnumerateObject())
        {
            fields[field.Name] = field.Value;
        }

        return fields.Where(static field => field.Value.ValueKind != JsonValueKind.Null).ToDictionary();
    }
}
