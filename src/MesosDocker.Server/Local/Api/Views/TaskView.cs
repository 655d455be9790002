using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Tasks as answers tell them.</summary>
internal static class TaskView
{
    public static AppTask Of(Instance instance, AgentFacts agent, IReadOnlyList<int> servicePorts) => new()
    {
        Id = instance.TaskId,
        AppId = instance.AppId,
        State = State(instance),
        Host = agent.Hostname,
        SlaveId = agent.AgentId,
        Ports = [.. instance.Ports.Where(static port => port != 0)],
        ServicePorts = servicePorts.Count > 0 ? servicePorts : null,
        IpAddresses = [.. instance.Addresses.Select(static address => new TaskAddress
        {
            IpAddress = address,
            Protocol = address.Contains(':') ? "IPv6" : "IPv4",
        })],
        StagedAt = instance.Condition == InstanceCondition.Resting ? null : Moments.Text(instance.StagedAt),
        StartedAt = instance is { StartedAt: { } started, Condition: not InstanceCondition.Resting } ? Moments.Text(started) : null,
        Version = instance.Condition == InstanceCondition.Resting ? null : instance.App.Version,
        HealthCheckResults = [.. instance.Health.OrderBy(static check => check.Key).Select(static check => check.Value)],
        LocalVolumes = [.. VolumesOf(instance)],
        Region = agent.Region,
        Zone = agent.Zone,
        Role = instance.App.Role,
    };

    public static IReadOnlyList<int> ServicePorts(App app)
        => app.Container?.PortMappings?.Select(static mapping => mapping.ServicePort ?? 0).ToArray()
            ?? app.PortDefinitions?.Select(static port => port.Port ?? 0).ToArray()
            ?? [];

    private static IEnumerable<LocalVolume> VolumesOf(Instance instance)
    {
        string[] name = instance.InstanceId.Split(".instance-", 2);
        foreach (Volume volume in (instance.App.Container?.Volumes ?? []).Where(static one => one.Persistent is not null))
        {
            yield return new LocalVolume
            {
                RunSpecId = instance.AppId,
                ContainerPath = volume.ContainerPath,
                Uuid = name[^1],
                PersistenceId = $"{name[0]}#{volume.ContainerPath}#{name[^1]}",
            };
        }
    }

    private static string State(Instance instance) => instance.Condition switch
    {
        InstanceCondition.Staging => "TASK_STAGING",
        InstanceCondition.Starting => "TASK_STARTING",
        InstanceCondition.Running => "TASK_RUNNING",
        InstanceCondition.Killing => "TASK_KILLING",
        InstanceCondition.Resting => instance.EndedAs!,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
