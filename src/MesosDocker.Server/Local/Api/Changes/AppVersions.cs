using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Versions that are kept: of apps as they are, of groups as what their apps were then.</summary>
internal static class AppVersions
{
    public static App? Find(ClusterState state, string id, string version)
        => state.Versions.GetValueOrDefault(id)?.LastOrDefault(app => VersionNames.AreSame(app.Version, version));

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<string> Of(ClusterState state, string id)
        => [.. (state.Versions.GetValueOrDefault(id) ?? []).Reverse().Select(static app => app.Version!)];

    /// <summary>Moments at which an app of the group changed, and that of the group itself; the newest first.</summary>
    public static IReadOnlyList<string> OfGroup(ClusterState state, Group group)
        => [.. RootGroup.AppsOf(group)
            .SelectMany(app => Of(state, app.Id!))
            .Append(group.Version)
            .OfType<string>()
            .Distinct()
            .OrderDescending(StringComparer.Ordinal)];

    /// <summary>
    /// The group with its apps as they were: each in its last version up to then. An app that is younger was not there; one that has been
    /// removed is forgotten.
    /// </summary>
    public static Group At(ClusterState state, Group group, DateTimeOffset moment) => group with
    {
        Apps = [.. (group.Apps ?? []).Select(app => Last(state.Versions.GetValueOrDefault(app.Id!) ?? [], moment)).OfType<App>()],
        Groups = [.. (group.Groups ?? []).Select(inner => At(state, inner, moment))],
        Version = Moments.Text(moment),
    };

    private static App? Last(ImmutableList<App> versions, DateTimeOffset moment)
        => versions.LastOrDefault(app => Moments.Read(app.Version) is { } at && at <= moment);
}
