using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>A root group of before, told by how it differs from the one after it.</summary>
/// <param name="Delta">But for apps in <paramref name="Known"/>.</param>
/// <param name="Known">Apps that are among the versions that are kept.</param>
internal sealed record KeptRoot(string Version, RootDelta Delta, ImmutableArray<KeptRoot.AppName> Known)
{
    internal sealed record AppName(string Id, string Version);

    /// <summary>The newest first.</summary>
    public static IEnumerable<KeptRoot> Of(ClusterState state)
    {
        Group after = state.Root;
        foreach (Group root in state.EarlierRoots.Reverse())
        {
            var delta = RootDelta.Between(after, root);
            ILookup<bool, App> apps = delta.Apps.ToLookup(app => ReferenceEquals(JournalFold.Version(state, app.Id!, app.Version!), app));
            yield return new KeptRoot(
                root.Version!, delta with { Apps = [.. apps[false]] }, [.. apps[true].Select(static app => new AppName(app.Id!, app.Version!))]);
            after = root;
        }
    }

    /// <param name="state">With its root group and the versions of its apps.</param>
    /// <returns>The oldest first.</returns>
    public static ImmutableList<Group> ToRoots(ClusterState state, ImmutableArray<KeptRoot> kept)
    {
        Group root = state.Root;
        List<Group> roots = [];
        foreach (KeptRoot earlier in kept)
        {
            IEnumerable<App> known = earlier.Known.Select(name => JournalFold.Version(state, name.Id, name.Version)).OfType<App>();
            root = (earlier.Delta with { Apps = [.. earlier.Delta.Apps, .. known] }).Apply(root, earlier.Version);
            roots.Add(root);
        }

        roots.Reverse();
        return [.. roots];
    }
}
