using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A list, each of whose items is of one shape; merged, the items of one file follow those of the other.</summary>
internal sealed class ListShape(Shape item) : Shape
{
    /// <summary>One item may stand there without a list around it.</summary>
    public bool AllowsSingle { get; init; }

    /// <summary>No item twice: what merging doubles is there once, what one file doubles is refused.</summary>
    public bool IsSet { get; init; }

    /// <summary>Merged, it is not longer: it is the other's.</summary>
    public bool Replaces { get; init; }

    /// <summary>What only one item can be of; a later one takes the place of an earlier one. Null: nothing.</summary>
    public Func<SourceNode, string?>? KeyOf { get; init; }

    public override string Wanted => AllowsSingle ? $"{item.Wanted}, or a list of them" : "a list";

    public override SourceNode Fit(SourceNode node, FieldPath path)
    {
        SourceList list = node as SourceList
            ?? (AllowsSingle && node is SourceScalar { Kind: ScalarKind.Text } ? new SourceList(node.Mark, [node]) : throw path.Refuse(node, Wanted));
        List<SourceNode> items = new(list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            items.Add(item.Fit(list.Items[i], path[i]));
        }

        var fitting = new SourceList(list.Mark, items);
        if (IsSet)
        {
            RefuseDoubles(fitting, path);
        }

        return KeyOf is null ? fitting : MergeLists.Unique(fitting, KeyOf);
    }

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
    {
        if (Scalars.IsNull(over) && !Replaces)
        {
            return under;
        }

        if (Replaces || Scalars.IsNull(under))
        {
            return MergeTags.Settle(over);
        }

        SourceList merged = MergeLists.Append(AsList(under, over, under), AsList(over, over, under));
        return KeyOf is not null ? MergeLists.Unique(merged, KeyOf) : IsSet ? MergeLists.Unique(merged, MergeLists.Itself) : merged;
    }

    private SourceList AsList(SourceNode node, SourceNode over, SourceNode under)
        => node as SourceList
            ?? (AllowsSingle && node is SourceScalar ? new SourceList(node.Mark, [node]) : throw MergeContext.Impossible(under, over));

    private static void RefuseDoubles(SourceList list, FieldPath path)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is SourceScalar scalar && !seen.Add(scalar.Value))
            {
                throw path[i].Refuse(scalar.Mark, $"is {FieldPath.Shown(scalar)}, which is in the list already");
            }
        }
    }
}
