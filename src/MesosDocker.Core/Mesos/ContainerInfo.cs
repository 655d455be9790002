namespace MesosDocker.Mesos;

/// <summary><c>mesos.ContainerInfo</c>, the container message since Mesos 0.20.</summary>
public sealed record ContainerInfo
{
    public required ContainerType Type { get; init; }

    public IReadOnlyList<Volume> Volumes { get; init; } = [];

    public DockerInfo? Docker { get; init; }

    public string? Hostname { get; init; }

    /// <summary>The name of the first network asked for (<c>network_infos</c>), which <see cref="DockerNetwork.User"/> needs.</summary>
    public string? NetworkName { get; init; }
}

public enum ContainerType
{
    Docker = 1,
    Mesos = 2,
}

public sealed record Volume
{
    public required string ContainerPath { get; init; }

    /// <summary>An absolute path of the host, a path relative to the sandbox, a volume's name, or null for a directory of the sandbox.</summary>
    public string? HostPath { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>The volume plug-in (<c>Volume.Source.DockerVolume</c>, or DockerInfo's <c>volume_driver</c>); null: the engine's own.</summary>
    public string? Driver { get; init; }
}

/// <summary><c>ContainerInfo.DockerInfo</c>.</summary>
public sealed record DockerInfo
{
    public required string Image { get; init; }

    public DockerNetwork Network { get; init; } = DockerNetwork.Host;

    public IReadOnlyList<PortMapping> PortMappings { get; init; } = [];

    public bool Privileged { get; init; }

    /// <summary>Options of <c>docker run</c> without their dashes.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    public bool ForcePullImage { get; init; }

    public string? VolumeDriver { get; init; }
}

public enum DockerNetwork
{
    Host = 1,
    Bridge = 2,
    None = 3,
    User = 4,
}

/// <param name="HostPort">A port of the host, one of those offered.</param>
/// <param name="ContainerPort">A port inside the container; 0 means the same number as on the host.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>; null is <c>tcp</c>.</param>
public sealed record PortMapping(int HostPort, int ContainerPort, string? Protocol);

public sealed record Parameter(string Key, string Value);
