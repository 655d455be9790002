using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Shows the embedded cluster of this machine.</summary>
[Cmdlet(VerbsCommon.Get, "MesosDockerLocal")]
[OutputType(typeof(LocalCluster))]
public sealed class GetMesosDockerLocalCommand : LocalCmdlet
{
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (LocalCluster.Find(FullDirectory) is { } cluster)
        {
            WriteObject(cluster);
        }

        return Task.CompletedTask;
    }
}
