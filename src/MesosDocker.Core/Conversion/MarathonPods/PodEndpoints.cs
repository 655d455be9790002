using System.Globalization;
using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>
/// The ports of a pod's containers. They share a network, so that each port of it can be one container's only; which port of the host leads
/// to it is the agent's choice, unless it is to be kept.
/// </summary>
/// <param name="networks">Those of the pod.</param>
internal sealed class PodEndpoints(IReadOnlyList<Network> networks, ConversionOptions options)
{
    private readonly bool _isHost = networks[0].Mode == NetworkModes.Host;

    // With several networks a port of the host leads into one of them.
    private readonly IReadOnlyList<string>? _into = networks.Count > 1 ? [networks[0].Name!] : null;
    private readonly Dictionary<int, string> _owners = [];
    private readonly HashSet<int> _hostPorts = [];
    private readonly List<string> _names = [];

    public IReadOnlyList<Endpoint> Of(ServiceCase service)
    {
        List<Endpoint> endpoints = [];
        IEnumerable<IGrouping<int, (ComposePort Port, KeyPath Key)>> targets = service.Service.Ports
            .Select((port, i) => (Port: port, Key: ((KeyPath)"ports")[i]))
            .GroupBy(static one => one.Port.Target);
        foreach (IGrouping<int, (ComposePort Port, KeyPath Key)> target in targets)
        {
            (ComposePort Port, KeyPath Key)[] known = [.. target.Where(one => IsPossible(service, one.Port, one.Key))];
            if (known.Length > 0)
            {
                endpoints.Add(Endpoint(service, known));
            }
        }

        return endpoints;
    }

    private bool IsPossible(ServiceCase service, ComposePort port, KeyPath key)
    {
        string? reason = _isHost ? "On the host's network nothing is published: the program listens on ports of the host itself."
            : port.Protocol is not ("tcp" or "udp") ? $"Marathon knows the protocols tcp and udp only, and not {port.Protocol}."
            : _owners.TryGetValue(port.Target, out string? owner) && owner != service.Service.Name
                ? string.Create(CultureInfo.InvariantCulture, $"The containers of a pod share a network, in which '{owner}' has port {port.Target} already.")
            : null;
        if (reason is not null)
        {
            service.Keys.Lose(key, reason, reason.Contains("share", StringComparison.Ordinal) ? "Let one of them listen on another port." : null);
        }

        return reason is null;
    }

    private Endpoint Endpoint(ServiceCase service, IReadOnlyList<(ComposePort Port, KeyPath Key)> ports)
    {
        ComposePort first = ports[0].Port;
        _owners[first.Target] = service.Service.Name;
        string[] protocols = [.. ports.Select(static one => one.Port.Protocol).Distinct()];
        int host = options.KeepsHostPorts && !first.IsDynamic && _hostPorts.Add(first.Published!.Value) ? first.Published.Value : 0;
        foreach ((ComposePort port, KeyPath key) in ports)
        {
            Account(service.Keys, port, key, host);
        }

        string name = AppNames.Distinct([.. _names, first.Name ?? string.Create(CultureInfo.InvariantCulture, $"{service.Service.Name}-{first.Target}")])[^1];
        _names.Add(name);
        return new Endpoint { Name = name, ContainerPort = first.Target, HostPort = host, Protocol = protocols, NetworkNames = _into };
    }

    private static void Account(KeyLedger keys, ComposePort port, KeyPath key, int host)
    {
        bool isText = key.Find(keys.Source) is Io.SourceScalar;
        KeyPath Part(string name) => isText ? key : key[name];

        foreach (string name in (string[])["target", "published", "protocol", "name"])
        {
            keys.Carry(Part(name));
        }

        if (port.Mode == "host")
        {
            keys.Carry(Part("mode"));
        }

        if (port.HostIp is { } address)
        {
            keys.Lose(Part("host_ip"), $"The agent decides on which address its ports are, and not {address}.", null);
        }

        if (port.Published is { } published && published != host)
        {
            keys.Lose(
                Part("published"),
                string.Create(CultureInfo.InvariantCulture, $"The agent gives a port of the host in the place of {published}{(port.PublishedLast is { } last ? $" to {last}" : "")}."),
                "-KeepHostPort keeps it, where agents offer that port.");
        }
    }
}
