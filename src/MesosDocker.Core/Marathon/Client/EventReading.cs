using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>Events out of their text.</summary>
internal static class EventReading
{
    /// <returns>Null: what was sent is no event.</returns>
    public static MarathonEvent? Of(RawEvent raw)
    {
        try
        {
            return JsonText.Read(
                raw.Data, json => json.ValueKind == JsonValueKind.Object && WholeText.Is(json) ? Named(Of(json), raw.Type) : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A version that writes a field in another way than is known still says that something happened.
    private static MarathonEvent Of(JsonElement json)
    {
        try
        {
            return json.Deserialize(MarathonJson.Default.MarathonEvent)!;
        }
        catch (JsonException)
        {
            return new MarathonEvent
            {
                EventType = Text(json, "eventType"),
                Timestamp = Text(json, "timestamp"),
                Other = json.EnumerateObject()
                    .Where(static field => field.Name is not ("eventType" or "timestamp") || field.Value.ValueKind != JsonValueKind.String)
                    .GroupBy(static field => field.Name)
                    .ToDictionary(static fields => fields.Key, static fields => fields.Last().Value.Clone()),
            };
        }
    }

    private static MarathonEvent Named(MarathonEvent read, string? type) => read.EventType is null ? read with { EventType = type } : read;

    private static string? Text(JsonElement json, string name)
        => json.TryGetProperty(name, out JsonElement field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;
}
