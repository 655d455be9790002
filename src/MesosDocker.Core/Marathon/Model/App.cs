namespace MesosDocker.Marathon;

/// <summary>
/// An app as <c>/v2/apps</c> takes and gives it, Marathon 0.7 to 1.11: the fields of today, the older spellings of the same things, and
/// what a server adds. A change (<c>PATCH</c>) is an app of which only some fields are said.
/// </summary>
public sealed partial record App : MarathonObject
{
    /// <summary>A path, <c>/group/app</c>; relative to the group it is in, if it has no slash before it.</summary>
    public string? Id { get; init; }

    /// <summary>A line for <c>/bin/sh -c</c>; not together with <see cref="Args"/>.</summary>
    public string? Cmd { get; init; }

    /// <summary>A program and its arguments, or the arguments of the image's entry point.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    public string? User { get; init; }

    public Container? Container { get; init; }

    /// <summary>1 if not said.</summary>
    public int? Instances { get; init; }

    /// <summary>Shares of a processor, 1 if not said.</summary>
    public double? Cpus { get; init; }

    /// <summary>Megabytes, 128 if not said.</summary>
    public double? Mem { get; init; }

    /// <summary>Megabytes, 0 if not said.</summary>
    public double? Disk { get; init; }

    public int? Gpus { get; init; }

    public ResourceLimits? ResourceLimits { get; init; }

    public ExecutorResources? ExecutorResources { get; init; }

    /// <summary>Empty, or <c>//cmd</c> for the command executor, or the path of a program.</summary>
    public string? Executor { get; init; }

    public IReadOnlyDictionary<string, EnvironmentValue>? Env { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, SecretSource>? Secrets { get; init; }

    /// <summary>Each a field, an operator and, for most operators, a value.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Constraints { get; init; }

    public IReadOnlyList<string>? AcceptedResourceRoles { get; init; }

    public string? Role { get; init; }

    public IReadOnlyList<Network>? Networks { get; init; }

    public IReadOnlyList<PortDefinition>? PortDefinitions { get; init; }

    /// <summary>The ports of <see cref="PortDefinitions"/> are wanted on the host itself; only with host networking.</summary>
    public bool? RequirePorts { get; init; }

    public IReadOnlyList<Artifact>? Fetch { get; init; }

    public IReadOnlyList<HealthCheck>? HealthChecks { get; init; }

    public Check? Check { get; init; }

    public IReadOnlyList<ReadinessCheck>? ReadinessChecks { get; init; }

    /// <summary>Ids of apps and groups that must be healthy before this one starts.</summary>
    public IReadOnlyList<string>? Dependencies { get; init; }

    public int? BackoffSeconds { get; init; }

    public double? BackoffFactor { get; init; }

    public int? MaxLaunchDelaySeconds { get; init; }

    public int? TaskKillGracePeriodSeconds { get; init; }

    public UpgradeStrategy? UpgradeStrategy { get; init; }

    public UnreachableStrategy? UnreachableStrategy { get; init; }

    /// <summary><c>YOUNGEST_FIRST</c> or <c>OLDEST_FIRST</c>.</summary>
    public string? KillSelection { get; init; }

    public Residency? Residency { get; init; }

    public bool? Tty { get; init; }

    public override string ToString() => Id ?? "(no id)";
}
