using System.Globalization;

namespace MesosDocker.Marathon;

internal static class UnreachableRules
{
    public static void Check(UnreachableStrategy? strategy, Place at, Findings found)
        => found.ErrorIf(
            strategy is { IsDisabled: false } && (strategy.InactiveAfterSeconds ?? 0) > (strategy.ExpungeAfterSeconds ?? 0),
            at["inactiveAfterSeconds"],
            string.Create(
                CultureInfo.InvariantCulture,
                $"must be at most expungeAfterSeconds, which is {strategy?.ExpungeAfterSeconds ?? 0}: a task is replaced before it is forgotten."));
}
