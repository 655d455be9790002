using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary><c>gpus</c> of a service: <c>all</c>, or a list of devices. Canonical is the list, with the capability <c>gpu</c> that it implies.</summary>
internal sealed class GpusShape(Shape device) : Shape
{
    private const string Capability = "gpu";

    private readonly ListShape _devices = new(device);

    public override string Wanted => "all, or a list of devices";

    public override SourceNode Fit(SourceNode node, FieldPath path)
    {
        switch (node)
        {
            case SourceScalar { Kind: ScalarKind.Text, Value: CountShape.All } all:
                return new SourceList(node.Mark, [WithCapability(CommonShapes.Map(all, "count"))]);

            case SourceList:
                var devices = (SourceList)_devices.Fit(node, path);
                return new SourceList(node.Mark, [.. devices.Items.Select(static item => (SourceNode)WithCapability((SourceMap)item))]);

            default:
                throw path.Refuse(node, Wanted);
        }
    }

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
        => under is SourceList && over is SourceList ? _devices.Merge(under, over, context) : base.Merge(under, over, context);

    private static SourceMap WithCapability(SourceMap device)
    {
        SourceScalar gpu = Scalars.Text(device.Mark, Capability);
        return device["capabilities"] is not SourceList said ? device.With("capabilities", new SourceList(device.Mark, [gpu]))
            : said.Items.Any(static item => item is SourceScalar { Value: Capability }) ? device
            : device.With("capabilities", new SourceList(said.Mark, [gpu, .. said.Items]));
    }
}
