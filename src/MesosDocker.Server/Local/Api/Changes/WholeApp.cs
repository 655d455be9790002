using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// An app as Marathon 1.11 keeps and shows it: in the spelling of today, every default said, what only a server says left out.
/// Empty lists are left out or written as Marathon's API types have them (<c>omitEmpty</c>).
/// </summary>
internal static class WholeApp
{
    private const string AnyRole = "*";
    private const string Tcp = "tcp";

    private static readonly IReadOnlyDictionary<string, string> s_noLabels = new Dictionary<string, string>();

    public static App Of(App said)
    {
        App app = CanonicalApp.Of(said);
        bool isResident = app.Residency is not null;
        return app with
        {
            Args = Filled(app.Args),
            Cpus = app.Cpus ?? 1,
            Mem = app.Mem ?? 128,
            Disk = app.Disk ?? 0,
            Gpus = app.Gpus ?? 0,
            Instances = app.Instances ?? 1,
            Executor = app.Executor ?? "",
            Env = app.Env is { Count: > 0 } ? app.Env : null,
            Labels = app.Labels ?? s_noLabels,
            Secrets = app.Secrets is { Count: > 0 } ? app.Secrets : null,
            Constraints = Filled(app.Constraints),
            AcceptedResourceRoles = app.AcceptedResourceRoles ?? [AnyRole],
            Role = app.Role ?? AnyRole,
            Container = app.Container is { } container ? Container(container) : null,
            PortDefinitions = app.PortDefinitions?.Select(static port => port with
            {
                Port = port.Port ?? 0,
                Protocol = port.Protocol ?? Tcp,
                Labels = port.Labels ?? s_noLabels,
            }).ToArray(),
            RequirePorts = app.RequirePorts ?? false,
            Fetch = Filled(app.Fetch?.Select(static file => file with
            {
                Extract = file.Extract ?? true,
                Executable = file.Executable ?? false,
                Cache = file.Cache ?? false,
            }).ToArray()),
            HealthChecks = Filled(app.HealthChecks?.Select(HealthCheck).ToArray()),
            Check = app.Check is { } check
                ? check with { IntervalSeconds = check.IntervalSeconds ?? 60, TimeoutSeconds = check.TimeoutSeconds ?? 20, DelaySeconds = check.DelaySeconds ?? 15 }
                : null,
            ReadinessChecks = Filled(app.ReadinessChecks?.Select(ReadinessCheck).ToArray()),
            Dependencies = Filled(app.Dependencies?.Select(id => PathId.Absolute(id, PathId.Parent(app.Id!))).ToArray()),
            BackoffSeconds = app.BackoffSeconds ?? 1,
            BackoffFactor = app.BackoffFactor ?? 1.15,
            MaxLaunchDelaySeconds = app.MaxLaunchDelaySeconds ?? 300,
            UpgradeStrategy = UpgradeStrategy(app),
            UnreachableStrategy = app.UnreachableStrategy ?? (isResident
                ? Marathon.UnreachableStrategy.Disabled
                : new UnreachableStrategy { InactiveAfterSeconds = 0, ExpungeAfterSeconds = 0 }),
            KillSelection = app.KillSelection ?? "YOUNGEST_FIRST",
        } with
        {
            StoreUrls = null,
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
            Other = null,
        };
    }

    private static Container Container(Container container) => container with
    {
        Docker = container.Docker is { } docker
            ? docker with
            {
                ForcePullImage = docker.ForcePullImage ?? false,
                Privileged = container.Type == ContainerTypes.Docker ? docker.Privileged ?? false : docker.Privileged,
                Parameters = container.Type == ContainerTypes.Docker ? docker.Parameters ?? [] : docker.Parameters,
            }
            : null,
        Volumes = container.Volumes ?? [],
        PortMappings = container.PortMappings?.Select(static mapping => mapping with
        {
            ContainerPort = mapping.ContainerPort ?? 0,
            ServicePort = mapping.ServicePort ?? 0,
            Protocol = mapping.Protocol ?? Tcp,
            Labels = mapping.Labels ?? s_noLabels,
        }).ToArray(),
    };

    private static UpgradeStrategy UpgradeStrategy(App app)
    {
        bool isPinned = CanonicalApp.HasPersistentVolume(app) || app.Container?.Volumes?.Any(static volume => volume.External is not null) == true;
        UpgradeStrategy said = app.UpgradeStrategy ?? new UpgradeStrategy();
        return said with
        {
            MinimumHealthCapacity = said.MinimumHealthCapacity ?? (isPinned ? 0.5 : 1),
            MaximumOverCapacity = said.MaximumOverCapacity ?? (isPinned ? 0 : 1),
        };
    }

    private static HealthCheck HealthCheck(HealthCheck check)
    {
        string protocol = check.Protocol ?? HealthProtocols.Http;
        bool isByMarathon = protocol is HealthProtocols.Http or "HTTPS" or "TCP";
        return check with
        {
            Protocol = protocol,
            IpProtocol = check.IpProtocol ?? (protocol == HealthProtocols.Command ? null : "IPv4"),
            GracePeriodSeconds = check.GracePeriodSeconds ?? 300,
            IntervalSeconds = check.IntervalSeconds ?? 60,
            TimeoutSeconds = check.TimeoutSeconds ?? 20,
            MaxConsecutiveFailures = check.MaxConsecutiveFailures ?? 3,

            // Marathon itself knows no delay. Where it makes the check, one that was not asked for would only make deployments slow.
            DelaySeconds = check.DelaySeconds ?? (isByMarathon ? null : 15),
            IgnoreHttp1xx = check.IgnoreHttp1xx ?? (protocol is HealthProtocols.Http or "HTTPS" ? false : null),
        };
    }

    private static ReadinessCheck ReadinessCheck(ReadinessCheck check) => check with
    {
        Name = check.Name ?? "readinessCheck",
        Protocol = check.Protocol ?? HealthProtocols.Http,
        Path = check.Path ?? "/",
        PortName = check.PortName ?? "http-api",
        IntervalSeconds = check.IntervalSeconds ?? 30,
        TimeoutSeconds = check.TimeoutSeconds ?? 10,
        HttpStatusCodesForReady = check.HttpStatusCodesForReady is { Count: > 0 } codes ? codes : [200],
        PreserveLastResponse = check.PreserveLastResponse ?? false,
    };

    private static IReadOnlyList<T>? Filled<T>(IReadOnlyList<T>? items) => items is { Count: > 0 } ? items : null;
}
