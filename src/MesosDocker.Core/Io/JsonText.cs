using System.Text.Encodings.Web;
using System.Text.Json;

namespace MesosDocker.Io;

/// <summary>JSON by hand: every record that is read has a <c>From</c>, every one that is written a <c>WriteTo</c>.</summary>
/// <remarks>
/// Not by <see cref="JsonSerializer"/>, though it can be generated: what it makes of the hundred types of the engine's API alone is a
/// seventh of the native executable, and its tables are memory in each process of each container, used or not.
/// </remarks>
internal static class JsonText
{
    /// <summary>For people, who are not served by <c>\u0027</c>: it goes to a terminal, and never into a page.</summary>
    public static JsonWriterOptions Readable { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
        try
        {
            return read(document.RootElement);
        }
        catch (InvalidOperationException e)
        {
            // Halves of surrogate pairs, of which no text can be made.
            throw new JsonException("There is text in it that is none.", e);
        }
    }

    /// <summary>An array of objects.</summary>
    public static Func<JsonElement, IReadOnlyList<T>> ListOf<T>(Func<JsonElement, T> read)
        => json => json.ValueKind == JsonValueKind.Array
            ? [.. json.EnumerateArray().Select(read)]
            : throw new JsonException("An array was expected.");
}
