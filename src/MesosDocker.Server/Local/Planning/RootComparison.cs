using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// How one root group differs from another that was made of it. What is the same object is not looked into, so that a change of one app
/// among thousands is found at once.
/// </summary>
internal sealed class RootComparison
{
    private readonly List<App> _apps = [];
    private readonly List<string> _removedApps = [];
    private readonly List<Group> _groups = [];
    private readonly List<string> _removedGroups = [];

    /// <exception cref="RefusedException">An id is there twice.</exception>
    public static RootDelta Of(Group from, Group to)
    {
        var comparison = new RootComparison();
        comparison.Compare(from, to);
        return new RootDelta
        {
            Apps = [.. comparison._apps],
            RemovedApps = [.. comparison._removedApps],
            Groups = [.. comparison._groups],
            RemovedGroups = [.. comparison._removedGroups],
        };
    }

    private void Compare(Group? from, Group to)
    {
        if (ReferenceEquals(from, to))
        {
            return;
        }

        if (!IsSame(from, to))
        {
            _groups.Add(Bare(to));
        }

        Members(from?.Apps, to.Apps, static app => app.Id!, (_, app) => _apps.Add(app), app => _removedApps.Add(app.Id!));
        Members(from?.Groups, to.Groups, static group => group.Id!, Compare, Remove);
    }

    private void Remove(Group group)
    {
        _removedGroups.Add(group.Id!);
        foreach (App app in group.Apps ?? [])
        {
            _removedApps.Add(app.Id!);
        }

        foreach (Group inner in group.Groups ?? [])
        {
            Remove(inner);
        }
    }

    private static void Members<T>(IReadOnlyList<T>? from, IReadOnlyList<T>? to, Func<T, string> id, Action<T?, T> put, Action<T> remove)
        where T : class
    {
        IReadOnlyList<T> old = from ?? [];
        IReadOnlyList<T> now = to ?? [];
        int first = 0;
        while (first < old.Count && first < now.Count && ReferenceEquals(old[first], now[first]))
        {
            first++;
        }

        Dictionary<string, T> left = old.Skip(first).ToDictionary(id, StringComparer.Ordinal);
        HashSet<string> added = new(StringComparer.Ordinal);
        foreach (T member in now.Skip(first))
        {
            bool isKnown = left.Remove(id(member), out T? before);
            Once(isKnown || added.Add(id(member)), id(member));
            if (!ReferenceEquals(before, member))
            {
                put(before, member);
            }
        }

        // What was added may still be among those that nobody touched, or have come a second time.
        if (added.Count > 0)
        {
            foreach (T member in old)
            {
                Once(!added.Contains(id(member)), id(member));
            }
        }

        foreach (T member in left.Values)
        {
            remove(member);
        }
    }

    private static void Once(bool isOnce, string id)
    {
        if (!isOnce)
        {
            throw new RefusedException(Refusal.Invalid, $"'{id}' is there twice.");
        }
    }

    private static Group Bare(Group group) => group with
    {
        Apps = null,
        Groups = null,
        Version = null,
        Pods = null,
        Dependencies = group.Dependencies?.Select(id => PathId.Absolute(id, group.Id!)).ToArray() ?? [],
    };

    private static bool IsSame(Group? before, Group after)
        => before is not null
            && (before.Dependencies ?? []).SequenceEqual(after.Dependencies ?? [])
            && before.EnforceRole == after.EnforceRole
            && ReferenceEquals(before.Other, after.Other);
}
