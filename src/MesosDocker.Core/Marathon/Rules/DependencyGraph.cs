namespace MesosDocker.Marathon;

/// <summary>Who must be there before whom, among the apps and groups of one document.</summary>
/// <remarks>
/// Nodes are apps, groups (there when all that is in them is) and gates: what everything in a group waits for. So a group of a thousand
/// that waits for another one takes a thousand lines and not a million, and no walk is deeper than the machine's stack.
/// </remarks>
internal sealed class DependencyGraph
{
    private readonly Dictionary<Node, List<Node>> _needs = [];

    private DependencyGraph()
    {
    }

    private enum Kind
    {
        App,
        Group,
        Gate,
    }

    public static DependencyGraph Of(Group root)
    {
        var graph = new DependencyGraph();
        graph.Add(root, "/", outer: null);
        return graph;
    }

    /// <returns>The ids along the circle, the first one again at the end; null if there is none.</returns>
    public IReadOnlyList<string>? FindCircle()
    {
        HashSet<Node> left = Unstartable();
        if (left.Count == 0)
        {
            return null;
        }

        // Each of those needs another of them, so that a walk must come back to where it was.
        List<Node> path = [];
        Dictionary<Node, int> seen = [];
        Node at = left.First();
        while (seen.TryAdd(at, path.Count))
        {
            path.Add(at);
            at = _needs[at].First(left.Contains);
        }

        string[] circle = [.. path[seen[at]..].Where(static node => node.Kind != Kind.Gate).Select(static node => node.Id)];
        return [.. circle, circle[0]];
    }

    /// <summary>What is left when everything has started that needs nothing, or nothing but what has started.</summary>
    private HashSet<Node> Unstartable()
    {
        Dictionary<Node, int> missing = [];
        Dictionary<Node, List<Node>> waiting = [];
        var ready = new Queue<Node>();
        foreach ((Node node, List<Node> needs) in _needs)
        {
            // What is not in this document is not judged.
            Node[] here = [.. needs.Where(_needs.ContainsKey)];
            missing[node] = here.Length;
            foreach (Node need in here)
            {
                NeedsOf(waiting, need).Add(node);
            }

            if (here.Length == 0)
            {
                ready.Enqueue(node);
            }
        }

        while (ready.TryDequeue(out Node started))
        {
            missing.Remove(started);
            foreach (Node node in waiting.GetValueOrDefault(started) ?? [])
            {
                if (--missing[node] == 0)
                {
                    ready.Enqueue(node);
                }
            }
        }

        return [.. missing.Keys];
    }

    private void Add(Group group, string outerId, Node? outer)
    {
        string id = PathId.Absolute(group.Id ?? "", outerId);
        var whole = new Node(Kind.Group, id);
        var gate = new Node(Kind.Gate, id);
        List<Node> gateNeeds = NeedsOf(_needs, gate);
        gateNeeds.AddRange(Named(group.Dependencies, id));
        if (outer is { } outerGate)
        {
            gateNeeds.Add(outerGate);
        }

        List<Node> members = NeedsOf(_needs, whole);
        foreach (App app in group.Apps ?? [])
        {
            var node = new Node(Kind.App, PathId.Absolute(app.Id ?? "", id));
            members.Add(node);
            NeedsOf(_needs, node).AddRange([gate, .. Named(app.Dependencies, id)]);
        }

        foreach (Group inner in group.Groups ?? [])
        {
            // One without a name, or of another group, has been told; here it would go round in itself.
            string innerId = PathId.Absolute(inner.Id ?? "", id);
            if (innerId != id && PathId.Parent(innerId) == id)
            {
                members.Add(new Node(Kind.Group, innerId));
                Add(inner, id, gate);
            }
        }
    }

    // A name may be that of an app, of a group, or of both.
    private static IEnumerable<Node> Named(IReadOnlyList<string>? dependencies, string group)
        => (dependencies ?? [])
            .Select(dependency => PathId.Absolute(dependency, group))
            .SelectMany(static id => new Node[] { new(Kind.App, id), new(Kind.Group, id) });

    private static List<Node> NeedsOf(Dictionary<Node, List<Node>> map, Node node)
    {
        if (!map.TryGetValue(node, out List<Node>? needs))
        {
            map[node] = needs = [];
        }

        return needs;
    }

    private readonly record struct Node(Kind Kind, string Id);
}
