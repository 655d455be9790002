using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>The short syntax of a device: <c>source[:target[:permissions]]</c>, or the name of one of CDI; canonical, for every compose reads it.</summary>
internal static class DeviceText
{
    public static SourceNode? Canonical(SourceNode node) => node switch
    {
        SourceScalar { Kind: ScalarKind.Text } text => text.Value.Split(':') is { Length: <= 3 } parts && parts[0].Length > 0 ? text : null,
        SourceMap map => Text(map),
        _ => null,
    };

    public static string? TargetOf(SourceNode item) => item switch
    {
        SourceScalar { Kind: ScalarKind.Text } text => text.Value.Split(':') is [_, var target, ..] ? MergeLists.Literal(target) : MergeLists.Literal(text.Value),
        SourceMap map when (map["target"] ?? map["source"]) is SourceScalar { Kind: ScalarKind.Text } target => MergeLists.Literal(target.Value),
        _ => null,
    };

    // What is everybody's own (x-) has no place in a text.
    private static SourceNode Text(SourceMap map)
    {
        if (map.Fields.Any(static field => field.Name.StartsWith(ObjectShape.Extension, StringComparison.Ordinal)))
        {
            return map;
        }

        string source = ((SourceScalar)map["source"]!).Value;
        string? target = (map["target"] as SourceScalar)?.Value;
        string? permissions = (map["permissions"] as SourceScalar)?.Value;
        string text = permissions is not null ? $"{source}:{target ?? source}:{permissions}" : target is not null ? $"{source}:{target}" : source;
        return Scalars.Text(map.Mark, text);
    }
}
