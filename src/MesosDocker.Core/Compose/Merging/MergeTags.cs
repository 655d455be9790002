using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// The tags of compose files (compose specification, "Reset value" and "Replace value"): <c>!reset</c> takes away what files below say,
/// <c>!override</c> puts itself in its place without merging.
/// </summary>
internal static class MergeTags
{
    public const string Reset = "!reset";
    public const string Override = "!override";

    public static IReadOnlySet<string> All { get; } = new HashSet<string> { Reset, Override };

    public static bool IsReset(SourceNode node) => node is SourceTagged { Tag: Reset };

    /// <summary>What remains where there is nothing below; the same object if nothing in it has a tag.</summary>
    public static SourceNode Settle(SourceNode node) => node switch
    {
        SourceTagged { Tag: Reset } => Scalars.Null(node.Mark),
        SourceTagged tagged => Settle(tagged.Value),
        SourceMap map => Settle(map),
        SourceList list => Settle(list),
        _ => node,
    };

    public static SourceMap Settle(SourceMap map)
    {
        List<SourceField>? kept = null;
        for (int i = 0; i < map.Fields.Count; i++)
        {
            SourceField field = map.Fields[i];
            SourceNode value = Settle(field.Value);
            if (!ReferenceEquals(value, field.Value))
            {
                kept ??= [.. map.Fields.Take(i)];
            }

            if (kept is not null && !IsReset(field.Value))
            {
                kept.Add(field with { Value = value });
            }
        }

        return kept is null ? map : new SourceMap(map.Mark, kept);
    }

    private static SourceList Settle(SourceList list)
    {
        List<SourceNode>? kept = null;
        for (int i = 0; i < list.Items.Count; i++)
        {
            SourceNode item = Settle(list.Items[i]);
            if (!ReferenceEquals(item, list.Items[i]))
            {
                kept ??= [.. list.Items.Take(i)];
            }

            if (kept is not null && !IsReset(list.Items[i]))
            {
                kept.Add(item);
            }
        }

        return kept is null ? list : new SourceList(list.Mark, kept);
    }
}
