using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A number of microseconds, or a duration, which becomes one.</summary>
internal sealed class MicrosecondsShape : Shape
{
    public static MicrosecondsShape Instance { get; } = new();

    public override string Wanted => "a whole number of microseconds, or a duration such as 50ms";

    public override SourceNode Fit(SourceNode node, FieldPath path)
    {
        if (node is not SourceScalar scalar)
        {
            throw path.Refuse(node, Wanted);
        }

        if (Scalars.ReadNumber(scalar) is { } number && number == decimal.Truncate(number) && Math.Abs(number) <= long.MaxValue)
        {
            return Scalars.Number(node.Mark, number);
        }

        return scalar.Kind == ScalarKind.Text && ComposeUnits.TryDuration(scalar.Value, out TimeSpan duration)
            ? Scalars.Number(node.Mark, duration.Ticks / TimeSpan.TicksPerMicrosecond)
            : throw path.Refuse(node, Wanted);
    }
}
