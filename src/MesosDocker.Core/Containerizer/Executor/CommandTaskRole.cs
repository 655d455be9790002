using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>How to be the executor of one command task.</summary>
/// <param name="KillGrace">What the task has between KILL and its end: its own kill policy, else the shutdown grace, as Mesos's Docker
/// executor has it.</param>
internal sealed record CommandTaskRole(ExecutorRole Executor, string TaskId, TimeSpan KillGrace)
{
    /// <summary>The agent destroys what has not ended within its own grace.</summary>
    public TimeSpan ShutdownGrace => Executor.TaskShutdownGrace < KillGrace ? Executor.TaskShutdownGrace : KillGrace;

    /// <summary>Null if the launch is not a command task's, or names no agent.</summary>
    public static CommandTaskRole? From(Launch launch, IReadOnlyDictionary<string, string> environment, TimeSpan subscribeTimeout)
        => launch.Task is { } task && ExecutorRole.From(launch, environment, subscribeTimeout) is { } executor
            ? new CommandTaskRole(executor, task.TaskId, task.KillGrace ?? executor.ShutdownGrace)
            : null;
}
