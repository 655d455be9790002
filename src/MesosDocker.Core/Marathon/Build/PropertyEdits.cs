using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace MesosDocker.Marathon;

/// <summary>Fields laid over an app by name, for everything that has no better way to be said.</summary>
public static class PropertyEdits
{
    /// <summary>Objects are merged, anything else takes the place of what was there; null takes it away.</summary>
    /// <param name="fields">Marathon's names; the case of the outermost does not matter.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: a field is of another type than it has.</exception>
    public static App Apply(App app, JsonObject fields)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(app, MarathonJson.Default.App)!;
        var named = new JsonObject(fields.Select(static field => KeyValuePair.Create(NameOf(field.Key), field.Value?.DeepClone())));
        Merge(json, named);
        return App.FromJson(JsonSerializer.SerializeToElement(json, MarathonJson.Default.JsonObject));
    }

    private static string NameOf(string name)
    {
        foreach (JsonPropertyInfo property in MarathonJson.Default.App.Properties)
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Name;
            }
        }

        return name;
    }

    private static void Merge(JsonObject under, JsonObject over)
    {
        foreach ((string name, JsonNode? value) in over)
        {
            if (value is null)
            {
                under.Remove(name);
            }
            else if (value is JsonObject inner && under[name] is JsonObject there)
            {
                Merge(there, inner);
            }
            else
            {
                under[name] = value.DeepClone();
            }
        }
    }
}
