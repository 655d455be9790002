using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>What a project says beside its services, and does not say any more as a group of apps.</summary>
internal static class GroupLosses
{
    private const string Agreed = "Make it on every agent, and call it external; -Network puts everything into one that is there.";

    public static IReadOnlyList<ConversionLoss> Of(ComposeProject project, ConversionOptions options)
    {
        var keys = new KeyLedger(project.Document, service: null);

        // Services have accounts of their own, and tell of the secrets and configs that they are not given, too.
        keys.Carry("services", "version", "name", "secrets", "configs");
        Networks(project, options, keys);
        Volumes(project, keys);
        return keys.Close(Reasons.OfGroups);
    }

    private static void Networks(ComposeProject project, ConversionOptions options, KeyLedger keys)
    {
        ComposeNetwork[] own = [.. project.Networks.Values.Where(network => !network.IsExternal && Members(project, network) > 0)];
        foreach (ComposeNetwork network in project.Networks.Values)
        {
            KeyPath key = ((KeyPath)"networks")[network.Key];
            keys.Carry(key);
            if (own.Contains(network) && Loss(network, options, isAlone: own.Length == 1, isSaid: keys.Says(key), Members(project, network)) is var (reason, instead))
            {
                keys.Lose(key, reason, instead);
            }
            else if (network.IsExternal && !Names.IsNetworkName(network.Name))
            {
                keys.Lose(key, $"To Marathon '{network.Name}' is no name of a network: it has lower-case letters, digits, and dashes and underscores inside.", Agreed);
            }
        }
    }

    private static (string Reason, string? Instead)? Loss(ComposeNetwork network, ConversionOptions options, bool isAlone, bool isSaid, int members)
        => options.Network is { } name
            ? isAlone && !isSaid ? null : ($"Its services are in the network '{name}' together with all others, and that is as agents have it.", null)
            : network.Key != NetworkBinding.Default
                ? ("Marathon makes no networks: its services are on a bridge, where they do not find each other by name.", Agreed)
            : members > 1 || isSaid ? ("On a bridge services do not find each other by name, and may be on different agents.", Agreed)
            : null;

    private static void Volumes(ComposeProject project, KeyLedger keys)
    {
        foreach (ComposeVolume volume in project.Volumes.Values)
        {
            KeyPath key = ((KeyPath)"volumes")[volume.Key];
            bool isUsed = project.Services.Values.Any(service => service.Volumes.Any(mount => mount.Kind == ComposeMountKind.Volume && mount.Source == volume.Key));
            bool isOfOneAgent = volume is { IsExternal: false, Driver: null or "local", DriverOptions.Count: 0 };
            keys.Carry(key);
            if (isUsed && isOfOneAgent)
            {
                keys.Lose(
                    key, "Each agent has a volume of that name of its own: a task that comes up on another agent finds another one.",
                    "Name a volume driver that all agents have, or keep the app on one host (a constraint hostname CLUSTER).");
            }
        }
    }

    private static int Members(ComposeProject project, ComposeNetwork network) => project.Services.Values.Count(service => service.Networks.ContainsKey(network.Key));
}
