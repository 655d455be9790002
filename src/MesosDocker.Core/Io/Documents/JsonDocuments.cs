using System.Text;
using System.Text.Json;

namespace MesosDocker.Io;

/// <summary>JSON read into nodes that know their places, and nodes written as JSON.</summary>
internal static class JsonDocuments
{
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static SourceNode Read(ReadOnlySpan<byte> utf8, string source)
    {
        var place = new Position(source);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = DocumentLimits.MaxDepth });
        try
        {
            reader.Read();
            SourceNode node = ReadValue(ref reader, utf8, ref place);
            reader.Read();
            return node;
        }
        catch (JsonException e)
        {
            var mark = new Mark(source, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            string why = reader.CurrentDepth >= DocumentLimits.MaxDepth ? $"nested deeper than {DocumentLimits.MaxDepth} levels" : "no JSON";
            throw new MesosDockerException(Fault.DefinitionInvalid, $"{mark}: what stands here is {why}.", e);
        }
    }

    /// <summary>The node as a value of its own.</summary>
    public static JsonElement ToJson(SourceNode node)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            Write(json, node);
        }

        using var document = JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        return document.RootElement.Clone();
    }

    private static SourceNode ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref Position place)
    {
        Mark mark = place.At(utf8, reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadMap(ref reader, utf8, ref place, mark),
            JsonTokenType.StartArray => ReadList(ref reader, utf8, ref place, mark),
            JsonTokenType.String => new SourceScalar(mark, ScalarKind.Text, Text(ref reader, mark)),
            JsonTokenType.Number => new SourceScalar(mark, ScalarKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
            JsonTokenType.True => new SourceScalar(mark, ScalarKind.Boolean, "true"),
            JsonTokenType.False => new SourceScalar(mark, ScalarKind.Boolean, "false"),
            _ => new SourceScalar(mark, ScalarKind.Null, "null"),
        };
    }

    private static SourceMap ReadMap(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref Position place, Mark mark)
    {
        List<SourceField> fields = [];
        HashSet<string> seen = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            Mark at = place.At(utf8, reader.TokenStartIndex);
            string name = Text(ref reader, at);
            if (!seen.Add(name))
            {
                throw new MesosDockerException(Fault.DefinitionInvalid, $"{at}: '{Printable.Of(name, 80)}' is said twice in the same object.");
            }

            reader.Read();
            fields.Add(new SourceField(name, at, ReadValue(ref reader, utf8, ref place)));
        }

        return new SourceMap(mark, fields);
    }

    private static SourceList ReadList(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref Position place, Mark mark)
    {
        List<SourceNode> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, utf8, ref place));
        }

        return new SourceList(mark, items);
    }

    private static string Text(ref Utf8JsonReader reader, Mark mark)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"{mark}: the text has bytes or escapes that are no characters.", e);
        }
    }

    private static void Write(Utf8JsonWriter json, SourceNode node)
    {
        switch (node)
        {
            case SourceMap map:
                json.WriteStartObject();
                foreach (SourceField field in map.Fields)
                {
                    json.WritePropertyName(field.Name);
                    Write(json, field.Value);
                }

                json.WriteEndObject();
                break;

            case SourceList list:
                json.WriteStartArray();
                foreach (SourceNode item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;

            case SourceScalar { Kind: ScalarKind.Text } text:
                json.WriteStringValue(text.Value);
                break;

            case SourceScalar scalar:
                json.WriteRawValue(scalar.Value);
                break;
        }
    }

    /// <summary>Counts lines and characters as it is asked for places further and further on.</summary>
    private struct Position(string source)
    {
        private int _offset;
        private int _line = 1;
        private int _column = 1;

        public Mark At(ReadOnlySpan<byte> utf8, long offset)
        {
            for (; _offset < offset; _offset++)
            {
                byte unit = utf8[_offset];
                if (unit == (byte)'\n')
                {
                    _line++;
                    _column = 1;
                }
                else if ((unit & 0xC0) != 0x80)
                {
                    // The first byte of a character.
                    _column++;
                }
            }

            return new Mark(source, _line, _column);
        }
    }
}
