using System.Collections.Immutable;
using System.Globalization;

namespace MesosDocker.Docker;

/// <summary>
/// The networks of a container. The first one is the network mode; <c>--ip</c>, <c>--network-alias</c> and their like belong to it, and
/// wait under the name "default" until it is known.
/// </summary>
internal static class Networks
{
    public const string Default = "default";

    private const string Wanted = "a network's name, or name=, alias=, ip=, ip6=, link-local-ip=, mac-address=, driver-opt= and "
        + "gw-priority= with values, separated by commas";

    private const string ContainerPrefix = "container:";

    public static bool IsUserDefined(string mode)
        => mode is not (Default or "bridge" or "host" or "none") && !IsContainer(mode);

    public static bool IsContainer(string? mode) => mode?.StartsWith(ContainerPrefix, StringComparison.Ordinal) == true;

    public static string PrimaryName(DockerRun run) => run.Host().NetworkMode ?? Default;

    public static EndpointSpec Primary(DockerRun run) => Endpoints(run).GetValueOrDefault(PrimaryName(run)) ?? new EndpointSpec();

    public static ImmutableSortedDictionary<string, EndpointSpec> Endpoints(DockerRun run)
        => (run.Container.NetworkingConfig?.EndpointsConfig).Grow();

    public static DockerRun WithEndpoints(DockerRun run, ImmutableSortedDictionary<string, EndpointSpec> endpoints) => run.With(run.Container with
    {
        NetworkingConfig = endpoints.IsEmpty ? null : new NetworkingConfig { EndpointsConfig = endpoints },
    });

    public static DockerRun EditPrimary(DockerRun run, Func<EndpointSpec, EndpointSpec> edit)
        => WithEndpoints(run, Endpoints(run).SetItem(PrimaryName(run), edit(Primary(run))));

    public static DockerRun EditPrimaryAddresses(DockerRun run, Func<EndpointIpam, EndpointIpam> edit)
        => EditPrimary(run, e => e with { Ipam = edit(e.Ipam ?? new EndpointIpam()) });

    /// <summary>No network chosen, as though <c>--network</c> had never been said.</summary>
    public static DockerRun Leave(DockerRun run) => run.Host().NetworkMode is null ? run : run.With(run.Container with
    {
        NetworkingConfig = null,
        MacAddress = null,
        HostConfig = run.Host() with { NetworkMode = null },
    });

    public static DockerRun Join(DockerRun run, OptionValue value)
    {
        (string name, EndpointSpec endpoint) = Read(value);
        ImmutableSortedDictionary<string, EndpointSpec> endpoints = Endpoints(run);
        if (run.Host().NetworkMode is { } first)
        {
            return name != first && !endpoints.ContainsKey(name)
                ? WithEndpoints(run, endpoints.SetItem(name, endpoint))
                : throw new MesosDockerException(
                    Fault.OptionConflict, $"The network '{OptionValue.Shown(name)}' is named twice; name it once.");
        }

        EndpointSpec waiting = endpoints.GetValueOrDefault(Default) ?? new EndpointSpec();
        run = run.With(run.Host() with { NetworkMode = name });
        return WithEndpoints(run, endpoints.Remove(Default).SetItem(name, Layer(endpoint, waiting)));
    }

