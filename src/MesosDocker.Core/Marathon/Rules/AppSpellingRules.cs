namespace MesosDocker.Marathon;

/// <summary>Where older and newer spellings of the same thing meet.</summary>
internal static class AppSpellingRules
{
    public static void Check(AppCase app)
    {
        CheckNetworks(app);
        CheckPorts(app);
        app.Found.ErrorIf(
            app.Said.Uris is { Count: > 0 } && app.Said.Fetch is { Count: > 0 },
            app.At["uris"],
            "is the older spelling of fetch, and must not stand beside it.");
        app.Found.WarningIf(app.Said.StoreUrls is { Count: > 0 }, app.At["storeUrls"], "is ignored since Marathon 1.4; use fetch.");
    }

    private static void CheckNetworks(AppCase app)
    {
        App said = app.Said;
        string? docker = said.Container?.Docker?.Network;
        bool hasNetworks = said.Networks is { Count: > 0 };
        bool isDocker = said.Container is { Type: null or ContainerTypes.Docker };

        app.Found.ErrorIf(
            docker is not null && hasNetworks,
            app.At,
            "container.docker.network is the older spelling of networks, and must not stand beside it.");
        app.Found.ErrorIf(
            said.IpAddress is not null && hasNetworks,
            app.At,
            "ipAddress is the older spelling of networks, and must not stand beside it.");
        app.Found.ErrorIf(
            docker == "NONE",
            app.At["container"]["docker"]["network"],
            "must be BRIDGE, HOST or USER: Marathon cannot start a container without a network.");
        app.Found.ErrorIf(
            isDocker && said.IpAddress?.Discovery is not null,
            app.At["ipAddress"],
            "must not have discovery with the Docker containerizer; use container.portMappings.");
        app.Found.ErrorIf(
            !isDocker && said.IpAddress?.Discovery?.Ports is { Count: > 0 } && said.Container?.PortMappings is { Count: > 0 },
            app.At["ipAddress"],
            "must not have discovery.ports beside container.portMappings, which say the same.");
    }

    private static void CheckPorts(AppCase app)
    {
        App said = app.Said;
        int[] ports = [.. said.Ports?.Where(static port => port != 0) ?? []];
        bool isSame = said.PortDefinitions?.Select(static definition => definition.Port ?? 0).SequenceEqual(said.Ports ?? []) == true;

        app.Found.ErrorIf(ports.Distinct().Count() != ports.Length, app.At, "ports must be different, but for 0.");
        app.Found.ErrorIf(
            said.Ports is not null && said.PortDefinitions is not null && !isSame,
            app.At,
            "ports is the older spelling of portDefinitions, and must not say anything else beside it.");
        app.Found.ErrorIf(
            said.IpAddress is not null && (said.Ports is { Count: > 0 } || said.PortDefinitions is { Count: > 0 }),
            app.At,
            "ports and portDefinitions are ports of the host, and must not stand beside ipAddress.");
        app.Found.ErrorIf(
            said.Container?.PortMappings is { Count: > 0 } && said.Container.Docker?.PortMappings is { Count: > 0 },
            app.At["container"]["docker"]["portMappings"],
            "is the older place of container.portMappings, and must not stand beside it.");
    }
}
