using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace MesosDocker.Commands;

/// <summary>Hashtables, lists and plain values of PowerShell as JSON.</summary>
internal static class PlainJson
{
    private const int Deepest = 64;

    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/>: it leads back to itself, or is something else.</exception>
    public static JsonObject Of(IDictionary table) => (JsonObject)Of(table, 0)!;

    private static JsonNode? Of(object? value, int depth) => value switch
    {
        _ when depth > Deepest => throw new MesosDockerException(Fault.UsageInvalid, $"The properties are nested more than {Deepest} deep; something in them leads back to itself."),
        null => null,
        PSObject { BaseObject: PSCustomObject } record => Object(record.Properties.Select(static one => ((object)one.Name, (object?)one.Value)), depth),
        PSObject wrapped => Of(wrapped.BaseObject, depth),
        IDictionary table => Object(table.Cast<DictionaryEntry>().Select(static entry => (entry.Key, entry.Value)), depth),
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        SwitchParameter flag => JsonValue.Create(flag.IsPresent),
        byte or sbyte or short or ushort or int or uint or long => JsonValue.Create(LanguagePrimitives.ConvertTo<long>(value)),
        float or double => JsonValue.Create(LanguagePrimitives.ConvertTo<double>(value)),
        decimal number => JsonValue.Create(number),
        IEnumerable several => new JsonArray([.. several.Cast<object?>().Select(item => Of(item, depth + 1))]),
        _ => JsonValue.Create(LanguagePrimitives.ConvertTo<string>(value)),
    };

    private static JsonObject Object(IEnumerable<(object Key, object? Value)> entries, int depth)
        => new(entries.Select(entry => KeyValuePair.Create(LanguagePrimitives.ConvertTo<string>(entry.Key), Of(entry.Value, depth + 1))));
}
