using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>An app as Marathon keeps it: in the spelling of today, with everything that is assumed where nothing is said.</summary>
internal static class CompleteApp
{
    public const string DefaultRole = "*";

    private static readonly Dictionary<string, string> s_noLabels = [];

    public static App Of(App app)
    {
        App canonical = CanonicalApp.Of(app);
        App complete = WithoutServersOwn(AppComparison.WithDefaults(canonical)) with { Residency = canonical.Residency };
        string group = PathId.Parent(complete.Id!);
        return complete with
        {
            Instances = complete.Instances ?? 1,
            Cpus = complete.Cpus ?? 1,
            Mem = complete.Mem ?? 128,
            Disk = complete.Disk ?? 0,
            Gpus = complete.Gpus ?? 0,
            Executor = complete.Executor ?? "",
            Env = complete.Env ?? new Dictionary<string, EnvironmentValue>(),
            Labels = complete.Labels ?? s_noLabels,
            Constraints = complete.Constraints ?? [],
            Fetch = complete.Fetch ?? [],
            Dependencies = complete.Dependencies?.Select(id => PathId.Absolute(id, group)).ToArray() ?? [],
            BackoffSeconds = complete.BackoffSeconds ?? 1,
            BackoffFactor = complete.BackoffFactor ?? 1.15,
            MaxLaunchDelaySeconds = complete.MaxLaunchDelaySeconds ?? 300,
            KillSelection = complete.KillSelection ?? KillOrder.YoungestFirst,
            RequirePorts = complete.RequirePorts ?? false,

            // An app with persistent volumes may have any role but this one; here, where there are no roles, it has none.
            Role = complete.Role ?? (CanonicalApp.HasPersistentVolume(app) ? null : DefaultRole),
            PortDefinitions = complete.PortDefinitions?.Select(Complete).ToArray(),
            Container = complete.Container is { } container ? Complete(container) : null,
            HealthChecks = complete.HealthChecks?.Select(Complete).ToArray() ?? [],
            ReadinessChecks = complete.ReadinessChecks?.Select(Complete).ToArray() ?? [],
            UnreachableStrategy = Complete(complete.UnreachableStrategy!),
        };
    }

    /// <summary>Without what a server says of it.</summary>
    private static App WithoutServersOwn(App app) => app with
    {
        Version = null,
        VersionInfo = null,
        TasksStaged = null,
        TasksRunning = null,
        TasksHealthy = null,
        TasksUnhealthy = null,
        Deployments = null,
        ReadinessCheckResults = null,
        Tasks = null,
        LastTaskFailure = null,
        StoreUrls = null,
    };

    private static PortDefinition Complete(PortDefinition port)
        => port with { Port = port.Port ?? 0, Protocol = port.Protocol ?? "tcp", Labels = port.Labels ?? s_noLabels };

    private static Container Complete(Container container) => container with
    {
        Volumes = container.Volumes ?? [],
        Docker = container.Docker is { } docker
            ? docker with
            {
                ForcePullImage = docker.ForcePullImage ?? false,
                Privileged = docker.Privileged ?? false,
                Parameters = docker.Parameters ?? [],
            }
            : null,
        PortMappings = container.PortMappings?.Select(static mapping => mapping with
        {
            ContainerPort = mapping.ContainerPort ?? 0,
            ServicePort = mapping.ServicePort ?? 0,
            Protocol = mapping.Protocol ?? "tcp",
            Labels = mapping.Labels ?? s_noLabels,
        }).ToArray(),
    };

    private static HealthCheck Complete(HealthCheck check) => check with
    {
        Protocol = check.Protocol ?? HealthProtocols.Http,
        IpProtocol = check.Protocol == HealthProtocols.Command ? check.IpProtocol : check.IpProtocol ?? "IPv4",
        GracePeriodSeconds = check.GracePeriodSeconds ?? 300,
        IntervalSeconds = check.IntervalSeconds ?? 60,
        TimeoutSeconds = check.TimeoutSeconds ?? 20,
        DelaySeconds = check.DelaySeconds ?? 15,
        MaxConsecutiveFailures = check.MaxConsecutiveFailures ?? 3,
    };

    private static ReadinessCheck Complete(ReadinessCheck check) => check with
    {
        Name = check.Name ?? "readinessCheck",
        Protocol = check.Protocol ?? HealthProtocols.Http,
        Path = check.Path ?? "/",
        PortName = check.PortName ?? "http-api",
        IntervalSeconds = check.IntervalSeconds ?? 30,
        TimeoutSeconds = check.TimeoutSeconds ?? 10,
        HttpStatusCodesForReady = check.HttpStatusCodesForReady ?? [200],
        PreserveLastResponse = check.PreserveLastResponse ?? false,
    };

    private static UnreachableStrategy Complete(UnreachableStrategy strategy) => strategy.IsDisabled
        ? strategy
        : strategy with { InactiveAfterSeconds = strategy.InactiveAfterSeconds ?? 0, ExpungeAfterSeconds = strategy.ExpungeAfterSeconds ?? 0 };
}
