using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Where output goes; options of one driver are not another's: where a later file names another, nothing of the earlier remains.</summary>
internal sealed class LoggingShape : Shape
{
    public static LoggingShape Instance { get; } = new();

    private static readonly ObjectShape s_logging = new ObjectShape()
        .Field("driver", TextShape.Instance)
        .Field("options", CommonShapes.OptionsOrNothing);

    public override string Wanted => s_logging.Wanted;

    public override SourceNode Fit(SourceNode node, FieldPath path) => s_logging.Fit(node, path);

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
        => under is SourceMap below && over is SourceMap above
            && Driver(below) is { } one && Driver(above) is { } other && one != other
                ? MergeTags.Settle(above)
                : s_logging.Merge(under, over, context);

    private static string? Driver(SourceMap logging) => (logging["driver"] as SourceScalar)?.Value;
}
