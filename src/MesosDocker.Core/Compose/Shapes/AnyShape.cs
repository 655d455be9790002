using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Something that is not looked into: <c>x-</c> keys, and what compose leaves to others.</summary>
internal sealed class AnyShape : Shape
{
    public static AnyShape Instance { get; } = new();

    public override string Wanted => "anything";

    public override SourceNode Fit(SourceNode node, FieldPath path) => node;

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context) => (under, over) switch
    {
        (SourceMap below, SourceMap above) => MergeMaps.Merge(below, above, static _ => Instance, context),
        (SourceList below, SourceList above) => MergeLists.Append(below, above),
        _ => base.Merge(under, over, context),
    };
}
