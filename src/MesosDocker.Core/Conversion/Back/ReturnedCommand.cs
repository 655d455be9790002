using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>What an app's task runs, as the command of a service: a line for the shell goes around the image's entry point.</summary>
internal static class ReturnedCommand
{
    public static void Of(ReturnCase app, App said, ReturnedParameters parameters)
    {
        string? program = parameters.Take("entrypoint");
        if (said.Cmd is { } line && said.Args is not { Count: > 0 })
        {
            if (program is null)
            {
                app.ShellLine("cmd", line);
                return;
            }

            app.Fields.Carry("cmd");
            app.LoseTaskVariables("cmd", line);
            Say(app, program, ["-c", line]);
            return;
        }

        app.Fields.Carry("args");
        app.LoseTaskVariables("args", string.Join(' ', said.Args ?? []));
        Say(app, program, said.Args ?? []);
    }

    private static void Say(ReturnCase app, string? program, IReadOnlyList<string> command)
    {
        if (program is not null)
        {
            app.Service.Say("entrypoint", Made.Texts(program.Length == 0 ? [] : [program]));
        }

        if (command.Count > 0)
        {
            app.Service.Say("command", Made.Texts(command));
        }
    }
}
