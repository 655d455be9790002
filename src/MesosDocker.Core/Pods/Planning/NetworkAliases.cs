using MesosDocker.Compose;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>Further names by which a service is found in its networks.</summary>
internal static class NetworkAliases
{
    private const string Aliases = "aliases";

    public static SourceMap Add(SourceMap map, ComposeService service, string alias)
    {
        if (service.NetworkMode is not null)
        {
            return map;
        }

        SourceMap networks = map.Map("networks");
        foreach (string network in service.Networks.Keys)
        {
            SourceMap attachment = networks.Map(network);
            IReadOnlyList<SourceNode> there = (attachment[Aliases] as SourceList)?.Items ?? [];
            if (!there.Any(item => item is SourceScalar text && text.Value == alias))
            {
                attachment = attachment.With(Aliases, new SourceList(map.Mark, [.. there, Nodes.Text(map.Mark, alias)]));
            }

            networks = networks.With(network, attachment);
        }

        return map.With("networks", networks);
    }
}
