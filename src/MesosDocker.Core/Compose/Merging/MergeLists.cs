using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>One list laid over another.</summary>
internal static class MergeLists
{
    public static SourceList Append(SourceList under, SourceList over)
        => new(over.Mark, [.. under.Items, .. ((SourceList)MergeTags.Settle(over)).Items]);

    /// <summary>The last of those with the same key takes the place of the first.</summary>
    /// <param name="keyOf">Null: it has none, or it is not known yet.</param>
    public static SourceList Unique(SourceList list, Func<SourceNode, string?> keyOf)
    {
        List<SourceNode> kept = new(list.Items.Count);
        Dictionary<string, int> places = new(list.Items.Count, StringComparer.Ordinal);
        foreach (SourceNode item in list.Items)
        {
            if (keyOf(item) is not { } key)
            {
                kept.Add(item);
            }
            else if (places.TryGetValue(key, out int place))
            {
                kept[place] = item;
            }
            else
            {
                places[key] = kept.Count;
                kept.Add(item);
            }
        }

        return kept.Count == list.Items.Count ? list : new SourceList(list.Mark, kept);
    }

    /// <summary>The key of an item that is its own; null while it has variables.</summary>
    public static string? Itself(SourceNode item)
        => item is SourceScalar { Kind: not ScalarKind.Null } scalar && Literal(scalar.Value) is { } text ? text : null;

    /// <summary>What stands before the equals sign, or all of it.</summary>
    public static string? NameBeforeEquals(SourceNode item)
    {
        if (item is not SourceScalar { Kind: ScalarKind.Text } text)
        {
            return Itself(item);
        }

        int equals = text.Value.IndexOf('=', StringComparison.Ordinal);
        return Literal(equals < 0 ? text.Value : text.Value[..equals]);
    }

    /// <summary>Null for a text with variables, whose value is not known before they are replaced.</summary>
    public static string? Literal(string text) => text.Contains('$', StringComparison.Ordinal) ? null : text;
}
