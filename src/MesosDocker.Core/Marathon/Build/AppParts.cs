using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>Parts of an app written as names and values, in Marathon's names, whose case does not matter.</summary>
public static class AppParts
{
    private const string Url = "Url";

    private static readonly MarathonJson s_anyCase = new(new JsonSerializerOptions(MarathonJson.Default.Options) { PropertyNameCaseInsensitive = true });

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static Volume Volume(JsonObject fields) => Read(fields, s_anyCase.Volume, "A volume");

    /// <inheritdoc cref="Volume"/>
    public static Artifact Artifact(JsonObject fields) => Read(fields, s_anyCase.Artifact, "A file to fetch");

    /// <inheritdoc cref="Volume"/>
    public static UpgradeStrategy UpgradeStrategy(JsonObject fields) => Read(fields, s_anyCase.UpgradeStrategy, "An upgrade strategy");

    /// <inheritdoc cref="Volume"/>
    public static EnvironmentValue Variable(JsonObject fields)
        => Take((JsonObject)fields.DeepClone(), "Secret") is JsonValue name && name.TryGetValue(out string? secret)
            ? new EnvironmentValue { Secret = secret }
            : throw Refused("The value of a variable is a text, or @{ Secret = 'name' }.");

    /// <inheritdoc cref="Volume"/>
    public static AppPort Port(JsonObject fields)
    {
        PortMapping mapping = Read(fields, s_anyCase.PortMapping, "A port");
        return new AppPort
        {
            Container = mapping.ContainerPort ?? 0,
            Host = mapping.HostPort,
            Service = mapping.ServicePort,
            Protocol = mapping.Protocol,
            Name = mapping.Name,
            Labels = mapping.Labels,
        };
    }

    /// <summary>Also with <c>Url</c>, as <see cref="AppHealthCheck.Parse"/> reads it, and with the command as a text.</summary>
    /// <inheritdoc cref="Volume"/>
    public static AppHealthCheck HealthCheck(JsonObject fields)
    {
        const string Command = "Command";

        var rest = (JsonObject)fields.DeepClone();
        AppHealthCheck? start = Take(rest, Url) is JsonValue said && said.TryGetValue(out string? url) ? Address(url) : null;
        if (Take(rest, Command) is { } command)
        {
            rest["command"] = command is JsonValue ? new JsonObject { ["value"] = command.DeepClone() } : command.DeepClone();
            rest["protocol"] ??= HealthProtocols.Command;
        }

        HealthCheck more = Read(rest, s_anyCase.HealthCheck, "A health check");
        return start is null ? new AppHealthCheck { Check = more } : start with
        {
            Check = more with
            {
                Protocol = more.Protocol ?? start.Check.Protocol,
                Path = more.Path ?? start.Check.Path,
                Command = more.Command ?? start.Check.Command,
            },
        };
    }

    private static AppHealthCheck Address(string url) => AppHealthCheck.Parse(url) is { Check.Protocol: not HealthProtocols.Command } check ? check
        : throw new MesosDockerException(
            Fault.OptionValueInvalid, $"The Url of a health check is an address such as http://:80/ping, and not '{url}'; a command line is its Command.");

    private static T Read<T>(JsonObject fields, JsonTypeInfo<T> type, string what)
        where T : MarathonObject
    {
        try
        {
            T part = fields.Deserialize(type)!;
            return part.Other?.Keys.FirstOrDefault() is { } unknown ? throw Unknown(unknown, type, what) : part;
        }
        catch (JsonException e)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"{what} has a value that does not fit at {e.Path?.TrimStart('$', '.')}.", e);
        }
    }

    private static MesosDockerException Unknown<T>(string name, JsonTypeInfo<T> type, string what)
    {
        string[] known = [.. type.Properties.Where(static property => !property.IsExtensionData).Select(static property => property.Name)];
        string near = NearestName.Of(name, known) is { } meant ? $"is '{meant}' meant?" : $"it has {string.Join(", ", known)}.";
        return Refused($"{what} has no '{name}'; {near}");
    }

    private static JsonNode? Take(JsonObject fields, string name)
    {
        string? there = fields.Select(static field => field.Key).FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
        JsonNode? value = there is null ? null : fields[there];
        if (there is not null)
        {
            fields.Remove(there);
        }

        return value;
    }

    private static MesosDockerException Refused(string message) => new(Fault.DefinitionInvalid, message);
}
