using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Whether one more task of an app fits on this machine now.</summary>
/// <param name="Ports">Those it gets; null if it does not fit.</param>
/// <param name="Reasons">Why it does not, the first that Marathon asks first.</param>
internal sealed record OfferMatch(ImmutableArray<int>? Ports, ImmutableArray<string> Reasons)
{
    public const string Role = "UnfulfilledRole";
    public const string Constraint = "UnfulfilledConstraint";
    public const string Cpus = "InsufficientCpus";
    public const string Memory = "InsufficientMemory";
    public const string Disk = "InsufficientDisk";
    public const string Gpus = "InsufficientGpus";
    public const string HostPort = "InsufficientPorts";
    public const string Scarce = "DeclinedScarceResources";

    private const string GpuBehaviour = "GPU_SCHEDULING_BEHAVIOR";

    /// <param name="free">What no task has.</param>
    /// <param name="there">All instances of the app.</param>
    public static OfferMatch Of(App app, AgentFacts agent, Amounts free, PortsInUse inUse, IReadOnlyCollection<Instance> there)
    {
        Amounts needed = Amounts.Of(app);

        // Instances of an older configuration do not count: the new ones take their place.
        Instance[] counting = app.Constraints is { Count: > 0 } ? [.. there.Where(instance => !RollingUpdate.IsOld(instance, app))] : [];
        (string Reason, bool Is)[] asked =
        [
            (Role, !AcceptsUnreserved(app)),
            (Constraint, !ConstraintCheck.Allows(app, agent, counting)),
            (Cpus, needed.Cpus > free.Cpus),
            (Memory, needed.Memory > free.Memory),
            (Disk, needed.Disk > free.Disk),
            (Gpus, needed.Gpus > free.Gpus),
            (Scarce, needed.Gpus == 0 && agent.Resources.Gpus > 0 && app.Labels?.GetValueOrDefault(GpuBehaviour) == "restricted"),
        ];
        ImmutableArray<string> reasons = [.. asked.Where(static question => question.Is).Select(static question => question.Reason)];
        if (!reasons.IsEmpty)
        {
            return new OfferMatch(null, reasons);
        }

        // Ports are looked for only where everything else is there.
        ImmutableArray<int>? ports = HostPorts.Take(HostPorts.Wanted(app), agent.Resources.Ports, inUse);
        return ports is null ? new OfferMatch(null, [HostPort]) : new OfferMatch(ports, []);
    }

    // The machine is reserved for nobody.
    public static bool AcceptsUnreserved(App app)
        => app.AcceptedResourceRoles is not { Count: > 0 } roles || roles.Contains(CompleteApp.DefaultRole);
}
