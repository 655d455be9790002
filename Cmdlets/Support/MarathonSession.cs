using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>What Connect-MesosDocker keeps: a variable of the module in this session, so that every session has its own.</summary>
internal sealed class MarathonSession
{
    private const string Name = "MesosDockerConnection";

    private readonly PSVariableIntrinsics? _variables;

    public MarathonSession(CommandInfo? command) => _variables = command?.Module?.SessionState?.PSVariable;

    /// <summary>Null: nothing is connected.</summary>
    public MarathonConnection? Connection
    {
        get => _variables?.GetValue(Name) is PSObject { BaseObject: MarathonConnection wrapped } ? wrapped : _variables?.GetValue(Name) as MarathonConnection;
        set => _variables?.Set(Name, value);
    }

    /// <param name="said">Null: nothing was said.</param>
    /// <param name="local">The embedded cluster that may be meant; null: the one in the usual directory.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/></exception>
    public MarathonConnection Resolve(MarathonConnection? said, LocalCluster? local = null)
    {
        local ??= LocalCluster.Find(LocalCluster.DefaultDirectory);
        return ConnectionChoice.Resolve(said, Connection, EnvironmentOfProcess.Variables(), local is { IsRunning: true } ? local : null);
    }
}
