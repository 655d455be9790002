using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Stops the embedded cluster of this machine; with -Remove its tasks, too, for good.</summary>
[Cmdlet(VerbsLifecycle.Stop, "MesosDockerLocal", SupportsShouldProcess = true)]
[OutputType(typeof(LocalCluster))]
public sealed class StopMesosDockerLocalCommand : LocalCmdlet
{
    [Parameter]
    public SwitchParameter Remove { get; set; }

    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = 60;

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        TimeSpan patience = TimeSpan.FromSeconds(TimeoutSeconds);
        LocalCluster? cluster = Find();
        string directory = FullDirectory;
        if (cluster is null && !(Remove && Directory.Exists(directory)))
        {
            WriteVerbose($"No embedded cluster runs in '{directory}'.");
            Forget(directory);
            return;
        }

        if (!ShouldProcess(directory, Remove ? "Stop the embedded cluster, end its tasks and remove its state" : "Stop the embedded cluster"))
        {
            return;
        }

        if (cluster is not null)
        {
            await LocalClusterProgram.StopAsync(cluster, patience, cancellationToken);
        }

        if (Remove)
        {
            await OpenServer().RemoveAsync(directory, patience, cancellationToken);
        }

        Forget(directory);

        if (PassThru && cluster is not null)
        {
            WriteObject(cluster);
        }
    }

    private void Forget(string directory)
    {
        MarathonSession session = Session;
        if (session.Started?.WorkDirectory == directory && !MyInvocation.BoundParameters.ContainsKey("WhatIf"))
        {
            session.Started = null;
        }
    }
}
