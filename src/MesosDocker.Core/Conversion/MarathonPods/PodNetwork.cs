using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>The networks that all containers of a pod are on together.</summary>
internal static class PodNetwork
{
    private const string Shared = "All containers of a pod share one network, in which the others are at 127.0.0.1, and not found by name.";

    /// <param name="keys">The project's.</param>
    public static IReadOnlyList<Network> Of(IReadOnlyList<ServiceCase> services, KeyLedger keys, ConversionOptions options)
    {
        ComposeProject project = services[0].Project;
        bool isHost = services.All(static service => service.Service.NetworkMode == "host");
        foreach (ServiceCase service in services)
        {
            Account(service, isHost);
        }

        ComposeNetwork[] used = [.. project.Networks.Values.Where(network => services.Any(service => service.Service.Networks.ContainsKey(network.Key)))];
        string[] names = [.. used.Where(static network => network.IsExternal && Names.IsNetworkName(network.Name)).Select(static network => network.Name)];
        foreach (ComposeNetwork network in project.Networks.Values)
        {
            Account(network, keys, isUsed: used.Contains(network), isAlone: services.Count == 1, options.Network);
        }

        return isHost ? [new Network { Mode = NetworkModes.Host }]
            : options.Network is { } name ? [new Network { Mode = NetworkModes.Container, Name = name }]
            : names.Length > 0 ? [.. names.Distinct().Select(static name => new Network { Mode = NetworkModes.Container, Name = name })]
            : [new Network { Mode = NetworkModes.Bridge }];
    }

    private static void Account(ComposeNetwork network, KeyLedger keys, bool isUsed, bool isAlone, string? chosen)
    {
        KeyPath key = ((KeyPath)"networks")[network.Key];
        keys.Carry(key);
        if (!isUsed)
        {
            return;
        }

        if (network.IsExternal ? !Names.IsNetworkName(network.Name) : network.Key != NetworkBinding.Default || keys.Says(key))
        {
            keys.Lose(key, $"Marathon makes no networks: the pod is {(chosen is null ? "on a bridge" : $"in the network '{chosen}'")}.", "Make it on every agent, and call it external.");
        }
        else if (!isAlone)
        {
            keys.Lose(key, Shared, "Let them ask 127.0.0.1 for each other.");
        }
    }

    private static void Account(ServiceCase service, bool isHost)
    {
        string? mode = service.Service.NetworkMode;
        bool isShared = ReferenceText.ServiceOf(mode) is not null;
        if (mode is "bridge" || isShared || (mode is "host" && isHost))
        {
            service.Keys.Carry("network_mode");
        }
        else
        {
            service.Keys.LoseSaid("network_mode", "All containers of a pod share one network.", "Say the same for each service.");
        }

        foreach (string network in service.Service.Networks.Keys)
        {
            service.Keys.Carry(((KeyPath)"networks")[network]["priority"]);
        }
    }
}
