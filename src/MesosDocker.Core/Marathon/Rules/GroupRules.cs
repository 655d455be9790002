using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>Groups, and everything in them.</summary>
internal static class GroupRules
{
    public static void Check(JsonElement json, MarathonSettings? settings, Findings found)
    {
        GroupShapes.Group.Check(json, Place.Root, found);
        if (found.IsUnreadable)
        {
            return;
        }

        Group group = json.Deserialize(MarathonJson.Default.Group)!;
        Check(group, "/", Place.Root, found);
        CheckApps(group, Place.Root, settings, found);
        CheckCircles(group, found);
    }

    private static void Check(Group group, string outer, Place at, Findings found)
    {
        string id = PathId.Absolute(group.Id ?? "", outer);
        CheckAlone(group, at, found);
        found.ErrorIf(PathId.Segments(group.Id ?? "") is [.., "restart" or "tasks" or "versions"], at["id"], $"must not end with one of {PathId.Reserved}.");
        IdRules.CheckDependencies(group.Dependencies, at["dependencies"], found);
        found.ErrorIf(
            group.EnforceRole == true && !PathId.IsTopLevel(id),
            at["enforceRole"],
            $"is for groups directly below '/', and {id} is not one.");
        CheckIds(group, id, at, found);

        for (int i = 0; i < (group.Groups?.Count ?? 0); i++)
        {
            Group inner = group.Groups![i];
            Place inside = at["groups"][i];
            found.ErrorIf(inner.Id is null, inside["id"], "is missing.");
            found.ErrorIf(
                inner.Id is not null && PathId.Parent(PathId.Absolute(inner.Id, id)) != id,
                inside["id"],
                $"must be a group directly inside {id}.");
            Check(inner, id, inside, found);
        }
    }

    private static void CheckAlone(Group group, Place at, Findings found)
    {
        int others = new object?[] { group.Id, group.Apps, group.Groups, group.Dependencies, group.EnforceRole }.Count(static field => field is not null);
        found.ErrorIf(
            group.ScaleBy is not null && (others > 0 || group.Version is not null),
            at["scaleBy"],
            "multiplies the instances of what is there, and must stand alone.");

        // A server's answer has a version, too; sent back as it is, it would be refused.
        found.WarningIf(
            group.Version is not null && others > 0,
            at["version"],
            "alone goes back to that version; beside other fields Marathon refuses it.");
    }

    private static void CheckIds(Group group, string id, Place at, Findings found)
    {
        HashSet<string> seen = [];
        for (int i = 0; i < (group.Apps?.Count ?? 0); i++)
        {
            string? said = group.Apps![i].Id;
            if (said is null)
            {
                continue;
            }

            string app = PathId.Absolute(said, id);
            found.ErrorIf(PathId.Parent(app) != id, at["apps"][i]["id"], $"must be an app directly inside {id}.");
            found.ErrorIf(!seen.Add(app), at["apps"][i]["id"], $"is there twice: {app}.");
        }
    }

    private static void CheckApps(Group group, Place at, MarathonSettings? settings, Findings found)
    {
        for (int i = 0; i < (group.Apps?.Count ?? 0); i++)
        {
            AppRules.Check(group.Apps![i], at["apps"][i], settings, found);
        }

        for (int i = 0; i < (group.Groups?.Count ?? 0); i++)
        {
            CheckApps(group.Groups![i], at["groups"][i], settings, found);
        }
    }

    private static void CheckCircles(Group root, Findings found)
    {
        if (DependencyGraph.Of(root).FindCircle() is { } circle)
        {
            found.Error(Place.Root, $"dependencies must not form a circle: {string.Join(" → ", circle)}.");
        }
    }
}
