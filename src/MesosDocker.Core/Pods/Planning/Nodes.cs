using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>Nodes that nobody wrote; their place is that of what they belong to.</summary>
internal static class Nodes
{
    public static SourceScalar Text(Mark mark, string text) => new(mark, ScalarKind.Text, text);

    public static SourceList Texts(Mark mark, IEnumerable<string> texts) => new(mark, [.. texts.Select(text => (SourceNode)Text(mark, text))]);

    public static SourceMap Empty(Mark mark) => new(mark, []);

    public static SourceMap Texts(Mark mark, IEnumerable<KeyValuePair<string, string>> pairs)
        => new(mark, [.. pairs.Select(pair => new SourceField(pair.Key, mark, Text(mark, pair.Value)))]);

    /// <summary>The map of that name; an empty one where there is none.</summary>
    public static SourceMap Map(this SourceMap map, string name) => map[name] as SourceMap ?? Empty(map.Mark);

    public static string? Text(this SourceMap map, string name) => map[name] is SourceScalar { Kind: not ScalarKind.Null } scalar ? scalar.Value : null;

    /// <summary>With more texts in the map of that name, instead of those of the same names.</summary>
    public static SourceMap WithTexts(this SourceMap map, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        SourceMap texts = map.Map(name);
        foreach ((string key, string value) in pairs)
        {
            texts = texts.With(key, Text(map.Mark, value));
        }

        return map.With(name, texts);
    }
}
