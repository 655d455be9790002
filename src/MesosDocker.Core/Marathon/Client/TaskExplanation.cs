using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>Why a task that has a machine is not at work yet, or not well.</summary>
public static class TaskExplanation
{
    private const int LongestSentence = 2000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <returns>A sentence; null: it runs, and is healthy where there are checks.</returns>
    /// <param name="now">By the server's clock.</param>
    public static string? Of(AppTask task, App? app, DateTimeOffset now)
        => Sentence(task, app, now) is { } told ? Printable.Of(told, LongestSentence) : null;

    private static string? Sentence(AppTask task, App? app, DateTimeOffset now) => task.State switch
    {
        "TASK_STAGING" or null when task.StartedAt is null => Staging(task, app, now),
        "TASK_STARTING" => $"Task {task.Id} is starting on {task.Host}: its process or its container has not told yet that it runs.",
        "TASK_KILLING" => $"Task {task.Id} is being killed on {task.Host}; it has its grace period to end by itself.",
        "TASK_UNREACHABLE" => $"Task {task.Id} cannot be reached: the agent on {task.Host} is gone from the master. "
            + "It is replaced when unreachableStrategy says so.",
        _ => Unwell(task, app),
    };

    private static string Staging(AppTask task, App? app, DateTimeOffset now)
    {
        TimeSpan age = MarathonClient.MomentOf(task.StagedAt) is var since && since > DateTimeOffset.MinValue ? now - since : TimeSpan.Zero;
        string what = (app?.Container?.Docker?.Image, app?.Fetch?.Count > 0 || app?.Uris?.Count > 0) switch
        {
            ({ } image, true) => $"pulls the image '{image}' and fetches its artifacts",
            ({ } image, false) => $"pulls the image '{image}'",
            (null, true) => "fetches its artifacts",
            _ => "starts its executor",
        };
        string told = string.Create(
            CultureInfo.InvariantCulture,
            $"Task {task.Id} is staging on {task.Host} for {Math.Max(0, age.TotalSeconds):0} s: the agent {what}.");
        return age > s_patience
            ? $"{told} If that never ends, see the sandbox's stderr (Get-MesosDockerLog) and the agent's log; "
                + "the image's name, the registry's credentials or a slow line are the usual causes."
            : told;
    }

    private static string? Unwell(AppTask task, App? app)
    {
        if (app?.HealthChecks is not { Count: > 0 })
        {
            return null;
        }

        if (task.HealthCheckResults is not { Count: > 0 } results)
        {
            return $"Task {task.Id} on {task.Host} runs, and no health check of it has answered yet.";
        }

        return results.FirstOrDefault(static result => result.Alive != true) is not { } bad ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Task {task.Id} on {task.Host} is not healthy: "
                + $"{bad.ConsecutiveFailures ?? 0} checks failed one after the other{Cause(bad)}.");
    }

    private static string Cause(HealthResult result)
        => result.LastFailureCause is { Length: > 0 } cause ? $", the last because of {cause.TrimEnd('.')}" : "";
}
