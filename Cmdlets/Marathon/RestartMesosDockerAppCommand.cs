using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Replaces all tasks of apps, as their upgrade strategy has it.</summary>
[Cmdlet(VerbsLifecycle.Restart, "MesosDockerApp", SupportsShouldProcess = true)]
[OutputType(typeof(ChangedApp))]
public sealed class RestartMesosDockerAppCommand : ChangedAppCmdlet
{
    private protected override string Action => "Restart app";

    private protected override Task<DeploymentResult> ChangeAsync(string id, bool force, CancellationToken cancellationToken)
        => Client.RestartAppAsync(id, force, cancellationToken);
}
