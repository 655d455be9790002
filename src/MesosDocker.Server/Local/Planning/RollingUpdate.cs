using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// Old instances of an app replaced by new ones, never fewer healthy ones than its upgrade strategy allows by what is done here, never
/// more in all.
/// </summary>
/// <remarks>
/// Asked again after everything that happens, it looks at what is there and nothing else, so that it goes on after a restart where it
/// was. Follows Marathon (TaskReplaceActor) in how the strategy is read, and differs where that one stands still: an instance that is not
/// healthy may go when there is no room for a new one.
/// </remarks>
internal static class RollingUpdate
{
    /// <param name="instances">All of the app.</param>
    public static AppStep Next(App app, IReadOnlyCollection<Instance> instances)
    {
        int wanted = app.Instances ?? 0;
        Instance[] old = [.. instances.Where(instance => IsOld(instance, app))];
        Instance[] kept = [.. instances.Where(instance => !IsOld(instance, app) && !instance.IsDecommissioned)];
        int healthy = instances.Count(InstanceHealth.IsServing);
        (int minimum, int maximum) = Limits(app, healthy);

        Instance[] surplus = [.. KillOrder.Of(kept, app).OrderBy(InstanceHealth.IsServing).Take(Math.Max(0, kept.Length - wanted))];
        Instance[] candidates = [.. surplus, .. Order(old.Where(static instance => instance.Condition != InstanceCondition.Killing), app)];
        int room = Math.Max(0, maximum - instances.Count);
        int launches = Math.Min(Math.Max(0, wanted - kept.Length), room);
        int unhealthy = healthy > minimum ? int.MaxValue
            : launches > 0 || !IsStill(kept, instances) ? 0
            : kept.Length < wanted ? 1
            : int.MaxValue;
        bool isDone = instances.Count == wanted && kept.Length == wanted && kept.All(InstanceHealth.IsServing);
        return new AppStep(Kills(candidates, healthy - minimum, unhealthy), launches, isDone);
    }

    /// <summary>At least so many healthy, at most so many in all.</summary>
    public static (int Minimum, int Maximum) Limits(App app, int healthy)
    {
        int wanted = app.Instances ?? 0;
        int minimum = (int)Math.Ceiling(wanted * (app.UpgradeStrategy?.MinimumHealthCapacity ?? 1));
        int maximum = (int)(wanted * (1 + (app.UpgradeStrategy?.MaximumOverCapacity ?? 1)));

        // Nothing may go and nothing may come: Marathon lets one more come, or, if its volume is taken, one go.
        return minimum < maximum || healthy < maximum ? (minimum, maximum)
            : CanonicalApp.HasPersistentVolume(app) ? (minimum - 1, maximum)
            : (minimum, maximum + 1);
    }

    public static bool IsOld(Instance instance, App app) => instance.ConfigVersion != app.VersionInfo!.LastConfigChangeAt;

    // What serves nobody first; then whatever has a port that the new ones must have.
    private static IEnumerable<Instance> Order(IEnumerable<Instance> old, App app)
    {
        HashSet<int> fixedPorts = [.. HostPorts.Fixed(app)];
        return KillOrder.Of(old, app).OrderBy(instance => (InstanceHealth.IsServing(instance), !instance.Ports.Any(fixedPorts.Contains)));
    }

    private static ImmutableArray<Instance> Kills(IEnumerable<Instance> candidates, int healthy, int unhealthy)
    {
        ImmutableArray<Instance>.Builder kills = ImmutableArray.CreateBuilder<Instance>();
        foreach (Instance instance in candidates)
        {
            ref int left = ref InstanceHealth.IsServing(instance) ? ref healthy : ref unhealthy;
            if (left-- > 0)
            {
                kills.Add(instance);
            }
        }

        return kills.ToImmutable();
    }

    /// <summary>Nothing is on its way that might change how things stand.</summary>
    private static bool IsStill(Instance[] kept, IReadOnlyCollection<Instance> instances)
        => kept.All(InstanceHealth.IsServing) && instances.All(static instance => instance.Condition != InstanceCondition.Killing);
}
