namespace MesosDocker.Docker;

/// <content>Networks, names and ports.</content>
public static partial class RunOptions
{
    private const string HostGateway = "host-gateway";

    private static readonly OptionType<string> s_server = OptionTypes.Item with
    {
        Placeholder = "address",
        Read = v => Addresses.Normal(v.Text.Trim()) ?? throw v.Invalid("an IP address"),
    };

    private static readonly OptionType<string> s_searchDomain = OptionTypes.Item with
    {
        Placeholder = "domain",
        Read = v => Addresses.SearchDomain(v.Text) ?? throw v.Invalid("a domain such as example.com, or a dot for none"),
    };

    private static readonly OptionType<string> s_link
        = OptionTypes.ItemOf("container[:alias]", "the name of a container, with an alias behind a colon if need be", IsLink);

    private static readonly OptionType<string> s_extraHost
        = OptionTypes.Item with { Placeholder = "name:address", Read = ReadExtraHost };

    private static RunOption[] OfTheNetwork() =>
    [
        Row("network", OptionKind.List, "network", "The network to join, with further settings in the form name=…,alias=….",
            Networks.Join, Networks.Joined) with { Aliases = ["net"] },
        Row(
            "network-alias",
            OptionKind.List,
            "name",
            "A further name in the (first) network.",
            (r, v) => Networks.EditPrimary(r, e => e with { Aliases = e.Aliases.Append(v.Text) }),
            r => Networks.Primary(r).Aliases ?? []) with { Aliases = ["net-alias"] },
        Text(
            "ip",
            "address",
            "The IPv4 address in the (first) network.",
            r => Networks.Primary(r).Ipam?.IPv4Address,
            (r, v) => Networks.EditPrimaryAddresses(r, a => a with { IPv4Address = v }),
            OptionTypes.OneOf("an IPv4 address such as 172.30.100.104", t => t.Length == 0 || Addresses.IsFour(t))),
        Text(
            "ip6",
            "address",
            "The IPv6 address in the (first) network.",
            r => Networks.Primary(r).Ipam?.IPv6Address,
            (r, v) => Networks.EditPrimaryAddresses(r, a => a with { IPv6Address = v }),
            OptionTypes.OneOf("an IPv6 address such as 2001:db8::33", t => t.Length == 0 || Addresses.IsSix(t))),
        Row(
            "link-local-ip",
            OptionKind.List,
            "address",
            "A link-local address in the (first) network.",
            (r, v) => Networks.EditPrimaryAddresses(r, a => a with
            {
                LinkLocalIps = a.LinkLocalIps.Append(Addresses.IsAny(v.Text) ? v.Text : throw v.Invalid("an IP address")),
            }),
            r => Networks.Primary(r).Ipam?.LinkLocalIps ?? []),
        Text(
            "mac-address",
            "address",
            "The hardware address in the (first) network.",
            r => Networks.Primary(r).MacAddress ?? r.Container.MacAddress,
            (r, v) => Networks.EditPrimary(r, e => e with { MacAddress = v }),
            OptionTypes.OneOf("a hardware address such as 92:d0:c6:0a:29:33", t => t.Length == 0 || Addresses.IsHardware(t))),
        HostList("link", s_link, "Know another container by a name.",
            h => h.Links, (h, v) => h with { Links = v }),
        HostList("add-host", s_extraHost, "A line of /etc/hosts; the address host-gateway is the host's own.",
            h => h.ExtraHosts, (h, v) => h with { ExtraHosts = v }),
        HostList("dns", s_server, "A name server.",
            h => h.Dns, (h, v) => h with { Dns = v }),
        HostList("dns-option", OptionTypes.Item with { Placeholder = "option" }, "An option of the resolver.",
            h => h.DnsOptions, (h, v) => h with { DnsOptions = v }) with { Aliases = ["dns-opt"] },
        HostList("dns-search", s_searchDomain, "A domain to search.",
            h => h.DnsSearch, (h, v) => h with { DnsSearch = v }),
    ];

    private static RunOption[] OfPorts() =>
    [
        Row("publish", OptionKind.List, "[[address:]host:]container[/protocol]",
            "Publish a port, or a range of them, on the host.",
            PublishedPorts.Publish, PublishedPorts.Published) with { Short = 'p' },
        OfHost("publish-all", OptionTypes.Flag, "Publish every exposed port on a port that is free.",
            h => h.PublishAllPorts, (h, v) => h with { PublishAllPorts = v }) with { Short = 'P' },
        Row("expose", OptionKind.List, "port[/protocol]", "Expose a port, or a range of them, without publishing it.",
            PublishedPorts.Expose, PublishedPorts.Exposed),
    ];

    private static bool IsLink(string text) => text.Length > 0 && text.Split(':').Length <= 2;

    /// <summary>With a colon before the address and no brackets around it, which is all the engine understands.</summary>
    private static string ReadExtraHost(OptionValue value)
    {
        string text = value.Text;
        int cut = text.IndexOf('=', StringComparison.Ordinal);
        cut = cut < 0 ? text.IndexOf(':', StringComparison.Ordinal) : cut;
        string name = cut < 0 ? "" : text[..cut];
        string address = text[(cut + 1)..];
        if (address is ['[', _, .., ']'])
        {
            address = address[1..^1];
        }

        return name.Length > 0
            && !name.Contains(':', StringComparison.Ordinal)
            && (address == HostGateway || Addresses.IsAny(address.Trim()))
            ? $"{name}:{address}"
            : throw value.Invalid($"name:address with an IP address or {HostGateway}, such as db:10.0.0.5");
    }
}
