using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A text that may be written as a number or a boolean, too; canonical is the text.</summary>
internal sealed class WordsShape(bool allowsNull) : Shape
{
    public override string Wanted => "a text or a number";

    public override SourceNode Fit(SourceNode node, FieldPath path)
        => node is SourceScalar scalar && (allowsNull || scalar.Kind != ScalarKind.Null)
            ? Scalars.Words(scalar) is { } words ? Scalars.Text(node.Mark, words) : node
            : throw path.Refuse(node, Wanted);
}
