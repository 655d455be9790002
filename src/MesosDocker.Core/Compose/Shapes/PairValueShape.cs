using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A value that becomes a text: a text, a number, a boolean, or nothing.</summary>
internal sealed class PairValueShape : Shape
{
    public static PairValueShape Instance { get; } = new();

    public override string Wanted => "a text, a number, a boolean or nothing";

    public override SourceNode Fit(SourceNode node, FieldPath path)
        => node is not SourceScalar scalar ? throw path.Refuse(node, Wanted)
            : scalar.Kind != ScalarKind.Text && Scalars.Words(scalar) is { } words ? Scalars.Text(node.Mark, words)
            : node;

    // Unlike elsewhere, nothing is something: the variable without a value.
    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context) => MergeTags.Settle(over);
}
