namespace MesosDocker.Compose;

/// <summary>How replicas are exchanged (compose deploy specification, <c>update_config</c> and <c>rollback_config</c>).</summary>
public sealed record ComposeUpdate
{
    /// <summary>How many at a time; 0: all.</summary>
    public int? Parallelism { get; init; }

    public TimeSpan? Delay { get; init; }

    public string? FailureAction { get; init; }

    public TimeSpan? Monitor { get; init; }

    /// <summary>The part of all that may fail, 0 to 1.</summary>
    public decimal? MaxFailureRatio { get; init; }

    /// <summary><c>stop-first</c> or <c>start-first</c>.</summary>
    public string? Order { get; init; }
}
