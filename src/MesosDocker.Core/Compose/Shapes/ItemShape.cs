using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>An item of a list in one of its two syntaxes, made the canonical one.</summary>
/// <param name="wanted">What must be there.</param>
/// <param name="map">The long syntax.</param>
/// <param name="canonical">Of a text, a number or a fitting map; null: it is none.</param>
internal sealed class ItemShape(string wanted, Shape map, Func<SourceNode, SourceNode?> canonical) : Shape
{
    public override string Wanted => wanted;

    public override SourceNode Fit(SourceNode node, FieldPath path) => node switch
    {
        SourceMap => canonical(map.Fit(node, path)) ?? throw path.Refuse(node, wanted),
        SourceScalar { Kind: ScalarKind.Text or ScalarKind.Number } => canonical(node) ?? throw path.Refuse(node, wanted),
        _ => throw path.Refuse(node, wanted),
    };
}
