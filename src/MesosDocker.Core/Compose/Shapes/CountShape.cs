using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>How many devices: a number, or <c>all</c>.</summary>
internal sealed class CountShape : Shape
{
    public const string All = "all";

    public static CountShape Instance { get; } = new();

    public override string Wanted => "a number of devices, or all";

    public override SourceNode Fit(SourceNode node, FieldPath path)
        => node is not SourceScalar scalar ? throw path.Refuse(node, Wanted)
            : scalar.Kind == ScalarKind.Text && scalar.Value.Equals(All, StringComparison.OrdinalIgnoreCase) ? Scalars.Text(node.Mark, All)
            : Scalars.ReadNumber(scalar) is { } number && number is >= -1 and <= int.MaxValue && number == decimal.Truncate(number)
                ? number < 0 ? Scalars.Text(node.Mark, All) : Scalars.Number(node.Mark, number)
            : throw path.Refuse(node, Wanted);
}
