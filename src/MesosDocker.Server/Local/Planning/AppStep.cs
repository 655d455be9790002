using System.Collections.Immutable;

namespace MesosDocker.Local;

/// <summary>What is to be done with the instances of one app now.</summary>
/// <param name="Kills">For good: nothing is launched in their place by that.</param>
/// <param name="Launches">How many.</param>
/// <param name="IsDone">Everything is as it should be in the end.</param>
internal sealed record AppStep(ImmutableArray<Instance> Kills, int Launches, bool IsDone)
{
    /// <summary>Everything ends.</summary>
    public static AppStep Stop(IReadOnlyCollection<Instance> instances)
        => new([.. instances.Where(static instance => !instance.IsDecommissioned)], 0, instances.Count == 0);
}
