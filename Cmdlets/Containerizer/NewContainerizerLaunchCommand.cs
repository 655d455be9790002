using System.Management.Automation;
using MesosDocker.Mesos;

namespace MesosDocker.Commands;

/// <summary>Makes the message by which a Mesos agent launches a container.</summary>
[Cmdlet(VerbsCommon.New, "ContainerizerLaunch")]
[OutputType(typeof(Launch))]
public sealed partial class NewContainerizerLaunchCommand : AsyncCmdlet
{
    private const int LongestSeconds = 365 * 24 * 3600;

    // One parameter set, though -Image and -DockerImage exclude each other: among several, PowerShell takes the default one for an object from
    // the pipeline as soon as one of its properties has to be converted, and drops the rest.
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? Image { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Option { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? DockerImage { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DockerNetwork? Network { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? NetworkName { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] PortMapping { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Volume { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Parameter { get; set => field = value ?? []; } = [];

    [Parameter]
    public SwitchParameter Privileged { get; set; }

    [Parameter]
    public SwitchParameter ForcePull { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Hostname { get; set; }

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Cmd")]
    public string? Command { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Args")]
    public string[]? ArgumentList { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 1_000_000)]
    public decimal? Cpus { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Mem")]
    [Megabytes]
    public decimal? Memory { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Megabytes]
    public decimal? Disk { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Port { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Env")]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Environment { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CommandUri]
    public CommandUri[] Uri { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? User { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Sandbox")]
    public string? Directory { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ContainerId { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? TaskId { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? TaskName { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Labels")]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Label { get; set => field = value ?? []; } = [];

    [Parameter]
    [HealthCheck]
    public HealthCheck? HealthCheck { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, LongestSeconds)]
    public int? KillGraceSeconds { get; set; }

    [Parameter]
    public SwitchParameter AsExecutor { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ExecutorId { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? FrameworkId { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AgentId { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AgentPid { get; set; }

    [Parameter]
    public SwitchParameter Checkpoint { get; set; }

    protected override object? ErrorTarget => ContainerId ?? TaskId ?? DockerImage ?? Image;

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        RefuseMisplaced();
        WriteObject(BuildLaunch());
        return Task.CompletedTask;
    }
}
