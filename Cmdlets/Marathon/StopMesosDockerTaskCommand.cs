using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Kills tasks; others take their place, or with -Scale not.</summary>
[Cmdlet(VerbsLifecycle.Stop, "MesosDockerTask", SupportsShouldProcess = true)]
[OutputType(typeof(DeploymentResult))]
public sealed class StopMesosDockerTaskCommand : MarathonCmdlet
{
    private readonly List<string> _ids = [];
    private HashSet<string?>? _known;

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

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        _known ??= [.. (await Client.ListTasksAsync(null, cancellationToken)).Select(static task => task.Id)];
        foreach (string id in Id)
        {
            if (!_known.Contains(id))
            {
                WriteError(ErrorRecords.From(
                    new MesosDockerException(Fault.TaskNotFound, $"There is no task '{id}'. Get-MesosDockerTask lists those that are there."), id));
            }
            else if (ShouldProcess(id, $"Kill task{(Wipe ? " and its volumes" : "")}{(Scale ? ", and scale its app down" : "")}"))
            {
                _ids.Add(id);
            }
        }
    }

    // In one request: a deployment for each would lock the next one out.
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        string[] there = [.. _ids.Distinct()];
        if (there.Length > 0 && await Client.KillTasksAsync(there, Scale, Wipe, Force, cancellationToken) is { } deployment && PassThru)
        {
            WriteObject(deployment);
        }
    }
}
