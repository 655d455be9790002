using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A port or a range of ports for other containers, with its protocol if need be; canonical is the text.</summary>
internal sealed class ExposedShape : Shape
{
    public override string Wanted => "a port or a range of ports, such as 80, 7000-7010 or 53/udp";

    public override SourceNode Fit(SourceNode node, FieldPath path)
        => node is SourceScalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar && Scalars.Words(scalar) is { } text && IsExposed(text)
            ? Scalars.Text(node.Mark, text)
            : throw path.Refuse(node, Wanted);

    private static bool IsExposed(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return PortText.ReadRange(slash < 0 ? text : text[..slash]) is not null
            && (slash < 0 || (slash + 1 < text.Length && text[(slash + 1)..].All(char.IsAsciiLetter)));
    }
}
