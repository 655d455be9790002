namespace MesosDocker.Io;

/// <summary>
/// A value of a JSON or YAML document that still knows where it was written, so that whoever finds something wrong with it, later, can
/// say where. It never changes; one node may be in a document at several places (YAML's aliases).
/// </summary>
public abstract class SourceNode
{
    /// <summary>What a node weighs beside its text: about the memory that it takes.</summary>
    private protected const int OwnWeight = 96;

    private protected SourceNode(Mark mark, long weight)
    {
        Mark = mark;
        Weight = weight;
    }

    public Mark Mark { get; }

    /// <summary>About the bytes that it would take, with everything in it as often as it is there.</summary>
    internal long Weight { get; }
}

public enum ScalarKind
{
    Null,
    Boolean,
    Number,
    Text,
}

/// <summary>Anything that holds nothing else.</summary>
public sealed class SourceScalar : SourceNode
{
    public SourceScalar(Mark mark, ScalarKind kind, string value, string? written = null, bool isLoose = false)
        : base(mark, OwnWeight + value.Length)
    {
        Kind = kind;
        Value = value;
        Written = written ?? value;
        IsLoose = isLoose;
    }

    public ScalarKind Kind { get; }

    /// <summary>As JSON has it: <c>null</c>, <c>true</c>, <c>0.5</c>; a text without its quotes.</summary>
    public string Value { get; }

    /// <summary>As it was written: YAML's <c>+.5</c>, <c>0x1F</c>.</summary>
    public string Written { get; }

    /// <summary>
    /// Its kind follows from its looks, for nothing was quoted (YAML) or a variable has put it there. Where another kind is
    /// wanted, and its looks allow that, it is of that kind.
    /// </summary>
    public bool IsLoose { get; }
}

public sealed class SourceList(Mark mark, IReadOnlyList<SourceNode> items) : SourceNode(mark, OwnWeight + items.Sum(static item => item.Weight))
{
    public IReadOnlyList<SourceNode> Items { get; } = items;
}

/// <summary>A value with a tag that whoever reads the document asked for, such as YAML's <c>!reset</c>; nobody else meets one.</summary>
public sealed class SourceTagged(Mark mark, string tag, SourceNode value) : SourceNode(mark, OwnWeight + value.Weight)
{
    public string Tag { get; } = tag;

    public SourceNode Value { get; } = value;
}

/// <param name="Mark">Of the name.</param>
public sealed record SourceField(string Name, Mark Mark, SourceNode Value);

/// <summary>Fields in the order in which they were written; no name is there twice.</summary>
public sealed class SourceMap(Mark mark, IReadOnlyList<SourceField> fields) : SourceNode(mark, WeightOf(fields))
{
    public IReadOnlyList<SourceField> Fields { get; } = fields;

    /// <summary>Null: there is none of that name.</summary>
    public SourceNode? this[string name]
    {
        get
        {
            // By index: this is asked most of all, and an enumerator would be an object each time.
            for (int i = 0; i < Fields.Count; i++)
            {
                SourceField field = Fields[i];
                if (string.Equals(field.Name, name, StringComparison.Ordinal))
                {
                    return field.Value;
                }
            }

            return null;
        }
    }

    /// <summary>With another value in its place, or with the field at the end.</summary>
    internal SourceMap With(string name, SourceNode value)
    {
        bool isThere = false;
        List<SourceField> changed = [];
        foreach (SourceField field in Fields)
        {
            bool same = string.Equals(field.Name, name, StringComparison.Ordinal);
            isThere |= same;
            changed.Add(same ? field with { Value = value } : field);
        }

        return new SourceMap(Mark, isThere ? changed : [.. changed, new SourceField(name, value.Mark, value)]);
    }

    internal SourceMap Without(string name)
        => this[name] is null ? this : new(Mark, [.. Fields.Where(field => !string.Equals(field.Name, name, StringComparison.Ordinal))]);

    private static long WeightOf(IReadOnlyList<SourceField> fields)
    {
        long weight = OwnWeight;
        for (int i = 0; i < fields.Count; i++)
        {
            weight += fields[i].Name.Length + fields[i].Value.Weight;
        }

        return weight;
    }
}
