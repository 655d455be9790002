using System.Text.Json;
using System.Text.Json.Serialization;

namespace MesosDocker.Marathon;

/// <summary><c>3.0</c> is a whole number to Marathon; scripts and YAML write it so.</summary>
internal sealed class WholeNumberConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => WholeNumbers.Read(ref reader) is { } number and >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new JsonException("A whole number of 32 bits was expected.");

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

internal sealed class LongNumberConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => WholeNumbers.Read(ref reader) ?? throw new JsonException("A whole number of 64 bits was expected.");

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

internal static class WholeNumbers
{
    public static long? Read(ref Utf8JsonReader reader)
        => reader.TokenType != JsonTokenType.Number ? null
            : reader.TryGetInt64(out long whole) ? whole
            : reader.TryGetDecimal(out decimal number) ? Whole(number)
            : null;

    public static long? Read(JsonElement json)
        => json.ValueKind != JsonValueKind.Number ? null
            : json.TryGetInt64(out long whole) ? whole
            : json.TryGetDecimal(out decimal number) ? Whole(number)
            : null;

    private static long? Whole(decimal number)
        => decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;
}

internal sealed class ResourceLimitConverter : JsonConverter<ResourceLimit>
{
    public override ResourceLimit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType switch
        {
            JsonTokenType.Number => new ResourceLimit(reader.GetDouble()),
            JsonTokenType.String when reader.ValueTextEquals(ResourceLimit.UnlimitedWord) => ResourceLimit.Unlimited,
            _ => throw new JsonException("A number or \"unlimited\" was expected."),
        };

    public override void Write(Utf8JsonWriter writer, ResourceLimit value, JsonSerializerOptions options)
    {
        if (value.Amount is { } amount)
        {
            writer.WriteNumberValue(amount);
        }
        else
        {
            writer.WriteStringValue(ResourceLimit.UnlimitedWord);
        }
    }
}

internal sealed class EnvironmentValueConverter : JsonConverter<EnvironmentValue>
{
    private const string SecretField = "secret";

    public override EnvironmentValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new EnvironmentValue { Value = reader.GetString() };
        }

        LooseObject said = LooseObject.Read(ref reader);
        return new EnvironmentValue { Secret = said.Take(SecretField)?.GetString(), Other = said.Rest };
    }

    public override void Write(Utf8JsonWriter writer, EnvironmentValue value, JsonSerializerOptions options)
    {
        if (value is { Secret: null, Other: null })
        {
            writer.WriteStringValue(value.Value ?? "");
            return;
        }

        writer.WriteStartObject();
        if (value.Secret is { } secret)
        {
            writer.WriteString(SecretField, secret);
        }

        LooseObject.Write(writer, value.Other);
        writer.WriteEndObject();
    }
}

internal sealed class UnreachableStrategyConverter : JsonConverter<UnreachableStrategy>
{
    private const string DisabledWord = "disabled";
    private const string InactiveField = "inactiveAfterSeconds";
    private const string ExpungeField = "expungeAfterSeconds";

    public override UnreachableStrategy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.ValueTextEquals(DisabledWord)
                ? UnreachableStrategy.Disabled
                : throw new JsonException("An object or \"disabled\" was expected.");
        }

        LooseObject said = LooseObject.Read(ref reader);
        return new UnreachableStrategy
        {
            InactiveAfterSeconds = Seconds(said.Take(InactiveField)),
            ExpungeAfterSeconds = Seconds(said.Take(ExpungeField)),
            Other = said.Rest,
        };
    }

    public override void Write(Utf8JsonWriter writer, UnreachableStrategy value, JsonSerializerOptions options)
    {
        if (value.IsDisabled)
        {
            writer.WriteStringValue(DisabledWord);
            return;
        }

        writer.WriteStartObject();
        if (value.InactiveAfterSeconds is { } inactive)
        {
            writer.WriteNumber(InactiveField, inactive);
        }

        if (value.ExpungeAfterSeconds is { } expunge)
        {
            writer.WriteNumber(ExpungeField, expunge);
        }

        LooseObject.Write(writer, value.Other);
        writer.WriteEndObject();
    }

    private static long? Seconds(JsonElement? said)
        => said is not { } json ? null
            : WholeNumbers.Read(json) ?? throw new JsonException("A whole number of seconds was expected.");
}

internal sealed class DeploymentStepConverter : JsonConverter<DeploymentStep>
{
    private const string ActionsField = "actions";

    public override DeploymentStep Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return new DeploymentStep { Actions = Actions(JsonElement.ParseValue(ref reader)) };
        }

        JsonElement step = JsonElement.ParseValue(ref reader);
        if (step.ValueKind == JsonValueKind.Object && !step.TryGetProperty(ActionsField, out _))
        {
            return new DeploymentStep { Actions = step.EnumerateObject().Any() ? [step.Deserialize(MarathonJson.Default.DeploymentAction)!] : [] };
        }

        LooseObject said = LooseObject.Of(step);
        return new DeploymentStep { Actions = said.Take(ActionsField) is { } actions ? Actions(actions) : null, Other = said.Rest };
    }

    public override void Write(Utf8JsonWriter writer, DeploymentStep value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Actions is { } actions)
        {
            writer.WritePropertyName(ActionsField);
            JsonSerializer.Serialize(writer, actions, MarathonJson.Default.IReadOnlyListDeploymentAction);
        }

        LooseObject.Write(writer, value.Other);
        writer.WriteEndObject();
    }

    private static IReadOnlyList<DeploymentAction>? Actions(JsonElement json)
        => json.Deserialize(MarathonJson.Default.IReadOnlyListDeploymentAction);
}

/// <summary>An object that is read by hand: fields are taken out of it, what remains was not known.</summary>
internal readonly struct LooseObject
{
    private readonly Dictionary<string, JsonElement> _fields;

    private LooseObject(Dictionary<string, JsonElement> fields)
    {
        _fields = fields;
    }

    public IReadOnlyDictionary<string, JsonElement>? Rest => _fields.Count == 0 ? null : _fields;

    public static LooseObject Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A text or an object was expected.");
        }

        return Of(JsonElement.ParseValue(ref reader));
    }

    public static LooseObject Of(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("An object was expected.");
        }

        Dictionary<string, JsonElement> fields = [];
        foreach (JsonProperty field in json.EnumerateObject())
        {
            fields[field.Name] = field.Value;
        }

        return new LooseObject(fields);
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, JsonElement>? rest)
    {
        foreach ((string name, JsonElement value) in rest ?? new Dictionary<string, JsonElement>())
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    /// <summary>Null: not there, or null.</summary>
    public JsonElement? Take(string name)
        => _fields.Remove(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
