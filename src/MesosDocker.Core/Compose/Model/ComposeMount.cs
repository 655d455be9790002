namespace MesosDocker.Compose;

/// <summary>What is mounted into a service's containers (compose specification, service <c>volumes</c>).</summary>
public sealed record ComposeMount
{
    public required ComposeMountKind Kind { get; init; }

    /// <summary>The key of a volume, the absolute path on the host, or the image; null: an anonymous volume, or a tmpfs.</summary>
    public string? Source { get; init; }

    /// <summary>The path in the container.</summary>
    public required string Target { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>Of a bind: <c>rprivate</c>, <c>shared</c> and their like.</summary>
    public string? Propagation { get; init; }

    /// <summary>Of a bind: the host's directory is made if it is not there. Always so in the short syntax.</summary>
    public bool CreatesHostPath { get; init; }

    /// <summary>Of a bind: <c>z</c> or <c>Z</c>.</summary>
    public string? SeLinux { get; init; }

    /// <summary>Of a volume: nothing of the image is copied into it.</summary>
    public bool IsNoCopy { get; init; }

    /// <summary>Of a volume or an image: the path inside of it that is mounted.</summary>
    public string? SubPath { get; init; }

    /// <summary>Of a tmpfs, in bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Of a tmpfs: its permission bits.</summary>
    public int? FileMode { get; init; }
}
