using System.Globalization;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>How the views of MesosDocker.Format.ps1xml show what a Marathon tells. Public only because a view can call nothing else.</summary>
public static class MarathonDisplay
{
    /// <summary>Healthy tasks; a dash where nothing checks.</summary>
    public static string Healthy(App app)
        => app.TasksRunning is null ? "" : app.HealthChecks is { Count: > 0 } ? (app.TasksHealthy ?? 0).ToString(CultureInfo.InvariantCulture) : "-";

    /// <summary>Null: nothing checks, or nothing is known yet.</summary>
    public static bool? IsHealthy(AppTask task)
        => task.HealthCheckResults is not { Count: > 0 } results ? null : results.All(static result => result.Alive == true);

    /// <summary>Null: nothing checks.</summary>
    public static bool? IsHealthy(App app)
        => app.HealthChecks is not { Count: > 0 } || app.TasksRunning is null ? null : app.TasksHealthy >= (app.Instances ?? 1);

    public static string Age(string? moment)
        => DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? Display.Age(time) : "";

    /// <summary>In the time of this machine.</summary>
    public static string Time(string? moment)
        => DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)
            : "";

    /// <summary>Enough of a task's id to tell it from the others of its app.</summary>
    public static string Instance(string? taskId)
    {
        const int Enough = 8;
        const string Mark = "instance-";
        string id = taskId ?? "";
        int at = id.IndexOf(Mark, StringComparison.Ordinal) is var mark and >= 0 ? mark + Mark.Length : id.IndexOf('.', StringComparison.Ordinal) + 1;
        return Display.Text(id.Substring(at, Math.Min(Enough, id.Length - at)));
    }

    public static string Ports(IReadOnlyList<int>? ports) => string.Join(' ', ports ?? []);

    public static string Apps(Deployment deployment) => Display.Text(string.Join(", ", (deployment.AffectedApps ?? []).Concat(deployment.AffectedPods ?? [])));

    public static string Actions(Deployment deployment)
        => Display.Text(string.Join(", ", (deployment.CurrentActions ?? [])
            .Select(static action => (action.Action ?? action.Type ?? "").Replace("Application", "", StringComparison.Ordinal))
            .Distinct()));

    /// <summary>What an event is about, the smallest thing that it names.</summary>
    public static string Subject(MarathonEvent happened) => Display.Text(
        (happened.TaskId ?? happened.InstanceId) is { } task ? $"{(happened.AppId ?? happened.RunSpecId)?.Split('/')[^1]}.{Instance(task)}".TrimStart('.')
        : happened.AppId ?? happened.RunSpecId ?? happened.AppDefinition?.Id ?? happened.GroupId
        ?? (happened.Plan is { AffectedApps: { } apps } ? string.Join(", ", apps) : happened.Id));

    public static string What(MarathonEvent happened) => Display.Text(string.Join(' ', new[]
    {
        happened.TaskStatus ?? happened.Condition,
        happened.Alive is { } alive ? alive ? "alive" : "not alive" : happened.Healthy is { } healthy ? healthy ? "healthy" : "not healthy" : null,
        happened.Message is { Length: > 0 } message ? message : happened.Reason,
    }.OfType<string>()));
}
