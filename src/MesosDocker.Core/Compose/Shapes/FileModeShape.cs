using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Permission bits; canonical is the number.</summary>
internal sealed class FileModeShape : Shape
{
    public static FileModeShape Instance { get; } = new();

    public override string Wanted => "permission bits, such as 0440";

    public override SourceNode Fit(SourceNode node, FieldPath path)
        => node is SourceScalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar && Scalars.ReadFileMode(scalar) is { } mode
            ? Scalars.Number(node.Mark, mode)
            : throw path.Refuse(node, Wanted);
}
