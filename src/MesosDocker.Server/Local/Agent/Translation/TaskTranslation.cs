using System.Collections.Immutable;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using Resources = MesosDocker.Mesos.Resources;

namespace MesosDocker.Local;

/// <summary>
/// What Marathon makes of an app for one task (<c>TaskBuilder</c> of Marathon 1.11), and Mesos 1.0 of that for its containerizer: the
/// pure step from a definition to a Launch.
/// </summary>
internal static class TaskTranslation
{
    private const string CommandExecutorWord = "//cmd";

    /// <param name="hostname">The agent's, which the task is told.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: it asks for what there cannot be here.</exception>
    public static TaskInfo TaskOf(AgentTask task, string hostname, PersistentVolumes volumes)
    {
        App app = CanonicalApp.Of(task.App);
        ImmutableArray<TaskPort> ports = TaskPorts.Of(app, task.Ports, task.TaskId);
        return new TaskInfo
        {
            Name = string.Join('.', PathId.Segments(app.Id ?? "").Reverse()),
            TaskId = task.TaskId,
            Resources = ResourcesOf(app, task.Ports),
            Command = CommandOf(app) with { Environment = TaskEnvironment.For(app, task.TaskId, ports, hostname) },
            Container = ContainerTranslation.Of(app, task.TaskId, ports, volumes),
            HealthCheck = HealthTranslation.Of(app, ports),
            KillGrace = app.TaskKillGracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Labels = [.. (app.Labels ?? new Dictionary<string, string>()).Select(static label => new Label(label.Key, label.Value))],
        };
    }

    /// <summary>
    /// The executor: the one that an agent makes up, or the app's own, whose command leads to it and which gets its task from the agent.
    /// </summary>
    public static ExecutorInfo ExecutorOf(AgentTask task, TaskInfo translated, string libexec)
        => task.App.Executor is null or "" or CommandExecutorWord
            ? CommandExecutor.For(translated, task.FrameworkId, libexec)
            : OwnExecutor(task.App.Executor, task, translated);

    public static string ExecutorIdOf(AgentTask task)
        => task.App.Executor is null or "" or CommandExecutorWord ? task.TaskId : $"marathon-{task.TaskId}";

    /// <summary>Whether the containerizer is told of the task itself, or only of the executor that will run it.</summary>
    public static bool IsCommandTask(ExecutorInfo executor, TaskInfo task) => executor.ExecutorId == task.TaskId;

    private static ExecutorInfo OwnExecutor(string path, AgentTask task, TaskInfo translated)
    {
        ExecutorResources? own = task.App.ExecutorResources;
        string words = task.App.Cmd ?? string.Join(' ', task.App.Args ?? []);
        return new ExecutorInfo
        {
            ExecutorId = ExecutorIdOf(task),
            FrameworkId = task.FrameworkId,
            Name = translated.Name,
            Source = task.TaskId,
            Resources = new Resources
            {
                Cpus = translated.Resources.Cpus + Amount(own?.Cpus ?? 0),
                Memory = translated.Resources.Memory + Amount(own?.Mem ?? 0),
                Disk = translated.Resources.Disk + Amount(own?.Disk ?? 0),
                Ports = translated.Resources.Ports,
            },
            Command = translated.Command! with
            {
                Shell = true,
                Arguments = [],
                Value = $"chmod ug+rx '{path}' && exec '{path}' {words}".TrimEnd(),
            },
            Container = translated.Container,
        };
    }

    private static CommandInfo CommandOf(App app)
    {
        bool hasArguments = app.Args is { Count: > 0 };
        bool shell = !hasArguments && app.Cmd is { Length: > 0 };
        return new CommandInfo
        {
            Shell = shell,

            // Without a container, execvp wants the program apart from its arguments, of which it is the first.
            Value = shell ? app.Cmd : app.Container is null && hasArguments ? app.Args![0] : null,
            Arguments = hasArguments ? app.Args! : [],
            User = app.User is { Length: > 0 } user ? user : null,
            Uris = [.. (app.Fetch ?? []).Select(UriOf)],
            Container = ContainerTranslation.LegacyOf(app),
        };
    }

    private static CommandUri UriOf(Artifact artifact) => new()
    {
        Value = artifact.Uri ?? "",
        Executable = artifact.Executable == true,
        Extract = artifact.Extract != false,
        Cache = artifact.Cache == true,
        OutputFile = artifact.DestPath,
    };

    private static Resources ResourcesOf(App app, ImmutableArray<int> ports) => new()
    {
        Cpus = Amount(app.Cpus ?? AppDefaults.Cpus),
        Memory = Amount(app.Mem ?? AppDefaults.Memory),
        Disk = app.Disk is > 0 and double disk ? Amount(disk) : null,
        Gpus = app.Gpus is > 0 and int gpus ? gpus : null,
        Ports = [.. ports.Select(static port => new PortRange(port, port))],
    };

    // What no decimal can hold is no amount of anything, and was refused before it came here.
    private static decimal Amount(double amount) => double.IsFinite(amount) ? (decimal)Math.Min(amount, int.MaxValue) : 0;
}
