using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Tasks as answers tell them.</summary>
internal static class TaskView
{
    public static AppTask Of(Instance instance, AgentFacts agent, IReadOnlyList<int> servicePorts) => new()
    {
        Id = instance.TaskId,
        AppId = instance.AppId,
        State = State(instance.Condition),
        Host = agent.Hostname,
        SlaveId = agent.AgentId,
        Ports = [.. instance.Ports.Where(static port => port != 0)],
        ServicePorts = servicePorts.Count > 0 ? servicePorts : null,
        IpAddresses = [.. instance.Addresses.Select(static address => new TaskAddress
        {
            IpAddress = address,
            Protocol = address.Contains(':') ? "IPv6" : "IPv4",
        })],
        StagedAt = Moments.Text(instance.StagedAt),
        StartedAt = instance.StartedAt is { } started ? Moments.Text(started) : null,
        Version = instance.App.Version,
        HealthCheckResults = [.. instance.Health.OrderBy(static check => check.Key).Select(static check => check.Value)],
        LocalVolumes = [],
        Region = agent.Region,
        Zone = agent.Zone,
        Role = instance.App.Role,
    };

    public static IReadOnlyList<int> ServicePorts(App app)
        => app.Container?.PortMappings?.Select(static mapping => mapping.ServicePort ?? 0).ToArray()
            ?? app.PortDefinitions?.Select(static port => port.Port ?? 0).ToArray()
            ?? [];

    private static string State(InstanceCondition condition) => condition switch
    {
        InstanceCondition.Staging => "TASK_STAGING",
        InstanceCondition.Starting => "TASK_STARTING",
        InstanceCondition.Running => "TASK_RUNNING",
        InstanceCondition.Killing => "TASK_KILLING",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
