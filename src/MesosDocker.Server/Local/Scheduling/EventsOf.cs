using MesosDocker.Marathon;
using MesosDocker.Mesos;
using HealthCheck = MesosDocker.Marathon.HealthCheck;

namespace MesosDocker.Local;

/// <summary>What the world is told, in the words of Marathon's event bus.</summary>
internal sealed class EventsOf(AgentFacts agent, DateTimeOffset now)
{
    private static readonly string[] s_unhealthyKill = ["unhealthy_task_kill_event", "unhealthy_instance_kill_event"];

    private readonly string _now = Moments.Text(now);

    public MarathonEvent Status(Instance instance, AgentUpdate update) => new()
    {
        EventType = "status_update_event",
        Timestamp = Moments.Text(update.Timestamp),
        SlaveId = agent.AgentId,
        TaskId = instance.TaskId,
        TaskStatus = Word(update.State),
        Message = update.Message ?? "",
        AppId = instance.AppId,
        Host = agent.Hostname,
        IpAddresses = [.. instance.Addresses.Select(Address)],
        Ports = [.. instance.Ports.Where(static port => port != 0)],
        Version = instance.Version,
    };

    public MarathonEvent Instance(Instance instance, string condition) => new()
    {
        EventType = "instance_changed_event",
        Timestamp = _now,
        InstanceId = instance.InstanceId,
        Condition = condition,
        RunSpecId = instance.AppId,
        AgentId = agent.AgentId,
        Host = agent.Hostname,
        RunSpecVersion = instance.Version,
    };

    public MarathonEvent UnknownInstance(string taskId, string condition) => new()
    {
        EventType = "unknown_instance_terminated_event",
        Timestamp = _now,
        InstanceId = Local.TaskId.InstanceOf(taskId),
        RunSpecId = "/" + taskId.Split('.', 2)[0].Replace('_', '/'),
        Condition = condition,
    };

    public MarathonEvent InstanceHealth(Instance instance, bool healthy) => new()
    {
        EventType = "instance_health_changed_event",
        Timestamp = _now,
        InstanceId = instance.InstanceId,
        RunSpecId = instance.AppId,
        RunSpecVersion = instance.Version,
        Healthy = healthy,
    };

    public MarathonEvent Health(Instance instance, bool alive) => new()
    {
        EventType = "health_status_changed_event",
        Timestamp = _now,
        AppId = instance.AppId,
        InstanceId = instance.InstanceId,
        TaskId = instance.TaskId,
        Version = instance.Version,
        Alive = alive,
    };

    public MarathonEvent HealthCheckFailed(Instance instance, HealthCheck check) => new()
    {
        EventType = "failed_health_check_event",
        Timestamp = _now,
        AppId = instance.AppId,
        InstanceId = instance.InstanceId,
        TaskId = instance.TaskId,
        HealthCheck = check,
    };

    /// <summary>Told twice, in the words of two ages of Marathon.</summary>
    public IEnumerable<MarathonEvent> UnhealthyKill(Instance instance, string? reason)
        => s_unhealthyKill.Select(type => new MarathonEvent
        {
            EventType = type,
            Timestamp = _now,
            AppId = instance.AppId,
            TaskId = instance.TaskId,
            InstanceId = instance.InstanceId,
            Version = instance.Version,
            Reason = reason ?? "unknown",
            Host = agent.Hostname,
            SlaveId = agent.AgentId,
        });

    public IEnumerable<MarathonEvent> HealthChecks(App app, bool isAdded) => (app.HealthChecks ?? []).Select(check => new MarathonEvent
    {
        EventType = isAdded ? "add_health_check_event" : "remove_health_check_event",
        Timestamp = _now,
        AppId = app.Id,
        Version = app.Version,
        HealthCheck = check,
    });

    public MarathonEvent GroupChanged(string groupId, string version)
        => new() { EventType = "group_change_success", Timestamp = _now, GroupId = groupId, Version = version };

    public MarathonEvent AppTerminated(string appId) => new() { EventType = "app_terminated_event", Timestamp = _now, AppId = appId };

    public MarathonEvent Step(RunningDeployment deployment, bool isDone) => new()
    {
        EventType = isDone ? "deployment_step_success" : "deployment_info",
        Timestamp = _now,
        Plan = Plan(deployment),
        CurrentStep = deployment.Steps[deployment.CurrentStep - 1],
    };

    public MarathonEvent Deployment(RunningDeployment deployment, bool isSuccess) => new()
    {
        EventType = isSuccess ? "deployment_success" : "deployment_failed",
        Timestamp = _now,
        Id = deployment.Id,
        Plan = Plan(deployment),
        Reason = isSuccess ? null : "The upgrade has been cancelled",
    };

    public static string Word(TaskState state) => "TASK_" + state.ToString().ToUpperInvariant();

    private static Deployment Plan(RunningDeployment deployment) => new()
    {
        Id = deployment.Id,
        Version = deployment.Version,
        AffectedApps = [.. deployment.AffectedApps],
        Steps = deployment.Steps,
        Original = deployment.Original,
        Target = deployment.Target,
    };

    public static TaskAddress Address(string address)
        => new() { IpAddress = address, Protocol = address.Contains(':') ? "IPv6" : "IPv4" };
}
