using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What must hold for everything together, after each change.</summary>
internal static class RootRules
{
    /// <exception cref="RefusedException"></exception>
    public static Group Check(Group before, Group after)
    {
        if (ReferenceEquals(before, after))
        {
            return after;
        }

        HashSet<string> groups = [.. RootGroup.GroupsOf(after).Select(static group => group.Id!)];
        if (RootGroup.AppsOf(after).FirstOrDefault(app => groups.Contains(app.Id!)) is { } clash)
        {
            throw Definitions.Invalid("/", $"Groups and Applications may not have the same identifier: {clash.Id}");
        }

        // Most clusters have no dependencies, and the graph is as large as all of it.
        bool hasDependencies = RootGroup.AppsOf(after).Any(static app => app.Dependencies is { Count: > 0 })
            || RootGroup.GroupsOf(after).Any(static group => group.Dependencies is { Count: > 0 });
        return hasDependencies && DependencyGraph.Of(after).FindCircle() is { } circle
            ? throw Definitions.Invalid("/", $"dependencies must not form a circle: {string.Join(" → ", circle)}.")
            : after;
    }
}
