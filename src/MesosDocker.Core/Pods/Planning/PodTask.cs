using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>A task that is to be run as a pod.</summary>
internal sealed record PodTask
{
    public required string TaskId { get; init; }

    public required string Name { get; init; }

    public required string ExecutorId { get; init; }

    public required string FrameworkId { get; init; }

    /// <summary>Of this run of the executor; nobody else has it.</summary>
    public required string RunId { get; init; }

    /// <summary>The executor's directory.</summary>
    public required string Sandbox { get; init; }

    public IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>Host ports that the task was given, in order.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>From the task's kill policy.</summary>
    public TimeSpan? KillGrace { get; init; }

    /// <summary>The pod's name, and its compose project's.</summary>
    public string Pod => PodNames.Of(TaskId, RunId);

    public static PodTask From(TaskInfo task, ExecutorIdentity executor, string runId, string sandbox, IReadOnlyDictionary<string, string> environment)
        => new()
        {
            TaskId = task.TaskId,
            Name = task.Name,
            ExecutorId = executor.ExecutorId,
            FrameworkId = executor.FrameworkId,
            RunId = runId,
            Sandbox = sandbox,
            Labels = task.Labels,
            Ports = OfferedPorts.Of(task.Resources, environment),
            KillGrace = task.KillGrace,
        };
}
