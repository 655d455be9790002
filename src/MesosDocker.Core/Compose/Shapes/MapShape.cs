using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A map with names of the user's own, each of whose values is of one shape.</summary>
internal sealed class MapShape(Shape value) : Shape
{
    public const string WantedName = "letters, digits, '.', '_' and '-' only";

    /// <summary>Names consist of letters, digits, dots, dashes and underscores.</summary>
    public bool HasPlainNames { get; init; }

    public override string Wanted => "a map";

    public override SourceNode Fit(SourceNode node, FieldPath path)
    {
        SourceMap map = node as SourceMap ?? throw path.Refuse(node, Wanted);
        List<SourceField> fields = new(map.Fields.Count);
        foreach (SourceField field in map.Fields)
        {
            FieldPath inner = path[field.Name];
            if (HasPlainNames && !IsPlain(field.Name))
            {
                throw inner.Refuse(field.Mark, $"is no name: a name has {WantedName}");
            }

            fields.Add(field with { Value = value.Fit(field.Value, inner) });
        }

        return new SourceMap(map.Mark, fields);
    }

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context) => (under, over) switch
    {
        (_, SourceScalar { Kind: ScalarKind.Null }) => under,
        (SourceScalar { Kind: ScalarKind.Null }, _) => MergeTags.Settle(over),
        (SourceMap below, SourceMap above) => MergeMaps.Merge(below, above, _ => value, context),
        _ => throw MergeContext.Impossible(under, over),
    };

    public static bool IsPlain(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
