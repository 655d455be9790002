using MesosDocker.Io;

namespace MesosDocker.Compose;

internal static class NetworkBinding
{
    public const string Default = "default";

    private static readonly IReadOnlyDictionary<string, ComposeAttachment> s_default
        = new Dictionary<string, ComposeAttachment> { [Default] = new() };

    /// <summary>A service that names no network is in the default one, if it has any at all.</summary>
    public static IReadOnlyDictionary<string, ComposeAttachment> Attachments(CanonicalMap service)
    {
        if (service.Text("network_mode") is not null || service.Map("provider").IsThere)
        {
            return ComposeEmpty.Attachments;
        }

        IReadOnlyList<SourceField> said = service.Fields("networks");
        OrderedDictionary<string, ComposeAttachment> networks = [];
        foreach (SourceField field in said)
        {
            var map = new CanonicalMap(field.Value as SourceMap);
            networks[field.Name] = new ComposeAttachment
            {
                Aliases = map.Texts("aliases"),
                Ipv4Address = map.Text("ipv4_address"),
                Ipv6Address = map.Text("ipv6_address"),
                MacAddress = map.Text("mac_address"),
                LinkLocalIps = map.Texts("link_local_ips"),
                Priority = map.Int("priority") ?? 0,
            };
        }

        return networks.Count == 0 ? s_default : networks;
    }

    /// <summary>As <c>host=address</c>.</summary>
    public static IReadOnlyList<string> Hosts(CanonicalMap service) =>
    [
        .. service.Fields("extra_hosts").Select(static host => $"{host.Name}={((SourceScalar)host.Value).Value}"),
        .. service.Texts("extra_hosts").Select(static pair => pair.Split(':', 2)).Select(static pair => $"{pair[0]}={pair[1]}"),
    ];
}
