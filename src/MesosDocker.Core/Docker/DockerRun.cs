namespace MesosDocker.Docker;

/// <summary>
/// One <c>docker run</c>: what the engine is asked to create, and what the docker client itself would do around it.
/// </summary>
public sealed record DockerRun
{
    /// <summary>What the engine creates; its image and command are the words after the options.</summary>
    public ContainerSpec Container { get; init; } = new();

    /// <summary><c>--name</c>; null: the engine makes one up.</summary>
    public string? Name { get; init; }

    public PullPolicy? Pull { get; init; }

    /// <summary><c>--platform</c>, such as <c>linux/arm64</c>.</summary>
    public string? Platform { get; init; }

    public bool Detach { get; init; }

    public bool Quiet { get; init; }

    /// <summary>True unless <c>--sig-proxy=false</c>.</summary>
    public bool SignalProxy { get; init; } = true;

    public string? DetachKeys { get; init; }

    /// <summary>True unless <c>--disable-content-trust=false</c>.</summary>
    public bool DisableContentTrust { get; init; } = true;

    /// <summary><c>--use-api-socket</c> (28.2 and later).</summary>
    public bool UseApiSocket { get; init; }
}

/// <summary>When an image is pulled: <c>--pull</c>.</summary>
public enum PullPolicy
{
    Missing,
    Always,
    Never,
}
