using System.Management.Automation;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Judges apps and groups by Marathon's own rules, without a Marathon, and hands on what it would take.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MesosDockerApp")]
[OutputType(typeof(App))]
public sealed class TestMesosDockerAppCommand : AsyncCmdlet
{
    private DefinitionReader _reader = null!;
    private MarathonSettings? _settings;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Path", "App")]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    [Parameter]
    public string[]? Feature { get; set; }

    [Parameter]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Variable { get; set => field = value ?? []; } = [];

    protected override object? ErrorTarget => InputObject?.BaseObject;

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _reader = DefinitionReading.Reader(Variable, group: null, expand: true);
        _settings = Feature is null ? null : new MarathonSettings { Features = Feature };
        return Task.CompletedTask;
    }

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        bool isValid = TestInput(cancellationToken);
        if (Quiet)
        {
            WriteObject(isValid);
        }

        return Task.CompletedTask;
    }

    private bool TestInput(CancellationToken cancellationToken) => InputObject?.BaseObject switch
    {
        App app => HandOn(Tell(app.Id, app.Judge(_settings)), app),
        Group group => HandOn(Tell(group.Id, group.Judge(_settings)), group),
        Pod pod => HandOn(Tell(pod.Id, pod.Judge(_settings)), pod),
        AppChange change => HandOn(Tell(change.Id, change.App.Judge(_settings)), change),
        FileInfo file => Test(() => [DocumentText.FromFile(file.FullName)], cancellationToken),
        string text when DocumentText.IsInline(text) => Test(() => [DefinitionReading.Text(text)], cancellationToken),
        string path => Test(() => DefinitionPaths.Resolve(this, path, isLiteral: false).Select(DocumentText.FromFile), cancellationToken),
        _ when PowerShellJson.Object(InputObject) is { } json => Test(() => [DefinitionReading.Text(json.ToJsonString())], cancellationToken),
        _ => throw new MesosDockerException(Fault.UsageInvalid, "This is no app. Give apps, groups, files, or text in JSON."),
    };

    // Every definition is judged, also behind one that is not valid.
    private bool Test(Func<IEnumerable<DocumentText>> texts, CancellationToken cancellationToken)
    {
        bool isValid = true;
        try
        {
            foreach (Definition definition in texts().SelectMany(_reader.Read))
            {
                cancellationToken.ThrowIfCancellationRequested();
                isValid &= Test(definition);
            }
        }
        catch (MesosDockerException) when (Quiet)
        {
            // What cannot even be read is not valid.
            isValid = false;
        }

        return isValid;
    }

    private bool Test(Definition definition)
    {
        bool isValid = Tell(definition.Id, definition.Judge(_settings), path => $"{definition.PlaceOf(path)}: ");
        foreach (AppDefinition app in isValid ? definition.Apps : [])
        {
            HandOn(isValid, app.ToApp());
        }

        return isValid;
    }

    private bool HandOn(bool isValid, object judged)
    {
        if (isValid && !Quiet)
        {
            WriteObject(judged);
        }

        return isValid;
    }

    private bool Tell(string? id, IReadOnlyList<Finding> findings, Func<string, string>? placeOf = null)
    {
        foreach (Finding finding in Quiet ? [] : findings)
        {
            string text = $"{placeOf?.Invoke(finding.Path)}{id ?? "(no id)"}: {finding.Path} {finding.Message}";
            if (finding.Severity == Severity.Warning)
            {
                WriteWarning(Printable.Of(text));
            }
            else
            {
                WriteError(ErrorRecords.From(new MesosDockerException(Fault.DefinitionInvalid, text), ErrorTarget));
            }
        }

        return findings.All(static finding => finding.Severity == Severity.Warning);
    }
}
