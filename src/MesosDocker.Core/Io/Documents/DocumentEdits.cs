namespace MesosDocker.Io;

/// <summary>Documents made of documents.</summary>
internal static class DocumentEdits
{
    private const char AppendMark = '+';

    /// <summary>With its variables replaced. What they give may be of any kind: <c>cpus: ${CPUS}</c> is a number where one is wanted.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.VariableMissing"/>, <see cref="Fault.DefinitionInvalid"/></exception>
    public static SourceNode Expand(SourceNode node, VariableText variables)
    {
        long budget = DocumentLimits.MaxWeight;
        return Expand(node, variables, ref budget);
    }

    /// <summary>
    /// One document laid over another: maps are merged, name by name; anything else takes the place of what was there. A list of
    /// <c>name+</c> is appended to that of <c>name</c>; null takes a field away.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: a list is to be appended to something else.</exception>
    public static SourceNode Merge(SourceNode under, SourceNode over)
        => under is SourceMap below && over is SourceMap above ? Merge(below, above) : over is SourceMap map ? Merge(new SourceMap(map.Mark, []), map) : over;

    /// <inheritdoc cref="Merge(SourceNode, SourceNode)"/>
    public static SourceMap Merge(SourceMap under, SourceMap over)
    {
        var merged = new OrderedDictionary<string, SourceField>();
        foreach (SourceField field in under.Fields)
        {
            merged[field.Name] = field;
        }

        foreach (SourceField field in over.Fields)
        {
            bool appends = field.Name is [_, .., AppendMark] && field.Value is SourceList;
            string name = appends ? field.Name[..^1] : field.Name;
            SourceNode? there = merged.GetValueOrDefault(name)?.Value;
            if (field.Value is SourceScalar { Kind: ScalarKind.Null })
            {
                merged.Remove(name);
            }
            else
            {
                SourceNode value = appends ? Append(there, (SourceList)field.Value) : Merge(there ?? new SourceMap(field.Mark, []), field.Value);
                merged[name] = new SourceField(name, field.Mark, value);
            }
        }

        return new SourceMap(under.Mark, [.. merged.Values]);
    }

    private static SourceList Append(SourceNode? under, SourceList more) => under switch
    {
        null or SourceScalar { Kind: ScalarKind.Null } => more,
        SourceList list => new SourceList(more.Mark, [.. list.Items, .. more.Items]),
        _ => throw new MesosDockerException(Fault.DefinitionInvalid, $"{more.Mark}: this list is to be appended to what is no list ({under.Mark})."),
    };

    private static SourceNode Expand(SourceNode node, VariableText variables, ref long budget)
    {
        budget -= node is SourceScalar ? node.Weight : 1;
        if (budget < 0)
        {
            throw DocumentLimits.TooHeavy(node.Mark);
        }

        switch (node)
        {
            case SourceMap map:
                List<SourceField> fields = [];
                foreach (SourceField field in map.Fields)
                {
                    fields.Add(field with { Value = Expand(field.Value, variables, ref budget) });
                }

                return new SourceMap(map.Mark, fields);

            case SourceList list:
                List<SourceNode> items = [];
                foreach (SourceNode item in list.Items)
                {
                    items.Add(Expand(item, variables, ref budget));
                }

                return new SourceList(list.Mark, items);

            case SourceScalar { Kind: ScalarKind.Text } text:
                string expanded = variables.Expand(text.Value, text.Mark);
                if (ReferenceEquals(expanded, text.Value))
                {
                    return text;
                }

                budget -= expanded.Length;
                return new SourceScalar(text.Mark, ScalarKind.Text, expanded, isLoose: true);

            default:
                return node;
        }
    }
}
