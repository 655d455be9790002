using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>Reads definitions out of documents, with their variables replaced and other documents laid over them.</summary>
/// <remarks>
/// What is laid over has the shape of definitions: an app with an id changes the app of that id, one without changes every app. Maps are
/// merged, anything else is replaced; <c>name+</c> appends to a list, null takes away. Each document's variables are replaced before.
/// </remarks>
public sealed class DefinitionReader(IYaml yaml, DefinitionOptions options)
{
    private readonly VariableText _variables = new(options.ValueOf, DefinitionOptions.IsOfTask);
    private readonly List<Overlay> _overlays = [];

    /// <summary>What was to be laid over an app that was in none of the documents read so far.</summary>
    public IEnumerable<(string Id, Mark Mark)> UnusedOverlays
        => _overlays.Where(static overlay => overlay is { Id: not null, IsUsed: false }).Select(static overlay => (overlay.Id!, overlay.Source.Mark));

    /// <summary>Lays a document over all that are read from now on; the last one is the uppermost.</summary>
    /// <exception cref="MesosDockerException">As <see cref="Read"/>.</exception>
    public void AddOverlay(DocumentText text)
    {
        foreach (SourceMap app in Documents(text).SelectMany(definition => DefinitionDocument.Apps(definition, options.Group)))
        {
            _overlays.Add(new Overlay(app));
        }
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>, <see cref="Fault.VariableMissing"/>; each with the place.</exception>
    public IReadOnlyList<Definition> Read(DocumentText text)
        => [.. Documents(text).Select(definition => new Definition(
            definition,
            [.. DefinitionDocument.Apps(definition, options.Group).Select(app => new AppDefinition(Covered(app)))]))];

    private IEnumerable<SourceMap> Documents(DocumentText text)
        => text.Read(yaml)
            .Select(document => options.Expand ? DocumentEdits.Expand(document, _variables) : document)
            .SelectMany(DefinitionDocument.Definitions);

    private SourceMap Covered(SourceMap app)
    {
        SourceMap covered = app;
        string? id = (app["id"] as SourceScalar)?.Value;
        foreach (Overlay overlay in _overlays)
        {
            if (overlay.Id is null || overlay.Id == id)
            {
                covered = DocumentEdits.Merge(covered, overlay.Source);
                overlay.IsUsed = true;
            }
        }

        return covered;
    }

    private sealed class Overlay(SourceMap source)
    {
        public SourceMap Source { get; } = source;

        public string? Id { get; } = (source["id"] as SourceScalar)?.Value;

        public bool IsUsed { get; set; }
    }
}
