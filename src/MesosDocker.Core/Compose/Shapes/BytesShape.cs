using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A size; it stays as it was written.</summary>
internal sealed class BytesShape : Shape
{
    public static BytesShape Instance { get; } = new();

    /// <summary>For fields in which compose takes no number without quotes.</summary>
    public static BytesShape OnlyText { get; } = new() { IsOnlyText = true };

    public bool IsOnlyText { get; init; }

    public override string Wanted => ComposeUnits.WantedBytes;

    public override SourceNode Fit(SourceNode node, FieldPath path)
        => node is not SourceScalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar ? throw path.Refuse(node, Wanted)
            : IsOnlyText && scalar.Kind == ScalarKind.Number ? throw path.Refuse(node, $"{Wanted}, in quotes")
            : Read(scalar) is null ? throw path.Refuse(node, Wanted)
            : scalar;

    public static long? Read(SourceScalar scalar)
        => scalar.Kind == ScalarKind.Number
            ? Scalars.ReadNumber(scalar) is { } number && Math.Abs(number) <= long.MaxValue ? (long)decimal.Truncate(number) : null
            : ComposeUnits.TryBytes(scalar.Value, out long bytes) ? bytes : null;
}
