using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>The labels by which a container is found again, whatever is left of its state directory.</summary>
internal static class ContainerLabels
{
    public const string Container = "mesosdocker.container";
    public const string Agent = "mesosdocker.agent";
    public const string Framework = "mesosdocker.framework";
    public const string Executor = "mesosdocker.executor";
    public const string Task = "mesosdocker.task";
    public const string WorkDirectory = "mesosdocker.work-directory";
    public const string Sandbox = "mesosdocker.sandbox";
    public const string State = "mesosdocker.state";

    public static IReadOnlyDictionary<string, string> For(Launch launch, string workDirectory, string stateRoot)
    {
        (string Name, string? Value)[] labels =
        [
            (Container, launch.ContainerId.Value),
            (Agent, launch.AgentId),
            (Framework, launch.Executor?.FrameworkId),
            (Executor, launch.Executor?.ExecutorId),
            (Task, launch.Task?.TaskId),
            (WorkDirectory, workDirectory),
            (Sandbox, launch.Directory),
            (State, stateRoot),
        ];
        return labels.Where(static label => label.Value is { Length: > 0 }).ToDictionary(static l => l.Name, static l => l.Value!);
    }
}
