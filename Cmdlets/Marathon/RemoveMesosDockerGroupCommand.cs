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
                Group? there = IsWhatIf || Wait ? await Client.FindGroupAsync(id, cancellationToken) : null;
                if (IsWhatIf && there is null)
                {
                    throw new MesosDockerException(Fault.AppNotFound, $"There is no group '{id}'. Get-MesosDockerGroup lists those that are there.");
                }

                if (!ShouldProcess(id, id == "/" ? "Remove everything" : "Remove group"))
                {
                    return;
                }

                string[] apps = Wait && there is not null ? [.. GroupTree.Apps(there).Select(static app => app.Id!)] : [];
                DeploymentResult deployment = await UnlockedAsync(force => Client.RemoveGroupAsync(id, force, cancellationToken), cancellationToken);
                if (apps.Length > 0)
                {
                    var target = new WaitTarget { Apps = apps, DeploymentId = deployment.DeploymentId, IsRemoval = true };
                    Begun.Begin(id, deployment.DeploymentId);
                    await WaitForAsync($"Remove group {id}", target, 0, tellsWhatStays: true, cancellationToken);
                    Begun.Finish(id);
                }

                if (PassThru)
                {
                    WriteObject(deployment);
                }
            });
        }
    }
}
