namespace MesosDocker.Local;

/// <summary>Versions of apps that are kept.</summary>
internal static class AppVersions
{
    public static Marathon.App? Find(ClusterState state, string id, string version)
        => state.Versions.GetValueOrDefault(id)?.LastOrDefault(app => VersionNames.AreSame(app.Version, version));

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<string> Of(ClusterState state, string id)
        => [.. (state.Versions.GetValueOrDefault(id) ?? []).Reverse().Select(static app => app.Version!)];
}
