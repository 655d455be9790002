namespace MesosDocker.Local;

/// <summary>Whether a task may be counted on.</summary>
internal static class InstanceHealth
{
    /// <summary>Null: it has no health checks, or not all of them know yet.</summary>
    public static bool? Of(Instance instance)
    {
        int checks = instance.App.HealthChecks?.Count ?? 0;
        return checks == 0 ? null
            : instance.Health.Values.Any(static result => result.Alive == false) ? false
            : instance.Health.Count == checks ? true
            : null;
    }

    /// <summary>It runs, is not being ended, and all its health checks find it alive.</summary>
    public static bool IsHealthy(Instance instance)
        => instance.Condition == InstanceCondition.Running && (instance.App.HealthChecks is not { Count: > 0 } || Of(instance) == true);

    /// <summary>It is healthy, and its readiness check, where it has one, found it ready.</summary>
    public static bool IsServing(Instance instance)
        => IsHealthy(instance) && (instance.App.ReadinessChecks is not { Count: > 0 } || instance.Readiness?.Ready == true);
}
