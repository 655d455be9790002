namespace MesosDocker.Mesos;

/// <summary>
/// What an executor and its agent owe each other: the tasks that the agent has handed over, and the status updates that it has not
/// acknowledged, oldest first.
/// </summary>
internal sealed record UpdateLedger
{
    public static readonly UpdateLedger Empty = new();

    public IReadOnlyList<StatusUpdate> Unacknowledged { get; init; } = [];

    public IReadOnlyList<ReceivedTask> Tasks { get; init; } = [];

    public bool HasReceived(string taskId) => Tasks.Any(task => task.TaskId == taskId);

    public UpdateLedger Receive(string taskId)
        => HasReceived(taskId) ? this : this with { Tasks = [.. Tasks, new ReceivedTask(taskId, IsAcknowledged: false)] };

    public UpdateLedger Add(StatusUpdate update) => this with { Unacknowledged = [.. Unacknowledged, update] };

    public UpdateLedger Acknowledge(string taskId, Guid uuid) => this with
    {
        Unacknowledged = [.. Unacknowledged.Where(update => update.Uuid != uuid)],
        Tasks = [.. Tasks.Select(task => task.TaskId == taskId ? task with { IsAcknowledged = true } : task)],
    };

    /// <summary>Nothing more will be said of the task.</summary>
    public UpdateLedger Forget(string taskId) => this with { Tasks = [.. Tasks.Where(task => task.TaskId != taskId)] };
}

/// <param name="IsAcknowledged">The agent knows that it has handed the task over: it has acknowledged an update of it.</param>
internal sealed record ReceivedTask(string TaskId, bool IsAcknowledged);
