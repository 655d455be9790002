using System.Globalization;
using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>
/// The ports of a service's app. Which port of the host leads to one is the agent's choice, and the port that the file says becomes the
/// service port, on which load balancers listen; unless it is to be kept.
/// </summary>
internal static class ServicePortMappings
{
    public static IReadOnlyList<AppPort> Of(ServiceCase service, ServiceNetwork network, ConversionOptions options)
    {
        if (network.IsHost)
        {
            service.Keys.LoseSaid("ports", "On the host's network nothing is published: the program listens on ports of the host itself.", null);
            return [];
        }

        List<AppPort> ports = [];
        for (int i = 0; i < service.Service.Ports.Count; i++)
        {
            ComposePort port = service.Service.Ports[i];
            KeyPath key = ((KeyPath)"ports")[i];
            if (port.Protocol is not ("tcp" or "udp"))
            {
                service.Keys.Lose(key, $"Marathon knows the protocols tcp and udp only, and not {port.Protocol}.", null);
                continue;
            }

            Account(service.Keys, key, port, options);
            ports.Add(new AppPort
            {
                Container = port.Target,
                Host = options.KeepsHostPorts && !port.IsDynamic ? port.Published : 0,
                Service = options.KeepsHostPorts || port.IsDynamic ? null : port.Published,
                Protocol = port.Protocol == "tcp" ? null : port.Protocol,
                Name = port.Name is { } name ? AppNames.Of(name) : null,
            });
        }

        return Distinct(ports);
    }

    private static void Account(KeyLedger keys, KeyPath key, ComposePort port, ConversionOptions options)
    {
        bool isText = key.Find(keys.Source) is Io.SourceScalar;
        KeyPath Part(string name) => isText ? key : key[name];

        keys.Carry(Part("target"));
        keys.Carry(Part("published"));
        keys.Carry(Part("protocol"));
        keys.Carry(Part("name"));
        if (port.Mode == "host")
        {
            keys.Carry(Part("mode"));
        }

        if (port.Name is { } name && AppNames.Of(name) != name)
        {
            keys.Lose(Part("name"), $"Names of ports have lower-case letters, digits and inner dashes, so that it is '{AppNames.Of(name)}'.", null);
        }

        if (port.HostIp is { } address)
        {
            keys.Lose(Part("host_ip"), $"The agent decides on which address its ports are, and not {address}.", null);
        }

        if (port.PublishedLast is { } last)
        {
            keys.Lose(
                Part("published"),
                string.Create(CultureInfo.InvariantCulture, $"The agent gives any port, and not one of {port.Published} to {last}."),
                "Find it by Get-MesosDockerTask, or by service discovery.");
        }
        else if (!options.KeepsHostPorts && port.Published is { } published)
        {
            keys.Lose(
                Part("published"),
                string.Create(CultureInfo.InvariantCulture, $"The agent gives a port of the host; {published} is the service port, on which load balancers listen."),
                "-KeepHostPort keeps it, where agents offer that port.");
        }
    }

    // Names must be different; what has a second one has none.
    private static AppPort[] Distinct(IEnumerable<AppPort> ports)
    {
        HashSet<string> names = [];
        return [.. ports.Select(port => port.Name is null || names.Add(port.Name) ? port : port with { Name = null })];
    }
}
