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
        return TreeEdits.Fields(map, field =>
        {
            FieldPath inner = path[field.Name];
            return HasPlainNames && !IsPlain(field.Name)
                ? throw inner.Refuse(field.Mark, $"is no name: a name has {WantedName}")
                : value.Fit(field.Value, inner);
        });
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
