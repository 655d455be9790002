using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>How many pods there are, where, and how they are exchanged: what all services of the project have to agree on.</summary>
internal static class PodSchedule
{
    private const string Whole = "A pod is started, moved and exchanged as a whole, and other services say otherwise.";

    public static int Instances(IReadOnlyList<ServiceCase> services, ConversionOptions options)
    {
        int most = services.Aggregate(0, static (most, service) => Math.Max(most, service.Service.Replicas));
        bool isAgreed = services.All(service => service.Service.Replicas == most);
        foreach (ServiceCase service in services)
        {
            service.Keys.Carry("scale", "deploy.replicas");
            if (!isAgreed && service.Service.Replicas != 1)
            {
                service.Keys.Lose(service.Keys.Says("scale") ? "scale" : "deploy.replicas", "A pod has each of its containers once, and other services say another number.", Reasons.AsGroup);
            }
        }

        return options.Instances ?? (isAgreed ? most : 1);
    }

    public static PodScheduling? Of(IReadOnlyList<ServiceCase> services, int instances)
    {
        PodPlacement? placement = Placement(services);
        UpgradeStrategy? upgrade = Upgrade(services, instances);
        PodBackoff? backoff = Backoff(services);
        return placement is null && upgrade is null && backoff is null ? null : new PodScheduling { Placement = placement, Upgrade = upgrade, Backoff = backoff };
    }

    private static PodPlacement? Placement(IReadOnlyList<ServiceCase> services)
    {
        IReadOnlyList<IReadOnlyList<string>> constraints = ServicePlacement.Distinct(services.SelectMany(ServicePlacement.Of));
        return constraints.Count == 0 ? null : new PodPlacement
        {
            Constraints = [.. constraints.Select(static constraint => new PodConstraint
            {
                FieldName = constraint[0],
                Operator = constraint[1],
                Value = constraint.Count > 2 ? constraint[2] : null,
            })],
        };
    }

    private static UpgradeStrategy? Upgrade(IReadOnlyList<ServiceCase> services, int instances)
    {
        ServiceCase[] said = [.. services.Where(static service => service.Service.Deploy?.Update is not null)];
        ComposeUpdate? first = said.Length > 0 ? said[0].Service.Deploy!.Update : null;
        foreach (ServiceCase service in said)
        {
            ComposeUpdate update = service.Service.Deploy!.Update!;
            Agree(service, "deploy.update_config.parallelism", update.Parallelism == first!.Parallelism && service.Service.Replicas == instances);
            Agree(service, "deploy.update_config.order", update.Order == first.Order);
        }

        return first is null ? null : ServiceUpdate.Strategy(instances, first.Parallelism ?? 1, first.Order == "start-first");
    }

    private static PodBackoff? Backoff(IReadOnlyList<ServiceCase> services)
    {
        int?[] delays = [.. services.Select(ServiceRestart.Of)];
        int? longest = delays.OfType<int>().Order().LastOrDefault() is > 0 and var most ? most : null;
        for (int i = 0; i < services.Count; i++)
        {
            Agree(services[i], "deploy.restart_policy.delay", delays[i] == longest);
        }

        return longest is { } seconds ? new PodBackoff { Backoff = seconds, BackoffFactor = 1 } : null;
    }

    private static void Agree(ServiceCase service, string key, bool isSame)
    {
        service.Keys.Carry(key);
        if (!isSame)
        {
            service.Keys.LoseSaid(key, Whole, Reasons.AsGroup);
        }
    }
}
