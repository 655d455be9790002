using MesosDocker.Marathon;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>What is free, in the shape of an offer of Mesos, for whoever asks why an app waits.</summary>
internal static class FreeOffer
{
    public static Offer Of(AgentFacts agent, ClusterIndex index)
    {
        Amounts free = Amounts.Of(agent.Resources) - index.Used;
        return new Offer
        {
            Id = agent.AgentId + "-O",
            Hostname = agent.Hostname,
            AgentId = agent.AgentId,
            Resources =
            [
                Scalar("cpus", free.Cpus),
                Scalar("mem", free.Memory),
                Scalar("disk", free.Disk),
                Scalar("gpus", free.Gpus),
                new OfferResource { Name = "ports", Role = CompleteApp.DefaultRole, Ranges = [.. FreePorts(agent.Resources.Ports, index.UsedPorts)] },
            ],
            Attributes = [.. agent.Attributes.Select(static attribute => new OfferResource { Name = attribute.Key, Text = attribute.Value })],
        };
    }

    private static OfferResource Scalar(string name, decimal amount)
        => new() { Name = name, Role = CompleteApp.DefaultRole, Scalar = (double)Math.Max(0, amount) };

    private static IEnumerable<NumberRange> FreePorts(IReadOnlyList<PortRange> ranges, IReadOnlySet<int> used)
    {
        foreach (PortRange range in ranges)
        {
            int begin = range.Begin;
            foreach (int port in used.Where(port => port >= range.Begin && port <= range.End).Order())
            {
                if (port > begin)
                {
                    yield return new NumberRange { Begin = begin, End = port - 1 };
                }

                begin = port + 1;
            }

            if (begin <= range.End)
            {
                yield return new NumberRange { Begin = begin, End = range.End };
            }
        }
    }
}
