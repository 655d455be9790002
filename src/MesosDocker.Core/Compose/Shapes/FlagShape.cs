using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A boolean, also in the words that YAML 1.1 had for it.</summary>
internal sealed class FlagShape : Shape
{
    public static FlagShape Instance { get; } = new();

    public override string Wanted => "true or false";

    public override SourceNode Fit(SourceNode node, FieldPath path) => node switch
    {
        SourceScalar { Kind: ScalarKind.Boolean } => node,
        SourceScalar { Kind: ScalarKind.Text } text => text.Value.ToLowerInvariant() switch
        {
            "true" or "yes" or "y" or "on" => Scalars.Flag(text.Mark, true),
            "false" or "no" or "n" or "off" => Scalars.Flag(text.Mark, false),
            _ => throw path.Refuse(node, Wanted),
        },
        _ => throw path.Refuse(node, Wanted),
    };
}
