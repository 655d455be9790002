using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>The service that another one is made of: its name, or a map with <c>service</c> and <c>file</c>. A later file's takes its place.</summary>
internal sealed class ExtendsShape : Shape
{
    public static ExtendsShape Instance { get; } = new();

    private static readonly ObjectShape s_map = new ObjectShape { Short = static name => name.Kind == ScalarKind.Text ? CommonShapes.Map(name, "service") : null }
        .Required("service", TextShape.Instance)
        .Field("file", TextShape.Instance);

    public override string Wanted => "the name of a service, or a map with 'service'";

    public override SourceNode Fit(SourceNode node, FieldPath path)
        => node is SourceMap or SourceScalar { Kind: ScalarKind.Text } ? s_map.Fit(node, path) : throw path.Refuse(node, Wanted);
}
