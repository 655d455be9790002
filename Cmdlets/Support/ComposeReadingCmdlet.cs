using System.Management.Automation;
using MesosDocker.Compose;
using MesosDocker.Io;

namespace MesosDocker.Commands;

/// <summary>Base of cmdlets that read compose projects: paths, wildcards, directories and text, all with the same settings.</summary>
public abstract class ComposeReadingCmdlet : AsyncCmdlet
{
    private protected const string ByPath = "ByPath";
    private protected const string ByLiteralPath = "ByLiteralPath";
    private protected const string ByText = "ByText";

    private PodReading _reading = null!;
    private string? _current;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = ByText)]
    [Alias("Text")]
    [ValidateNotNullOrEmpty]
    public string[] InputString { get; set; } = [];

    [Parameter]
    [Alias("OverridePath", "Overlay")]
    [ValidateNotNullOrEmpty]
    public string[] OverlayPath { get; set; } = [];

    [Parameter]
    [Alias("EnvironmentFile")]
    [ValidateNotNullOrEmpty]
    public string[]? EnvFile { get; set; }

    [Parameter]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Variable { get; set => field = value ?? []; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Profile { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProjectName { get; set; }

    [Parameter]
    [Within(0, 1_000_000)]
    public decimal DefaultCpus { get; set; } = MeasureOptions.StandardCpus;

    [Parameter]
    [Megabytes]
    public decimal DefaultMemory { get; set; } = MeasureOptions.StandardMemory;

    protected override object? ErrorTarget => _current;

    /// <summary>Services that do not say what they need are an error.</summary>
    private protected virtual bool RefusesUnstated => false;

    /// <summary>What is done with a project, once it has been read.</summary>
    private protected abstract void Take(ComposePod pod);

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        var options = new MeasureOptions { DefaultCpus = DefaultCpus, DefaultMemory = DefaultMemory, IsStrict = RefusesUnstated };
        _reading = new PodReading(Variable, EnvFile?.SelectMany(Files), Profile, ProjectName, options);
        foreach (string overlay in OverlayPath.SelectMany(Files))
        {
            _current = overlay;
            _reading.AddOverlay(DocumentText.FromFile(overlay));
        }

        return Task.CompletedTask;
    }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string text in InputString)
        {
            await ReadAsync(text, () => [[DefinitionReading.Text(text)]], cancellationToken);
        }

        foreach (string path in ParameterSetName == ByLiteralPath ? LiteralPath : Path)
        {
            await ReadAsync(
                path,
                () => PodPaths.Resolve(this, path, ParameterSetName == ByLiteralPath).Select(static files => files.Select(DocumentText.FromFile)),
                cancellationToken);
        }
    }

    // A project that cannot be read is one error, and the next one is read.
    private Task ReadAsync(string from, Func<IEnumerable<IEnumerable<DocumentText>>> projects, CancellationToken cancellationToken) => AttemptAsync(from, async () =>
    {
        foreach (IEnumerable<DocumentText> files in projects())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await AttemptAsync(from, () =>
            {
                Take(_reading.Measure([.. files], () => SessionState.Path.CurrentFileSystemLocation.ProviderPath));
                return Task.CompletedTask;
            });
        }
    });

    private IEnumerable<string> Files(string path) => PodPaths.Files(this, path);
}
