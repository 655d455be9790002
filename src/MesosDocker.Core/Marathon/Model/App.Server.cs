namespace MesosDocker.Marathon;

// What a server adds to an app when it is asked for it.
public sealed partial record App
{
    /// <summary>A moment, which is the name of this version; kept letter for letter.</summary>
    public string? Version { get; init; }

    public VersionInfo? VersionInfo { get; init; }

    public int? TasksStaged { get; init; }

    public int? TasksRunning { get; init; }

    public int? TasksHealthy { get; init; }

    public int? TasksUnhealthy { get; init; }

    /// <summary>Deployments that hold this app at the moment.</summary>
    public IReadOnlyList<Identified>? Deployments { get; init; }

    public IReadOnlyList<ReadinessResult>? ReadinessCheckResults { get; init; }

    public IReadOnlyList<AppTask>? Tasks { get; init; }

    public TaskFailure? LastTaskFailure { get; init; }
}
