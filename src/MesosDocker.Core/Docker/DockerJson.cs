using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>
/// JSON as the engine speaks it, by hand: every record that is read has a <c>From</c>, every one that is written a
/// <c>WriteTo</c>.
/// </summary>
/// <remarks>
/// Not by <see cref="JsonSerializer"/>, though it can be generated: what it makes of the hundred types in here is a seventh of
/// the native executable, and its tables are memory in each process of each container, used or not.
/// </remarks>
internal static class DockerJson
{
    public static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <exception cref="JsonException">It is no JSON, or says something else than <paramref name="read"/> needs.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> read)
    {
        using var document = JsonDocument.Parse(json);
        return read(document.RootElement);
    }

    /// <summary>An array of objects.</summary>
    public static Func<JsonElement, IReadOnlyList<T>> ListOf<T>(Func<JsonElement, T> read)
        => json => json.ValueKind == JsonValueKind.Array
            ? [.. json.EnumerateArray().Select(read)]
            : throw new JsonException("An array was expected.");
}
