using System.Globalization;
using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>A port of the container that leads to one of the host.</summary>
internal readonly record struct PublishedPort(int HostPort, int ContainerPort, string Protocol)
{
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{ContainerPort}/{Protocol}");
}

/// <summary>Which offered ports lead into a container.</summary>
internal static class PortPairing
{
    private const string Tcp = "tcp";

    /// <summary>
    /// As Deimos has it: offered ports and the ports that the image exposes are paired in ascending order; an offered one too many
    /// leads to the same number inside, an exposed one too many to nowhere (<paramref name="unpaired"/>).
    /// </summary>
    /// <param name="exposed"><c>80/tcp</c>, <c>53/udp</c>, as the image has them.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionImpossible"/>: an image can say that it exposes anything.</exception>
    public static IReadOnlyList<PublishedPort> Pair(
        IReadOnlyList<int> offered, IEnumerable<string> exposed, out IReadOnlyList<string> unpaired)
    {
        (int Port, string Protocol)[] inside = [.. exposed.Select(Parse).OrderBy(static p => p.Protocol, StringComparer.Ordinal).OrderBy(static p => p.Port)];
        unpaired = [.. inside.Skip(offered.Count).Select(static p => string.Create(CultureInfo.InvariantCulture, $"{p.Port}/{p.Protocol}"))];
        return [.. offered.Select((port, i) => i < inside.Length
            ? new PublishedPort(port, inside[i].Port, inside[i].Protocol)
            : new PublishedPort(port, port, Tcp))];
    }

    /// <summary>DockerInfo's port mappings, which must lie within the offered ports and need a network of the container's own.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionImpossible"/></exception>
    public static IReadOnlyList<PublishedPort> Map(DockerInfo docker, IReadOnlyList<int> offered)
    {
        if (docker.PortMappings.Count > 0 && docker.Network is DockerNetwork.Host or DockerNetwork.None)
        {
            throw new MesosDockerException(
                Fault.OptionImpossible,
                $"Port mappings are not possible on the network {docker.Network.ToString().ToUpperInvariant()}; use BRIDGE or a network of your own.");
        }

        return [.. docker.PortMappings.Select(mapping => offered.Contains(mapping.HostPort)
            ? new PublishedPort(
                mapping.HostPort,
                mapping.ContainerPort == 0 ? mapping.HostPort : mapping.ContainerPort,
                mapping.Protocol?.ToLowerInvariant() ?? Tcp)
            : throw new MesosDockerException(
                Fault.OptionImpossible, $"The host port {mapping.HostPort} is mapped, but it is none of the ports offered to the task."))];
    }

    /// <summary>Adds what is published to a container's specification.</summary>
    public static ContainerSpec Publish(ContainerSpec container, IReadOnlyList<PublishedPort> ports)
    {
        if (ports.Count == 0)
        {
            return container;
        }

        var exposed = new Dictionary<string, Empty>(container.ExposedPorts ?? new Dictionary<string, Empty>());
        var bindings = new Dictionary<string, IReadOnlyList<PortBinding>>(
            container.HostConfig.PortBindings ?? new Dictionary<string, IReadOnlyList<PortBinding>>());
        foreach (PublishedPort port in ports)
        {
            exposed[port.Key] = Empty.Value;
            bindings[port.Key] =
            [
                .. bindings.GetValueOrDefault(port.Key, []),
                new PortBinding { HostPort = port.HostPort.ToString(CultureInfo.InvariantCulture) },
            ];
        }

        return container with { ExposedPorts = exposed, HostConfig = container.HostConfig with { PortBindings = bindings } };
    }

    private static (int Port, string Protocol) Parse(string exposed)
    {
        string[] parts = exposed.Split('/', 2);
        return ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            ? (port, parts is [_, var protocol] ? protocol : Tcp)
            : throw new MesosDockerException(Fault.OptionImpossible, $"The image exposes '{Printable.Of(exposed)}', which is no port.");
    }
}
