namespace MesosDocker.Marathon;

/// <summary>Writes what somebody asks for as the app that Marathon is told; pure, and without judging it.</summary>
public static class AppBuilder
{
    private const string Host = "Host";
    private const string Bridge = "Bridge";

    /// <exception cref="MesosDockerException"><see cref="Fault.OptionConflict"/>: two things were asked for that cannot be together.</exception>
    public static App Build(AppRequest request)
    {
        Refuse(request);
        bool isExternal = request.Containerizer == ContainerizerKind.External;
        bool isOnHost = IsOnHost(request);
        var app = new App
        {
            Id = PathId.Absolute(request.Id, request.Group is { } group ? PathId.Absolute(group) : "/"),
            Cmd = request.Arguments is null ? request.Command : null,
            Args = request.Arguments is null ? null : request.Command is null ? request.Arguments : [request.Command, .. request.Arguments],
            User = request.User,
            Instances = request.Instances,
            Cpus = request.Cpus,
            Mem = request.Memory,
            Disk = request.Disk,
            Gpus = request.Gpus,
            Executor = request.Executor,
            Env = request.Environment.Count == 0 ? null : request.Environment,
            Labels = request.Labels.Count == 0 ? null : request.Labels,
            Secrets = request.Secrets.Count == 0 ? null : request.Secrets.ToDictionary(
                static secret => secret.Key, static secret => new SecretSource { Source = secret.Value }),
            Constraints = Said(request.Constraints),
            AcceptedResourceRoles = Said(request.AcceptedResourceRoles),
            Fetch = Said(request.Fetch),
            HealthChecks = Said<HealthCheck>([.. request.HealthChecks.Select(check => check.For(request.Ports, isOnHost))]),
            Dependencies = Said(request.Dependencies),
            TaskKillGracePeriodSeconds = request.KillGraceSeconds,
            UpgradeStrategy = request.UpgradeStrategy,
        };
        return isExternal ? LegacyContainer.Describe(app, request) : isOnHost ? OnHost(app, request) : OnNetwork(app, request);
    }

    internal static bool IsOnHost(AppRequest request)
        => request.Network is { } network ? network.Equals(Host, StringComparison.OrdinalIgnoreCase)
            : request.Image is null || request.Ports.Count == 0;

    // Whoever names a port there listens on it, so it must be that one.
    private static App OnHost(App app, AppRequest request) => app with
    {
        Container = Container(request, mappings: null),
        Networks = request.Network is null ? null : [new Network { Mode = NetworkModes.Host }],
        PortDefinitions = Ports<PortDefinition>(request, [.. request.Ports.Select(static port => new PortDefinition
        {
            Port = port.Service ?? port.Container,
            Protocol = port.Protocol,
            Name = port.Name,
            Labels = port.Labels,
        })]),
        RequirePorts = request.Ports.Any(static port => port is { Container: > 0, Service: null }) ? true : null,
    };

    private static App OnNetwork(App app, AppRequest request) => app with
    {
        Networks = [IsBridge(request) ? new Network { Mode = NetworkModes.Bridge } : new Network { Mode = NetworkModes.Container, Name = request.Network }],
        Container = Container(request, Ports<PortMapping>(request, [.. request.Ports.Select(port => new PortMapping
        {
            ContainerPort = port.Container,
            HostPort = port.Host ?? (IsBridge(request) ? 0 : null),
            ServicePort = port.Service,
            Protocol = port.Protocol,
            Name = port.Name,
            Labels = port.Labels,
        })])),
    };

    private static bool IsBridge(AppRequest request) => request.Network is null || request.Network.Equals(Bridge, StringComparison.OrdinalIgnoreCase);

    private static Container? Container(AppRequest request, IReadOnlyList<PortMapping>? mappings)
    {
        bool isNeeded = request.Image is not null || request.Volumes.Count > 0 || mappings is not null || request.Containerizer is not null;
        return !isNeeded ? null : new Container
        {
            Type = request.Image is null || request.Containerizer == ContainerizerKind.Mesos ? ContainerTypes.Mesos : ContainerTypes.Docker,
            Docker = request.Image is null ? null : new DockerContainer
            {
                Image = request.Image,
                ForcePullImage = request.PullAlways ? true : null,
                Privileged = request.Privileged ? true : null,
                Parameters = Said<DockerParameter>(
                    [.. request.Parameters.Select(static pair => new DockerParameter { Key = pair.Key, Value = pair.Value })]),
                PullConfig = request.PullSecret is { } secret ? new PullConfig { Secret = secret } : null,
            },
            Volumes = Said(request.Volumes),
            PortMappings = mappings,
        };
    }

    private static void Refuse(AppRequest request)
    {
        bool isDocker = request.Image is not null && request.Containerizer != ContainerizerKind.Mesos;
        bool isExternal = request.Containerizer == ContainerizerKind.External;
        (bool Wrong, string What)[] rules =
        [
            (request.Image is null && request.Containerizer is ContainerizerKind.Docker or ContainerizerKind.External,
                $"-Containerizer {request.Containerizer} needs -Image."),
            (!isDocker && request.Parameters.Count > 0, "-Parameter is an option of docker run: it needs -Image, and not -Containerizer Mesos."),
            (!isDocker && request.Privileged, "-Privileged is an option of docker run: it needs -Image, and not -Containerizer Mesos."),
            (request.Image is null && request.PullAlways, "-PullAlways needs -Image."),
            (request.PullSecret is not null && request.Containerizer != ContainerizerKind.Mesos,
                "-PullSecret needs -Containerizer Mesos. For Docker, fetch an archive of .docker/config.json with -Fetch."),
            (!isExternal && IsOnHost(request) && request.Ports.Any(static port => port.Host is not null && port.Host != port.Container),
                "A port of the host leads to another one of the container only with -Network Bridge or a network's name."),
            (isExternal && request.PullAlways, "-PullAlways is nothing that the older container message can say."),
        ];
        if (Array.Find(rules, static rule => rule.Wrong) is { Wrong: true } broken)
        {
            throw new MesosDockerException(Fault.OptionConflict, broken.What);
        }
    }

    private static IReadOnlyList<T>? Ports<T>(AppRequest request, IReadOnlyList<T> ports) => request.NamesAllPorts ? ports : Said(ports);

    private static IReadOnlyList<T>? Said<T>(IReadOnlyList<T> items) => items.Count == 0 ? null : items;
}
