using System.Globalization;
using MesosDocker.Compose;

namespace MesosDocker.Pods;

/// <summary>
/// Gives each published port of a project a port that the task was given, in the order in which both are written. A port that was given and is
/// written in the file already (by a variable such as PORT0) stays what it is. The same host port for two protocols, or at two addresses, is one.
/// </summary>
internal sealed class PodPorts
{
    private const int ShownAtMost = 20;

    private readonly Queue<int> _left;
    private readonly HashSet<int> _offered;
    private readonly List<PlannedPort> _given = [];
    private readonly List<string> _without = [];
    private readonly Dictionary<int, List<PlannedPort>> _known = [];

    /// <param name="services">With ports that the engine publishes.</param>
    public PodPorts(IEnumerable<ComposeService> services, IReadOnlyList<int> offered)
    {
        _offered = [.. offered];
        HashSet<int?> said = [.. services.SelectMany(static service => service.Ports).Select(Fixed)];
        _left = new Queue<int>(offered.Where(port => !said.Contains(port)));
        Offered = offered;
    }

    public IReadOnlyList<int> Offered { get; }

    public IReadOnlyList<PlannedPort> Given => _given;

    /// <param name="name">Of the service, or of one replica of it.</param>
    public IReadOnlyList<PlannedPort> Give(string name, ComposeService service)
    {
        var ports = new List<PlannedPort>();
        foreach (ComposePort port in service.Ports.Distinct())
        {
            if (Give(name, port) is { } given)
            {
                ports.Add(given);
            }
            else
            {
                _without.Add(string.Create(CultureInfo.InvariantCulture, $"{port.Target}/{port.Protocol} of '{name}'"));
            }
        }

        _given.AddRange(ports);
        return ports;
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.PortsTooFew"/></exception>
    public void Check()
    {
        if (_without.Count == 0)
        {
            return;
        }

        string[] shown = [.. _without.Take(ShownAtMost)];
        string missing = string.Join(", ", shown) + (_without.Count > shown.Length ? " and others" : "");
        string offered = Offered.Count == 0 ? "none" : string.Join(", ", Offered);
        int wanted = _given.Select(static port => port.Host).Distinct().Count() + _without.Count;
        throw new MesosDockerException(
            Fault.PortsTooFew,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The pod publishes {wanted} port{(wanted == 1 ? "" : "s")}, and the task was given {Offered.Count} ({offered}): there is none left for {missing}. "
                    + $"Let the app ask for {wanted} (Marathon: portDefinitions), or publish fewer."));
    }

    private static int? Fixed(ComposePort port) => port.IsDynamic ? null : port.Published;

    private PlannedPort? Give(string name, ComposePort port)
    {
        PlannedPort On(int host) => new() { Service = name, Target = port.Target, Host = host, Protocol = port.Protocol, HostIp = port.HostIp };
        if (Fixed(port) is not { } published)
        {
            return Take() is { } any ? On(any) : null;
        }

        if (_offered.Contains(published))
        {
            return On(published);
        }

        List<PlannedPort> known = _known.TryGetValue(published, out List<PlannedPort>? found) ? found : _known[published] = [];
        int? shared = known.Select(static one => (int?)one.Host).FirstOrDefault(host => !known.Any(other => other.Host == host && Clash(other, port)));
        if ((shared ?? Take()) is not { } next)
        {
            return null;
        }

        known.Add(On(next));
        return known[^1];
    }

    private static bool Clash(PlannedPort one, ComposePort other)
        => one.Protocol == other.Protocol && (one.HostIp == other.HostIp || IsAll(one.HostIp) || IsAll(other.HostIp));

    private static bool IsAll(string? address) => address is null or "0.0.0.0" or "::";

    private int? Take() => _left.TryDequeue(out int port) ? port : null;
}
