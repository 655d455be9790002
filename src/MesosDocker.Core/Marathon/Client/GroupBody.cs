namespace MesosDocker.Marathon;

/// <summary>Groups as they are sent: without what only a server says.</summary>
internal static class GroupBody
{
    /// <summary>A version that is said with nothing but the id is a wish: go back to it.</summary>
    public static Group Of(Group group)
        => group with
        {
            Apps = group.Apps?.Select(AppBody.Of).ToArray(),
            Groups = group.Groups?.Select(Of).ToArray(),
            Pods = null,
            Version = group is { Apps: null, Groups: null } ? group.Version : null,
        };

    /// <summary>All apps in it, however deep, with their ids from the root on.</summary>
    public static IEnumerable<App> Apps(Group group, string around = "/")
    {
        string id = PathId.Absolute(group.Id ?? "", around);
        return (group.Apps ?? []).Select(app => app with { Id = PathId.Absolute(app.Id ?? "", id) })
            .Concat((group.Groups ?? []).SelectMany(inner => Apps(inner, id)));
    }
}
