using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Names of hosts with their addresses (<c>extra_hosts</c>): a map, or a list of <c>host=address</c> or <c>host:address</c>. Canonical is the
/// map, or where a host has several addresses the list with colons, both of which every version of compose reads.
/// </summary>
internal sealed class HostsShape : Shape
{
    public static HostsShape Instance { get; } = new();

    private const string WantedItem = "a text like host=address";

    public override string Wanted => "a map of hosts, or a list of texts like host=address";

    public override SourceNode Fit(SourceNode node, FieldPath path)
    {
        var pairs = new OrderedDictionary<string, SourceNode>();
        var hosts = new OrderedDictionary<string, SourceField>();
        foreach ((string host, string address, Mark mark, FieldPath at) in Read(node, path))
        {
            string bare = address is ['[', .., ']'] ? address[1..^1] : address;
            if (host.Length == 0 || host.AsSpan().ContainsAny(':', '='))
            {
                throw at.Refuse(mark, $"has the host '{Printable.Of(host, 60)}', which is no name of a host");
            }

            string pair = $"{host}:{bare}";
            pairs.TryAdd(pair, Scalars.Text(mark, pair));
            hosts[host] = new SourceField(host, mark, Scalars.Text(mark, bare));
        }

        return hosts.Count == pairs.Count ? new SourceMap(node.Mark, [.. hosts.Values]) : new SourceList(node.Mark, [.. pairs.Values]);
    }

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
        => Scalars.IsNull(over) ? under
            : Scalars.IsNull(under) ? MergeTags.Settle(over)
            : (under, over) switch
            {
                (SourceMap below, SourceMap above) => MergeMaps.Merge(below, above, static _ => AddressesShape.Instance, context),
                (SourceMap or SourceList, SourceMap or SourceList) => MergeLists.Unique(
                    new SourceList(over.Mark, [.. AsList(under), .. AsList(MergeTags.Settle(over))]), MergeLists.Itself),
                _ => throw MergeContext.Impossible(under, over),
            };

    private IEnumerable<(string Host, string Address, Mark Mark, FieldPath Path)> Read(SourceNode node, FieldPath path) => node switch
    {
        SourceMap map => map.Fields.SelectMany(field => Addresses(field.Value, path[field.Name])
            .Select(address => (field.Name, address, field.Mark, path[field.Name]))),
        SourceList list => list.Items.Select((item, i) => Split(item, path[i])).SelectMany(static pairs => pairs),
        _ => throw path.Refuse(node, Wanted),
    };

    private static IEnumerable<string> Addresses(SourceNode node, FieldPath path) => node switch
    {
        SourceScalar { Kind: ScalarKind.Text } text => [text.Value],
        SourceList list => list.Items.Select((item, i) => item is SourceScalar { Kind: ScalarKind.Text } text ? text.Value : throw path[i].Refuse(item, "an address")),
        _ => throw path.Refuse(node, "an address, or a list of them"),
    };

    private static IEnumerable<(string Host, string Address, Mark Mark, FieldPath Path)> Split(SourceNode item, FieldPath path)
    {
        if (item is not SourceScalar { Kind: ScalarKind.Text } text)
        {
            throw path.Refuse(item, WantedItem);
        }

        int separator = text.Value.IndexOf('=', StringComparison.Ordinal);
        separator = separator < 0 ? text.Value.IndexOf(':', StringComparison.Ordinal) : separator;
        return separator < 0
            ? throw path.Refuse(item, WantedItem)
            : text.Value[(separator + 1)..].Split(',').Select(address => (text.Value[..separator].Trim(), address.Trim(), text.Mark, path));
    }

    private static IEnumerable<SourceNode> AsList(SourceNode node) => node is not SourceMap map ? ((SourceList)node).Items : map.Fields
        .SelectMany(static field => Addresses(field.Value, FieldPath.Root[field.Name])
            .Select(address => (SourceNode)Scalars.Text(field.Mark, $"{Interpolation.Escape(field.Name)}={address}")));

    /// <summary>The addresses of a host that both files have: all of them.</summary>
    private sealed class AddressesShape : Shape
    {
        public static AddressesShape Instance { get; } = new();

        public override string Wanted => "an address, or a list of them";

        public override SourceNode Fit(SourceNode node, FieldPath path) => node;

        public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
            => new SourceList(over.Mark, [.. Items(under), .. Items(MergeTags.Settle(over))]);

        private static IEnumerable<SourceNode> Items(SourceNode node) => node is SourceList list ? list.Items : [node];
    }
}
