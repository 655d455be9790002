using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Mounts of a service, as texts or maps; one for each path in the container. Both are canonical: the short syntax of a bind makes the host's
/// directory, the long one does not, and no version of compose can say either in the other's words.
/// </summary>
internal sealed class VolumesShape : Shape
{
    public static VolumesShape Instance { get; } = new();

    private static readonly ObjectShape s_long = new ObjectShape()
        .Required("type", new TextShape { Words = ["volume", "bind", "tmpfs", "image", "npipe", "cluster"] })
        .Field("source", TextShape.Instance)
        .Required("target", TextShape.Instance)
        .Field("read_only", FlagShape.Instance)
        .Field("consistency", TextShape.Instance)
        .Field("bind", new ObjectShape()
            .Field("propagation", TextShape.Instance)
            .Field("create_host_path", FlagShape.Instance)
            .Field("recursive", new TextShape { Words = ["enabled", "disabled", "writable", "readonly"] })
            .Field("selinux", new TextShape { Words = ["z", "Z"] }))
        .Field("volume", new ObjectShape()
            .Field("labels", PairsShape.Instance)
            .Field("nocopy", FlagShape.Instance)
            .Field("subpath", TextShape.Instance))
        .Field("tmpfs", new ObjectShape()
            .Field("size", BytesShape.Instance)
            .Field("mode", FileModeShape.Instance))
        .Field("image", new ObjectShape()
            .Field("subpath", TextShape.Instance));

    public override string Wanted => "a list";

    public override SourceNode Fit(SourceNode node, FieldPath path)
    {
        SourceList list = node as SourceList ?? throw path.Refuse(node, Wanted);
        List<SourceNode> items = new(list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            items.Add(list.Items[i] switch
            {
                SourceMap map => FitLong(map, path[i]),
                SourceScalar { Kind: ScalarKind.Text } text when MountText.Read(text.Value) is not null => text,
                var other => throw path[i].Refuse(other, MountText.Wanted),
            });
        }

        return MergeLists.Unique(new SourceList(list.Mark, items), TargetOf);
    }

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
        => Scalars.IsNull(over) ? under
            : Scalars.IsNull(under) ? MergeTags.Settle(over)
            : under is SourceList below && over is SourceList above ? MergeLists.Unique(MergeLists.Append(below, above), TargetOf)
            : throw MergeContext.Impossible(under, over);

    private static SourceMap FitLong(SourceMap map, FieldPath path)
    {
        var fitting = (SourceMap)s_long.Fit(map, path);
        string kind = ((SourceScalar)fitting["type"]!).Value;
        bool hasSource = fitting["source"] is SourceScalar { Value.Length: > 0 };
        return kind == "bind" && !hasSource ? throw path.Refuse(map.Mark, "binds a path of the host and needs 'source'")
            : kind == "tmpfs" && hasSource ? throw path.Refuse(map.Mark, "is a tmpfs, which has no 'source'")
            : fitting;
    }

    private static string? TargetOf(SourceNode item) => item switch
    {
        SourceScalar { Kind: ScalarKind.Text } text => MountText.TargetOf(text.Value),
        SourceMap map when map["target"] is SourceScalar { Kind: ScalarKind.Text } target && MergeLists.Literal(target.Value) is { } literal
            => ComposePaths.Clean(literal),
        _ => null,
    };
}
