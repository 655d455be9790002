using MesosDocker.Io;

namespace MesosDocker.Conversion;

/// <summary>A service of a compose file, key by key as they come together.</summary>
internal sealed class ServiceDraft
{
    public SourceMap Keys { get; private set; } = Made.Map();

    /// <param name="value">Null: nothing is said.</param>
    public void Say(KeyPath key, SourceNode? value)
    {
        if (value is not (null or SourceMap { Fields.Count: 0 }))
        {
            Change(key, _ => value);
        }
    }

    public void Add(KeyPath key, SourceNode item) => Change(key, there => Made.List([.. (there as SourceList)?.Items ?? [], item]));

    /// <summary>What is in both is as it is said here.</summary>
    public void Merge(KeyPath key, SourceMap more)
    {
        if (more.Fields.Count > 0)
        {
            Change(key, there => more.Fields.Aggregate(there as SourceMap ?? Made.Map(), static (map, field) => map.With(field.Name, field.Value)));
        }
    }

    /// <param name="change">Of what is there, which may be nothing.</param>
    public void Change(KeyPath key, Func<SourceNode?, SourceNode> change) => Keys = Put(Keys, key.Parts, 0, change);

    private static SourceMap Put(SourceMap map, IReadOnlyList<string> parts, int from, Func<SourceNode?, SourceNode> change) => map.With(
        parts[from],
        from == parts.Count - 1 ? change(map[parts[from]]) : Put(map[parts[from]] as SourceMap ?? Made.Map(), parts, from + 1, change));
}
