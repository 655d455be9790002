namespace MesosDocker.Marathon;

/// <summary>
/// An app in the spelling of today: <see cref="App.Networks"/>, <see cref="Container.PortMappings"/>, <see cref="App.PortDefinitions"/> and
/// <see cref="App.Fetch"/>, whatever it was written in, with the ports and networks that Marathon adds where none are said.
/// </summary>
/// <remarks>
/// Follows Marathon 1.5 to 1.11 step by step. It has an answer for contradictions, too (what is new wins), because rules are judged on
/// its result and should not end at the first contradiction.
/// </remarks>
internal static class CanonicalApp
{
    private const string DefaultPortName = "default";

    public static App Of(App app)
    {
        IReadOnlyList<Network> networks = NetworksOf(app);
        bool isHost = networks.All(static network => network.Mode == NetworkModes.Host);
        IReadOnlyList<PortDefinition>? definitions = app.PortDefinitions ?? app.Ports?.Select(static port => new PortDefinition { Port = port }).ToArray();
        Container? container = ContainerOf(app, networks, isHost, definitions?.Count ?? 0);

        return app with
        {
            Id = app.Id is { } id ? PathId.Absolute(id) : null,
            Fetch = FetchOf(app),
            Uris = null,
            Networks = networks,
            IpAddress = null,
            Container = container,
            PortDefinitions = isHost ? definitions ?? [new PortDefinition { Port = 0, Name = DefaultPortName }] : null,
            Ports = null,
            RequirePorts = isHost ? app.RequirePorts : null,
            HealthChecks = HealthChecksOf(app, container),
            Residency = app.Residency ?? (HasPersistentVolume(app) ? new Residency() : null),
        };
    }

    public static bool HasPersistentVolume(App app)
        => app.Container?.Volumes?.Any(static volume => volume.Persistent is not null) == true;

    private static IReadOnlyList<Artifact>? FetchOf(App app)
        => app.Fetch is { Count: > 0 } fetch ? fetch
            : app.Uris?.Select(static uri => new Artifact { Uri = uri, Extract = Archives.IsArchive(uri) }).ToArray() ?? app.Fetch;

    private static IReadOnlyList<Network> NetworksOf(App app)
    {
        IReadOnlyDictionary<string, string>? labels = app.IpAddress?.Labels;
        string? name = app.IpAddress?.NetworkName;
        return app.Networks is { Count: > 0 } said ? [.. said.Select(WithMode)]
            : app.Container?.Docker?.Network switch
            {
                "BRIDGE" => [new Network { Mode = NetworkModes.Bridge, Labels = labels }],
                "USER" => [new Network { Mode = NetworkModes.Container, Name = name, Labels = labels }],
                null when app.IpAddress is not null => [new Network { Mode = NetworkModes.Container, Name = name, Labels = labels }],
                _ => [new Network { Mode = NetworkModes.Host }],
            };
    }

    private static Network WithMode(Network network) => network with { Mode = network.Mode ?? NetworkModes.Container };

    private static Container? ContainerOf(App app, IReadOnlyList<Network> networks, bool isHost, int definitions)
    {
        // A network of its own needs a container, if only one without an image.
        Container? container = app.Container ?? (isHost && app.IpAddress is null ? null : new Container { Type = ContainerTypes.Mesos });
        if (container is null)
        {
            return null;
        }

        IReadOnlyList<PortMapping>? mappings = isHost ? null : Mappings(app, container, definitions);
        bool isBridge = networks.Any(static network => network.Mode == NetworkModes.Bridge);
        return container with
        {
            Type = container.Type ?? ContainerTypes.Docker,
            Docker = container.Docker is { } docker ? docker with { Network = null, PortMappings = null } : null,
            PortMappings = isBridge ? mappings?.Select(static mapping => mapping with { HostPort = mapping.HostPort ?? 0 }).ToArray() : mappings,
        };
    }

    private static PortMapping[] Mappings(App app, Container container, int definitions)
    {
        IReadOnlyList<PortMapping> said = container.PortMappings is { Count: > 0 } beside ? beside
            : container.Docker?.PortMappings
                ?? Discovered(app, container)
                ?? container.PortMappings
                ?? [new PortMapping { Name = DefaultPortName }];
        return [.. said, .. Enumerable.Repeat(new PortMapping(), Math.Max(0, definitions - said.Count))];
    }

    private static IReadOnlyList<PortMapping>? Discovered(App app, Container container)
        => container.Type == ContainerTypes.Mesos && app.IpAddress?.Discovery?.Ports is { Count: > 0 } ports
            ? [.. ports.Select(static port => new PortMapping
            {
                ContainerPort = port.Number,
                Name = port.Name,
                Protocol = port.Protocol,
                Labels = port.Labels,
            })]
            : null;

    // The place in the ports had 0 as its default once, and still has where there are ports.
    private static IReadOnlyList<HealthCheck>? HealthChecksOf(App app, Container? container)
        => app.PortDefinitions is { Count: > 0 } || container?.PortMappings is not null
            ? app.HealthChecks?.Select(static check => check is { PortIndex: null, Port: null } && check.Protocol != HealthProtocols.Command
                ? check with { PortIndex = 0 }
                : check).ToArray()
            : app.HealthChecks;
}
