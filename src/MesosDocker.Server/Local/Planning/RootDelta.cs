using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What makes one root group of another, as it is written down: a change of one app among thousands is as small as that app.</summary>
internal sealed record RootDelta
{
    /// <summary>New apps, and those that changed.</summary>
    public ImmutableArray<App> Apps { get; init; } = [];

    public ImmutableArray<string> RemovedApps { get; init; } = [];

    /// <summary>New groups, and those of which more changed than what is in them; without what is in them.</summary>
    public ImmutableArray<Group> Groups { get; init; } = [];

    public ImmutableArray<string> RemovedGroups { get; init; } = [];

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEmpty => Apps.IsEmpty && RemovedApps.IsEmpty && Groups.IsEmpty && RemovedGroups.IsEmpty;

    /// <exception cref="RefusedException">An id is there twice.</exception>
    public static RootDelta Between(Group from, Group to) => RootComparison.Of(from, to);

    /// <param name="version">What the groups on the way to a change get.</param>
    public Group Apply(Group root, string version) => IsEmpty ? root : new Rebuilding(this, version).Rebuild(root);

    /// <summary>The innermost group that everything is in.</summary>
    public string Place()
    {
        IEnumerable<string> ids = Apps.Select(static app => PathId.Parent(app.Id!))
            .Concat(RemovedApps.Select(PathId.Parent))
            .Concat(Groups.Select(static group => group.Id!))
            .Concat(RemovedGroups.Select(PathId.Parent));
        return ids.Aggregate(static (one, other) => one == other ? one : Common(one, other));
    }

    private static string Common(string one, string other)
    {
        IReadOnlyList<string> path = PathId.Segments(one);
        IReadOnlyList<string> second = PathId.Segments(other);
        return "/" + string.Join('/', path.TakeWhile((segment, i) => i < second.Count && second[i] == segment));
    }

    /// <summary>Only groups on the way to a change are made anew.</summary>
    private sealed class Rebuilding
    {
        private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
        private readonly HashSet<string> _removed;
        private readonly Dictionary<string, Group> _groups;
        private readonly ILookup<string, Group> _groupsIn;
        private readonly ILookup<string, App> _appsIn;
        private readonly string _version;

        public Rebuilding(RootDelta delta, string version)
        {
            _version = version;
            _removed = [.. delta.RemovedApps, .. delta.RemovedGroups];
            _groups = delta.Groups.ToDictionary(static group => group.Id!, StringComparer.Ordinal);
            _groupsIn = delta.Groups.Where(static group => group.Id != "/").ToLookup(static group => PathId.Parent(group.Id!));
            _appsIn = delta.Apps.ToLookup(static app => PathId.Parent(app.Id!));
            foreach (string id in delta.RemovedApps.Concat(delta.RemovedGroups).Select(PathId.Parent)
                .Concat(delta.Apps.Select(static app => PathId.Parent(app.Id!)))
                .Concat(delta.Groups.Select(static group => group.Id!)))
            {
                Touch(id);
            }
        }

        public Group Rebuild(Group group)
        {
            string id = group.Id!;
            if (!_touched.Contains(id))
            {
                return group;
            }

            Group bare = _groups.GetValueOrDefault(id) ?? group;
            return bare with
            {
                Apps = Members(group.Apps, _appsIn[id], static app => app.Id!, static (_, changed) => changed, static app => app),
                Groups = Members(group.Groups, _groupsIn[id], static inner => inner.Id!, static (old, _) => old, Rebuild),
                Version = _version,
            };
        }

        private void Touch(string id)
        {
            while (_touched.Add(id) && id != "/")
            {
                id = PathId.Parent(id);
            }
        }

        // Everything stays in its place; what is new comes last.
        private T[] Members<T>(IReadOnlyList<T>? old, IEnumerable<T> put, Func<T, string> id, Func<T, T, T> choose, Func<T, T> finish)
            where T : class
        {
            Dictionary<string, T> left = put.ToDictionary(id, StringComparer.Ordinal);
            List<T> members = new((old?.Count ?? 0) + left.Count);
            foreach (T member in old ?? [])
            {
                bool isPut = left.Remove(id(member), out T? changed);
                if (isPut || !_removed.Contains(id(member)))
                {
                    members.Add(finish(isPut ? choose(member, changed!) : member));
                }
            }

            // In the order in which they were put.
            members.AddRange(put.Where(member => left.ContainsKey(id(member))).Select(finish));
            return [.. members];
        }
    }
}
