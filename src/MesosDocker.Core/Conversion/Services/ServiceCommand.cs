namespace MesosDocker.Conversion;

/// <summary>What a service's container runs.</summary>
/// <param name="Entrypoint">Null: the image's own. Empty: none, so that the command is all there is.</param>
/// <param name="Command">Null: the image's own, or none behind an entry point.</param>
internal sealed record ServiceCommand(IReadOnlyList<string>? Entrypoint, IReadOnlyList<string>? Command)
{
    private const string Shell = "/bin/sh";
    private const string Line = "-c";

    /// <summary>What runs a line, as Docker and Mesos both start it.</summary>
    public static IReadOnlyList<string> ShellWords { get; } = [Shell, Line];

    /// <summary>The whole is one line for the shell, as Marathon starts one itself; null: it is not.</summary>
    public string? ShellLine => (Entrypoint, Command) switch
    {
        ([Shell, Line], [{ Length: > 1 } line]) => line,
        ([Shell], [Line, { Length: > 1 } line]) => line,
        _ => null,
    };

    public static ServiceCommand Of(ServiceCase service)
    {
        service.Keys.Carry("entrypoint", "command");
        IReadOnlyList<string>? entrypoint = service.Service.Entrypoint;
        IReadOnlyList<string>? command = service.Service.Command;
        if (command is [] && entrypoint is null)
        {
            service.Keys.Lose("command", "An empty command is none to Marathon: the image's own is run.", "Say an entrypoint, which has no command then.");
        }

        return new ServiceCommand(entrypoint, command is [] ? null : command);
    }
}
