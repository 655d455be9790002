using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>In which order apps start: how long the longest way is from an app to one that needs nothing.</summary>
/// <remarks>
/// Apps in a group need what the group needs, and so do those of groups in it; a group is there when everything in it is. No recursion:
/// a way may be as long as there are apps.
/// </remarks>
internal sealed class DependencyLevels(GroupTree tree)
{
    private readonly Dictionary<Node, int?> _levels = [];

    private enum Kind
    {
        App,
        Group,

        /// <summary>What everything in a group waits for.</summary>
        Gate,
    }

    /// <summary>1: it needs nothing.</summary>
    /// <exception cref="RefusedException">It needs itself.</exception>
    public int Of(string appId)
    {
        var start = new Node(Kind.App, appId);
        Stack<Node> path = [];
        path.Push(start);
        while (path.TryPeek(out Node node))
        {
            if (_levels.GetValueOrDefault(node) is not null)
            {
                path.Pop();
                continue;
            }

            bool isBack = !_levels.TryAdd(node, null);
            Node[] needs = [.. Needs(node)];
            Node[] open = [.. needs.Where(need => _levels.GetValueOrDefault(need) is null)];
            if (open.Length == 0)
            {
                int longest = needs.Select(need => _levels[need]!.Value).DefaultIfEmpty(0).Max();
                _levels[node] = node.Kind == Kind.App ? longest + 1 : longest;
                path.Pop();
            }
            else if (isBack)
            {
                throw new RefusedException(Refusal.Invalid, $"Dependencies must not form a circle, and {open[0].Id} needs itself.");
            }
            else
            {
                foreach (Node need in open)
                {
                    // One that waits further down has been met on the way here.
                    path.Push(_levels.ContainsKey(need) ? throw Circle(need) : need);
                }
            }
        }

        return _levels[start]!.Value;
    }

    private static RefusedException Circle(Node node)
        => new(Refusal.Invalid, $"Dependencies must not form a circle, and {node.Id} needs itself.");

    private IEnumerable<Node> Needs(Node node) => node.Kind switch
    {
        Kind.App => Named(tree.App(node.Id)!.Dependencies, PathId.Parent(node.Id)).Append(new Node(Kind.Gate, PathId.Parent(node.Id))),
        Kind.Gate when node.Id == "/" => Named(tree.Root.Dependencies, "/"),
        Kind.Gate => Named(tree.Group(node.Id)!.Dependencies, node.Id).Append(new Node(Kind.Gate, PathId.Parent(node.Id))),
        _ => Members(tree.Group(node.Id)!),
    };

    private static IEnumerable<Node> Members(Group group)
        => (group.Apps ?? []).Select(static app => new Node(Kind.App, app.Id!))
            .Concat((group.Groups ?? []).Select(static inner => new Node(Kind.Group, inner.Id!)));

    // A name may be that of an app, of a group, or of both; of what is not there, nothing is waited for.
    private IEnumerable<Node> Named(IReadOnlyList<string>? dependencies, string group)
        => (dependencies ?? [])
            .Select(id => PathId.Absolute(id, group))
            .SelectMany(static id => new Node[] { new(Kind.App, id), new(Kind.Group, id) })
            .Where(node => (node.Kind == Kind.App ? tree.App(node.Id) : (object?)tree.Group(node.Id)) is not null);

    private readonly record struct Node(Kind Kind, string Id);
}
