using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Tells what publishing apps would change, and hands on each with the difference on it.</summary>
[Cmdlet(VerbsData.Compare, "MesosDockerApp")]
[OutputType(typeof(AppChange))]
public sealed class CompareMesosDockerAppCommand : MarathonCmdlet
{
    private AppLookup _running = null!;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("App", "InputObject")]
    public App DifferenceObject { get; set; } = null!;

    // None given: what runs on the cluster.
    [Parameter(Position = 1)]
    [AllowEmptyCollection]
    public App[]? ReferenceObject { get; set; }

    protected override object? ErrorTarget => DifferenceObject;

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _running = ReferenceObject is null ? Client.FindAppAsync : AppLookups.Among(ReferenceObject);
        return Task.CompletedTask;
    }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string id = DifferenceObject.Id ?? throw new MesosDockerException(Fault.DefinitionInvalid, "The app has no id, so that nothing can be compared with it.");
        WriteObject(AppChange.Of(DifferenceObject, await _running(id, cancellationToken)));
    }
}
