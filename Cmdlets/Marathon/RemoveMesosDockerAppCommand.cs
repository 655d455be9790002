using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Ends apps and all of their tasks.</summary>
[Cmdlet(VerbsCommon.Remove, "MesosDockerApp", SupportsShouldProcess = true)]
[OutputType(typeof(ChangedApp))]
public sealed class RemoveMesosDockerAppCommand : ChangedAppCmdlet
{
    private protected override string Action => "Remove app";

    private protected override Task<DeploymentResult> ChangeAsync(string id, bool force, CancellationToken cancellationToken)
        => Client.RemoveAppAsync(id, force, cancellationToken);

    private protected override async Task<App?> AwaitAsync(string id, DeploymentResult deployment, CancellationToken cancellationToken)
    {
        using var bar = new ProgressBar(this, $"Remove {id}");
        if (deployment.DeploymentId is { } deploymentId)
        {
            await new Rollout(Client).WaitForDeploymentAsync(
                deploymentId, Patience, new Progress<Deployment>(_ => bar.Show("Tasks are being ended", null)), cancellationToken);
        }

        return null;
    }
}
