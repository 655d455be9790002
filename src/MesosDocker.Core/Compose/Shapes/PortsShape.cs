using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Published ports: numbers, texts in the short syntax, and maps in the long one. Canonical are short texts, one for each port, and maps where
/// they say what no text can. Only one can have the same address, host port, container port and protocol.
/// </summary>
internal sealed class PortsShape : Shape
{
    public static PortsShape Instance { get; } = new();

    private static readonly ObjectShape s_long = new ObjectShape()
        .Field("name", TextShape.Instance)
        .Field("mode", TextShape.Instance)
        .Field("host_ip", new TextShape { Fits = PortText.IsAddress, Form = "the address of a host" })
        .Required("target", new NumberShape { IsWhole = true, Min = 0, Max = 65535 })
        .Field("published", PublishedShape.Instance)
        .Field("protocol", TextShape.Instance)
        .Field("app_protocol", TextShape.Instance);

    public override string Wanted => "a list";

    public override SourceNode Fit(SourceNode node, FieldPath path)
    {
        SourceList list = node as SourceList ?? throw path.Refuse(node, Wanted);
        var ports = new OrderedDictionary<string, SourceNode>(list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            foreach (SourceNode port in Items(list.Items[i], path[i]))
            {
                ports[KeyOf(Read(port))] = port;
                if (ports.Count > ComposeLimits.MaxPorts)
                {
                    throw path.Refuse(list.Items[i].Mark, $"has more than {ComposeLimits.MaxPorts} ports");
                }
            }
        }

        return new SourceList(list.Mark, [.. ports.Values]);
    }

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
        => Scalars.IsNull(over) ? under
            : Scalars.IsNull(under) ? MergeTags.Settle(over)
            : under is SourceList below && over is SourceList above ? MergeLists.Unique(MergeLists.Append(below, above), KeyBeforeExpansion)
            : throw MergeContext.Impossible(under, over);

    /// <summary>The port of a canonical item.</summary>
    public static ComposePort Read(SourceNode item) => item switch
    {
        SourceMap map => ReadLong(map),
        _ => PortText.Read(((SourceScalar)item).Value)![0],
    };

    private static IEnumerable<SourceNode> Items(SourceNode item, FieldPath path)
    {
        if (item is SourceMap map)
        {
            var fitting = (SourceMap)s_long.Fit(map, path);
            ComposePort port = ReadLong(fitting);
            return [fitting.Fields.All(static field => field.Name is "host_ip" or "target" or "published" or "protocol")
                ? Scalars.Text(item.Mark, port.ToString())
                : fitting];
        }

        if (item is not SourceScalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar || PortText.Read(Scalars.Words(scalar)!) is not { } ports)
        {
            throw path.Refuse(item, PortText.Wanted);
        }

        return ports.Select(port => Scalars.Text(item.Mark, port.ToString()));
    }

    private static ComposePort ReadLong(SourceMap map)
    {
        (int First, int Last)? published = map["published"] is SourceScalar said ? PortText.ReadRange(said.Value) : null;
        return new ComposePort
        {
            Target = int.Parse(((SourceScalar)map["target"]!).Value, CultureInfo.InvariantCulture),
            Published = published is { First: 0, Last: 0 } ? null : published?.First,
            PublishedLast = published is { } range && range.First != range.Last ? range.Last : null,
            HostIp = Text(map, "host_ip"),
            Protocol = Text(map, "protocol")?.ToLowerInvariant() ?? "tcp",
            Mode = Text(map, "mode"),
            Name = Text(map, "name"),
            AppProtocol = Text(map, "app_protocol"),
        };
    }

    private static string? Text(SourceMap map, string name) => (map[name] as SourceScalar)?.Value;

    private static string KeyOf(ComposePort port)
        => string.Create(CultureInfo.InvariantCulture, $"{port.HostIp ?? "0.0.0.0"} {port.Published} {port.PublishedLast} {port.Target}/{port.Protocol}");

    private static string? KeyBeforeExpansion(SourceNode item)
        => item is SourceScalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar && MergeLists.Literal(scalar.Value) is not null
            && PortText.Read(Scalars.Words(scalar)!) is [var port] ? KeyOf(port) : null;

    /// <summary>A port or a range; a text.</summary>
    private sealed class PublishedShape : Shape
    {
        public static PublishedShape Instance { get; } = new();

        public override string Wanted => "a port or a range of ports, such as 8080 or 8000-8010";

        public override SourceNode Fit(SourceNode node, FieldPath path)
            => node is SourceScalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar
                && (scalar.Value.Length == 0 || PortText.ReadRange(Scalars.Words(scalar)!) is not null)
                ? scalar.Kind == ScalarKind.Number ? Scalars.Number(scalar.Mark, Scalars.ReadNumber(scalar)!.Value) : Fit(scalar)
                : throw path.Refuse(node, Wanted);

        // docker-compose 1 takes nothing but a number.
        private static SourceScalar Fit(SourceScalar text)
            => PortText.ReadPort(text.Value) is { } port ? Scalars.Number(text.Mark, port) : text;
    }
}
