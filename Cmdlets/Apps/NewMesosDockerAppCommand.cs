using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Makes an app of plain parameters, of rows of a table, of what <c>ConvertFrom-DockerRun</c> read, or of a measured pod.</summary>
[Cmdlet(VerbsCommon.New, "MesosDockerApp")]
[OutputType(typeof(App))]
public sealed partial class NewMesosDockerAppCommand : AsyncCmdlet
{
    private const int LongestSeconds = 365 * 24 * 3600;

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "AppId")]
    public string? Id { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Group { get; set; }

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? Image { get; set; }

    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Cmd")]
    public string? Command { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Args")]
    public string[]? ArgumentList { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNothing]
    public ContainerizerKind? Containerizer { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNothing]
    [Within(0, 1_000_000)]
    public double? Cpus { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Mem")]
    [Megabytes]
    public decimal? Memory { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Megabytes]
    public decimal? Disk { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNothing]
    [Within(0, 1_000)]
    public int? Gpus { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNothing]
    [Within(0, 1_000_000)]
    public int? Instances { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Env")]
    [AppEnvironment]
    public Dictionary<string, EnvironmentValue> Environment { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Labels")]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Label { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Ports")]
    [AppPort]
    public AppPort[] Port { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public string? Network { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Volumes")]
    [AppVolume]
    public Volume[] Volume { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Constraints")]
    [AppConstraint]
    [ArgumentCompleter(typeof(ConstraintCompleter))]
    public string[][] Constraint { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("HealthChecks")]
    [AppHealth]
    public AppHealthCheck[] HealthCheck { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Uri", "Uris")]
    [AppArtifact]
    public Artifact[] Fetch { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? User { get; set; }

    [Parameter]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Secret { get; set => field = value ?? []; } = [];

    [Parameter]
    [Alias("ForcePull")]
    public SwitchParameter PullAlways { get; set; }

    [Parameter]
    public string? PullSecret { get; set; }

    [Parameter]
    public SwitchParameter Privileged { get; set; }

    [Parameter]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Parameter { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Executor { get; set; }

    [Parameter]
    [UpgradeStrategy]
    public UpgradeStrategy? UpgradeStrategy { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Dependencies")]
    public string[] Dependency { get; set => field = value ?? []; } = [];

    [Parameter]
    public string[] AcceptedResourceRole { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNothing]
    [Within(0, LongestSeconds)]
    public int? KillGraceSeconds { get; set; }

    [Parameter]
    public PSObject? Property { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override object? ErrorTarget => InputObject?.BaseObject is { } input and not PSCustomObject ? input : Id ?? Image;

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        AppRequest request = BuildRequest();
        App app = AppBuilder.Build(request);
        WriteObject(Property is null ? PlainLists.Of(app) : PropertyEdits.Apply(app, Fields(Property)));
        return Task.CompletedTask;
    }
}
