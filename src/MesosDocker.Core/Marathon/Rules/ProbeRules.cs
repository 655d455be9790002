namespace MesosDocker.Marathon;

internal static class ProbeRules
{
    public static void CheckOne(HttpProbe? http, TcpProbe? tcp, ExecProbe? exec, Place at, Findings found)
    {
        int said = new object?[] { http, tcp, exec }.Count(static probe => probe is not null);
        found.ErrorIf(said != 1, at, "must be exactly one of http, tcp and exec.");
        if (exec?.Command is { } command)
        {
            CheckCommand(command, at["exec"]["command"], found);
        }
    }

    public static void CheckCommand(MesosCommand command, Place at, Findings found)
        => found.ErrorIf(command.Shell is null == command.Argv is null, at, "must be either shell or argv.");
}
