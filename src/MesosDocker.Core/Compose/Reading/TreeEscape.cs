using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Doubles the dollar signs of all values, so that whoever replaces variables in the document again finds none.</summary>
internal static class TreeEscape
{
    public static SourceMap Escape(SourceMap map) => TreeEdits.Fields(map, static field => Escape(field.Value));

    private static SourceNode Escape(SourceNode node) => node switch
    {
        SourceMap map => Escape(map),
        SourceList list => TreeEdits.Items(list, Escape),
        SourceScalar { Kind: ScalarKind.Text } text when text.Value.Contains('$', StringComparison.Ordinal)
            => Scalars.Text(text.Mark, Interpolation.Escape(text.Value)),
        _ => node,
    };
}
