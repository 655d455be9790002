using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>Updates that the agent makes itself, where no executor speaks for a task.</summary>
internal static class AgentUpdates
{
    /// <summary>The container has ended and its executor said nothing: what the containerizer knows of it.</summary>
    public static AgentUpdate Of(string taskId, Termination end)
    {
        AgentUpdate update = New(taskId, end.State, end.Message) with
        {
            Reason = Reasons.NameOf(end.Reasons is [var reason, ..] ? reason : StatusReason.ExecutorTerminated),
        };
        return update.IsTerminal ? update : update with { State = TaskState.Failed };
    }

    public static AgentUpdate New(string taskId, TaskState state, string message) => new()
    {
        TaskId = taskId,
        State = state,
        Message = message,
        Uuid = Guid.NewGuid(),
        Timestamp = DateTimeOffset.UtcNow,
    };

    /// <summary>The containerizer did not take it.</summary>
    public static AgentUpdate NotLaunched(string taskId, string why)
        => New(taskId, TaskState.Failed, why) with { Reason = Reasons.NameOf(StatusReason.ContainerLaunchFailed) };

    public static AgentUpdate Unknown(string taskId) => New(taskId, TaskState.Lost, "The agent has no such task.");

    /// <summary>Once more, to somebody who seems not to know.</summary>
    public static AgentUpdate Again(AgentUpdate update) => update with { Uuid = Guid.NewGuid() };
}
