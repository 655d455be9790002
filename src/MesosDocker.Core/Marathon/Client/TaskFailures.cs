using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>The tasks of one app that failed since it is waited for.</summary>
internal sealed class TaskFailures(string appId, string? version)
{
    private const int LongestSentence = 2000;

    private readonly Dictionary<string, string> _sentences = [];
    private readonly DateTimeOffset _changedAt = MarathonClient.MomentOf(version);
    private string? _known;
    private bool _hasLooked;

    public int Count => _sentences.Count;

    public string? Last { get; private set; }

    /// <summary>
    /// What Marathon remembers of the last task that failed. What it remembered before the change, or before the first look, is not ours.
    /// </summary>
    public void Add(App app)
    {
        TaskFailure? failure = app.LastTaskFailure;
        string key = $"{failure?.TaskId} {failure?.Timestamp}";
        bool isNews = version is null ? _hasLooked && key != _known : MarathonClient.MomentOf(failure?.Timestamp) >= _changedAt;
        (_known, _hasLooked) = (key, true);
        if (failure?.TaskId is { } taskId && isNews && IsOfToday(failure.Version, app))
        {
            Add(taskId, failure.State, failure.Host, failure.Message);
        }
    }

    public void Add(MarathonEvent one, App app)
    {
        if (one.AppId != appId || !IsOfToday(one.Version, app))
        {
            return;
        }

        if (one is { EventType: "status_update_event", TaskId: { } failed, TaskStatus: { } state } && IsFailure(state))
        {
            Add(failed, state, one.Host, one.Message);
        }
        else if (one is { EventType: "unhealthy_task_kill_event" or "unhealthy_instance_kill_event" }
            && (one.TaskId ?? one.InstanceId) is { } killed)
        {
            Add(killed, "killed", one.Host, $"it was not healthy: {one.Reason}");
        }
    }

    private static bool IsOfToday(string? version, App app)
        => version is null || MarathonClient.MomentOf(version) >= AppStanding.ConfiguredAt(app);

    // An app that comes to its end by itself, again and again, is not what anybody waits for.
    private static bool IsFailure(string state)
        => state is "TASK_FAILED" or "TASK_ERROR" or "TASK_LOST" or "TASK_FINISHED" or "TASK_DROPPED" or "TASK_GONE"
            or "TASK_GONE_BY_OPERATOR";

    private void Add(string taskId, string? state, string? host, string? message)
    {
        string why = string.IsNullOrWhiteSpace(message) ? "" : $": {message.Trim().TrimEnd('.')}";
        string who = host is null ? taskId : $"{taskId} on {host}";
        Last = _sentences[taskId] = Printable.Of($"Task {who} ended with {state}{why}.", LongestSentence);
    }
}
