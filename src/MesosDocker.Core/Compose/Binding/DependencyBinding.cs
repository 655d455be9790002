using MesosDocker.Io;

namespace MesosDocker.Compose;

internal static class DependencyBinding
{
    /// <summary>What a service says that it depends on, and what follows from sharing something with others (compose-go, normalization).</summary>
    /// <param name="bound">The service, with everything that it can share.</param>
    public static IReadOnlyDictionary<string, ComposeDependency> Bind(CanonicalMap service, ComposeService bound)
    {
        OrderedDictionary<string, ComposeDependency> dependencies = [];
        foreach (SourceField field in service.Fields("depends_on"))
        {
            var map = new CanonicalMap(field.Value as SourceMap);
            dependencies[field.Name] = new ComposeDependency
            {
                Condition = Condition(map.Text("condition")),
                IsRequired = map.Flag("required") ?? true,
                Restarts = map.Flag("restart") ?? false,
            };
        }

        foreach (string link in bound.Links)
        {
            dependencies.TryAdd(ReferenceText.ServiceOfLink(link), new ComposeDependency { IsImplied = true, Restarts = true });
        }

        foreach (string? mode in (string?[])[bound.NetworkMode, bound.Ipc, bound.Pid, bound.Uts])
        {
            if (ReferenceText.ServiceOf(mode) is { } shared)
            {
                dependencies.TryAdd(shared, new ComposeDependency { IsImplied = true, Restarts = true });
            }
        }

        foreach (ComposeVolumesFrom from in bound.VolumesFrom.Where(static from => !from.IsContainer))
        {
            dependencies.TryAdd(from.Source, new ComposeDependency { IsImplied = true });
        }

        return dependencies.Count == 0 ? ComposeEmpty.Dependencies : dependencies;
    }

    private static ComposeCondition Condition(string? text) => text switch
    {
        "service_healthy" => ComposeCondition.Healthy,
        "service_completed_successfully" => ComposeCondition.Completed,
        _ => ComposeCondition.Started,
    };
}
