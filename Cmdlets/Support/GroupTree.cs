using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Groups that lie in one another.</summary>
internal static class GroupTree
{
    /// <summary>The group itself, and all in it.</summary>
    public static IEnumerable<Group> All(Group group) => (group.Groups ?? []).SelectMany(All).Prepend(group);

    /// <summary>All apps, however deep, with their ids from the root on.</summary>
    public static IEnumerable<App> Apps(Group group, string around = "")
    {
        string id = Below(group.Id, around);
        return (group.Apps ?? []).Select(app => app with { Id = Below(app.Id, id) })
            .Concat((group.Groups ?? []).SelectMany(inner => Apps(inner, id)));
    }

    private static string Below(string? id, string around)
        => id is null or "" or "/" ? around : id.StartsWith('/') ? id : $"{around}/{id}";
}
