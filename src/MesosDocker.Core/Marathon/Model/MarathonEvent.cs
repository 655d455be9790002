namespace MesosDocker.Marathon;

/// <summary>
/// What <c>/v2/events</c> sends (docs/event-bus.md of Marathon). One record for all types: each fills the fields that it has, a type
/// that is not known here too, and what has no field is in <see cref="MarathonObject.Other"/>.
/// </summary>
public sealed partial record MarathonEvent : MarathonObject
{
    /// <summary><c>status_update_event</c>, <c>deployment_success</c>...</summary>
    public string? EventType { get; init; }

    public string? Timestamp { get; init; }

    public string? AppId { get; init; }

    public string? TaskId { get; init; }

    public string? InstanceId { get; init; }

    /// <summary>The app or pod of an instance.</summary>
    public string? RunSpecId { get; init; }

    public string? RunSpecVersion { get; init; }

    /// <summary><c>TASK_RUNNING</c> and the like.</summary>
    public string? TaskStatus { get; init; }

    /// <summary>Of an instance: <c>Running</c>, <c>Staging</c>, <c>Unreachable</c>...</summary>
    public string? Condition { get; init; }

    public string? Message { get; init; }

    public string? Reason { get; init; }

    public string? Host { get; init; }

    public IReadOnlyList<int>? Ports { get; init; }

    public IReadOnlyList<TaskAddress>? IpAddresses { get; init; }

    public string? SlaveId { get; init; }

    public string? AgentId { get; init; }

    public string? ExecutorId { get; init; }

    /// <summary>Of the app, the group or the deployment.</summary>
    public string? Version { get; init; }

    public bool? Alive { get; init; }

    public bool? Healthy { get; init; }

    public HealthCheck? HealthCheck { get; init; }

    public string? GroupId { get; init; }

    /// <summary>Of the deployment.</summary>
    public string? Id { get; init; }

    public Deployment? Plan { get; init; }

    public DeploymentStep? CurrentStep { get; init; }

    public App? AppDefinition { get; init; }

    public string? ClientIp { get; init; }

    public string? RemoteAddress { get; init; }

    public string? CallbackUrl { get; init; }

    public string? Uri { get; init; }

    public string? FrameworkId { get; init; }

    public string? Master { get; init; }

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: it is no JSON, or a field is of another type than it has.</exception>
    public static MarathonEvent FromJson(ReadOnlyMemory<byte> utf8)
        => ModelText.Read(utf8, static json => ModelText.Read(json, MarathonJson.Default.MarathonEvent, new AnyShape()));

    public byte[] ToJson(bool indented = false) => ModelText.Write(this, MarathonJson.Default.MarathonEvent, indented);
}
