using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>
/// Fields of objects. Reading, a field that is missing or null is no value; one of another type than asked for is a
/// <see cref="JsonException"/>. Writing, null is left out.
/// </summary>
internal static class JsonFields
{
    public static string? Text(this JsonElement json, string name)
        => json.Find(name) is { } field ? TextOf(field, name) : null;

    public static string RequiredText(this JsonElement json, string name) => json.Text(name) ?? throw Missing(name);

    public static long? Number(this JsonElement json, string name)
        => json.Find(name) is not { } field ? null
            : field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out long value) ? value
            : throw Wrong(name);

    public static bool? Flag(this JsonElement json, string name) => json.Find(name)?.ValueKind switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name),
    };

    /// <summary>A moment; the engine writes "never" as the first one of the year 1, or as an empty text.</summary>
    public static DateTimeOffset? Time(this JsonElement json, string name)
    {
        if (json.Text(name) is null or "")
        {
            return null;
        }

        return !json.GetProperty(name).TryGetDateTimeOffset(out DateTimeOffset time) ? throw Wrong(name)
            : time.Year == 1 ? null
            : time;
    }

    public static IReadOnlyList<string>? Texts(this JsonElement json, string name)
        => json.List(name, item => TextOf(item, name));

    public static IReadOnlyDictionary<string, string>? TextMap(this JsonElement json, string name)
        => json.Map(name, item => TextOf(item, name));

    public static T? Object<T>(this JsonElement json, string name, Func<JsonElement, T> read)
        where T : class
        => json.Find(name) is { } field ? read(field) : null;

    public static IReadOnlyList<T>? List<T>(this JsonElement json, string name, Func<JsonElement, T> read)
        => json.Find(name) is not { } field ? null
            : field.ValueKind == JsonValueKind.Array ? [.. field.EnumerateArray().Select(read)]
            : throw Wrong(name);

    public static IReadOnlyDictionary<string, T>? Map<T>(this JsonElement json, string name, Func<JsonElement, T> read)
    {
        if (json.Find(name) is not { } field)
        {
            return null;
        }

        if (field.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(name);
        }

        var map = new Dictionary<string, T>();
        foreach (JsonProperty entry in field.EnumerateObject())
        {
            map[entry.Name] = read(entry.Value);
        }

        return map;
    }

    public static bool IsNothing(this JsonElement json) => json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    public static void Put(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Put(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    public static void Put(this Utf8JsonWriter json, string name, ulong? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    public static void Put(this Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
        {
            json.WriteBoolean(name, flag);
        }
    }

    public static void Put(this Utf8JsonWriter json, string name, IReadOnlyList<string>? values)
    {
        if (values is not null)
        {
            json.WritePropertyName(name);
            json.Write(values);
        }
    }

    public static void Put(this Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string>? values)
    {
        if (values is not null)
        {
            json.WriteStartObject(name);
            foreach ((string key, string value) in values)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }
    }

    public static void PutObject<T>(this Utf8JsonWriter json, string name, T? value, Action<Utf8JsonWriter, T> fields)
        where T : class
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            json.Write(value, fields);
        }
    }

    public static void PutList<T>(
        this Utf8JsonWriter json, string name, IReadOnlyList<T>? values, Action<Utf8JsonWriter, T> fields)
    {
        if (values is not null)
        {
            json.WritePropertyName(name);
            json.Write(values, fields);
        }
    }

    public static void PutMap<T>(
        this Utf8JsonWriter json, string name, IReadOnlyDictionary<string, T>? values, Action<Utf8JsonWriter, T> write)
    {
        if (values is not null)
        {
            json.WriteStartObject(name);
            foreach ((string key, T value) in values)
            {
                json.WritePropertyName(key);
                write(json, value);
            }

            json.WriteEndObject();
        }
    }

    public static void Write<T>(this Utf8JsonWriter json, T value, Action<Utf8JsonWriter, T> fields)
    {
        json.WriteStartObject();
        fields(json, value);
        json.WriteEndObject();
    }

    public static void Write<T>(this Utf8JsonWriter json, IReadOnlyList<T> values, Action<Utf8JsonWriter, T> fields)
    {
        json.WriteStartArray();
        foreach (T value in values)
        {
            json.Write(value, fields);
        }

        json.WriteEndArray();
    }

    public static void Write(this Utf8JsonWriter json, IReadOnlyList<string> values)
    {
        json.WriteStartArray();
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>Null: not there, or null.</summary>
    private static JsonElement? Find(this JsonElement json, string name)
        => json.ValueKind != JsonValueKind.Object ? throw new JsonException($"An object with '{name}' was expected.")
            : json.TryGetProperty(name, out JsonElement field) && !field.IsNothing() ? field
            : null;

    private static string TextOf(JsonElement field, string name)
        => field.ValueKind == JsonValueKind.String ? field.GetString()! : throw Wrong(name);

    private static JsonException Missing(string name) => new($"There is no '{name}'.");

    private static JsonException Wrong(string name) => new($"'{name}' is not what it should be.");
}
