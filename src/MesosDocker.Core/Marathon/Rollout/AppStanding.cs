namespace MesosDocker.Marathon;

/// <summary>How far an app is from what is wanted of it.</summary>
/// <param name="Wanted">Instances.</param>
/// <param name="Ready">Tasks of the version that is wanted, which run and are healthy.</param>
/// <param name="Outdated">Tasks of versions before.</param>
public sealed record AppStanding(string Id, int Wanted, int Running, int Ready, int Unhealthy, int Outdated, bool IsDeploying)
{
    /// <summary>Everything is there, healthy and of the version that is wanted, and nothing else.</summary>
    public bool IsReached => !IsDeploying && IsSettled;

    /// <summary>The same, whether or not its deployment has other things to do yet.</summary>
    public bool IsSettled => Outdated == 0 && Ready >= Wanted;

    /// <param name="app">With its tasks.</param>
    public static AppStanding Of(App app)
    {
        DateTimeOffset since = ConfiguredAt(app);
        IReadOnlyList<AppTask> tasks = app.Tasks ?? [];
        AppTask[] current = [.. tasks.Where(task => IsCurrent(task, since))];
        return new AppStanding(
            app.Id ?? "",
            app.Instances ?? 1,
            current.Count(IsRunning),
            current.Count(task => IsRunning(task) && IsHealthy(task, app)),
            current.Count(static task => IsRunning(task) && task.HealthCheckResults?.Any(static result => result.Alive == false) == true),
            tasks.Count - current.Length,
            app.Deployments is { Count: > 0 });
    }

    /// <summary>Since when its tasks are what they are to be; scaling does not replace them.</summary>
    internal static DateTimeOffset ConfiguredAt(App app) => MarathonClient.MomentOf(app.VersionInfo?.LastConfigChangeAt ?? app.Version);

    internal static bool IsRunning(AppTask task) => task.State is null ? task.StartedAt is not null : task.State == "TASK_RUNNING";

    // Servers before 0.8 do not tell it.
    private static bool IsCurrent(AppTask task, DateTimeOffset since) => task.Version is null || MarathonClient.MomentOf(task.Version) >= since;

    private static bool IsHealthy(AppTask task, App app)
        => app.HealthChecks is not { Count: > 0 }
            || (task.HealthCheckResults is { Count: > 0 } results && results.All(static result => result.Alive == true));
}
