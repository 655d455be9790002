namespace MesosDocker.Compose;

/// <summary>What a platform is told of a service (compose deploy specification), beyond its resources and its number.</summary>
public sealed record ComposeDeploy
{
    /// <summary><c>replicated</c>, <c>global</c> or a job of either.</summary>
    public string? Mode { get; init; }

    public string? EndpointMode { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = ComposeEmpty.Values;

    /// <summary>As they were written: <c>node.role == worker</c>.</summary>
    public IReadOnlyList<string> Constraints { get; init; } = [];

    /// <summary>What replicas are spread over: <c>node.labels.zone</c>.</summary>
    public IReadOnlyList<string> Spread { get; init; } = [];

    public int? MaxReplicasPerNode { get; init; }

    public ComposeUpdate? Update { get; init; }

    public ComposeUpdate? Rollback { get; init; }
}
