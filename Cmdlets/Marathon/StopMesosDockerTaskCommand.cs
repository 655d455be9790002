using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Kills tasks; others take their place, or with -Scale not.</summary>
[Cmdlet(VerbsLifecycle.Stop, "MesosDockerTask", SupportsShouldProcess = true)]
[OutputType(typeof(DeploymentResult))]
public sealed class StopMesosDockerTaskCommand : MarathonCmdlet
{
    private readonly List<string> _ids = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    public string[] Id { get; set => field = value ?? []; } = [];

    [Parameter]
    public SwitchParameter Scale { get; set; }

    [Parameter]
    public SwitchParameter Wipe { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override object? ErrorTarget => _ids.ToArray();

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        _ids.AddRange(Id.Where(id => ShouldProcess(id, $"Kill task{(Wipe ? " and its volumes" : "")}{(Scale ? ", and scale its app down" : "")}")));
        return Task.CompletedTask;
    }

    // In one request: a deployment for each would lock the next one out.
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_ids.Count == 0)
        {
            return;
        }

        HashSet<string?> known = [.. (await Client.ListTasksAsync(null, cancellationToken)).Select(static task => task.Id)];
        foreach (string missing in _ids.Where(id => !known.Contains(id)))
        {
            WriteError(ErrorRecords.From(
                new MesosDockerException(Fault.TaskNotFound, $"There is no task '{missing}'. Get-MesosDockerTask lists those that are there."), missing));
        }

        string[] there = [.. _ids.Where(known.Contains).Distinct()];
        if (there.Length > 0 && await Client.KillTasksAsync(there, Scale, Wipe, Force, cancellationToken) is { } deployment && PassThru)
        {
            WriteObject(deployment);
        }
    }
}
