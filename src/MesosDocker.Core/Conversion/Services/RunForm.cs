using MesosDocker.Io;

namespace MesosDocker.Conversion;

/// <summary>How a key of compose says what an option of <c>docker run</c> says, and the other way round.</summary>
internal abstract record RunForm
{
    /// <summary>The option's values, each with the part of the key that says it; null: the option cannot say that.</summary>
    public abstract IEnumerable<(KeyPath Key, string? Value)> Write(KeyPath key, SourceNode node);

    /// <summary>The key with one more value of the option.</summary>
    /// <param name="there">What it says already; null: nothing.</param>
    public abstract SourceNode Put(SourceNode? there, string value);
}

/// <summary>One value.</summary>
internal sealed record SingleForm(Func<SourceScalar, string?> Say, Func<string, SourceNode> Read) : RunForm
{
    public override IEnumerable<(KeyPath Key, string? Value)> Write(KeyPath key, SourceNode node) => [(key, node is SourceScalar scalar ? Say(scalar) : null)];

    public override SourceNode Put(SourceNode? there, string value) => Read(value);
}

/// <summary>A list with one value each.</summary>
internal sealed record ItemsForm(Func<SourceNode, string?> Say, Func<string, SourceNode> Read) : RunForm
{
    public override IEnumerable<(KeyPath Key, string? Value)> Write(KeyPath key, SourceNode node)
        => node is SourceList list ? list.Items.Select((item, i) => (key[i], Say(item))) : [(key, Say(node))];

    public override SourceNode Put(SourceNode? there, string value) => Made.List([.. (there as SourceList)?.Items ?? [], Read(value)]);
}

/// <summary>A map with one value for each name.</summary>
internal sealed record FieldsForm(Func<SourceField, string?> Say, Func<string, SourceField> Read) : RunForm
{
    public override IEnumerable<(KeyPath Key, string? Value)> Write(KeyPath key, SourceNode node)
        => node is SourceMap map ? map.Fields.Select(field => (key[field.Name], Say(field))) : [(key, null)];

    public override SourceNode Put(SourceNode? there, string value)
    {
        SourceField field = Read(value);
        return (there as SourceMap ?? Made.Map()).With(field.Name, field.Value);
    }
}
