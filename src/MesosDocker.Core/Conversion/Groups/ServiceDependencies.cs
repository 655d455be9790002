using MesosDocker.Compose;

namespace MesosDocker.Conversion;

/// <summary>Which apps must be there before a service's.</summary>
internal static class ServiceDependencies
{
    private const string Together = "Run the project as one task: ConvertTo-MesosDockerApp -As Pod.";

    /// <returns>The services.</returns>
    public static IReadOnlyList<string> Of(ServiceCase service)
    {
        List<string> needed = [];
        foreach ((string name, ComposeDependency dependency) in service.Service.DependsOn)
        {
            KeyPath key = ((KeyPath)"depends_on")[name];
            service.Keys.Carry(key);
            if (!service.Project.Services.TryGetValue(name, out ComposeService? other) || other.Provider is not null)
            {
                service.Keys.LoseSaid(key, $"'{name}' is no container, and so no app.", "Have it there before.");
            }
            else if (dependency.Condition == ComposeCondition.Completed)
            {
                service.Keys.Lose(
                    key["condition"],
                    "Marathon starts a task again whenever it ends, and nothing can wait for its end.",
                    $"The app of '{name}' has no instances; run it once before the others (Invoke-MesosDockerTask).");
            }
            else
            {
                needed.Add(name);
                Account(service.Keys, key, dependency, other);
            }
        }

        for (int i = 0; i < service.Service.Links.Count; i++)
        {
            KeyPath link = ((KeyPath)"links")[i];
            service.Keys.Carry(link);
            if (service.Service.Links[i].Split(':', 2) is [var name, var alias] && alias != name)
            {
                service.Keys.Lose(link, $"Marathon gives no other names to apps: '{alias}' is found by nobody.", $"Use the name '{name}', or {Together[..1].ToLowerInvariant()}{Together[1..]}");
            }
        }

        return needed;
    }

    private static void Account(KeyLedger keys, KeyPath key, ComposeDependency dependency, ComposeService other)
    {
        if (dependency.Condition == ComposeCondition.Healthy && other.Healthcheck is not { IsDisabled: false, Test.Count: > 1 })
        {
            keys.Lose(
                key["condition"], $"Marathon waits until '{other.Name}' runs, for no health check of it is said, and it does not know those of images.", $"Give '{other.Name}' a healthcheck.");
        }

        if (!dependency.IsRequired)
        {
            keys.Lose(key["required"], $"Marathon waits for '{other.Name}' in any case.", "Take the dependency away if it may be missing.");
        }

        if (dependency.Restarts && !dependency.IsImplied)
        {
            keys.Lose(key["restart"], "Apps are not restarted because another one is.", "Restart both with Restart-MesosDockerApp.");
        }
    }
}
