using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Versions of a group: those of the whole, as in Marathon, in which it is there. It need not be there any more.</summary>
internal static class GroupVersions
{
    /// <summary>The newest first; none: there never was such a group, as far as is remembered.</summary>
    public static IReadOnlyList<string> Of(ClusterState state, string id)
        => [.. Roots(state).Where(root => RootGroup.Find(root, id) is not null).Select(static root => root.Version!).Distinct()];

    /// <summary>The group as it was, with everything in it.</summary>
    /// <param name="version">One of the whole, or the group's own.</param>
    public static Group? At(ClusterState state, string id, string version)
    {
        Group? whole = Roots(state).FirstOrDefault(root => VersionNames.AreSame(root.Version, version));
        return (whole is null ? null : RootGroup.Find(whole, id))
            ?? Roots(state).Select(root => RootGroup.Find(root, id)).FirstOrDefault(group => VersionNames.AreSame(group?.Version, version));
    }

    private static IEnumerable<Group> Roots(ClusterState state) => state.EarlierRoots.Reverse().Prepend(state.Root);
}
