using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>
/// What Connect-MesosDocker and Start-MesosDockerLocal keep: variables of the module in this session, so that every session has its own.
/// </summary>
internal sealed class MarathonSession
{
    private const string ConnectionName = "MesosDockerConnection";
    private const string StartedName = "MesosDockerLocalCluster";

    private readonly PSVariableIntrinsics? _variables;

    public MarathonSession(CommandInfo? command) => _variables = command?.Module?.SessionState?.PSVariable;

    /// <summary>Null: nothing is connected.</summary>
    public MarathonConnection? Connection
    {
        get => Get<MarathonConnection>(ConnectionName);
        set => _variables?.Set(ConnectionName, value);
    }

    /// <summary>The embedded cluster that this session started last, as it is now; null: none.</summary>
    public LocalCluster? Started
    {
        get => Get<LocalCluster>(StartedName) is { } started ? LocalCluster.Find(started.WorkDirectory) ?? started : null;
        set => _variables?.Set(StartedName, value);
    }

    /// <param name="said">Null: nothing was said.</param>
    /// <param name="local">The embedded cluster that may be meant; null: the one in the usual directory.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/></exception>
    public MarathonConnection Resolve(MarathonConnection? said, LocalCluster? local = null)
    {
        local ??= LocalCluster.Find(LocalCluster.DefaultDirectory);
        return ConnectionChoice.Resolve(said, Connection, Started, EnvironmentOfProcess.Variables(), local is { IsRunning: true } ? local : null);
    }

    private T? Get<T>(string name)
        where T : class
        => _variables?.GetValue(name) is PSObject { BaseObject: T wrapped } ? wrapped : _variables?.GetValue(name) as T;
}
