namespace MesosDocker.Marathon;

/// <summary>Which networks go together; of apps and of pods.</summary>
internal static class NetworkRules
{
    public static void Check(IReadOnlyList<Network> networks, Place at, MarathonSettings? settings, Findings found)
    {
        int hosts = networks.Count(static network => network.Mode == NetworkModes.Host);
        int bridges = networks.Count(static network => network.Mode == NetworkModes.Bridge);
        int others = networks.Count - hosts - bridges;
        string[] names = [.. networks.Select(static network => network.Name).OfType<string>()];
        int unnamed = networks.Count(static network => network is { Name: null, Mode: NetworkModes.Container or null });

        found.ErrorIf(
            networks.Any(static network => network is { Mode: NetworkModes.Host } && (network.Name is not null || network.Labels is { Count: > 0 })),
            at,
            "must not give the host's network a name or labels.");
        found.ErrorIf(
            networks.Any(static network => network is { Mode: NetworkModes.Bridge, Name: not null }),
            at,
            "must not give the bridge a name.");
        found.ErrorIf(unnamed > 1 || names.Distinct().Count() != names.Length, at, "must not name a network twice.");
        found.ErrorIf(
            hosts > 1 || bridges > 1 || (hosts > 0 && bridges > 0) || (others > 0 && hosts + bridges > 0),
            at,
            "must be one host network, or one bridge, or any number of container networks.");

        if (unnamed > 0 && settings?.DefaultNetworkName is null)
        {
            Unnamed(settings is not null, at, found);
        }
    }

    /// <summary>With several networks, a port of the host can lead into one of them only.</summary>
    public static void CheckPort(
        IReadOnlyList<Network> networks, int? hostPort, IReadOnlyList<string>? networkNames, Place at, Findings found)
    {
        string[] known = [.. networks.Select(static network => network.Name).OfType<string>()];
        for (int i = 0; i < (networkNames?.Count ?? 0); i++)
        {
            found.ErrorIf(!known.Contains(networkNames![i]), at["networkNames"][i], $"must be one of the networks: {Listed(known)}.");
        }

        bool hasSeveral = networks.Count(static network => network.Mode is NetworkModes.Container or null) > 1;
        found.ErrorIf(
            hasSeveral && hostPort is not null && networkNames is not { Count: 1 },
            at,
            "must name one network in networkNames, because there are several and hostPort can lead into one of them only.");
    }

    private static void Unnamed(bool isKnown, Place at, Findings found)
    {
        const string Needed = "must have a name for a container network";
        if (isKnown)
        {
            found.Error(at, $"{Needed}; this Marathon has no default (--default_network_name).");
        }
        else
        {
            found.Warning(at, $"{Needed}, unless Marathon has a default (--default_network_name).");
        }
    }

    private static string Listed(string[] names) => names.Length == 0 ? "none has a name" : string.Join(", ", names);
}
