using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>Definitions as text.</summary>
internal static class ModelText
{
    public static T Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T> read)
    {
        try
        {
            return JsonText.Read(utf8, read);
        }
        catch (JsonException e)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"This is no JSON: line {e.LineNumber + 1}, character {e.BytePositionInLine + 1}.", e);
        }
    }

    /// <summary>The serializer knows where it stumbled, but not what would have been right; the shape does.</summary>
    public static T Read<T>(JsonElement json, JsonTypeInfo<T> type, Shape shape)
        where T : class
    {
        if (!WholeText.Is(json))
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"The definition {WholeText.Message}");
        }

        try
        {
            return json.Deserialize(type) ?? throw new MesosDockerException(Fault.DefinitionInvalid, "An object was expected, and there is null.");
        }
        catch (JsonException e)
        {
            var found = new Findings();
            shape.Check(json, Place.Root, found);
            Finding? first = found.All.FirstOrDefault(static finding => finding.Severity == Severity.Error);
            string where = first is null ? $"{e.Path} is not what it should be." : $"{first.Path} {first.Message}";
            throw new MesosDockerException(Fault.DefinitionInvalid, where, e);
        }
    }

    /// <summary>Everything that is wrong with a definition of any shape.</summary>
    public static IReadOnlyList<Finding> Judge(JsonElement json, Action<JsonElement, Findings> rules)
    {
        var found = new Findings();
        if (!WholeText.Is(json))
        {
            found.Unreadable(Place.Root, WholeText.Message);
            return found.All;
        }

        try
        {
            rules(json, found);
        }
        catch (JsonException e)
        {
            // Nested deeper than the serializer goes.
            found.Unreadable(Place.Root, $"cannot be read: {e.Message}");
        }

        return found.All;
    }

    public static byte[] Write<T>(T value, JsonTypeInfo<T> type, bool indented)
    {
        JsonWriterOptions options = JsonText.Readable with { Indented = indented };
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, options))
        {
            JsonSerializer.Serialize(json, value, type);
        }

        return bytes.ToArray();
    }
}
