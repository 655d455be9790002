namespace MesosDocker.Marathon;

/// <summary>One container of a pod.</summary>
public sealed record PodContainer : MarathonObject
{
    public string? Name { get; init; }

    public PodExec? Exec { get; init; }

    public Resources? Resources { get; init; }

    public ResourceLimits? ResourceLimits { get; init; }

    public IReadOnlyList<Endpoint>? Endpoints { get; init; }

    public PodImage? Image { get; init; }

    public IReadOnlyDictionary<string, EnvironmentValue>? Environment { get; init; }

    public string? User { get; init; }

    public ContainerHealthCheck? HealthCheck { get; init; }

    public Check? Check { get; init; }

    public IReadOnlyList<VolumeMount>? VolumeMounts { get; init; }

    public IReadOnlyList<Artifact>? Artifacts { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public Lifecycle? Lifecycle { get; init; }

    public LinuxInfo? LinuxInfo { get; init; }

    public bool? Tty { get; init; }
}

public sealed record PodExec : MarathonObject
{
    public MesosCommand? Command { get; init; }

    public bool? OverrideEntrypoint { get; init; }
}

public sealed record PodImage : MarathonObject
{
    /// <summary><c>DOCKER</c> is the only one there is.</summary>
    public string? Kind { get; init; }

    public string? Id { get; init; }

    public PullConfig? PullConfig { get; init; }

    public bool? ForcePull { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>A port of a pod's container, under a name.</summary>
public sealed record Endpoint : MarathonObject
{
    public string? Name { get; init; }

    public int? ContainerPort { get; init; }

    /// <summary>0: one of those offered.</summary>
    public int? HostPort { get; init; }

    public IReadOnlyList<string>? Protocol { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyList<string>? NetworkNames { get; init; }
}

public sealed record VolumeMount : MarathonObject
{
    public string? Name { get; init; }

    public string? MountPath { get; init; }

    public bool? ReadOnly { get; init; }
}

public sealed record Lifecycle : MarathonObject
{
    public double? KillGracePeriodSeconds { get; init; }
}
