using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>What installing and uninstalling have in common.</summary>
internal static class InstallationRules
{
    /// <summary>The machine, if it may be changed: into a directory of his own anybody may install.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.PlatformUnsupported"/>, <see cref="Fault.RootRequired"/>,
    /// <see cref="Fault.UsageInvalid"/>: there is no such directory.</exception>
    public static TargetMachine Open(string? targetRoot, string what, bool needsRoot)
    {
        Posix.RequireLinux(what);
        if (targetRoot is null)
        {
            return !needsRoot || Posix.IsRoot
                ? new TargetMachine(null)
                : throw new MesosDockerException(Fault.RootRequired, $"{what} changes files of the system: run it as root, for instance with sudo.");
        }

        return Directory.Exists(targetRoot)
            ? new TargetMachine(targetRoot)
            : throw new MesosDockerException(Fault.UsageInvalid, $"There is no directory '{targetRoot}' to take as the root of the target.");
    }

    /// <summary>The agents that packages have put there.</summary>
    public static IReadOnlyList<AgentKind> AgentsOf(TargetMachine machine)
        => [.. AgentKind.All.Where(agent => machine.HasDirectory(agent.FlagFolder))];

    /// <summary>Of them, those that systemd starts.</summary>
    public static IReadOnlyList<AgentKind> WithUnit(IEnumerable<AgentKind> agents, TargetMachine machine)
        => [.. agents.Where(agent => agent.UnitFiles.Any(machine.HasFile))];
}
