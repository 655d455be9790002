using System.Management.Automation;
using MesosDocker.Compose;

namespace MesosDocker.Commands;

/// <summary>Tells what compose projects need before they are submitted: CPUs, memory, ports, service by service and in all.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ComposePod", DefaultParameterSetName = ByPath)]
[OutputType(typeof(ComposePod))]
public sealed class MeasureComposePodCommand : ComposeReadingCmdlet
{
    [Parameter]
    public SwitchParameter Strict { get; set; }

    private protected override bool RefusesUnstated => Strict;

    private protected override void Take(ComposePod pod) => WriteObject(pod);
}
