using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>The elements of an array in an object, one by one, so that a list of thousands is never there as a whole.</summary>
internal static class JsonArrayWalk
{
    /// <returns>The text of each element.</returns>
    /// <exception cref="JsonException">It is no JSON, no object, or has no such array.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Elements(ReadOnlyMemory<byte> json, string field)
    {
        (int at, JsonReaderState state) = Enter(json, field);
        while (Next(json, ref at, ref state) is { } element)
        {
            yield return element;
        }
    }

    private static (int At, JsonReaderState State) Enter(ReadOnlyMemory<byte> json, string field)
    {
        var reader = new Utf8JsonReader(json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An object was expected.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = reader.ValueTextEquals(field);
            reader.Read();
            if (isIt)
            {
                return reader.TokenType == JsonTokenType.StartArray
                    ? ((int)reader.BytesConsumed, reader.CurrentState)
                    : throw new JsonException($"'{field}' is no array.");
            }

            reader.Skip();
        }

        throw new JsonException($"There is no '{field}'.");
    }

    private static ReadOnlyMemory<byte>? Next(ReadOnlyMemory<byte> json, ref int at, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(json.Span[at..], isFinalBlock: true, state);
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return null;
        }

        int start = at + (int)reader.TokenStartIndex;
        reader.Skip();
        at += (int)reader.BytesConsumed;
        state = reader.CurrentState;
        return json[start..at];
    }
}
