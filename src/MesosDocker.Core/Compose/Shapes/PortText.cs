using System.Globalization;
using System.Net;

namespace MesosDocker.Compose;

/// <summary>
/// The short syntax of a published port (compose specification, <c>ports</c>): <c>[[address:]host:]container[/protocol]</c>, where host and
/// container are ports or ranges, and an IPv6 address may stand in brackets.
/// </summary>
internal static class PortText
{
    public const string Wanted = "[[address:]host:]container[/protocol] with ports or ranges of ports, such as 8080:80, 127.0.0.1:53:53/udp or 8000-8010:9000-9010";

    private const int MaxPort = 65535;

    private static readonly string[] s_protocols = ["tcp", "udp", "sctp"];

    /// <returns>Null if it is no port.</returns>
    public static IReadOnlyList<ComposePort>? Read(string text)
    {
        int slash = text.LastIndexOf('/');
        string protocol = slash < 0 ? "tcp" : text[(slash + 1)..].ToLowerInvariant();
        string rest = slash < 0 ? text : text[..slash];
        (string? address, string host, string container) = Split(rest);
        if (ReadRange(container) is not { } inside || !s_protocols.Contains(protocol) || (address is not null && !IsAddress(address)))
        {
            return null;
        }

        if (host.Length == 0)
        {
            return Expand(inside, null, address, protocol);
        }

        return ReadRange(host) is { } outside && (Count(inside) == 1 || Count(outside) == Count(inside)) ? Expand(inside, outside, address, protocol) : null;
    }

    /// <returns>Null if it is neither a port nor a range of ports.</returns>
    public static (int First, int Last)? ReadRange(string text)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        return ReadPort(dash < 0 ? text : text[..dash]) is { } first
            && ReadPort(dash < 0 ? text : text[(dash + 1)..]) is { } last
            && first <= last ? (first, last) : null;
    }

    /// <returns>Null if it is no number from 0 to 65535.</returns>
    public static int? ReadPort(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= MaxPort ? port : null;

    // The class library also takes 1 and 127.1 for addresses.
    public static bool IsAddress(string text)
        => IPAddress.TryParse(text, out _) && (text.Contains(':', StringComparison.Ordinal) || text.Count(static c => c == '.') == 3);

    private static List<ComposePort> Expand((int First, int Last) inside, (int First, int Last)? outside, string? address, string protocol)
    {
        List<ComposePort> ports = new(Count(inside));
        for (int i = 0; i < Count(inside); i++)
        {
            bool isChoice = outside is { } range && Count(range) != Count(inside);
            int? published = outside?.First + (isChoice ? 0 : i);
            ports.Add(new ComposePort
            {
                Target = inside.First + i,
                Published = published == 0 ? null : published,
                PublishedLast = isChoice ? outside?.Last : null,
                HostIp = address,
                Protocol = protocol,
            });
        }

        return ports;
    }

    private static int Count((int First, int Last) range) => range.Last - range.First + 1;

    // The container's port is behind the last colon, the host's behind the one before it; what remains is an address.
    private static (string? Address, string Host, string Container) Split(string text)
    {
        int last = text.LastIndexOf(':');
        string before = last < 0 ? "" : text[..last];
        string container = text[(last + 1)..];
        if (before is ['[', .., ']'])
        {
            return (before[1..^1], "", container);
        }

        int middle = before.LastIndexOf(':');
        string address = middle < 0 ? "" : before[..middle];
        return (address is ['[', .., ']'] ? address[1..^1] : address.Length == 0 ? null : address, before[(middle + 1)..], container);
    }
}
