using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>A volume of an app: of the host, persistent, external or a secret, by which of the four is said.</summary>
public sealed record Volume : MarathonObject
{
    public string? ContainerPath { get; init; }

    public string? HostPath { get; init; }

    public PersistentVolume? Persistent { get; init; }

    public ExternalVolume? External { get; init; }

    public string? Secret { get; init; }

    /// <summary><c>RO</c> or <c>RW</c>.</summary>
    public string? Mode { get; init; }
}

/// <summary>Disk of the agent that stays reserved for the app.</summary>
public sealed record PersistentVolume : MarathonObject
{
    /// <summary><c>root</c> (if not said), <c>path</c> or <c>mount</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Megabytes.</summary>
    public long? Size { get; init; }

    public long? MaxSize { get; init; }

    public string? ProfileName { get; init; }

    public IReadOnlyList<IReadOnlyList<string>>? Constraints { get; init; }
}

/// <summary>A volume of a volume driver (<c>dvdi</c>) or of the container storage interface (<c>csi</c>).</summary>
public sealed record ExternalVolume : MarathonObject
{
    public string? Name { get; init; }

    public string? Provider { get; init; }

    /// <summary>Gigabytes; <c>dvdi</c> only.</summary>
    public long? Size { get; init; }

    public bool? Shared { get; init; }

    /// <summary>Text by name for <c>dvdi</c>; an object with a shape of its own for <c>csi</c>.</summary>
    public JsonElement? Options { get; init; }
}
