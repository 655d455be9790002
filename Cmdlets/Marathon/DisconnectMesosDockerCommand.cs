using System.Management.Automation;

namespace MesosDocker.Commands;

/// <summary>Forgets the Marathon that was chosen by Connect-MesosDocker.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "MesosDocker")]
[OutputType(typeof(void))]
public sealed class DisconnectMesosDockerCommand : AsyncCmdlet
{
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        new MarathonSession(MyInvocation.MyCommand).Connection = null;
        return Task.CompletedTask;
    }
}
