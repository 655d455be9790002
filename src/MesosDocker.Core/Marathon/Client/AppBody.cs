namespace MesosDocker.Marathon;

/// <summary>Apps as they are sent.</summary>
internal static class AppBody
{
    /// <summary>
    /// Without what only a server says, so that what was read can be changed and written. A version that is said with nothing but the id is
    /// a wish: go back to it.
    /// </summary>
    public static App Of(App app)
    {
        App plain = app with
        {
            VersionInfo = null,
            TasksStaged = null,
            TasksRunning = null,
            TasksHealthy = null,
            TasksUnhealthy = null,
            Deployments = null,
            ReadinessCheckResults = null,
            Tasks = null,
            LastTaskFailure = null,

            // Marathon 0.11 to 1.4 tell these in both spellings, and take only one.
            Uris = app.Fetch is null ? app.Uris : null,
            Ports = app.PortDefinitions is null ? app.Ports : null,
            Other = WithoutStatistics(app),
        };
        return IsRollback(plain) ? plain : plain with { Version = null };
    }

    public static bool IsRollback(App app) => app.Version is not null && app == new App { Id = app.Id, Version = app.Version };

    private static Dictionary<string, System.Text.Json.JsonElement>? WithoutStatistics(App app)
        => app.Other?.Where(static field => field.Key != "taskStats").ToDictionary() is { Count: > 0 } rest ? rest : null;
}
