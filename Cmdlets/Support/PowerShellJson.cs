using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MesosDocker.Commands;

/// <summary>What people write in PowerShell (hashtables, arrays, objects of ConvertFrom-Json) as JSON.</summary>
internal static class PowerShellJson
{
    private const int MaxDepth = 60;

    /// <summary>Null if it is neither a hashtable nor an object made of properties.</summary>
    public static JsonObject? Object(object? input) => input switch
    {
        IDictionary or PSObject { BaseObject: IDictionary or PSCustomObject } => (JsonObject)Node(input, 0)!,
        _ => null,
    };

    public static JsonNode? Node(object? input) => Node(input, 0);

    private static JsonNode? Node(object? input, int depth) => depth > MaxDepth
        ? throw new MesosDockerException(Fault.UsageInvalid, $"Hashtables and arrays are nested deeper than {MaxDepth} levels here, or hold themselves.")
        : input switch
        {
            null => null,
            PSObject { BaseObject: PSCustomObject } record => Fields(record.Properties.Select(static property => (property.Name, (object?)property.Value)), depth),
            PSObject wrapped => Node(wrapped.BaseObject, depth),
            JsonNode node => node.DeepClone(),
            JsonElement element => JsonNode.Parse(element.GetRawText()),
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            SwitchParameter flag => JsonValue.Create(flag.IsPresent),
            byte or sbyte or short or ushort or int or uint or long => JsonValue.Create(((IConvertible)input).ToInt64(CultureInfo.InvariantCulture)),
            ulong number => JsonValue.Create(number),
            decimal number => JsonValue.Create(number),
            float or double => Number(((IConvertible)input).ToDouble(CultureInfo.InvariantCulture)),
            DateTime time => JsonValue.Create(time),
            IDictionary table => Fields(table.Cast<DictionaryEntry>().Select(static entry => (Name(entry.Key), entry.Value)), depth),
            IEnumerable several => new JsonArray([.. several.Cast<object?>().Select(item => Node(item, depth + 1))]),
            _ => JsonValue.Create(LanguagePrimitives.ConvertTo<string>(input)),
        };

    private static JsonObject Fields(IEnumerable<(string Name, object? Value)> fields, int depth)
    {
        var json = new JsonObject();
        foreach ((string name, object? value) in fields)
        {
            json[name] = Node(value, depth + 1);
        }

        return json;
    }

    private static JsonValue Number(double number) => double.IsFinite(number)
        ? JsonValue.Create(number)
        : throw new MesosDockerException(Fault.UsageInvalid, $"{number} is a number that JSON has not.");

    private static string Name(object key) => LanguagePrimitives.ConvertTo<string>(key);
}
