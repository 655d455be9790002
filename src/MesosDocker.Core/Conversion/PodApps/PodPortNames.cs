using System.Globalization;
using MesosDocker.Compose;
using MesosDocker.Marathon;
using MesosDocker.Pods;

namespace MesosDocker.Conversion;

/// <summary>The ports that a pod's task asks for, under names that say where each leads.</summary>
internal static class PodPortNames
{
    /// <returns>In the order in which the executor takes them.</returns>
    public static IReadOnlyList<AppPort> Of(ComposeProject project)
    {
        IReadOnlyList<IReadOnlyList<PlannedPort>> wanted = WantedPorts.Of(project);
        IReadOnlyList<string> names = AppNames.Distinct(wanted.Select(ports => NameOf(project, ports[0])));
        return [.. wanted.Select((ports, i) => new AppPort { Container = 0, Name = names[i], Protocol = ProtocolOf(ports) })];
    }

    // The file's own name for it, or the service with the port: web-80.
    private static string NameOf(ComposeProject project, PlannedPort port)
        => project.Services.GetValueOrDefault(port.Service)?.Ports.FirstOrDefault(one => one.Target == port.Target && one.Protocol == port.Protocol && one.Name is not null)?.Name
            ?? string.Create(CultureInfo.InvariantCulture, $"{port.Service}-{port.Target}");

    private static string? ProtocolOf(IReadOnlyList<PlannedPort> ports)
    {
        bool isTcp = ports.Any(static port => port.Protocol != "udp");
        bool isUdp = ports.Any(static port => port.Protocol == "udp");
        return isTcp && isUdp ? "udp,tcp" : isUdp ? "udp" : null;
    }
}
