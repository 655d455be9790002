using System.Globalization;

namespace MesosDocker.Marathon;

/// <summary>The sieves that offers went through: which of them holds them back, and what would let one pass.</summary>
internal static class OfferFunnel
{
    private static readonly (string Reason, string Name, string Unit)[] s_resources =
    [
        ("InsufficientCpus", "cpus", ""),
        ("InsufficientMemory", "mem", " MB"),
        ("InsufficientDisk", "disk", " MB"),
        ("InsufficientGpus", "gpus", ""),
    ];

    public static IEnumerable<WaitReason> Reasons(QueueItem item)
    {
        IReadOnlyList<DeclinedOfferStep> steps = item.ProcessedOffersSummary switch
        {
            { RejectSummaryLastOffers: { Count: > 0 } last } when last.Any(static step => step.Declined > 0) => last,
            { RejectSummaryLaunchAttempt: { Count: > 0 } all } => all,
            _ => [],
        };

        // The sieves are in order: what reached a later one got further.
        return steps.Where(static step => step is { Declined: > 0, Reason: not null })
            .Reverse()
            .Select(step => Reason(step, item))
            .Concat(steps.Count > 0 ? [] : item.LastUnusedOffers?.SelectMany(static offer => offer.Reason ?? []).Distinct()
                .Select(reason => Reason(new DeclinedOfferStep { Reason = reason }, item)) ?? []);
    }

    private static WaitReason Reason(DeclinedOfferStep step, QueueItem item)
    {
        string reason = step.Reason!;
        UnusedOffer[] offers = [.. (item.LastUnusedOffers ?? [])
            .Where(offer => offer.Reason?.Contains(reason) == true && offer.Offer is not null)];
        foreach ((string name, string resource, string unit) in s_resources)
        {
            if (reason == name)
            {
                return Scalar(step, item, offers, resource, unit);
            }
        }

        return reason switch
        {
            "UnfulfilledConstraint" => ConstraintFunnel.Reason(step, item, offers),
            "InsufficientPorts" => Ports(step, item, offers),
            _ => new WaitReason(reason, $"{OfferWords.Counted(step)} {OfferWords.Why(reason)}.", OfferWords.Fix(reason, item)),
        };
    }

    private static WaitReason Scalar(DeclinedOfferStep step, QueueItem item, UnusedOffer[] offers, string name, string unit)
    {
        string what = $"{OfferWords.Counted(step)} {OfferWords.Why(step.Reason!)}";
        if (Wanted(item, name) is not { } wanted)
        {
            return new WaitReason(step.Reason!, $"{what}.", OfferWords.Fix(step.Reason!, item));
        }

        string need = $"{Number(wanted)}{unit} {name} {(unit.Length == 0 ? "are" : "is")} wanted";
        if (offers.MaxBy(offer => Available(offer.Offer!, name, item)) is not { } best)
        {
            return new WaitReason(step.Reason!, $"{what}: {need}.", OfferWords.Fix(step.Reason!, item));
        }

        double there = Available(best.Offer!, name, item);
        double missing = Math.Max(0, wanted - there);
        return new WaitReason(
            step.Reason!,
            $"{what}: {need}, and the best offer, of {best.Offer!.Hostname}, has {Number(there)}{unit}; "
                + $"{Number(missing)}{unit} are missing.",
            there > 0
                ? $"Ask for {Number(there)}{unit} {name} or less, or free {Number(missing)}{unit} on {best.Offer.Hostname}."
                : OfferWords.Fix(step.Reason!, item));
    }

    private static WaitReason Ports(DeclinedOfferStep step, QueueItem item, UnusedOffer[] offers)
    {
        int[] wanted = [.. FixedPorts(item.App)];
        string offered = string.Join(", ", offers.Take(3).Select(static offer => $"{offer.Offer!.Hostname} {Ranges(offer.Offer!)}"));
        string told = offered.Length == 0 ? "" : $"; offered are {offered}";
        return wanted.Length == 0
            ? new WaitReason(
                step.Reason!,
                $"{OfferWords.Counted(step)} {OfferWords.Why(step.Reason!)}{told}.",
                "Ask for fewer ports, or give the agents more of them.")
            : new WaitReason(
                step.Reason!,
                $"{OfferWords.Counted(step)} {OfferWords.Why(step.Reason!)}: {(wanted.Length == 1 ? "port" : "ports")} {string.Join(", ", wanted)} of the host "
                + $"{(wanted.Length == 1 ? "is" : "are")} wanted{told}.",
                "Use host port 0, which takes any that is offered, or let the agents offer this one (--resources=ports:[...]).");
    }

    private static IEnumerable<int> FixedPorts(App? app)
        => (app?.Container?.PortMappings ?? app?.Container?.Docker?.PortMappings ?? []).Select(static mapping => mapping.HostPort ?? 0)
            .Concat(app?.RequirePorts == true ? app.PortDefinitions?.Select(static port => port.Port ?? 0) ?? app.Ports ?? [] : [])
            .Where(static port => port > 0);

    private static string Ranges(Offer offer)
        => string.Join(' ', (offer.Resources ?? []).Where(static resource => resource.Name == "ports")
            .SelectMany(static resource => resource.Ranges ?? []).Take(4)
            .Select(static range => range.Begin == range.End ? $"{range.Begin}" : $"{range.Begin}-{range.End}")) is { Length: > 0 } ranges
                ? ranges
                : "none";

    // Of its role and of everybody's, as Marathon counts them.
    private static double Available(Offer offer, string name, QueueItem item)
        => (offer.Resources ?? []).Where(resource => resource.Name == name && IsForIt(resource.Role, item))
            .Sum(static resource => resource.Scalar ?? 0);

    private static bool IsForIt(string? role, QueueItem item)
        => item.App?.AcceptedResourceRoles is { Count: > 0 } accepted
            ? accepted.Contains(role ?? "*")
            : role is null or "*" || role == item.Role;

    private static double? Wanted(QueueItem item, string name) => (item.App, name) switch
    {
        (null, _) => Sum(item.Pod, name),
        ({ } app, "cpus") => app.Cpus ?? 1,
        ({ } app, "mem") => app.Mem ?? 128,
        ({ } app, "disk") => app.Disk ?? 0,
        ({ } app, _) => app.Gpus ?? 0,
    };

    private static double? Sum(Pod? pod, string name)
        => pod?.Containers?.Sum(container => name switch
        {
            "cpus" => container.Resources?.Cpus ?? 0,
            "mem" => container.Resources?.Mem ?? 0,
            "disk" => container.Resources?.Disk ?? 0,
            _ => container.Resources?.Gpus ?? 0,
        });

    private static string Number(double value) => Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);
}
