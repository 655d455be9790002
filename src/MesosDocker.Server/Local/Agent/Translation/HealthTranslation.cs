using MesosDocker.Marathon;
using HealthCheck = MesosDocker.Marathon.HealthCheck;

namespace MesosDocker.Local;

/// <summary>The health check that the agent's side makes: of an app's checks the first of such a kind, for Mesos takes one.</summary>
internal static class HealthTranslation
{
    public static Mesos.HealthCheck? Of(App app, IReadOnlyList<TaskPort> ports)
        => (app.HealthChecks ?? []).Select(check => Of(check, ports)).OfType<Mesos.HealthCheck>().FirstOrDefault();

    private static Mesos.HealthCheck? Of(HealthCheck check, IReadOnlyList<TaskPort> ports) => check.Protocol switch
    {
        HealthProtocols.Command when check.Command?.Value is { } line
            => Timed(check) with { Command = new Mesos.CommandInfo { Value = line } },
        "MESOS_HTTP" or "MESOS_HTTPS" when Port(check, ports) is { } port => Timed(check) with
        {
            Http = new Mesos.HttpCheck
            {
                Port = port,
                Path = check.Path is { Length: > 0 } path ? path : "/",
                Scheme = check.Protocol == "MESOS_HTTPS" ? "https" : "http",
            },
        },
        "MESOS_TCP" when Port(check, ports) is { } port => Timed(check) with { Tcp = new Mesos.TcpCheck(port) },
        _ => null,
    };

    private static Mesos.HealthCheck Timed(HealthCheck check) => new()
    {
        Delay = Seconds(check.DelaySeconds, AppDefaults.HealthDelaySeconds),
        Interval = Seconds(check.IntervalSeconds, AppDefaults.HealthIntervalSeconds),
        Timeout = Seconds(check.TimeoutSeconds, AppDefaults.HealthTimeoutSeconds),
        GracePeriod = Seconds(check.GracePeriodSeconds, AppDefaults.HealthGraceSeconds),
        ConsecutiveFailures = check.MaxConsecutiveFailures ?? AppDefaults.HealthFailures,
    };

    /// <summary>The container's own, because it is asked from where the container is; null: there is no such port.</summary>
    private static int? Port(HealthCheck check, IReadOnlyList<TaskPort> ports)
        => check.Port ?? (check.PortIndex ?? 0) switch
        {
            int index when index < ports.Count && index >= 0 => ports[index].Inside,
            _ => null,
        };

    private static TimeSpan Seconds(int? said, int otherwise) => TimeSpan.FromSeconds(said ?? otherwise);
}
