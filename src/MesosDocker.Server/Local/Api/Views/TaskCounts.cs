namespace MesosDocker.Local;

/// <summary>How many tasks of an app are in which condition. Those that are being killed are in none.</summary>
internal readonly record struct TaskCounts(int Staged, int Running, int Healthy, int Unhealthy)
{
    public static TaskCounts Of(IEnumerable<Instance> instances)
    {
        int staged = 0, running = 0, healthy = 0, unhealthy = 0;
        foreach (Instance instance in instances)
        {
            if (instance.Condition is InstanceCondition.Staging or InstanceCondition.Starting)
            {
                staged++;
            }
            else if (instance.Condition == InstanceCondition.Running)
            {
                running++;
                healthy += IsHealthy(instance) ? 1 : 0;
                unhealthy += instance.Health.Values.Any(static check => check.Alive == false) ? 1 : 0;
            }
        }

        return new TaskCounts(staged, running, healthy, unhealthy);
    }

    /// <summary>Every one of the app's checks has said so; an app without checks has no healthy tasks.</summary>
    private static bool IsHealthy(Instance instance)
        => instance.App.HealthChecks is { Count: > 0 } checks
            && Enumerable.Range(0, checks.Count).All(check => instance.Health.GetValueOrDefault(check)?.Alive == true);
}
