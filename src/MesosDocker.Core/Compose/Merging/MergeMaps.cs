using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>One map laid over another, name by name.</summary>
internal static class MergeMaps
{
    /// <param name="shapeOf">How the values of a name are merged.</param>
    public static SourceMap Merge(SourceMap under, SourceMap over, Func<string, Shape> shapeOf, MergeContext context)
    {
        var merged = new OrderedDictionary<string, SourceField>(under.Fields.Count + over.Fields.Count);
        foreach (SourceField field in under.Fields)
        {
            merged[field.Name] = field;
        }

        foreach (SourceField field in over.Fields)
        {
            if (MergeTags.IsReset(field.Value))
            {
                merged.Remove(field.Name);
                continue;
            }

            SourceNode value = field.Value is not SourceTagged && merged.TryGetValue(field.Name, out SourceField? there)
                ? shapeOf(field.Name).Merge(there.Value, field.Value, context)
                : MergeTags.Settle(field.Value);
            merged[field.Name] = field with { Value = value };
        }

        return new SourceMap(over.Mark, [.. merged.Values]);
    }
}
