namespace MesosDocker.Marathon;

/// <summary>What the tasks of an app run in.</summary>
public sealed record Container : MarathonObject
{
    /// <summary><c>DOCKER</c> (if not said) or <c>MESOS</c>: the containerizer, not the kind of image.</summary>
    public string? Type { get; init; }

    public DockerContainer? Docker { get; init; }

    public LinuxInfo? LinuxInfo { get; init; }

    public IReadOnlyList<Volume>? Volumes { get; init; }

    public IReadOnlyList<PortMapping>? PortMappings { get; init; }
}

/// <summary>A Docker image, for either containerizer, and the switches of the Docker engine.</summary>
public sealed record DockerContainer : MarathonObject
{
    public string? Image { get; init; }

    public bool? ForcePullImage { get; init; }

    public bool? Privileged { get; init; }

    public IReadOnlyList<DockerParameter>? Parameters { get; init; }

    /// <summary>For the Mesos containerizer only.</summary>
    public PullConfig? PullConfig { get; init; }

    /// <summary>Before <see cref="App.Networks"/>: <c>BRIDGE</c>, <c>HOST</c>, <c>NONE</c> or <c>USER</c>.</summary>
    public string? Network { get; init; }

    /// <summary>Before <see cref="Container.PortMappings"/>.</summary>
    public IReadOnlyList<PortMapping>? PortMappings { get; init; }

    /// <summary>Before <see cref="PullConfig"/>.</summary>
    public DockerCredential? Credential { get; init; }
}

/// <summary>One option of <c>docker run</c>, <c>--key=value</c>.</summary>
public sealed record DockerParameter : MarathonObject
{
    public string? Key { get; init; }

    public string? Value { get; init; }
}

/// <summary>Where the registry's credentials are: the name of a secret of the app.</summary>
public sealed record PullConfig : MarathonObject
{
    public string? Secret { get; init; }
}

public sealed record DockerCredential : MarathonObject
{
    public string? Principal { get; init; }

    public string? Secret { get; init; }
}

/// <summary>What only Linux has, for the Mesos containerizer.</summary>
public sealed record LinuxInfo : MarathonObject
{
    public Seccomp? Seccomp { get; init; }

    public IpcInfo? IpcInfo { get; init; }
}

public sealed record Seccomp : MarathonObject
{
    public string? ProfileName { get; init; }

    public bool? Unconfined { get; init; }
}

public sealed record IpcInfo : MarathonObject
{
    /// <summary><c>PRIVATE</c> or <c>SHARE_PARENT</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>Megabytes.</summary>
    public int? ShmSize { get; init; }
}
