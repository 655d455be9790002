using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>The one network that the tasks of a service's app are on.</summary>
/// <param name="Name"><c>Host</c>, <c>Bridge</c>, or the name of a network that every agent knows.</param>
internal sealed record ServiceNetwork(string Name)
{
    private const string Host = "Host";
    private const string Bridge = "Bridge";
    private const string TogetherOnly = "Tasks of different apps share nothing, and may be on different agents.";
    private const string Together = "Run the project as one task: ConvertTo-MesosDockerApp -As Pod.";

    public bool IsHost => Name == Host;

    /// <summary>What Docker calls it.</summary>
    public string DockerName => Name is Host or Bridge ? Name.ToLowerInvariant() : Name;

    /// <summary>Options of docker run by which others find the service there.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    public static ServiceNetwork Of(ServiceCase service, ConversionOptions options)
    {
        foreach (string key in (string[])["ipc", "pid", "uts"])
        {
            Refuse(service, key, ((service.Keys.Source[key] as Io.SourceScalar)?.Value) ?? "");
        }

        Refuse(service, "network_mode", service.Service.NetworkMode ?? "");
        if (service.Service.NetworkMode is { } mode)
        {
            service.Keys.Carry("network_mode");
            if (mode == "none")
            {
                service.Keys.Lose("network_mode", "Marathon has no tasks without a network.", Together);
            }

            return new ServiceNetwork(mode == "host" ? Host : Bridge);
        }

        KeyValuePair<string, ComposeAttachment>[] attachments = [.. service.Service.Networks.OrderByDescending(static pair => pair.Value.Priority)];
        for (int i = 1; i < attachments.Length; i++)
        {
            service.Keys.Lose(((KeyPath)"networks")[attachments[i].Key], "Mesos puts a container of Docker into one network only.", Together);
        }

        return attachments is [var first, ..] ? Join(service, service.Project.Networks[first.Key], first.Value, options) : new ServiceNetwork(Bridge);
    }

    private static ServiceNetwork Join(ServiceCase service, ComposeNetwork network, ComposeAttachment attachment, ConversionOptions options)
    {
        KeyPath key = ((KeyPath)"networks")[network.Key];
        service.Keys.Carry(key["priority"]);
        string? name = network.IsExternal ? network.Name : options.Network;
        if (name is null or "host" or "bridge" || !Names.IsNetworkName(name))
        {
            // Why there is none is told once, with the network; what is Docker's own is as it is.
            if (name is not ("host" or "bridge"))
            {
                service.Keys.Carry(key);
            }

            return new ServiceNetwork(name == "host" ? Host : Bridge);
        }

        service.Keys.Carry(key["aliases"]);
        service.Keys.Carry(key["ipv4_address"]);
        service.Keys.Carry(key["ipv6_address"]);
        service.Keys.Carry(key["link_local_ips"]);
        service.Keys.Carry(key["mac_address"]);
        return new ServiceNetwork(name)
        {
            Parameters =
            [
                new("network-alias", service.Service.Name),
                .. attachment.Aliases.Select(static alias => KeyValuePair.Create("network-alias", alias)),
                .. Said("ip", attachment.Ipv4Address),
                .. Said("ip6", attachment.Ipv6Address),
                .. attachment.LinkLocalIps.Select(static address => KeyValuePair.Create("link-local-ip", address)),
                .. Said("mac-address", attachment.MacAddress),
            ],
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Said(string option, string? value) => value is null ? [] : [new(option, value)];

    private static void Refuse(ServiceCase service, string key, string mode)
    {
        if (mode.StartsWith(ReferenceText.ServicePrefix, StringComparison.Ordinal) || mode.StartsWith(ReferenceText.ContainerPrefix, StringComparison.Ordinal))
        {
            service.Keys.Lose(key, TogetherOnly, Together);
        }
    }
}
