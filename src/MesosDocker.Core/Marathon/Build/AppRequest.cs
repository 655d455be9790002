namespace MesosDocker.Marathon;

/// <summary>Which containerizer runs an app's tasks, and so how the app says what it needs.</summary>
public enum ContainerizerKind
{
    /// <summary>Mesos's own for Docker, which calls the docker client.</summary>
    Docker,

    /// <summary>Mesos's own for everything, which runs Docker images without Docker (UCR).</summary>
    Mesos,

    /// <summary>A program beside the agent, told with the older message: an image address and options of <c>docker run</c>. Marathon to 0.6.</summary>
    External,
}

/// <summary>An app as people ask for one. What is null or empty is not said, and left to Marathon.</summary>
public sealed record AppRequest
{
    /// <summary>Relative to <see cref="Group"/> if it has no slash before it.</summary>
    public required string Id { get; init; }

    public string? Group { get; init; }

    public string? Image { get; init; }

    /// <summary>Null: Docker where there is an image, else whatever Marathon takes.</summary>
    public ContainerizerKind? Containerizer { get; init; }

    /// <summary>A line for a shell; with <see cref="Arguments"/> the program that gets them.</summary>
    public string? Command { get; init; }

    public IReadOnlyList<string>? Arguments { get; init; }

    public double? Cpus { get; init; }

    /// <summary>Megabytes.</summary>
    public double? Memory { get; init; }

    /// <summary>Megabytes.</summary>
    public double? Disk { get; init; }

    public int? Gpus { get; init; }

    public int? Instances { get; init; }

    public IReadOnlyDictionary<string, EnvironmentValue> Environment { get; init; } = new Dictionary<string, EnvironmentValue>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the secret store has each.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<AppPort> Ports { get; init; } = [];

    /// <summary>It has no other ports, and where there are none is not given the one that Marathon gives to every app.</summary>
    public bool NamesAllPorts { get; init; }

    /// <summary><c>Host</c>, <c>Bridge</c>, or the name of a network. Null: a bridge where an image has ports, else the host's.</summary>
    public string? Network { get; init; }

    public IReadOnlyList<Volume> Volumes { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<string>> Constraints { get; init; } = [];

    public IReadOnlyList<AppHealthCheck> HealthChecks { get; init; } = [];

    public IReadOnlyList<Artifact> Fetch { get; init; } = [];

    public string? User { get; init; }

    public bool PullAlways { get; init; }

    /// <summary>The secret with the registry's credentials; <see cref="ContainerizerKind.Mesos"/> only.</summary>
    public string? PullSecret { get; init; }

    public bool Privileged { get; init; }

    /// <summary>Options of <c>docker run</c> without their dashes; one may be there more than once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    public string? Executor { get; init; }

    public UpgradeStrategy? UpgradeStrategy { get; init; }

    public IReadOnlyList<string> Dependencies { get; init; } = [];

    public IReadOnlyList<string> AcceptedResourceRoles { get; init; } = [];

    public int? KillGraceSeconds { get; init; }
}
