namespace MesosDocker.Marathon;

/// <summary>Who must be there before whom, among the apps of one document. An app waits for what its groups wait for, too.</summary>
internal sealed class DependencyGraph
{
    private readonly Dictionary<string, List<string>> _needs = [];

    private DependencyGraph()
    {
    }

    public static DependencyGraph Of(Group root)
    {
        var graph = new DependencyGraph();
        graph.Add(root, "/", []);
        return graph;
    }

    /// <returns>The ids along the circle, the first one again at the end; null if there is none.</returns>
    public IReadOnlyList<string>? FindCircle()
    {
        HashSet<string> done = [];
        foreach (string app in _needs.Keys)
        {
            if (Follow(app, [], done) is { } circle)
            {
                return circle;
            }
        }

        return null;
    }

    private List<string>? Follow(string app, List<string> path, HashSet<string> done)
    {
        int seen = path.IndexOf(app);
        if (seen >= 0)
        {
            return [.. path[seen..], app];
        }

        if (!done.Contains(app))
        {
            path.Add(app);
            foreach (string next in _needs[app].SelectMany(Within))
            {
                if (Follow(next, path, done) is { } circle)
                {
                    return circle;
                }
            }

            path.RemoveAt(path.Count - 1);
            done.Add(app);
        }

        return null;
    }

    /// <summary>The app of that name, or all apps of the group of that name.</summary>
    private IEnumerable<string> Within(string id)
        => _needs.Keys.Where(app => app == id || app.StartsWith(id + "/", StringComparison.Ordinal));

    private void Add(Group group, string outer, IReadOnlyList<string> inherited)
    {
        string id = PathId.Absolute(group.Id ?? "", outer);
        string[] needs = [.. inherited, .. Absolute(group.Dependencies, id)];
        foreach (App app in group.Apps ?? [])
        {
            _needs[PathId.Absolute(app.Id ?? "", id)] = [.. needs, .. Absolute(app.Dependencies, id)];
        }

        foreach (Group inner in group.Groups ?? [])
        {
            Add(inner, id, needs);
        }
    }

    private static IEnumerable<string> Absolute(IReadOnlyList<string>? dependencies, string group)
        => (dependencies ?? []).Select(dependency => PathId.Absolute(dependency, group));
}
