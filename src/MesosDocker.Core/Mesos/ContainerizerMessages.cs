using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary><c>mesos.containerizer.Launch</c>, the request of <c>launch</c>.</summary>
public sealed record Launch
{
    public required ContainerId ContainerId { get; init; }

    /// <summary>Present for a command task, absent for a framework's own executor.</summary>
    public TaskInfo? Task { get; init; }

    public ExecutorInfo? Executor { get; init; }

    /// <summary>The sandbox, an absolute path.</summary>
    public string? Directory { get; init; }

    /// <summary>The user that the agent would run the executor as; the sandbox is already his.</summary>
    public string? User { get; init; }

    public string? AgentId { get; init; }

    /// <summary>The agent's libprocess address, <c>slave(1)@10.0.0.5:5051</c>.</summary>
    public string? AgentPid { get; init; }

    public bool Checkpoint { get; init; }

    public bool IsCommandTask => Task is not null;

    /// <summary>What the container may use: the task's share if there is a task, else the executor's.</summary>
    public Resources Resources => Task?.Resources ?? Executor?.Resources ?? Resources.None;

    /// <summary>What runs in the container: the task's command if there is a task, else the executor's.</summary>
    public CommandInfo? Command => Task is null ? Executor?.Command : Task.Command;

    /// <summary>The image as either container message names it; null: none is named.</summary>
    public string? Image => (Executor?.Container ?? Task?.Container)?.Docker?.Image ?? Command?.Container?.Image;
}

/// <summary><c>mesos.containerizer.Update</c>, the request of <c>update</c>.</summary>
public sealed record Update(ContainerId ContainerId, Resources Resources);

/// <summary>
/// <c>mesos.containerizer.Termination</c>, the reply of <c>wait</c>. All five fields are always written: up to 0.25 agents need
/// <c>killed</c> and <c>message</c>, from 0.26 on they read <c>state</c> and <c>reasons</c>, and each skips what it does not know.
/// </summary>
public record Termination
{
    /// <summary>What ended the container other than itself: out of memory, or this program. Agents up to 0.25 take it for out of memory.</summary>
    public required bool Killed { get; init; }

    /// <summary>One sentence for the person who reads the task's status.</summary>
    public required string Message { get; init; }

    /// <summary>Null where no process ever ran or its end could not be known.</summary>
    public WaitStatus? Status { get; init; }

    public required TaskState State { get; init; }

    public IReadOnlyList<StatusReason> Reasons { get; init; } = [];

    public override string ToString() => Message;
}
