using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>What the container runs.</summary>
internal static class TaskCommand
{
    /// <param name="arguments">What followed <c>//</c> in the task's options: it goes to the image's entrypoint, whatever the command says.</param>
    /// <param name="entrypoint">What <c>--entrypoint</c> said.</param>
    /// <returns>Null for what is the image's own.</returns>
    public static (IReadOnlyList<string>? Entrypoint, IReadOnlyList<string>? Command) For(
        TaskView task, IReadOnlyList<string>? arguments, IReadOnlyList<string>? entrypoint)
    {
        if (arguments is not null)
        {
            return (entrypoint, arguments.Count > 0 ? arguments : null);
        }

        CommandInfo command = task.Command;
        return (task.Container is not null, command) switch
        {
            (_, { Shell: true, Value: null or "" }) => (entrypoint, null),

            // Mesos sets the shell as the entrypoint, so that the image's own does not get in between (MESOS-1770).
            (true, { Shell: true, Value: var line }) => (["/bin/sh"], ["-c", line]),
            (true, _) => (entrypoint, Words(command.Value, command.Arguments)),

            (false, { Shell: true, Value: var line }) => (entrypoint, ["sh", "-c", line]),

            // As execvp(3) takes it: the first argument is the program's own name.
            (false, { Value: { } program, Arguments.Count: > 0 }) => (entrypoint, [program, .. command.Arguments.Skip(1)]),
            (false, _) => (entrypoint, Words(command.Value, command.Arguments)),
        };
    }

    private static List<string>? Words(string? program, IReadOnlyList<string> arguments)
    {
        List<string> words = program is { Length: > 0 } ? [program, .. arguments] : [.. arguments];
        return words.Count > 0 ? words : null;
    }
}
