using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>The tree of groups: looking things up in it, and making another one of it. Every id is written from the root on.</summary>
internal static class RootGroup
{
    public const string RootId = "/";

    public static Group Empty(string id, string version) => new() { Id = id, Apps = [], Groups = [], Dependencies = [], Version = version };

    public static Group? Find(Group root, string id)
    {
        Group? at = root;
        foreach (string step in Way(id))
        {
            at = at?.Groups?.FirstOrDefault(inner => inner.Id == step);
        }

        return at;
    }

    public static App? FindApp(Group root, string id)
        => id == RootId ? null : Find(root, PathId.Parent(id))?.Apps?.FirstOrDefault(app => app.Id == id);

    /// <summary>Those of the group and of all groups in it.</summary>
    public static IEnumerable<App> AppsOf(Group group)
        => (group.Apps ?? []).Concat((group.Groups ?? []).SelectMany(AppsOf));

    public static IEnumerable<Group> GroupsOf(Group group)
        => (group.Groups ?? []).SelectMany(GroupsOf).Prepend(group);

    /// <summary>Takes the place of the app or group of its id; groups that are missing above it are made.</summary>
    public static Group Put(Group root, App app, string version)
        => Edit(root, PathId.Parent(app.Id!), version, group => group with
        {
            Apps = FindIndex(group.Apps, old => old.Id == app.Id) is { } place
                ? [.. group.Apps!.Take(place), app, .. group.Apps!.Skip(place + 1)]
                : [.. group.Apps ?? [], app],
        });

    /// <inheritdoc cref="Put(Group, App, string)"/>
    public static Group Put(Group root, Group group, string version) => Edit(root, group.Id!, version, _ => group);

    public static Group RemoveApp(Group root, string id, string version)
        => Edit(root, PathId.Parent(id), version, group => group with { Apps = [.. (group.Apps ?? []).Where(app => app.Id != id)] });

    public static Group RemoveGroup(Group root, string id, string version) => id == RootId
        ? Empty(RootId, version)
        : Edit(root, PathId.Parent(id), version, group => group with { Groups = [.. (group.Groups ?? []).Where(inner => inner.Id != id)] });

    /// <summary>Each app of the group and of those in it, changed. What stays the same object is not changed.</summary>
    public static Group MapApps(Group group, string version, Func<App, App> change)
    {
        App[] apps = [.. (group.Apps ?? []).Select(change)];
        Group[] groups = [.. (group.Groups ?? []).Select(inner => MapApps(inner, version, change))];
        bool isSame = apps.SequenceEqual(group.Apps ?? [], ReferenceEqualityComparer.Instance)
            && groups.SequenceEqual(group.Groups ?? [], ReferenceEqualityComparer.Instance);
        return isSame ? group : group with { Apps = apps, Groups = groups, Version = version };
    }

    private static Group Edit(Group at, string id, string version, Func<Group, Group> change)
    {
        if (at.Id == id)
        {
            return change(at) with { Version = version };
        }

        string step = Way(id).First(way => PathId.Parent(way) == at.Id);
        IReadOnlyList<Group> groups = at.Groups ?? [];
        int place = FindIndex(groups, inner => inner.Id == step) ?? groups.Count;
        Group old = place < groups.Count ? groups[place] : Empty(step, version);
        return at with
        {
            Groups = [.. groups.Take(place), Edit(old, id, version, change), .. groups.Skip(place + 1)],
            Version = version,
        };
    }

    private static int? FindIndex<T>(IReadOnlyList<T>? items, Func<T, bool> matches)
    {
        for (int i = 0; i < (items?.Count ?? 0); i++)
        {
            if (matches(items![i]))
            {
                return i;
            }
        }

        return null;
    }

    // Of /a/b/c: /a, /a/b, /a/b/c.
    private static IEnumerable<string> Way(string id)
    {
        string way = "";
        foreach (string segment in PathId.Segments(id))
        {
            way += "/" + segment;
            yield return way;
        }
    }
}
