namespace MesosDocker.Marathon;

/// <summary>How an app stands, out of what its Marathon says about it.</summary>
internal sealed record AppStanding
{
    public required App App { get; init; }

    public int Wanted { get; private init; }

    public int Running { get; private init; }

    public int Healthy { get; private init; }

    public int Old { get; private init; }

    /// <summary>Tasks of this version, whatever they are at.</summary>
    public int There { get; private init; }

    public bool HasChecks => App.HealthChecks is { Count: > 0 };

    public bool HasDeployment => App.Deployments is { Count: > 0 };

    public bool IsDone => !HasDeployment && Old == 0 && (Wanted == 0 ? Running == 0 : Running >= Wanted && Healthy >= Wanted);

    /// <summary>
    /// The moment of the definition that tasks should be of; scaling alone leaves it as it is. The earliest there is where it is not told
    /// (before 0.10).
    /// </summary>
    public static DateTimeOffset ConfiguredAt(App app) => MarathonClient.MomentOf(app.VersionInfo?.LastConfigChangeAt);

    public static AppStanding Of(App app)
    {
        var standing = new AppStanding { App = app, Wanted = app.Instances ?? 1 };
        if (app.Tasks is not { } tasks)
        {
            int count = app.TasksRunning ?? 0;
            return standing with
            {
                Running = count,
                Healthy = standing.HasChecks ? app.TasksHealthy ?? 0 : count,
                There = count + (app.TasksStaged ?? 0),
            };
        }

        AppTask[] running = [.. tasks.Where(IsRunning).Where(task => IsNew(task, app))];
        return standing with
        {
            Running = running.Length,
            Healthy = running.Count(task => IsHealthy(task, app)),
            Old = tasks.Count(task => IsThere(task) && !IsNew(task, app)),
            There = tasks.Count(task => IsThere(task) && IsNew(task, app)),
        };
    }

    // Before 1.3 no state is told, but a moment once the task runs.
    private static bool IsRunning(AppTask task) => task.State is { } state ? state == "TASK_RUNNING" : task.StartedAt is not null;

    private static bool IsThere(AppTask task)
        => task.State is not ("TASK_KILLING" or "TASK_KILLED" or "TASK_FINISHED" or "TASK_FAILED" or "TASK_ERROR" or "TASK_LOST"
            or "TASK_GONE" or "TASK_DROPPED");

    private static bool IsNew(AppTask task, App app) => task.Version is null || MarathonClient.MomentOf(task.Version) >= ConfiguredAt(app);

    private static bool IsHealthy(AppTask task, App app)
        => app.HealthChecks is not { Count: > 0 } || (task.HealthCheckResults is { Count: > 0 } results && results.All(static result => result.Alive == true));
}
