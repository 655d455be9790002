namespace MesosDocker.Containerizer;

/// <summary>
/// How a packaged agent is called, and with that its files. Mesosphere's packages and their start script <c>mesos-init-wrapper</c> call it
/// <c>mesos-slave</c>; that of the Apache project itself, and recipes derived from it, <c>mesos-agent</c>.
/// </summary>
internal sealed class AgentKind(string name)
{
    /// <summary>For both, and for the master.</summary>
    public const string SharedVariables = "/etc/default/mesos";

    private static readonly string[] s_unitFolders = ["/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

    public static IReadOnlyList<AgentKind> All { get; } = [new("mesos-slave"), new("mesos-agent")];

    public string Name { get; } = name;

    /// <summary>Each file in it is a flag: its name, and in it the value. The start script passes no name that starts with a dot.</summary>
    public string FlagFolder => $"/etc/{Name}";

    /// <summary>Sourced by the start script, after the shared one, and exported.</summary>
    public string Variables => $"/etc/default/{Name}";

    public string Unit => $"{Name}.service";

    public string DropIn => $"/etc/systemd/system/{Unit}.d/mesos-docker.conf";

    public IEnumerable<string> Programs => [$"/usr/sbin/{Name}", $"/usr/local/sbin/{Name}"];

    public IEnumerable<string> UnitFiles => s_unitFolders.Select(folder => $"{folder}/{Unit}");
}
