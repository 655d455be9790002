namespace MesosDocker.Pods;

/// <summary>In which order the services of a pod are stopped.</summary>
internal static class PodOrder
{
    /// <summary>Those of one level together, one level after the other: each before what it depends on.</summary>
    public static IReadOnlyList<IReadOnlyList<PlannedService>> Stopping(IReadOnlyList<PlannedService> services)
    {
        Dictionary<string, int> levels = services.ToDictionary(static service => service.Name, static _ => 0);

        // No longer than the longest chain there can be; compose has refused circles.
        bool changed = true;
        for (int round = 0; changed && round < services.Count; round++)
        {
            changed = false;
            foreach (PlannedService service in services)
            {
                foreach (string name in service.DependsOn)
                {
                    if (levels.TryGetValue(name, out int level) && level <= levels[service.Name])
                    {
                        levels[name] = levels[service.Name] + 1;
                        changed = true;
                    }
                }
            }
        }

        return [.. services.GroupBy(service => levels[service.Name]).OrderBy(static level => level.Key).Select(static level => (IReadOnlyList<PlannedService>)[.. level])];
    }
}
