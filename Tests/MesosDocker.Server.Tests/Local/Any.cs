using MesosDocker.Local;
using MesosDocker.Marathon;
using HealthCheck = MesosDocker.Marathon.HealthCheck;
using Resources = MesosDocker.Mesos.Resources;

namespace MesosDocker.Server.Tests;

/// <summary>Apps, instances and machines of which only something is of interest.</summary>
internal static class Any
{
    public const string Version = "2026-03-01T12:00:00.000Z";
    public const string OlderVersion = "2026-03-01T11:00:00.000Z";

    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static HealthCheck Check { get; } = new() { Protocol = "HTTP", GracePeriodSeconds = 10, MaxConsecutiveFailures = 3 };

    public static AgentFacts Agent { get; } = new()
    {
        AgentId = "agent-1",
        Hostname = "here",
        Resources = new Resources { Cpus = 2, Memory = 1024, Disk = 100, Gpus = 1, Ports = [new(31000, 31003), new(32000, 32000)] },
    };

    public static App App(int instances = 1, double minimum = 1, double over = 1) => CompleteApp.Of(new App
    {
        Id = "/web",
        Cmd = "run",
        Instances = instances,
        UpgradeStrategy = new UpgradeStrategy { MinimumHealthCapacity = minimum, MaximumOverCapacity = over },
    }) with
    {
        Version = Version,
        VersionInfo = new VersionInfo { LastScalingAt = Version, LastConfigChangeAt = Version },
    };

    public static App Older(App app) => app with
    {
        Version = OlderVersion,
        VersionInfo = new VersionInfo { LastScalingAt = OlderVersion, LastConfigChangeAt = OlderVersion },
    };

    public static Instance Instance(App app, InstanceCondition condition = InstanceCondition.Running, int age = 0) => new()
    {
        TaskId = TaskId.New(app.Id!, Guid.NewGuid()),
        AppId = app.Id!,
        App = app,
        Condition = condition,
        StagedAt = Now.AddSeconds(-age),
        StartedAt = condition == InstanceCondition.Running ? Now.AddSeconds(-age) : null,
    };

    public static Instance Found(Instance instance, bool isAlive)
        => instance with { Health = instance.Health.SetItem(0, new HealthResult { Alive = isAlive }) };
}
