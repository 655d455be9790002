using System.Globalization;

namespace MesosDocker.Marathon;

internal static class LimitRules
{
    public static void Check(ResourceLimits? limits, double cpus, double mem, Place at, Findings found)
    {
        Check(limits?.Cpus, cpus, at["cpus"], found);
        Check(limits?.Mem, mem, at["mem"], found);
    }

    private static void Check(ResourceLimit? limit, double share, Place at, Findings found)
        => found.ErrorIf(
            limit?.Amount < share,
            at,
            string.Create(CultureInfo.InvariantCulture, $"must be at least what is asked for, which is {share}, or \"unlimited\"."));
}
