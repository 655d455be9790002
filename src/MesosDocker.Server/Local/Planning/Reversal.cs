using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>The change that takes back what a deployment changed, and nothing that others did meanwhile.</summary>
internal static class Reversal
{
    public static ClusterChange Of(RunningDeployment deployment)
    {
        RootDelta back = RootDelta.Between(deployment.Target, deployment.Original);
        return new ClusterChange((state, version) => Apply(back, state.Root, version))
        {
            Restored = back.Apps.ToImmutableDictionary(static app => app.Id!),
        };
    }

    private static Group Apply(RootDelta back, Group root, string version)
    {
        // A group that came with it stays if it is in use by now.
        GroupTree now = GroupTree.Of(root);
        HashSet<string> apps = [.. back.RemovedApps];
        HashSet<string> used = [];
        foreach (string id in now.Apps.Keys.Where(id => !apps.Contains(id)).Concat(back.Apps.Select(static app => app.Id!)))
        {
            string group = id;
            do
            {
                group = PathId.Parent(group);
            }
            while (used.Add(group) && group != "/");
        }

        return (back with
        {
            RemovedApps = [.. back.RemovedApps.Where(now.Apps.ContainsKey)],
            RemovedGroups = [.. back.RemovedGroups.Where(id => now.Groups.ContainsKey(id) && !used.Contains(id))],
            Groups = [.. back.Groups, .. MissingGroups(back, now, used)],
        }).Apply(root, version);
    }

    // One that went meanwhile is made again where an app comes back into it.
    private static IEnumerable<Group> MissingGroups(RootDelta back, GroupTree now, HashSet<string> used)
        => used.Where(id => !now.Groups.ContainsKey(id) && back.Groups.All(group => group.Id != id)).Select(static id => new Group { Id = id });
}
