using System.Text.Json;

namespace MesosDocker.Io;

/// <summary>JSON read into nodes that know their places, and nodes written as JSON.</summary>
internal static class JsonDocuments
{
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static SourceNode Read(ReadOnlySpan<byte> utf8, string source)
    {
        try
        {
            return new JsonSourceReader(utf8, source).Read();
        }
        catch (JsonException e)
        {
            var mark = new Mark(source, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            throw new MesosDockerException(Fault.DefinitionInvalid, $"{mark}: what stands here is no JSON.", e);
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
}
