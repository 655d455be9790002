namespace MesosDocker.Mesos;

/// <summary>
/// The executor that an agent makes up for a command task, as Mesos 1.0 does (<c>Slave::getExecutorInfo</c>): the task's id, the task's
/// resources and a little more for itself, and a command of its own with the task's environment and URIs. The old container
/// message stays with the task alone.
/// </summary>
public static class CommandExecutor
{
    private const decimal OwnCpus = 0.1m;
    private const decimal OwnMemory = 32;
    private const string Program = "mesos-executor";
    private const int Shown = 15;
    private const string Ellipsis = "...";

    /// <param name="libexec">Where the agent's own programs are: its flag <c>--launcher_dir</c>.</param>
    public static ExecutorInfo For(TaskInfo task, string? frameworkId, string libexec) => new()
    {
        ExecutorId = task.TaskId,
        FrameworkId = frameworkId,
        Name = $"Command Executor (Task: {task.TaskId}) (Command: {Describe(task.Command)})",
        Source = task.TaskId,
        Resources = task.Resources with
        {
            Cpus = (task.Resources.Cpus ?? 0) + OwnCpus,
            Memory = (task.Resources.Memory ?? 0) + OwnMemory,
        },
        Command = new CommandInfo
        {
            Value = $"{libexec}/{Program}",
            Shell = false,
            Arguments = [Program, $"--launcher_dir={libexec}"],
            User = task.Command?.User,
            Environment = task.Command?.Environment ?? [],
            Uris = task.Command?.Uris ?? [],
        },
        Container = task.Container,
    };

    private static string Describe(CommandInfo? command) => command switch
    {
        null => "",
        { Shell: true } => $"sh -c '{Shorten(command.Value ?? "")}'",
        _ => $"[{Shorten(string.Join(", ", command.Arguments.Prepend(command.Value ?? "").Where(static word => word.Length > 0)))}]",
    };

    private static string Shorten(string text) => text.Length <= Shown ? text : string.Concat(text.AsSpan(0, Shown - Ellipsis.Length), Ellipsis);
}
