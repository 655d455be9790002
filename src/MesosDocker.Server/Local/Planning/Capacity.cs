using System.Globalization;
using MesosDocker.Marathon;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>Whether an app can ever be what it shall be: all of its instances on this machine, were it all the app's own.</summary>
internal static class Capacity
{
    // Beyond it nobody counts any more.
    private const int MostCounted = 10_000;

    /// <returns>Why it cannot; none: with enough room it can.</returns>
    public static IReadOnlyList<NeverFit> Missing(App app, AgentFacts agent)
    {
        int wanted = Math.Max(1, app.Instances ?? 1);
        Amounts one = Amounts.Of(app);
        Amounts all = Amounts.Of(agent.Resources);
        string?[][] found =
        [
            [OfferMatch.Cpus, Amount(one.Cpus, all.Cpus, wanted, "cpus")],
            [OfferMatch.Memory, Amount(one.Memory, all.Memory, wanted, "MB of memory")],
            [OfferMatch.Disk, Amount(one.Disk, all.Disk, wanted, "MB of disk")],
            [OfferMatch.Gpus, Amount(one.Gpus, all.Gpus, wanted, "gpus")],
            [OfferMatch.HostPort, Ports(app, agent.Resources.Ports, wanted)],
            [OfferMatch.Constraint, Constraint(app, agent, wanted)],
            [OfferMatch.Role, OfferMatch.AcceptsUnreserved(app) ? null
                : $"It takes resources of {string.Join(", ", app.AcceptedResourceRoles ?? [])} alone, and those of this machine are for every role (*)."],
        ];
        return [.. found.Where(static pair => pair[1] is not null).Select(static pair => new NeverFit { Reason = pair[0], Message = pair[1] })];
    }

    private static string? Amount(decimal one, decimal all, int wanted, string what)
        => one > all ? $"Each instance asks for {Number(one)} {what}, and this machine has {Number(all)}."
            : one > 0 && wanted > all / one ? $"{wanted} instances ask for {Number(one)} {what} each, and this machine has {Number(all)}: {Math.Floor(all / one)} fit."
            : null;

    private static string? Ports(App app, IReadOnlyList<PortRange> ranges, int wanted)
    {
        int?[] each = [.. HostPorts.Wanted(app)];
        int[] foreign = [.. HostPorts.Fixed(app).Where(port => !ranges.Any(range => port >= range.Begin && port <= range.End))];
        int[] own = [.. HostPorts.Fixed(app)];
        long there = ranges.Sum(static range => (long)range.End - range.Begin + 1);
        long asked = (long)each.Count(static port => port is not null) * wanted;
        return foreign.Length > 0
                ? $"It must have the host port {string.Join(", ", foreign)}, and this cluster gives {string.Join(", ", ranges.Select(static range => $"{range.Begin}-{range.End}"))}."
            : own.Length > 0 && wanted > 1
                ? $"Each instance must have the host port {string.Join(", ", own)} for itself, and {wanted} instances are wanted on one machine."
            : asked > there ? $"{asked} host ports are wanted, and this cluster has {there}."
            : null;
    }

    private static string? Constraint(App app, AgentFacts agent, int wanted)
    {
        foreach (IReadOnlyList<string> constraint in app.Constraints ?? [])
        {
            // Where it is the machine that is asked about, the first instance tells.
            bool counts = constraint[1].ToUpperInvariant() is "UNIQUE" or "MAX_PER" or "GROUP_BY";
            int enough = counts ? Math.Min(wanted, MostCounted) : 1;
            App alone = app with { Constraints = [constraint] };
            List<Instance> there = [];
            while (there.Count < enough && ConstraintCheck.Allows(alone, agent, there))
            {
                there.Add(Imagined(app));
            }

            if (there.Count < enough)
            {
                string told = string.Join(' ', constraint);
                return there.Count > 0
                    ? $"The constraint '{told}' lets {there.Count} of {wanted} instances run on one machine, and there is no other."
                    : $"The constraint '{told}' is not met by this machine, whose {constraint[0]} is {ConstraintCheck.FieldOf(constraint[0], agent) ?? "not said"}, and there is no other.";
            }
        }

        return null;
    }

    private static Instance Imagined(App app) => new()
    {
        TaskId = "",
        AppId = app.Id!,
        App = app,
        Condition = InstanceCondition.Running,
        StagedAt = default,
    };

    private static string Number(decimal amount) => amount.ToString("0.###", CultureInfo.InvariantCulture);
}
