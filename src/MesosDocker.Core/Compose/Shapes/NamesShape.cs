using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Names of other things of the project, as a list, or as a map that says more of each. Canonical is the map.</summary>
/// <param name="value">What is said of each.</param>
/// <param name="implied">What a name in a list means; null: nothing.</param>
internal sealed class NamesShape(Shape value, Func<Mark, SourceNode>? implied) : Shape
{
    public override string Wanted => "a list of names, or a map of them";

    public override SourceNode Fit(SourceNode node, FieldPath path)
    {
        if (node is SourceList list)
        {
            return AsMap(list, (item, i) => Name(item, path[i]), path);
        }

        SourceMap map = node as SourceMap ?? throw path.Refuse(node, Wanted);
        return TreeEdits.Fields(map, field => value.Fit(field.Value, path[field.Name]));
    }

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
    {
        if (Scalars.IsNull(over) || Scalars.IsNull(under))
        {
            return Scalars.IsNull(over) ? under : MergeTags.Settle(over);
        }

        return (under, over) switch
        {
            (SourceList below, SourceList above) => MergeLists.Unique(MergeLists.Append(below, above), MergeLists.Itself),
            (SourceMap or SourceList, SourceMap or SourceList) => MergeMaps.Merge(AsMap(under, context), AsMap(over, context), _ => value, context),
            _ => throw MergeContext.Impossible(under, over),
        };
    }

    // Names of fields are never expanded, those in lists are: so they are here, where they become names of fields.
    private SourceMap AsMap(SourceNode node, MergeContext context) => node as SourceMap
        ?? AsMap((SourceList)MergeTags.Settle(node), (item, i) => context.Texts.Expand(Name(item, FieldPath.Root[i]), item.Mark), null);

    private SourceMap AsMap(SourceList list, Func<SourceNode, int, string> nameOf, FieldPath? path)
    {
        var fields = new OrderedDictionary<string, SourceField>(list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            SourceNode item = list.Items[i];
            string name = nameOf(item, i);
            if (!fields.TryAdd(name, new SourceField(name, item.Mark, implied?.Invoke(item.Mark) ?? Scalars.Null(item.Mark))) && path is not null)
            {
                throw path[i].Refuse(item.Mark, $"is '{Printable.Of(name, 60)}', which is in the list already");
            }
        }

        return new SourceMap(list.Mark, [.. fields.Values]);
    }

    private static string Name(SourceNode item, FieldPath path)
        => item is SourceScalar { Kind: ScalarKind.Text } text ? text.Value : throw path.Refuse(item, "a name");
}
