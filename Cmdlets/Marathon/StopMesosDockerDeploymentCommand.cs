using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Rolls deployments back, or leaves everything as it is.</summary>
[Cmdlet(VerbsLifecycle.Stop, "MesosDockerDeployment", SupportsShouldProcess = true)]
[OutputType(typeof(DeploymentResult))]
public sealed class StopMesosDockerDeploymentCommand : MarathonCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeploymentIdCompleter))]
    public string[] Id { get; set => field = value ?? []; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override object? ErrorTarget => Id;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string id in Id)
        {
            await AttemptAsync(id, async () =>
            {
                if (IsWhatIf && (await Client.ListDeploymentsAsync(cancellationToken)).All(one => one.Id != id))
                {
                    throw new MesosDockerException(Fault.DeploymentNotFound, $"There is no deployment '{id}'; one that is over is not listed.");
                }

                if (ShouldProcess(id, Force ? "Cancel deployment, and leave everything as it is" : "Roll deployment back")
                    && await Client.CancelDeploymentAsync(id, Force, cancellationToken) is { } back
                    && PassThru)
                {
                    WriteObject(back);
                }
            });
        }
    }
}
