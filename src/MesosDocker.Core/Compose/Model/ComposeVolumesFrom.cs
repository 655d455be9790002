namespace MesosDocker.Compose;

/// <summary>All mounts of another service, or of a container that is not the project's.</summary>
public sealed record ComposeVolumesFrom
{
    public required string Source { get; init; }

    /// <summary><see cref="Source"/> is a container, and not a service.</summary>
    public bool IsContainer { get; init; }

    public bool IsReadOnly { get; init; }
}
