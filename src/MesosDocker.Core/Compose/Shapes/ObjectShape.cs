using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A map whose names the specification gives; names that begin with <c>x-</c> are everybody's.</summary>
internal sealed class ObjectShape : Shape
{
    public const string Extension = "x-";

    private const int MostNamesShown = 12;

    private readonly OrderedDictionary<string, Shape> _fields = [];
    private readonly List<string> _required = [];

    /// <summary>Nothing may stand there, too.</summary>
    public bool AllowsNull { get; init; }

    /// <summary>What a short form (a text, a number) means; null where there is none, and for one that it cannot be.</summary>
    public Func<SourceScalar, SourceMap?>? Short { get; init; }

    /// <summary>Merged, nothing remains of the map below.</summary>
    public bool Replaces { get; init; }

    /// <summary>What becomes of a merged map, given the one that lay above.</summary>
    public Func<SourceMap, SourceMap, SourceMap>? Merged { get; init; }

    /// <summary>What to say of names that another version of compose has.</summary>
    public Func<string, string?>? Hint { get; init; }

    public override string Wanted => Short is null ? "a map" : "a text or a map";

    public ObjectShape Field(string name, Shape shape)
    {
        _fields.Add(name, shape);
        return this;
    }

    public ObjectShape Required(string name, Shape shape)
    {
        _required.Add(name);
        return Field(name, shape);
    }

    public override SourceNode Fit(SourceNode node, FieldPath path)
    {
        if (AllowsNull && Scalars.IsNull(node))
        {
            return node;
        }

        SourceMap map = AsMap(node) ?? throw path.Refuse(node, Wanted);
        SourceMap fitting = TreeEdits.Fields(map, field =>
        {
            Shape shape = _fields.TryGetValue(field.Name, out Shape? known) ? known
                : field.Name.StartsWith(Extension, StringComparison.Ordinal) ? AnyShape.Instance
                : throw Unknown(field, path);
            return shape.Fit(field.Value, path[field.Name]);
        });
        foreach (string name in _required)
        {
            if (map[name] is null)
            {
                throw path.Refuse(map.Mark, $"needs '{name}'");
            }
        }

        return fitting;
    }

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
    {
        if (Scalars.IsNull(over))
        {
            return under;
        }

        if (Replaces || Scalars.IsNull(under))
        {
            return MergeTags.Settle(over);
        }

        SourceMap above = AsMap(over) ?? throw MergeContext.Impossible(under, over);
        SourceMap merged = MergeMaps.Merge(AsMap(under) ?? throw MergeContext.Impossible(under, over), above, ShapeOf, context);
        return Merged?.Invoke(merged, above) ?? merged;
    }

    public Shape ShapeOf(string name) => _fields.GetValueOrDefault(name) ?? AnyShape.Instance;

    private SourceMap? AsMap(SourceNode node)
        => node as SourceMap ?? (node is SourceScalar { Kind: not ScalarKind.Null } scalar ? Short?.Invoke(scalar) : null);

    private MesosDockerException Unknown(SourceField field, FieldPath path)
    {
        string name = Printable.Of(field.Name, 80);
        string help = Hint?.Invoke(field.Name) is { } hint ? hint
            : NearestName.Of(field.Name, _fields.Keys) is { } near ? $"Did you mean '{near}'?"
            : _fields.Count <= MostNamesShown ? $"It has {string.Join(", ", _fields.Keys)}, and what begins with x-."
            : "What is your own begins with x-.";
        return new MesosDockerException(Fault.DefinitionInvalid, $"{field.Mark}: {path} has no key '{name}'. {help}");
    }
}
