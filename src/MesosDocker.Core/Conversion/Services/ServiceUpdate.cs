using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>
/// How replicas are exchanged. Compose counts them, Marathon says parts of all: of n instances ceil(n × minimumHealthCapacity) stay, and
/// floor(n × (1 + maximumOverCapacity)) may be there at a time (TaskReplaceActor of Marathon 1.11).
/// </summary>
internal static class ServiceUpdate
{
    private const int MostDigits = 9;

    public static UpgradeStrategy? Of(ServiceCase service)
    {
        if (service.Service.Deploy?.Update is not { } update)
        {
            return null;
        }

        // The rest has reasons of its own.
        service.Keys.Carry("deploy.update_config.parallelism", "deploy.update_config.order");
        return Strategy(service.Service.Replicas, update.Parallelism ?? 1, update.Order == "start-first");
    }

    /// <param name="parallelism">0: all.</param>
    public static UpgradeStrategy Strategy(int replicas, int parallelism, bool startsFirst)
    {
        int instances = Math.Max(1, replicas);
        int count = parallelism <= 0 ? instances : Math.Min(parallelism, instances);
        return startsFirst
            ? new UpgradeStrategy { MinimumHealthCapacity = 1, MaximumOverCapacity = Shortest(part => Most(instances, part) == instances + count, count, instances, up: true) }
            : new UpgradeStrategy { MinimumHealthCapacity = Shortest(part => Least(instances, part) == instances - count, instances - count, instances, up: false), MaximumOverCapacity = 0 };
    }

    /// <summary>The other way round; exact if only one of both is moved from its end.</summary>
    public static (int Parallelism, bool StartsFirst, bool IsExact) Read(int replicas, UpgradeStrategy strategy)
    {
        int instances = Math.Max(1, replicas);
        int taken = instances - Least(instances, strategy.MinimumHealthCapacity ?? 1);
        int added = Most(instances, strategy.MaximumOverCapacity ?? 1) - instances;
        return taken == 0 ? (Math.Max(1, added), true, true) : (taken, false, added == 0);
    }

    private static int Least(int instances, double part) => (int)Math.Ceiling(instances * part);

    private static int Most(int instances, double part) => (int)(instances * (1 + part));

    // The fewest digits that mean the same number of instances. One step further is tried, too: 25 × 0.56 is a little more than 14.
    private static double Shortest(Func<double, bool> isRight, int count, int instances, bool up)
    {
        decimal exact = (decimal)count / instances;
        decimal step = 1;
        for (int digits = 0; digits < MostDigits; digits++, step /= 10)
        {
            decimal nearest = (up ? decimal.Ceiling(exact / step) : decimal.Floor(exact / step)) * step;
            foreach (decimal rounded in (decimal[])[nearest, up ? nearest + step : nearest - step])
            {
                if (rounded is >= 0 and <= 1 && isRight((double)rounded))
                {
                    return (double)rounded;
                }
            }
        }

        return (double)exact;
    }
}
