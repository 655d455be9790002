using System.Text.Json;
using System.Text.Json.Serialization;

namespace MesosDocker.Marathon;

/// <summary>What every object of Marathon's API has: fields that this version does not know, kept as they came.</summary>
/// <remarks>
/// Every field is nullable, because Marathon tells "not said" from every value. Null and missing mean the same to it, so null is not
/// written. Fields are written in the order of the record, unknown ones last; lists and maps keep their order.
/// </remarks>
public abstract record MarathonObject
{
    private Dictionary<string, JsonElement>? _other;

    [JsonIgnore]
    public IReadOnlyDictionary<string, JsonElement>? Other
    {
        get => _other;
        init => _other = value is null ? null : new Dictionary<string, JsonElement>(value);
    }

    // The generator can fill this one only if it can be set at any time.
    [JsonExtensionData, JsonInclude]
    internal Dictionary<string, JsonElement>? OtherFields
    {
        get => _other;
        set => _other = value;
    }
}
