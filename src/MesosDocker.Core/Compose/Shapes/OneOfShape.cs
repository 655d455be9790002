using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Either a scalar or a map; one file's takes the place of the other's, except that two maps may be merged.</summary>
internal sealed class OneOfShape(Shape scalar, Shape map) : Shape
{
    public override string Wanted => $"{scalar.Wanted}, or {map.Wanted}";

    public override SourceNode Fit(SourceNode node, FieldPath path) => node switch
    {
        SourceMap or SourceList => map.Fit(node, path),
        SourceScalar { Kind: ScalarKind.Null } => throw path.Refuse(node, Wanted),
        _ => scalar.Fit(node, path),
    };

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
        => under is SourceMap && over is SourceMap ? map.Merge(under, over, context) : base.Merge(under, over, context);
}
