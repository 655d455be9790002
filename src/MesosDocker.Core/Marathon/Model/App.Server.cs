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

    /// <summary>The definition alone: without the version, the tasks and whatever else a server tells of it.</summary>
    public App WithoutServerFields() => this with
    {
        Version = null,
        VersionInfo = null,
        TasksStaged = null,
        TasksRunning = null,
        TasksHealthy = null,
        TasksUnhealthy = null,
        Deployments = null,
        ReadinessCheckResults = null,
        Tasks = null,
        LastTaskFailure = null,
        Other = Other is { } other && other.Keys.Any(IsStatistics)
            ? other.Where(static field => !IsStatistics(field.Key)).ToDictionary(static field => field.Key, static field => field.Value)
            : Other,
    };

    // Told if asked for (embed=app.taskStats), and no part of the model.
    private static bool IsStatistics(string field) => field is "taskStats" or "tasksStats";
}
