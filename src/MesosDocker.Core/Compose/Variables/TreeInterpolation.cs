using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Replaces variables in all values of a document; names of fields stay as they are. What has none stays the same object.</summary>
internal sealed class TreeInterpolation(Interpolation texts)
{
    private long _budget = DocumentLimits.MaxWeight;

    /// <summary>What replacement puts is loose: where a number is wanted, it is one if it looks like it.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.VariableMissing"/>, <see cref="Fault.DefinitionInvalid"/></exception>
    public SourceNode Expand(SourceNode node, FieldPath path)
    {
        _budget -= node is SourceScalar ? node.Weight : 1;
        if (_budget < 0)
        {
            throw DocumentLimits.TooHeavy(node.Mark);
        }

        return node switch
        {
            SourceMap map => Expand(map, path),
            SourceList list => Expand(list, path),
            SourceScalar { Kind: ScalarKind.Text } text => Expand(text, path),
            _ => node,
        };
    }

    public SourceMap Expand(SourceMap map, FieldPath path)
    {
        List<SourceField>? changed = null;
        for (int i = 0; i < map.Fields.Count; i++)
        {
            SourceField field = map.Fields[i];
            SourceNode value = Expand(field.Value, path[field.Name]);
            if (!ReferenceEquals(value, field.Value))
            {
                changed ??= [.. map.Fields];
                changed[i] = field with { Value = value };
            }
        }

        return changed is null ? map : new SourceMap(map.Mark, changed);
    }

    private SourceList Expand(SourceList list, FieldPath path)
    {
        List<SourceNode>? changed = null;
        for (int i = 0; i < list.Items.Count; i++)
        {
            SourceNode item = Expand(list.Items[i], path[i]);
            if (!ReferenceEquals(item, list.Items[i]))
            {
                changed ??= [.. list.Items];
                changed[i] = item;
            }
        }

        return changed is null ? list : new SourceList(list.Mark, changed);
    }

    private SourceScalar Expand(SourceScalar text, FieldPath path)
    {
        string expanded = texts.Expand(text.Value, new Place(text.Mark, path));
        if (ReferenceEquals(expanded, text.Value))
        {
            return text;
        }

        _budget -= expanded.Length;
        return new SourceScalar(text.Mark, ScalarKind.Text, expanded, isLoose: true);
    }
}
