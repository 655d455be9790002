using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Pools of addresses of a network (<c>ipam.config</c>); merged, those of the same subnet are one.</summary>
internal sealed class AddressPoolsShape(ObjectShape pool) : Shape
{
    private readonly ListShape _pools = new(pool);

    public override string Wanted => _pools.Wanted;

    public override SourceNode Fit(SourceNode node, FieldPath path) => _pools.Fit(node, path);

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
    {
        if (under is not SourceList below || over is not SourceList above)
        {
            return _pools.Merge(under, over, context);
        }

        List<SourceNode> merged = [.. below.Items];
        foreach (SourceNode item in ((SourceList)MergeTags.Settle(above)).Items)
        {
            int same = merged.FindIndex(other => Subnet(other) is { } subnet && subnet == Subnet(item));
            if (same < 0)
            {
                merged.Add(item);
            }
            else
            {
                merged[same] = pool.Merge(merged[same], item, context);
            }
        }

        return new SourceList(over.Mark, merged);
    }

    private static string? Subnet(SourceNode pool) => ((pool as SourceMap)?["subnet"] as SourceScalar)?.Value;
}
