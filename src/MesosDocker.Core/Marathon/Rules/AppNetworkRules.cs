namespace MesosDocker.Marathon;

/// <summary>Networks and ports.</summary>
internal static class AppNetworkRules
{
    public static void Check(AppCase app)
    {
        NetworkRules.Check(app.Networks, app.At["networks"], app.Settings, app.Found);
        app.Found.ErrorIf(
            app.IsDocker && app.Networks.Count(static network => network.Mode == NetworkModes.Container) > 1,
            app.At,
            "the Docker containerizer can put a container into one network only.");
        CheckMappings(app);
        CheckDefinitions(app);
    }

    private static void CheckMappings(AppCase app)
    {
        // Those that were said: what is dropped or added is not the user's.
        IReadOnlyList<PortMapping> mappings = app.Said.Container?.PortMappings is { Count: > 0 } beside
            ? beside
            : app.Said.Container?.Docker?.PortMappings ?? [];
        Place at = app.MappingsAt;

        app.Found.WarningIf(
            app.IsHost && mappings.Count > 0,
            at,
            "is dropped with host networking, where ports are said as portDefinitions; or is a network missing?");
        CheckNames(mappings.Select(static mapping => mapping.Name), at, app.Found);
        for (int i = 0; !app.IsHost && i < mappings.Count; i++)
        {
            NetworkRules.CheckPort(app.Networks, mappings[i].HostPort, mappings[i].NetworkNames, at[i], app.Found);
        }
    }

    private static void CheckDefinitions(AppCase app)
    {
        IReadOnlyList<PortDefinition> definitions = app.Said.PortDefinitions ?? [];
        Place at = app.At["portDefinitions"];
        int[] ports = [.. definitions.Select(static definition => definition.Port ?? 0).Where(static port => port != 0)];

        CheckNames(definitions.Select(static definition => definition.Name), at, app.Found);
        app.Found.ErrorIf(ports.Distinct().Count() != ports.Length, at, "must have different ports, but for 0.");
        app.Found.WarningIf(
            !app.IsHost && definitions.Count > 0,
            at,
            "is for host networking; with a network of its own, ports are said as container.portMappings.");
        app.Found.WarningIf(app.Said.RequirePorts == true && !app.IsHost, app.At["requirePorts"], "is ignored without host networking.");
    }

    private static void CheckNames(IEnumerable<string?> all, Place at, Findings found)
    {
        string[] names = [.. all.OfType<string>()];
        found.ErrorIf(names.Distinct().Count() != names.Length, at, "must have different names.");
    }
}
