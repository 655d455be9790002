namespace MesosDocker.Mesos;

/// <summary>
/// What an agent tells an executor: <c>mesos.v1.executor.Event</c> (docs/executor-http-api.md of Mesos 0.28 to 1.0).
/// </summary>
public abstract record ExecutorEvent
{
    private ExecutorEvent()
    {
    }

    /// <param name="KillingState">Whether the framework understands <c>TASK_KILLING</c>.</param>
    public sealed record Subscribed(bool KillingState) : ExecutorEvent;

    /// <param name="Task">The raw <c>TaskInfo</c>.</param>
    public sealed record Launched(string TaskId, byte[] Task) : ExecutorEvent;

    /// <param name="Grace">Overrides the task's own kill policy; null: no override.</param>
    public sealed record Kill(string TaskId, TimeSpan? Grace) : ExecutorEvent;

    public sealed record Acknowledged(string TaskId, Guid Uuid) : ExecutorEvent;

    public sealed record Shutdown : ExecutorEvent;

    public sealed record Failed(string Message) : ExecutorEvent;

    /// <summary>Framework messages and events of later versions; nothing to do.</summary>
    public sealed record Other(int Type) : ExecutorEvent;
}
