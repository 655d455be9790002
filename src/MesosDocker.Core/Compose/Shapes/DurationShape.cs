using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A duration; it stays as it was written.</summary>
internal sealed class DurationShape : Shape
{
    public static DurationShape Instance { get; } = new();

    public override string Wanted => ComposeUnits.WantedDuration;

    public override SourceNode Fit(SourceNode node, FieldPath path)
        => node is SourceScalar { Kind: ScalarKind.Text } text && ComposeUnits.TryDuration(text.Value, out _) ? text : throw path.Refuse(node, Wanted);
}
