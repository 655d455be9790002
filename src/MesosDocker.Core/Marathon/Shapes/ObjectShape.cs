using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>An object of known fields. Others are kept and passed on, with a warning, because Marathon ignores them without a word.</summary>
internal sealed class ObjectShape : Shape
{
    private readonly Dictionary<string, Shape> _fields = [];
    private readonly Dictionary<string, JsonNode?> _defaults = [];
    private readonly HashSet<string> _serversOwn = [];
    private readonly List<string> _required = [];

    public override string Description => "an object";

    public ObjectShape Field(string name, Shape shape)
    {
        _fields.Add(name, shape);
        return this;
    }

    /// <param name="assumed">What Marathon takes where nothing is said, as JSON.</param>
    public ObjectShape Field(string name, Shape shape, string assumed)
    {
        _defaults.Add(name, JsonNode.Parse(assumed));
        return Field(name, shape);
    }

    /// <summary>A field that a server writes and nobody else.</summary>
    public ObjectShape ServersOwn(string name, Shape shape)
    {
        _serversOwn.Add(name);
        return Field(name, shape);
    }

    public ObjectShape Required(string name, Shape shape)
    {
        _required.Add(name);
        return Field(name, shape);
    }

    public override Shape? Inside(string field) => _fields.GetValueOrDefault(field);

    public override void Check(JsonElement json, Place place, Findings findings)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            WrongType(json, place, findings);
            return;
        }

        HashSet<string> seen = [];
        foreach (JsonProperty field in json.EnumerateObject())
        {
            findings.WarningIf(!seen.Add(field.Name), place[field.Name], "is said twice; only the last one counts.");
            if (!_fields.TryGetValue(field.Name, out Shape? shape))
            {
                findings.Warning(place[field.Name], Unknown(field.Name));
            }
            else if (field.Value.ValueKind == JsonValueKind.Null)
            {
                // Null is "not said".
                seen.Remove(field.Name);
            }
            else
            {
                shape.Check(field.Value, place[field.Name], findings);
            }
        }

        foreach (string name in _required)
        {
            findings.ErrorIf(!seen.Contains(name), place[name], "is missing.");
        }
    }

    public override JsonNode? Plain(JsonNode? json)
    {
        if (json is not JsonObject said)
        {
            return base.Plain(json);
        }

        var plain = new JsonObject();
        foreach ((string name, JsonNode? field) in said)
        {
            JsonNode? value = _fields.TryGetValue(name, out Shape? shape) ? shape.Plain(field) : field?.DeepClone();
            if (value is not null && !_serversOwn.Contains(name) && !IsAssumed(name, value))
            {
                plain[name] = value;
            }
        }

        return plain;
    }

    private bool IsAssumed(string name, JsonNode value)
        => _defaults.TryGetValue(name, out JsonNode? assumed) && JsonNode.DeepEquals(assumed, value);

    private string Unknown(string name)
    {
        const string Ignored = "is no field that Marathon knows, and is ignored";
        return NearestName.Of(name, _fields.Keys) is { } near ? $"{Ignored}; is '{near}' meant?" : Ignored + ".";
    }
}
