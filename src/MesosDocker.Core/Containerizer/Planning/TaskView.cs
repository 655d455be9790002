using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// The parts of a launch that matter for the container, wherever the message has them: a command task's are in its TaskInfo, an
/// executor's in its ExecutorInfo.
/// </summary>
internal sealed record TaskView
{
    private static readonly CommandInfo s_noCommand = new();

    public required Launch Launch { get; init; }

    public required CommandInfo Command { get; init; }

    /// <summary>The message of before Mesos 0.20; null if the task has none, or the new one beside it.</summary>
    public LegacyContainer? Legacy { get; init; }

    /// <summary>ContainerInfo with DockerInfo. It beats <see cref="Legacy"/>.</summary>
    public ContainerInfo? Container { get; init; }

    /// <summary>The task's, not the sum with the executor that the agent makes up for it: nothing of that runs in the container.</summary>
    public required Resources Resources { get; init; }

    /// <summary>Null for an executor.</summary>
    public string? TaskName => Launch.Task?.Name;

    public bool IsExecutor => Launch.Task is null;

    public string? User => Command.User ?? (Launch.User is "root" ? null : Launch.User);

    public static TaskView Of(Launch launch)
    {
        CommandInfo command = launch.Task?.Command ?? (launch.Task is null ? launch.Executor?.Command : null) ?? s_noCommand;
        ContainerInfo? container = new[] { launch.Executor?.Container, launch.Task?.Container }
            .FirstOrDefault(static c => c is { Type: ContainerType.Docker, Docker: not null });
        return new TaskView
        {
            Launch = launch,
            Command = command,
            Container = container,
            Legacy = container is null ? command.Container : null,
            Resources = launch.Task?.Resources ?? launch.Executor?.Resources ?? Resources.None,
        };
    }
}
