using System.Management.Automation;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Reads apps from files in JSON or YAML, with their variables replaced and other files laid over them.</summary>
[Cmdlet(VerbsData.Import, "MesosDockerApp", DefaultParameterSetName = ByPath)]
[OutputType(typeof(App))]
public sealed class ImportMesosDockerAppCommand : AsyncCmdlet
{
    private const string ByPath = "ByPath";
    private const string ByLiteralPath = "ByLiteralPath";
    private const string ByText = "ByText";

    private DefinitionReader _reader = null!;
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
    [Alias("Overlay")]
    [ValidateNotNullOrEmpty]
    public string[] OverlayPath { get; set; } = [];

    [Parameter]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Variable { get; set => field = value ?? []; } = [];

    [Parameter]
    public SwitchParameter NoExpand { get; set; }

    [Parameter]
    public string? Group { get; set; }

    protected override object? ErrorTarget => _current;

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _reader = DefinitionReading.Reader(Variable, Group, expand: !NoExpand);
        foreach (string overlay in OverlayPath.SelectMany(path => DefinitionPaths.Resolve(this, path, isLiteral: false)))
        {
            _current = overlay;
            _reader.AddOverlay(DocumentText.FromFile(overlay));
        }

        return Task.CompletedTask;
    }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string text in InputString)
        {
            await ReadAsync(text, () => [DefinitionReading.Text(text)], cancellationToken);
        }

        foreach (string path in ParameterSetName == ByLiteralPath ? LiteralPath : Path)
        {
            await ReadAsync(
                path,
                () => DefinitionPaths.Resolve(this, path, ParameterSetName == ByLiteralPath).Select(DocumentText.FromFile),
                cancellationToken);
        }
    }

    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        foreach ((string id, Mark mark) in _reader.UnusedOverlays)
        {
            var error = new MesosDockerException(Fault.AppNotFound, $"{mark}: nothing that was read is the app '{id}', which this is to be laid over.");
            WriteError(ErrorRecords.From(error, id));
        }

        return Task.CompletedTask;
    }

    // A file that cannot be read, and an app in it that cannot, are one error each; what follows them is read.
    private Task ReadAsync(string from, Func<IEnumerable<DocumentText>> texts, CancellationToken cancellationToken) => AttemptAsync(from, async () =>
    {
        foreach (DocumentText text in texts())
        {
            await AttemptAsync(from, async () =>
            {
                foreach (AppDefinition app in _reader.Read(text).SelectMany(static definition => definition.Apps))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await AttemptAsync(from, () =>
                    {
                        WriteObject(app.ToApp());
                        return Task.CompletedTask;
                    });
                }
            });
        }
    });
}
