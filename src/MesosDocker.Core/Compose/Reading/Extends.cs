using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Finds what services extend (compose specification, <c>extends</c>): a service of the same file, or of another one, whose relative paths
/// are relative to that file's own directory.
/// </summary>
internal sealed class Extends(Scope scope)
{
    private readonly Dictionary<string, ServiceSource> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<(ServiceSource Source, string Name), SourceNode> _resolved = [];
    private readonly List<(ServiceSource Source, string Name)> _chain = [];

    /// <summary>What a service lies over because it extends it; null: nothing.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>, <see cref="Fault.FileUnreadable"/>, <see cref="Fault.VariableMissing"/></exception>
    public SourceNode? BaseOf(string name, SourceMap service, ServiceSource source)
    {
        if (service["extends"] is not { } said || Scalars.IsNull(MergeTags.Settle(said)))
        {
            return null;
        }

        FieldPath path = FieldPath.Root["services"][name]["extends"];
        SourceNode expanded = new TreeInterpolation(scope.Texts).Expand(MergeTags.Settle(said), path);
        var extends = (SourceMap)ExtendsShape.Instance.Fit(expanded, path);
        var wanted = (SourceScalar)extends["service"]!;
        Enter(name, source, said.Mark);
        ServiceSource from = extends["file"] is SourceScalar { Value.Length: > 0 } file ? Open(file, path) : source;
        SourceNode found = Resolve(wanted, from, path);
        _chain.RemoveAt(_chain.Count - 1);
        return found;
    }

    /// <summary>Layers from the lowest to the highest, those that are there; null if none is.</summary>
    public SourceNode? Fold(params ReadOnlySpan<SourceNode?> layers)
    {
        SourceNode? folded = null;
        foreach (SourceNode? layer in layers)
        {
            folded = layer is null ? folded : folded is null ? MergeTags.Settle(layer) : scope.ServiceShape.Merge(folded, layer, scope.Merging);
        }

        return folded;
    }

    private SourceNode Resolve(SourceScalar wanted, ServiceSource source, FieldPath path)
    {
        if (_resolved.TryGetValue((source, wanted.Value), out SourceNode? resolved))
        {
            return resolved;
        }

        SourceNode? own = source.Own(wanted.Value);
        SourceNode? included = source.Included(wanted.Value);
        if (own is null && included is null)
        {
            return source.Earlier(wanted.Value) ?? throw path.Refuse(wanted.Mark, NotFound(wanted.Value, source));
        }

        SourceNode? below = own is SourceMap service ? BaseOf(wanted.Value, service, source) : null;
        SourceNode found = Fold(below, included, own is SourceMap map ? map.Without("extends") : own)!;
        _resolved[(source, wanted.Value)] = found;
        return found;
    }

    private ServiceSource Open(SourceScalar said, FieldPath extends)
    {
        // It is relative to the project, or was made absolute when the file was read that says it.
        string path = scope.FileOf(said.Value);
        if (_files.TryGetValue(path, out ServiceSource? known))
        {
            return known;
        }

        DocumentText text = scope.State.Open(path, new Place(said.Mark, extends["file"]));
        SourceMap? merged = null;
        foreach (SourceMap document in new ParsedFile(text, scope.State.Parse(text)).DocumentsAs(scope.IsOld))
        {
            merged = merged is null ? document : (SourceMap)scope.Shape.Merge(merged, document, scope.Merging);
        }

        SourceMap? services = merged?["services"] is { } node && MergeTags.Settle(node) is SourceMap map ? RelativePaths.OfExtended(map, path, scope) : null;
        return _files[path] = new ServiceSource(path, services, null, null);
    }

    private void Enter(string name, ServiceSource source, Mark mark)
    {
        int before = _chain.FindIndex(other => ReferenceEquals(other.Source, source) && other.Name == name);
        _chain.Add((source, name));
        if (before >= 0)
        {
            string cycle = string.Join(" → ", _chain.Skip(before).Select(static one => one.Name));
            throw new MesosDockerException(Fault.DefinitionInvalid, $"{mark}: the service '{Printable.Of(name, 60)}' extends itself: {Printable.Of(cycle, 200)}.");
        }

        if (_chain.Count > ComposeLimits.MaxChain)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"{mark}: the service '{Printable.Of(name, 60)}' is extended over more than {ComposeLimits.MaxChain} services.");
        }
    }

    private static string NotFound(string name, ServiceSource source)
        => $"names '{Printable.Of(name, 60)}', and '{source.File}' has no such service"
            + (NearestName.Of(name, source.Names) is { } near ? $"; did you mean '{near}'" : "");
}
