namespace MesosDocker.Marathon;

/// <summary>Containers that are started together on one agent and share a network, as <c>/v2/pods</c> takes and gives them.</summary>
public sealed partial record Pod : MarathonObject
{
    public string? Id { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string? Version { get; init; }

    public string? User { get; init; }

    public IReadOnlyDictionary<string, EnvironmentValue>? Environment { get; init; }

    public IReadOnlyList<PodContainer>? Containers { get; init; }

    public IReadOnlyDictionary<string, SecretSource>? Secrets { get; init; }

    public IReadOnlyList<PodVolume>? Volumes { get; init; }

    public IReadOnlyList<Network>? Networks { get; init; }

    public PodScaling? Scaling { get; init; }

    public PodScheduling? Scheduling { get; init; }

    public ExecutorResources? ExecutorResources { get; init; }

    public string? Role { get; init; }

    public LinuxInfo? LinuxInfo { get; init; }

    public bool? LegacySharedCgroups { get; init; }
}

public sealed record PodScaling : MarathonObject
{
    /// <summary><c>fixed</c> is the only one there is.</summary>
    public string? Kind { get; init; }

    public int? Instances { get; init; }
}

public sealed record PodScheduling : MarathonObject
{
    public PodBackoff? Backoff { get; init; }

    public UpgradeStrategy? Upgrade { get; init; }

    public PodPlacement? Placement { get; init; }

    public string? KillSelection { get; init; }

    public UnreachableStrategy? UnreachableStrategy { get; init; }
}

/// <summary>Seconds.</summary>
public sealed record PodBackoff : MarathonObject
{
    public double? Backoff { get; init; }

    public double? BackoffFactor { get; init; }

    public double? MaxLaunchDelay { get; init; }
}

public sealed record PodPlacement : MarathonObject
{
    public IReadOnlyList<PodConstraint>? Constraints { get; init; }

    public IReadOnlyList<string>? AcceptedResourceRoles { get; init; }
}

public sealed record PodConstraint : MarathonObject
{
    public string? FieldName { get; init; }

    public string? Operator { get; init; }

    public string? Value { get; init; }
}

/// <summary>A volume that the pod's containers mount by its name; of nothing but a name, it lives as long as the pod.</summary>
public sealed record PodVolume : MarathonObject
{
    public string? Name { get; init; }

    public string? Host { get; init; }

    public string? Secret { get; init; }

    public PersistentVolume? Persistent { get; init; }
}
