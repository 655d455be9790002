namespace MesosDocker.Compose;

/// <summary>A port that a service of a pod publishes on the host.</summary>
public sealed record PodPort
{
    public required string Service { get; init; }

    public required int ContainerPort { get; init; }

    public required string Protocol { get; init; }

    /// <summary>Null: whichever is free.</summary>
    public int? HostPort { get; init; }

    /// <summary>The last port of a range, one of which is taken.</summary>
    public int? HostPortLast { get; init; }

    /// <summary>Null: all addresses of the host.</summary>
    public string? HostIp { get; init; }

    /// <summary>It is chosen when the pod runs.</summary>
    public required bool IsDynamic { get; init; }
}
