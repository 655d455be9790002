using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Writes apps to a file, or each to a file of its own, in JSON or YAML.</summary>
[Cmdlet(VerbsData.Export, "MesosDockerApp", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(App))]
public sealed class ExportMesosDockerAppCommand : AsyncCmdlet
{
    private const string ByPath = "ByPath";
    private const string ByDirectory = "ByDirectory";

    private readonly List<App> _apps = [];

    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("App")]
    public App[] InputObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = ByDirectory)]
    [ValidateNotNullOrEmpty]
    public string Directory { get; set; } = "";

    [Parameter]
    [ValidateSet("Json", "Yaml")]
    public string? Format { get; set; }

    [Parameter]
    public SwitchParameter IncludeServerFields { get; set; }

    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override object? ErrorTarget => ParameterSetName == ByPath ? Path : Directory;

    private bool IsYaml => Format is { } format
        ? format.Equals("Yaml", StringComparison.OrdinalIgnoreCase)
        : System.IO.Path.GetExtension(Path).ToUpperInvariant() is ".YML" or ".YAML";

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (App app in InputObject)
        {
            _apps.Add(app);
            if (ParameterSetName == ByDirectory)
            {
                string directory = GetUnresolvedProviderPathFromPSPath(Directory);
                string file = System.IO.Path.Combine(directory, DefinitionFiles.NameOf(app) + (IsYaml ? ".yml" : ".json"));
                await AttemptAsync(app, () => WriteAsync(file, [app]));
            }

            if (PassThru)
            {
                WriteObject(app);
            }
        }
    }

    protected override Task EndAsync(CancellationToken cancellationToken)
        => ParameterSetName == ByPath && _apps.Count > 0 ? WriteAsync(GetUnresolvedProviderPathFromPSPath(Path), _apps) : Task.CompletedTask;

    private Task WriteAsync(string file, IReadOnlyList<App> apps)
    {
        if (ShouldProcess(file, "Write apps"))
        {
            IReadOnlyList<App> written = IncludeServerFields ? apps : [.. apps.Select(static app => app.WithoutServerFields())];
            DefinitionFiles.Write(file, IsYaml ? DefinitionFiles.Yaml(written, Adapters.Yaml()) : DefinitionFiles.Json(written), Force, NoClobber);
        }

        return Task.CompletedTask;
    }
}
