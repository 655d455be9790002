using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Where a task answers.</summary>
internal readonly record struct ProbeTarget(IPAddress Address, int Port)
{
    public Uri? Url(string scheme, string? path)
    {
        string host = Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Address}]" : Address.ToString();
        string text = string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{Port}/{path?.TrimStart('/')}");
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? url) ? url : null;
    }

    /// <summary>
    /// Of a health check: on a network of its own a task is asked at its own address, unless the port leads through the host; everywhere
    /// else on the host.
    /// </summary>
    /// <returns>Null: there is no such port, or no address yet.</returns>
    public static ProbeTarget? Of(Instance instance, HealthCheck check, IPAddress host)
    {
        bool isIPv6 = check.IpProtocol == "IPv6";
        if (check.Port is { } port)
        {
            return (IsApart(instance.App) ? Own(instance, isIPv6) : OnHost(host, isIPv6)) is { } address ? new ProbeTarget(address, port) : null;
        }

        return OfPlace(instance, check.PortIndex ?? 0, OnHost(host, isIPv6), isIPv6);
    }

    /// <summary>Of the port that a readiness check names.</summary>
    /// <inheritdoc cref="Of(Instance, HealthCheck, IPAddress)"/>
    public static ProbeTarget? Of(Instance instance, ReadinessCheck check, IPAddress host)
    {
        IReadOnlyList<string?> names = instance.App.Container?.PortMappings?.Select(static mapping => mapping.Name).ToArray()
            ?? instance.App.PortDefinitions?.Select(static port => port.Name).ToArray()
            ?? [];
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == check.PortName)
            {
                return OfPlace(instance, i, host, isIPv6: false);
            }
        }

        return null;
    }

    private static ProbeTarget? OfPlace(Instance instance, int place, IPAddress host, bool isIPv6)
    {
        if (instance.App.Container?.PortMappings is not { } mappings)
        {
            return place < instance.Ports.Length ? new ProbeTarget(host, instance.Ports[place]) : null;
        }

        if (place >= mappings.Count)
        {
            return null;
        }

        if (place < instance.Ports.Length && instance.Ports[place] != 0)
        {
            return new ProbeTarget(host, instance.Ports[place]);
        }

        bool isReachable = IsApart(instance.App) && mappings[place].ContainerPort > 0;
        return isReachable && Own(instance, isIPv6) is { } own ? new ProbeTarget(own, mappings[place].ContainerPort!.Value) : null;
    }

    private static bool IsApart(App app) => app.Networks?.Any(static network => network.Mode == NetworkModes.Container) == true;

    private static IPAddress? Own(Instance instance, bool isIPv6) => instance.Addresses
        .Select(static text => IPAddress.TryParse(text, out IPAddress? address) ? address : null)
        .FirstOrDefault(address => address is not null && address.AddressFamily == AddressFamily.InterNetworkV6 == isIPv6);

    private static IPAddress OnHost(IPAddress host, bool isIPv6) => isIPv6 && IPAddress.IsLoopback(host) ? IPAddress.IPv6Loopback : host;
}
