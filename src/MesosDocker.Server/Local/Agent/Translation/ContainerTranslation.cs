using System.Globalization;
using System.Text.Json;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using LegacyContainer = MesosDocker.Mesos.LegacyContainer;
using PortMapping = MesosDocker.Mesos.PortMapping;
using Volume = MesosDocker.Marathon.Volume;

namespace MesosDocker.Local;

/// <summary>
/// An app's container as Mesos's messages have it. Marathon's two containerizers are one here: whatever the type, the image runs on the
/// Docker engine, and a container without an image has the containerizer's default.
/// </summary>
internal static class ContainerTranslation
{
    private const string DriverOption = "dvdi/driver";
    private const int QuotaPeriod = 100_000;

    /// <summary>The message of before Mesos 0.20, as apps for an external containerizer have it: image and options, beside the fields of
    /// today. Null: the app has none.</summary>
    public static LegacyContainer? LegacyOf(App app)
        => app.Container is { Docker: null, Other: { } other } && TextOf(other, "image") is { } image
            ? new LegacyContainer { Image = image, Options = TextsOf(other, "options") }
            : null;

    /// <summary>Null where there is nothing to say: a plain command on the host's network.</summary>
    /// <param name="volumes">Where persistent volumes are.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static ContainerInfo? Of(App app, string taskId, IReadOnlyList<TaskPort> ports, PersistentVolumes volumes)
    {
        if (app.Container is not { } container || LegacyOf(app) is not null)
        {
            return null;
        }

        DockerContainer? docker = container.Docker;
        DockerNetwork network = NetworkOf(app);
        return new ContainerInfo
        {
            Type = ContainerType.Docker,
            Volumes = [.. (container.Volumes ?? []).Select(volume => VolumeOf(volume, taskId, volumes))],
            NetworkName = network == DockerNetwork.User
                ? app.Networks?.FirstOrDefault(static one => one.Mode == NetworkModes.Container)?.Name
                : null,
            Docker = new DockerInfo
            {
                Image = docker?.Image ?? "",
                Network = network,
                PortMappings = network is DockerNetwork.Bridge or DockerNetwork.User ? [.. ports.SelectMany(Mappings)] : [],
                Privileged = docker?.Privileged == true,
                ForcePullImage = docker?.ForcePullImage == true,
                Parameters =
                [
                    .. (docker?.Parameters ?? []).Select(static parameter => new Parameter(parameter.Key ?? "", parameter.Value ?? "")),
                    .. LimitsOf(app),
                    new Parameter("label", $"MESOS_TASK_ID={taskId}"),
                ],
            },
        };
    }

    private static DockerNetwork NetworkOf(App app) => app.Networks?.Select(static network => network.Mode).LastOrDefault() switch
    {
        NetworkModes.Bridge => DockerNetwork.Bridge,
        NetworkModes.Container => DockerNetwork.User,
        _ => DockerNetwork.Host,
    };

    private static IEnumerable<PortMapping> Mappings(TaskPort port)
        => port.Host is { } host ? port.Protocols.Select(protocol => new PortMapping(host, port.Inside, protocol)) : [];

    /// <summary>What a task may take beyond its share, as the engine has it; the share itself is in the resources.</summary>
    private static IEnumerable<Parameter> LimitsOf(App app)
    {
        if (app.ResourceLimits?.Mem is { } memory)
        {
            yield return new Parameter(
                "memory", memory.Amount is { } amount ? string.Create(CultureInfo.InvariantCulture, $"{(long)amount}m") : "0");
        }

        if (app.ResourceLimits?.Cpus is { Amount: { } cpus })
        {
            yield return new Parameter("cpu-period", QuotaPeriod.ToString(CultureInfo.InvariantCulture));
            yield return new Parameter("cpu-quota", ((long)(cpus * QuotaPeriod)).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static Mesos.Volume VolumeOf(Volume volume, string taskId, PersistentVolumes volumes)
    {
        string path = volume.ContainerPath ?? "";
        var translated = new Mesos.Volume { ContainerPath = path, HostPath = volume.HostPath, ReadOnly = volume.Mode == "RO" };
        return volume switch
        {
            { HostPath: not null } => translated,
            { Persistent: not null } => translated with { HostPath = volumes.PathOf(taskId, path) },
            { External: { Name: { } name, Options: { ValueKind: JsonValueKind.Object } options } }
                when options.TryGetProperty(DriverOption, out JsonElement driver) && driver.ValueKind == JsonValueKind.String
                => translated with { HostPath = name, Driver = driver.GetString() },
            { Secret: not null } => throw new MesosDockerException(
                Fault.DefinitionInvalid, $"The volume for '{path}' is a secret, and there is no secret store here."),
            _ => throw new MesosDockerException(
                Fault.DefinitionInvalid,
                $"The volume for '{path}' is of a kind that the Docker engine does not have: "
                + $"give it a hostPath, persistent, or external with the option {DriverOption}."),
        };
    }

    private static string? TextOf(IReadOnlyDictionary<string, JsonElement> fields, string name)
        => fields.TryGetValue(name, out JsonElement field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;

    private static string[] TextsOf(IReadOnlyDictionary<string, JsonElement> fields, string name)
        => fields.TryGetValue(name, out JsonElement field) && field.ValueKind == JsonValueKind.Array
            ? [.. field.EnumerateArray()
                .Where(static word => word.ValueKind == JsonValueKind.String)
                .Select(static word => word.GetString()!)]
            : [];
}
