using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Documents with something changed in them; what does not change stays the same object. Tags are looked through.</summary>
internal static class TreeEdits
{
    public static SourceNode Fields(SourceNode node, Func<SourceField, SourceNode> change) => node switch
    {
        SourceTagged tagged => Retag(tagged, Fields(tagged.Value, change)),
        SourceMap map => Fields(map, change),
        _ => node,
    };

    public static SourceMap Fields(SourceMap map, Func<SourceField, SourceNode> change)
    {
        List<SourceField>? changed = null;
        for (int i = 0; i < map.Fields.Count; i++)
        {
            SourceNode value = change(map.Fields[i]);
            if (!ReferenceEquals(value, map.Fields[i].Value))
            {
                changed ??= [.. map.Fields];
                changed[i] = map.Fields[i] with { Value = value };
            }
        }

        return changed is null ? map : new SourceMap(map.Mark, changed);
    }

    public static SourceNode Field(SourceNode node, string name, Func<SourceNode, SourceNode> change)
        => Fields(node, field => field.Name == name ? change(field.Value) : field.Value);

    public static SourceNode Values(SourceNode node, Func<SourceNode, SourceNode> change) => Fields(node, field => change(field.Value));

    public static SourceNode Items(SourceNode node, Func<SourceNode, SourceNode> change)
    {
        if (node is SourceTagged tagged)
        {
            return Retag(tagged, Items(tagged.Value, change));
        }

        if (node is not SourceList list)
        {
            return node;
        }

        List<SourceNode>? changed = null;
        for (int i = 0; i < list.Items.Count; i++)
        {
            SourceNode item = change(list.Items[i]);
            if (!ReferenceEquals(item, list.Items[i]))
            {
                changed ??= [.. list.Items];
                changed[i] = item;
            }
        }

        return changed is null ? list : new SourceList(list.Mark, changed);
    }

    private static SourceTagged Retag(SourceTagged tagged, SourceNode value)
        => ReferenceEquals(value, tagged.Value) ? tagged : new SourceTagged(tagged.Mark, tagged.Tag, value);
}
