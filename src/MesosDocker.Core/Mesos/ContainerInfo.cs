using System.Globalization;

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

    /// <summary>Reads <c>HOST:CONTAINER[:ro|:rw]</c>, or <c>CONTAINER</c> alone for a directory of the sandbox.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionValueInvalid"/></exception>
    public static Volume Parse(string text) => text.Split(':') switch
    {
        [{ Length: > 0 } host, ['/', ..] container, ("ro" or "rw") and var mode] => New(host, container, mode),
        [['/', ..] container, ("ro" or "rw") and var mode] => New(null, container, mode),
        [{ Length: > 0 } host, ['/', ..] container] => New(host, container, "rw"),
        [['/', ..] container] => New(null, container, "rw"),
        _ => throw new MesosDockerException(
            Fault.OptionValueInvalid,
            $"'{text}' is not a volume: write HOST:CONTAINER or HOST:CONTAINER:ro, with an absolute path in the container, such as /srv:/srv:ro."),
    };

    public override string ToString()
        => string.Join(':', new[] { HostPath, ContainerPath, ReadOnly ? "ro" : null }.Where(static part => part is not null));

    private static Volume New(string? host, string container, string mode)
        => new() { HostPath = host, ContainerPath = container, ReadOnly = mode == "ro" };
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
public sealed record PortMapping(int HostPort, int ContainerPort, string? Protocol)
{
    /// <summary>Reads <c>HOST:CONTAINER[/tcp|/udp]</c>.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionValueInvalid"/></exception>
    public static PortMapping Parse(string text)
    {
        string[] halves = text.Split('/');
        string[] ports = halves[0].Split(':');
        string? protocol = halves.Length > 1 ? halves[1].ToLowerInvariant() : null;
        return halves.Length <= 2 && ports.Length == 2 && protocol is null or "tcp" or "udp"
            && PortRange.TryParsePort(ports[0], 1, out int host)
            && PortRange.TryParsePort(ports[1], 0, out int container)
                ? new PortMapping(host, container, protocol)
                : throw new MesosDockerException(
                    Fault.OptionValueInvalid,
                    $"'{text}' is not a port mapping: write HOST:CONTAINER or HOST:CONTAINER/udp, such as 31000:80, with ports up to {PortRange.LastPort}.");
    }

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{HostPort}:{ContainerPort}{(Protocol is null ? "" : "/" + Protocol)}");
}

public sealed record Parameter(string Key, string Value);
