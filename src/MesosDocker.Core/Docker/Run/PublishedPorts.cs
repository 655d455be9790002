using System.Globalization;

namespace MesosDocker.Docker;

/// <summary>
/// <c>--publish</c> and <c>--expose</c>: <c>[[address:]host:]container[/protocol]</c> where host and container are ports or ranges,
/// or <c>target=…,published=…,protocol=…</c>.
/// </summary>
internal static class PublishedPorts
{
    private const string Wanted = "[[address:]host:]container[/protocol], with ports or ranges from 0 to 65535 and the protocol tcp, "
        + "udp or sctp, such as 8080:80, 127.0.0.1:53:53/udp or 8000-8010:9000-9010";

    private const string WantedExposed
        = "a port or a range with a protocol tcp, udp or sctp behind it if need be, such as 80 or 7000-7010/udp";

    private static readonly string[] s_protocols = ["tcp", "udp", "sctp"];

    /// <summary>How many ports a value of either option names; 0 if it is not right.</summary>
    public static int Count(OptionValue value)
    {
        string text = value.Text.Contains("target=", StringComparison.Ordinal) ? Short(value) : value.Text;
        return Container(text[(text.LastIndexOf(':') + 1)..])?.Ports.Count ?? 0;
    }

    public static DockerRun Publish(DockerRun run, OptionValue value)
    {
        string text = value.Text.Contains('=', StringComparison.Ordinal) ? Short(value) : value.Text;
        (string address, string host, string container) = SplitAddress(value, text);
        (PortRange inside, string protocol) = Container(container) ?? throw value.Invalid(Wanted);
        PortRange? outside = host.Length == 0 ? null : PortRange.Read(host) ?? throw value.Invalid(Wanted);
        if (outside is { } range && range.Count != inside.Count && inside.Count != 1)
        {
            throw value.Invalid("as many host ports as container ports, or one container port");
        }

        var exposed = run.Container.ExposedPorts.Grow().ToBuilder();
        var bindings = run.Host().PortBindings.Grow().ToBuilder();
        for (int i = 0; i < inside.Count; i++)
        {
            string key = Key(inside.First + i, protocol);
            string hostPort = outside is not { } ports ? ""
                : inside.Count == 1 ? ports.ToString()
                : Say(ports.First + i);
            exposed[key] = Empty.Value;
            bindings[key] = bindings.GetValueOrDefault(key).Append(new PortBinding { HostIp = address, HostPort = hostPort });
        }

        return run.With(run.Container with
        {
            ExposedPorts = exposed.ToImmutable(),
            HostConfig = run.Host() with { PortBindings = bindings.ToImmutable() },
        });
    }

    public static DockerRun Expose(DockerRun run, OptionValue value)
    {
        (PortRange range, string protocol) = Container(value.Text) ?? throw value.Invalid(WantedExposed);
        var exposed = run.Container.ExposedPorts.Grow().ToBuilder();
        for (int i = 0; i < range.Count; i++)
        {
            exposed[Key(range.First + i, protocol)] = Empty.Value;
        }

        return run.With(run.Container with { ExposedPorts = exposed.ToImmutable() });
    }

    /// <summary>The values of <c>--publish</c>, neighbouring ports gathered into ranges.</summary>
    public static IEnumerable<string> Published(DockerRun run)
    {
        IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? all = run.Host().PortBindings;
        return all is null ? [] : Gather([.. all.SelectMany(Ports).Order()]);
    }

    /// <summary>The values of <c>--expose</c>: what is exposed and not published.</summary>
    public static IEnumerable<string> Exposed(DockerRun run)
        => Gather([.. (run.Container.ExposedPorts?.Keys ?? [])
            .Where(key => run.Host().PortBindings?.ContainsKey(key) != true)
            .Select(key => Port(key, new PortBinding(), alone: true))
            .Order()]);

    private static IEnumerable<BoundPort> Ports(KeyValuePair<string, IReadOnlyList<PortBinding>> bindings)
        => bindings.Value.Select((binding, i) => Port(bindings.Key, binding, bindings.Value.Count == 1) with { Place = i });

    private static BoundPort Port(string key, PortBinding binding, bool alone)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        string number = slash < 0 ? key : key[..slash];
        return new BoundPort(slash < 0 ? "tcp" : key[(slash + 1)..], PortRange.ReadPort(number) ?? -1)
        {
            Text = number,
            Address = binding.HostIp,
            Host = binding.HostPort,
            HostNumber = PortRange.ReadPort(binding.HostPort) ?? -1,
            Alone = alone,
        };
    }

    private static IEnumerable<string> Gather(List<BoundPort> ports)
    {
        for (int i = 0, next; i < ports.Count; i = next)
        {
            for (next = i + 1; next < ports.Count && ports[next].Follows(ports[next - 1]); next++)
            {
            }

            yield return BoundPort.Say(ports[i], ports[next - 1]);
        }
    }

    /// <summary>The long form in the words of the short one.</summary>
    private static string Short(OptionValue value)
    {
        string target = "", published = "", protocol = "tcp";
        foreach (string setting in value.Text.Split(','))
        {
            switch (setting.Split('=', 2))
            {
                case ["target", var text]:
                    target = text;
                    break;
                case ["published", var text]:
                    published = text;
                    break;
                case ["protocol", var text]:
                    protocol = text;
                    break;

                // Swarm's, and without a meaning for a single container.
                case ["mode", _]:
                    break;
                default:
                    throw value.Invalid("target=, published=, protocol= or mode= with a value, separated by commas");
            }
        }

        return $"{published}:{target}/{protocol}";
    }

    private static (string Address, string Host, string Container) SplitAddress(OptionValue value, string text)
    {
        string[] parts = text.Split(':');
        (string address, string host) = parts.Length switch
        {
            1 => ("", ""),
            2 => ("", parts[0]),
            _ => (string.Join(':', parts[..^2]), parts[^2]),
        };

        if (address is ['[', .. var inner, ']'])
        {
            address = inner;
        }

        return address.Length == 0 || Addresses.IsAny(address) ? (address, host, parts[^1]) : throw value.Invalid(Wanted);
    }

    private static (PortRange Ports, string Protocol)? Container(string text)
    {
        string[] parts = text.Split('/', 2);
        string protocol = parts is [_, { Length: > 0 } given] ? given.ToLowerInvariant() : "tcp";
        return s_protocols.Contains(protocol) && PortRange.Read(parts[0]) is { } range ? (range, protocol) : null;
    }

    private static string Key(int port, string protocol) => $"{Say(port)}/{protocol}";

    private static string Say(int port) => port.ToString(CultureInfo.InvariantCulture);
}
