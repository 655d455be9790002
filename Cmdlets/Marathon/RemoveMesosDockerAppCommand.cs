using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Ends apps and all of their tasks.</summary>
[Cmdlet(VerbsCommon.Remove, "MesosDockerApp", SupportsShouldProcess = true)]
[OutputType(typeof(ChangedApp))]
public sealed class RemoveMesosDockerAppCommand : ChangedAppCmdlet
{
    private protected override string Action => "Remove app";

    private protected override bool IsRemoval => true;

    private protected override Task<DeploymentResult> ChangeAsync(string id, bool force, CancellationToken cancellationToken)
        => Client.RemoveAppAsync(id, force, cancellationToken);
}
