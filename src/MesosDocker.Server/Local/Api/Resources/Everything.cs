namespace MesosDocker.Local;

/// <summary>Ids that mean all apps of a group: <c>/shop/*</c>.</summary>
internal static class Everything
{
    /// <returns>The group; null if it is an id like any other.</returns>
    public static string? Below(string id)
        => id == "/*" ? RootGroup.RootId : id.EndsWith("/*", StringComparison.Ordinal) ? id[..^2] : null;
}
