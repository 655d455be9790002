using System.Globalization;

namespace MesosDocker.Marathon;

/// <summary>Why an app is not what is wanted of it, in sentences.</summary>
internal static class RolloutReason
{
    private const int LongestWords = 400;

    /// <param name="app">With its tasks and its last failure.</param>
    /// <param name="waiting">What the queue says of it; null: nothing.</param>
    public static string Of(App app, string? waiting)
    {
        AppStanding standing = AppStanding.Of(app);
        var sentences = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{standing.Ready} of {standing.Wanted} tasks run{(app.HealthChecks is { Count: > 0 } ? " and are healthy" : "")}."),
        };
        if (LastFailure(app) is { } failure)
        {
            sentences.Add($"Last, the task '{failure.TaskId}' ended with {failure.State}{On(failure.Host)}: {Words(failure.Message)}");
        }

        if (Sick(app) is { } sick)
        {
            string cause = sick.HealthCheckResults!.Select(static result => result.LastFailureCause).FirstOrDefault(static words => words is { Length: > 0 }) ?? "its check fails";
            sentences.Add($"The task '{sick.Id}'{On(sick.Host)} is not healthy: {Words(cause)}");
        }

        AppTask[] starting = [.. (app.Tasks ?? []).Where(static task => !AppStanding.IsRunning(task) && task.State is null or "TASK_STAGING" or "TASK_STARTING")];
        if (starting.Length > 0)
        {
            sentences.Add(
                string.Create(CultureInfo.InvariantCulture, $"{starting.Length} {(starting.Length == 1 ? "task is" : "tasks are")} still being started{On(starting[0].Host)}; ")
                + "a large image may be on its way.");
        }

        if (waiting is not null)
        {
            sentences.Add(waiting);
        }

        return string.Join(' ', sentences);
    }

    /// <summary>Of the version that is wanted.</summary>
    public static TaskFailure? LastFailure(App app)
        => app.LastTaskFailure is { } failure
            && (failure.Version is null || MarathonClient.MomentOf(failure.Version) >= AppStanding.ConfiguredAt(app)) ? failure : null;

    private static AppTask? Sick(App app)
        => app.Tasks?.FirstOrDefault(static task => task.HealthCheckResults?.Any(static result => result.Alive == false) == true);

    private static string On(string? host) => host is { Length: > 0 } ? $" on {host}" : "";

    private static string Words(string? said)
    {
        string words = Io.Printable.Of(said is { Length: > 0 } ? said : "it gives no reason", LongestWords).TrimEnd();
        return words[^1] is '.' or '!' or '?' ? words : words + ".";
    }
}
