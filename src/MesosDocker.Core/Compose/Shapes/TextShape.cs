using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A text; a number or a boolean without quotes is none.</summary>
internal sealed class TextShape : Shape
{
    public static TextShape Instance { get; } = new();

    /// <summary>Empty: any.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Null: any.</summary>
    public Func<string, bool>? Fits { get; init; }

    /// <summary>What <see cref="Fits"/> asks for.</summary>
    public string Form { get; init; } = "a text";

    public bool AllowsNull { get; init; }

    public override string Wanted => Words.Count > 0 ? $"one of {string.Join(", ", Words)}" : Form;

    public override SourceNode Fit(SourceNode node, FieldPath path)
    {
        if (AllowsNull && Scalars.IsNull(node))
        {
            return node;
        }

        if (node is not SourceScalar { Kind: ScalarKind.Text } text)
        {
            throw path.Refuse(node, node is SourceScalar { Kind: ScalarKind.Number or ScalarKind.Boolean } ? $"{Wanted}, in quotes" : Wanted);
        }

        return (Words.Count == 0 || Words.Contains(text.Value)) && Fits?.Invoke(text.Value) != false ? text : throw path.Refuse(node, Wanted);
    }
}
