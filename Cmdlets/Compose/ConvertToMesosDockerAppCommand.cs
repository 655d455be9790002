using System.Management.Automation;
using MesosDocker.Compose;
using MesosDocker.Conversion;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Makes of compose projects what Marathon can run, and tells what of them is lost.</summary>
[Cmdlet(VerbsData.ConvertTo, "MesosDockerApp", DefaultParameterSetName = ByPath)]
[OutputType(typeof(App), typeof(Group), typeof(Pod))]
public sealed class ConvertToMesosDockerAppCommand : ComposeReadingCmdlet
{
    private const string ByInputObject = "ByInputObject";

    // They say how files are read, and a measured pod has been read.
    private static readonly string[] s_ofReading =
        [nameof(OverlayPath), nameof(EnvFile), nameof(Variable), nameof(Profile), nameof(ProjectName), nameof(DefaultCpus), nameof(DefaultMemory)];

    private readonly GivenId _id = new();
    private LossReport _report = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByInputObject, ValueFromPipeline = true)]
    public ComposePod InputObject { get; set; } = null!;

    [Parameter]
    [Alias("Target")]
    public ConversionTarget As { get; set; }

    [Parameter]
    [Alias("AppId")]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Group { get; set; } = "/";

    [Parameter]
    [Within(0, 1_000_000)]
    public int? Instances { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Network { get; set; }

    [Parameter]
    public SwitchParameter KeepHostPort { get; set; }

    [Parameter]
    [Alias("Uri", "Uris")]
    [AppArtifact]
    public Artifact[] Fetch { get; set => field = value ?? []; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Executor { get; set; } = AppOfPod.UsualExecutor;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LossVariable { get; set; }

    [Parameter]
    public SwitchParameter Strict { get; set; }

    protected override object? ErrorTarget => ParameterSetName == ByInputObject ? InputObject : base.ErrorTarget;

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        Refuse(As == ConversionTarget.Pod ? [nameof(Network), nameof(KeepHostPort)] : [nameof(Fetch), nameof(Executor)]);
        Refuse(As == ConversionTarget.Group ? [nameof(Instances)] : []);
        _report = new LossReport(this, LossVariable, Strict);
        _report.Begin();
        return base.BeginAsync(cancellationToken);
    }

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName != ByInputObject)
        {
            return base.ProcessAsync(cancellationToken);
        }

        if (s_ofReading.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } late)
        {
            throw new MesosDockerException(Fault.OptionConflict, $"-{late} says how files are read, and '{InputObject.Name}' has been read already: give it to Measure-ComposePod.");
        }

        Take(InputObject);
        return Task.CompletedTask;
    }

    private protected override void Take(ComposePod pod)
    {
        _id.TakeFor(pod, Id);
        var options = new ConversionOptions
        {
            Id = Id,
            Group = Group,
            Network = Network,
            KeepsHostPorts = KeepHostPort,
            Instances = Instances,
            Fetch = Fetch,
            Executor = Executor,
        };
        WriteObject(As switch
        {
            ConversionTarget.Group => PlainLists.Of(_report.Take(GroupOfProject.Of(pod, options), pod.Path)),
            ConversionTarget.MarathonPod => PlainLists.Of(_report.Take(PodOfProject.Of(pod, options), pod.Path)),
            _ => (object)PlainLists.Of(_report.Take(AppOfPod.Of(pod, options), pod.Path)),
        });
    }

    private void Refuse(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } name)
        {
            throw new MesosDockerException(Fault.OptionConflict, $"-{name} means nothing to what -As {As} makes of a project: leave it out, or choose another -As.");
        }
    }
}
