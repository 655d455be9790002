using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>So many instances of an app, whatever they were made of.</summary>
internal static class Scaling
{
    /// <param name="instances">All of the app.</param>
    /// <param name="killedFirst">These go in any case.</param>
    public static AppStep Next(App app, IReadOnlyCollection<Instance> instances, IReadOnlySet<string> killedFirst)
    {
        int wanted = app.Instances ?? 0;
        Instance[] kept = [.. instances.Where(static instance => !instance.IsDecommissioned)];
        Instance[] sentenced = [.. kept.Where(instance => killedFirst.Contains(instance.TaskId))];
        int count = Math.Max(kept.Length - wanted, sentenced.Length);
        ImmutableArray<Instance> kills = count <= 0 ? [] : [.. sentenced.Concat(KillOrder.Of(kept.Except(sentenced), app)).Take(count)];
        int launches = Math.Max(0, wanted - kept.Length + kills.Length);

        // Those that were there are as good as they were; those of this version must prove themselves.
        bool isDone = kills.IsEmpty && launches == 0 && kept.Length == instances.Count
            && instances.All(instance => instance.Version == app.Version
                ? InstanceHealth.IsServing(instance)
                : instance.Condition != InstanceCondition.Killing);
        return new AppStep(kills, launches, isDone);
    }
}
