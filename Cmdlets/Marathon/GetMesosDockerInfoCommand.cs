using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Tells about the Marathon.</summary>
[Cmdlet(VerbsCommon.Get, "MesosDockerInfo")]
[OutputType(typeof(MarathonInfo))]
public sealed class GetMesosDockerInfoCommand : MarathonCmdlet
{
    protected override async Task EndAsync(CancellationToken cancellationToken) => WriteObject(await Client.GetInfoAsync(cancellationToken));
}
