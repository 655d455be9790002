using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Runs a command once on the cluster, and brings back its output and its exit code.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MesosDockerTask", SupportsShouldProcess = true, DefaultParameterSetName = ByCommand)]
[OutputType(typeof(TaskRun))]
public sealed class InvokeMesosDockerTaskCommand : MarathonCmdlet
{
    private const string ByCommand = "ByCommand";
    private const string ByApp = "ByApp";

    [Parameter(Position = 0, ParameterSetName = ByCommand, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    [Parameter(Position = 1, ParameterSetName = ByCommand)]
    [ValidateNotNullOrEmpty]
    public string? Command { get; set; }

    [Parameter(ParameterSetName = ByCommand)]
    [AllowEmptyString]
    public string[]? ArgumentList { get; set; }

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByApp)]
    public App? InputObject { get; set; }

    [Parameter]
    [ValidateRange(0.001, 1_000_000)]
    public double? Cpus { get; set; }

    [Parameter]
    [Alias("Mem")]
    [Megabytes]
    public decimal? Memory { get; set; }

    [Parameter]
    [Alias("Env")]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Environment { get; set => field = value ?? []; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Group { get; set; } = "/run";

    [Parameter]
    [ValidateRange(1, 7 * 24 * 3600)]
    public int TimeoutSeconds { get; set; } = 3600;

    protected override object? ErrorTarget => InputObject ?? (object?)Image;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        App app = InputObject ?? FromCommand();
        app = app with
        {
            Cpus = Cpus ?? app.Cpus,
            Mem = (double?)Memory ?? app.Mem,
            Env = Environment.Length == 0 ? app.Env
                : Environment.Select(static pair => KeyValuePair.Create(pair.Key, EnvironmentValue.FromString(pair.Value)))
                    .Concat((app.Env ?? new Dictionary<string, EnvironmentValue>()).ExceptBy(Environment.Select(static pair => pair.Key), static pair => pair.Key))
                    .ToDictionary(),
        };
        string id = $"{AppPatterns.Absolute(Group).TrimEnd('/')}/{app.Id?.Split('/')[^1] ?? "task"}-{Guid.NewGuid():n}"[..^20];
        if (!ShouldProcess(id, $"Run once: {app.Cmd ?? string.Join(' ', app.Args ?? [])}".TrimEnd(':', ' ')))
        {
            return;
        }

        using var bar = new ProgressBar(this, $"Run {id}");
        bool ownsGroup = !MyInvocation.BoundParameters.ContainsKey(nameof(Group));
        TaskRun run = await new TaskRunner(Client).RunAsync(
            TaskRunner.Once(app, id), TimeSpan.FromSeconds(TimeoutSeconds), new Progress<string>(now => bar.Show(now, null)), ownsGroup, cancellationToken);

        foreach (string warning in run.Warnings)
        {
            WriteWarning(Display.Text(warning));
        }

        // What it wrote comes first, so that it is there also where an error ends everything.
        WriteObject(run);
        if (!run.IsSuccess)
        {
            throw run.ToFault();
        }
    }

    private App FromCommand() => Image is null && Command is null && ArgumentList is null
        ? throw new MesosDockerException(Fault.UsageInvalid, "Nothing is said of what to run: give -Image, -Command, or an app by the pipeline.")
        : new App
        {
            Cmd = Command,
            Args = ArgumentList,
            Cpus = 0.1,
            Mem = 64,
            PortDefinitions = [],
            Container = Image is null ? null : new Container { Type = "DOCKER", Docker = new DockerContainer { Image = Image } },
        };
}
