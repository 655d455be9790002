using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>
/// Definitions as whoever reads them from JSON gets them. What a collection expression makes of a read-only list has neither an indexer nor a
/// Count that PowerShell finds; a list that is read has both.
/// </summary>
internal static class PlainLists
{
    public static App Of(App app) => App.FromJson(app.ToJson());

    public static Group Of(Group group) => Group.FromJson(group.ToJson());

    public static Pod Of(Pod pod) => Pod.FromJson(pod.ToJson());
}