    /// <summary>
    /// The values of <c>--network</c>. The long form, which knows no capitals, is used only for what has no option of its own.
    /// </summary>
    public static IEnumerable<string> Joined(DockerRun run)
    {
        if (run.Host().NetworkMode is not { } first)
        {
            yield break;
        }

        EndpointSpec primary = Primary(run);
        yield return Write(first, new EndpointSpec { DriverOpts = primary.DriverOpts, GwPriority = primary.GwPriority });
        foreach ((string name, EndpointSpec endpoint) in Endpoints(run).Where(e => e.Key != first))
        {
            yield return Write(name, endpoint);
        }
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.OptionValueInvalid"/></exception>
    public static (string Name, EndpointSpec Endpoint) Read(OptionValue value)
    {
        if (!IsLong(value.Text))
        {
            return value.Text.AsSpan().IsWhiteSpace() ? throw value.Invalid(Wanted) : (value.Text, new EndpointSpec());
        }

        string name = "";
        var endpoint = new EndpointSpec();
        foreach (string field in CsvFields.Read(value.Text) ?? throw value.Invalid(Wanted))
        {
            // The client lower-cases all of it, and the engine has to be told the same.
            string[] parts = field.ToLowerInvariant().Split('=', 2);
            (string key, string text) = parts is [var k, var t] ? (k.Trim(), t.Trim()) : throw value.Invalid(Wanted);
            if (key == "name")
            {
                name = text;
            }
            else
            {
                endpoint = Set(endpoint, key, text, value);
            }
        }

        return name.Length > 0 ? (name, endpoint) : throw value.Invalid("name= with the name of a network beside other settings");
    }

    private static EndpointSpec Set(EndpointSpec endpoint, string key, string text, OptionValue value)
    {
        EndpointIpam addresses = endpoint.Ipam ?? new EndpointIpam();
        switch (key)
        {
            case "alias":
                return endpoint with { Aliases = endpoint.Aliases.Append(text) };
            case "ip":
                Require(Addresses.IsFour(text), "an IPv4 address as ip=");
                return endpoint with { Ipam = addresses with { IPv4Address = text } };
            case "ip6":
                Require(Addresses.IsSix(text), "an IPv6 address as ip6=");
                return endpoint with { Ipam = addresses with { IPv6Address = text } };
            case "link-local-ip":
                Require(Addresses.IsAny(text), "an IP address as link-local-ip=");
                return endpoint with { Ipam = addresses with { LinkLocalIps = addresses.LinkLocalIps.Append(text) } };
            case "mac-address":
                Require(Addresses.IsHardware(text), "a hardware address such as 92:d0:c6:0a:29:33 as mac-address=");
                return endpoint with { MacAddress = text };
            case "driver-opt":
                return text.Split('=', 2) is [{ Length: > 0 } name, var setting]
                    ? endpoint with { DriverOpts = endpoint.DriverOpts.Put(name.Trim(), setting.Trim()) }
                    : throw value.Invalid("a name and a value as driver-opt=, such as driver-opt=mtu=1400");
            case "gw-priority":
                return GoNumbers.TryDecimal(text, out long priority) && priority is >= int.MinValue and <= int.MaxValue
                    ? endpoint with { GwPriority = (int)priority }
                    : throw value.Invalid("a whole number as gw-priority=");
            default:
                throw value.Invalid(Wanted);
        }

        void Require(bool right, string wanted)
        {
            if (!right)
            {
                throw value.Invalid(wanted);
            }
        }
    }

    private static string Write(string name, EndpointSpec endpoint)
    {
        List<string> fields = ["name=" + name];
        fields.AddRange((endpoint.Aliases ?? []).Select(alias => "alias=" + alias));
        Add("ip=", endpoint.Ipam?.IPv4Address);
        Add("ip6=", endpoint.Ipam?.IPv6Address);
        fields.AddRange((endpoint.Ipam?.LinkLocalIps ?? []).Select(address => "link-local-ip=" + address));
        Add("mac-address=", endpoint.MacAddress);
        fields.AddRange(endpoint.DriverOpts.Grow().Select(option => $"driver-opt={option.Key}={option.Value}"));
        Add("gw-priority=", endpoint.GwPriority?.ToString(CultureInfo.InvariantCulture));
        return fields.Count == 1 ? name : CsvFields.Write(fields);

        void Add(string key, string? text)
        {
            if (text is not null)
            {
                fields.Add(key + text);
            }
        }
    }

    /// <summary>The client's own test: an equals sign between two letters, digits or underscores anywhere.</summary>
    private static bool IsLong(string text)
    {
        for (int i = text.IndexOf('=', StringComparison.Ordinal); i >= 0 && i + 1 < text.Length; i = text.IndexOf('=', i + 1))
        {
            if (i > 0 && IsWord(text[i - 1]) && IsWord(text[i + 1]))
            {
                return true;
            }
        }

        return false;

        static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
    }

    /// <summary><paramref name="below"/> with all that <paramref name="above"/> says.</summary>
    private static EndpointSpec Layer(EndpointSpec below, EndpointSpec above) => below with
    {
        Aliases = above.Aliases ?? below.Aliases,
        MacAddress = above.MacAddress ?? below.MacAddress,
        Ipam = above.Ipam is null ? below.Ipam : new EndpointIpam
        {
            IPv4Address = above.Ipam.IPv4Address ?? below.Ipam?.IPv4Address,
            IPv6Address = above.Ipam.IPv6Address ?? below.Ipam?.IPv6Address,
            LinkLocalIps = above.Ipam.LinkLocalIps ?? below.Ipam?.LinkLocalIps,
        },
    };
}
