using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Names with values, as a map or as a list of <c>NAME=value</c> (the specification's <c>list_or_dict</c>): environment, labels, arguments.
/// Canonical is the map, with texts, or null where there is no value.
/// </summary>
internal sealed class PairsShape : Shape
{
    public static PairsShape Instance { get; } = new();

    /// <summary>What has no value is empty; else it has none, and may get one from outside.</summary>
    public bool NothingIsEmpty { get; init; } = true;

    /// <summary>Names may not have spaces in them.</summary>
    public bool RefusesSpaces { get; init; }

    public override string Wanted => "a map, or a list of texts like NAME=value";

    public override SourceNode Fit(SourceNode node, FieldPath path) => node switch
    {
        SourceMap map => Fit(map, path),
        SourceList list => Fit(list, path),
        _ => throw path.Refuse(node, Wanted),
    };

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
    {
        if (Scalars.IsNull(over) || Scalars.IsNull(under))
        {
            return Scalars.IsNull(over) ? under : MergeTags.Settle(over);
        }

        return (under, over) switch
        {
            (SourceMap below, SourceMap above) => MergeMaps.Merge(below, above, static _ => PairValueShape.Instance, context),
            (SourceMap or SourceList, SourceMap or SourceList) => MergeLists.Unique(
                new SourceList(over.Mark, [.. AsList(under).Where(item => !IsReset(item, over)), .. AsList(MergeTags.Settle(over))]), MergeLists.NameBeforeEquals),
            _ => throw MergeContext.Impossible(under, over),
        };
    }

    private SourceMap Fit(SourceMap map, FieldPath path) => TreeEdits.Fields(map, field =>
    {
        RefuseSpaces(field.Name, field.Mark, path);
        return Value(PairValueShape.Instance.Fit(field.Value, path[field.Name]));
    });

    private SourceMap Fit(SourceList list, FieldPath path)
    {
        var fields = new OrderedDictionary<string, SourceField>(list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is not SourceScalar { Kind: ScalarKind.Text } pair)
            {
                throw path[i].Refuse(list.Items[i], "a text like NAME=value");
            }

            int equals = pair.Value.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? pair.Value : pair.Value[..equals];
            RefuseSpaces(name, pair.Mark, path);
            fields[name] = new SourceField(name, pair.Mark, Value(equals < 0 ? Scalars.Null(pair.Mark) : Scalars.Text(pair.Mark, pair.Value[(equals + 1)..])));
        }

        return new SourceMap(list.Mark, [.. fields.Values]);
    }

    private SourceNode Value(SourceNode value) => NothingIsEmpty && Scalars.IsNull(value) ? Scalars.Text(value.Mark, "") : value;

    private void RefuseSpaces(string name, Mark mark, FieldPath path)
    {
        if (RefusesSpaces && name.Any(char.IsWhiteSpace))
        {
            throw path.Refuse(mark, $"has the name '{Printable.Of(name, 60)}', which has a space in it");
        }
    }

    // Names in a map are as they are; in a list their dollar signs would begin variables.
    private static IEnumerable<SourceNode> AsList(SourceNode node) => node is not SourceMap map ? ((SourceList)node).Items : map.Fields
        .Select(static field => field.Value is SourceScalar scalar
            ? Scalars.Text(field.Mark, Interpolation.Escape(field.Name) + (Scalars.Words(scalar) is { } value ? "=" + value : ""))
            : field.Value);

    private static bool IsReset(SourceNode item, SourceNode over)
        => over is SourceMap map && MergeLists.NameBeforeEquals(item) is { } name && map[name] is { } value && MergeTags.IsReset(value);
}
