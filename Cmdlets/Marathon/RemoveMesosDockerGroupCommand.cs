using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Ends groups with every app in them.</summary>
[Cmdlet(VerbsCommon.Remove, "MesosDockerGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DeploymentResult))]
public sealed class RemoveMesosDockerGroupCommand : RolloutCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupIdCompleter))]
    public string[] Id { get; set => field = value ?? []; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override object? ErrorTarget => Id;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string id in Id.Select(AppPatterns.Absolute))
        {
            await AttemptAsync(id, async () =>
            {
                if (!ShouldProcess(id, id == "/" ? "Remove everything" : "Remove group"))
                {
                    return;
                }

                DeploymentResult deployment = await UnlockedAsync(force => Client.RemoveGroupAsync(id, force, cancellationToken), cancellationToken);
                if (Wait && deployment.DeploymentId is { } deploymentId)
                {
                    await new Rollout(Client).WaitForDeploymentAsync(deploymentId, Patience, null, cancellationToken);
                }

                if (PassThru)
                {
                    WriteObject(deployment);
                }
            });
        }
    }
}
