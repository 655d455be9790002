using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Reads the fields of a map that has its canonical form already, so that nothing in it can be of the wrong kind.</summary>
internal sealed class CanonicalMap(SourceMap? map)
{
    public bool IsThere => map is not null;

    public CanonicalMap Map(string name) => new(map?[name] as SourceMap);

    public string? Text(string name) => map?[name] is SourceScalar { Kind: not ScalarKind.Null } scalar ? scalar.Value : null;

    public bool? Flag(string name) => map?[name] is SourceScalar { Kind: ScalarKind.Boolean } flag ? flag.Value == "true" : null;

    public decimal? Number(string name) => map?[name] is SourceScalar scalar ? Scalars.ReadNumber(scalar) : null;

    public int? Int(string name) => Number(name) is { } number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    public long? Long(string name) => Number(name) is { } number ? (long)Math.Clamp(number, long.MinValue, long.MaxValue) : null;

    public long? Bytes(string name) => map?[name] is SourceScalar scalar ? BytesShape.Read(scalar) : null;

    public TimeSpan? Duration(string name)
        => map?[name] is SourceScalar scalar && ComposeUnits.TryDuration(scalar.Value, out TimeSpan duration) ? duration : null;

    public IReadOnlyList<SourceNode> Items(string name) => (map?[name] as SourceList)?.Items ?? [];

    public IReadOnlyList<string> Texts(string name)
        => map?[name] is SourceList { Items.Count: > 0 } list ? [.. list.Items.Select(static item => ((SourceScalar)item).Value)] : [];

    public IReadOnlyList<CanonicalMap> Maps(string name)
        => map?[name] is SourceList list ? [.. list.Items.Select(static item => new CanonicalMap(item as SourceMap))] : [];

    public IReadOnlyList<SourceField> Fields(string name) => (map?[name] as SourceMap)?.Fields ?? [];

    /// <summary>Names with values, or with null where they have none.</summary>
    public IReadOnlyDictionary<string, string?> Pairs(string name)
    {
        if (map?[name] is not SourceMap pairs || pairs.Fields.Count == 0)
        {
            return ComposeEmpty.Pairs;
        }

        var values = new OrderedDictionary<string, string?>(pairs.Fields.Count);
        foreach (SourceField field in pairs.Fields)
        {
            values[field.Name] = field.Value is SourceScalar { Kind: not ScalarKind.Null } scalar ? scalar.Value : null;
        }

        return values;
    }

    /// <summary>The same where every name has a value.</summary>
    public IReadOnlyDictionary<string, string> Values(string name)
    {
        if (map?[name] is not SourceMap pairs || pairs.Fields.Count == 0)
        {
            return ComposeEmpty.Values;
        }

        var values = new OrderedDictionary<string, string>(pairs.Fields.Count);
        foreach (SourceField field in pairs.Fields)
        {
            values[field.Name] = field.Value is SourceScalar { Kind: not ScalarKind.Null } scalar ? scalar.Value : "";
        }

        return values;
    }

    /// <summary>The words of a command; null where it is the image's own.</summary>
    public IReadOnlyList<string>? Words(string name) => map?[name] switch
    {
        SourceScalar { Kind: ScalarKind.Text } text => CommandWords.Split(text.Value),
        SourceList => Texts(name),
        _ => null,
    };

    /// <summary>Permission bits.</summary>
    public int? FileMode(string name) => Number(name) is { } mode ? int.Parse(mode.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
