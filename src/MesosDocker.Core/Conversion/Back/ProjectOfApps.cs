using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>Apps of Marathon as a compose file, each of them a service. docs/conversion.md has the table of what becomes what.</summary>
internal static class ProjectOfApps
{
    private const string Nameless = "apps";

    /// <param name="group">In which the apps are.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: one of them is no container of Docker; <see cref="Fault.UsageInvalid"/>:
    /// the name is none for a project.</exception>
    public static Converted<ProjectDraft> Of(string group, IReadOnlyList<App> apps, string? projectName)
    {
        foreach (App app in apps)
        {
            Refuse(app);
        }

        string name = projectName ?? NameOf(group, apps);
        var project = new ProjectDraft(ProjectDraft.CheckedName(name));
        var names = new RunningNames(group, name, apps);
        return new Converted<ProjectDraft>(project, [.. apps.SelectMany(app => ServiceOfApp.Add(project, names[app.Id!], app, names))]);
    }

    /// <summary>All apps of a group and of the groups in it; what a group needs, each of its apps does.</summary>
    public static IReadOnlyList<App> AppsOf(Group group, string around = "/", IReadOnlyList<string>? needed = null)
    {
        string id = PathId.Absolute(group.Id ?? "", around);
        string[] all = [.. needed ?? [], .. (group.Dependencies ?? []).Select(one => PathId.Absolute(one, id))];
        return
        [
            .. (group.Apps ?? []).Select(app => app with
            {
                Id = PathId.Absolute(app.Id ?? "", id),
                Dependencies = all.Length == 0 ? app.Dependencies : [.. app.Dependencies ?? [], .. all],
            }),
            .. (group.Groups ?? []).SelectMany(inner => AppsOf(inner, id, all)),
        ];
    }

    /// <summary>What groups say themselves, beside their apps.</summary>
    public static IReadOnlyList<ConversionLoss> LossesOf(Group group)
    {
        string id = group.Id ?? "/";
        var keys = new KeyLedger((SourceMap)JsonDocuments.Read(group.ToJson(), id), service: null, id);
        keys.Carry("id", "apps", "groups", "dependencies", "version");
        if (group.EnforceRole == false)
        {
            keys.Carry("enforceRole");
        }

        return [.. keys.Close(ReturnReasons.OfGroups), .. (group.Groups ?? []).SelectMany(LossesOf)];
    }

    private static string NameOf(string group, IReadOnlyList<App> apps)
        => PathId.Segments(group) is [.., var last] ? AppNames.Of(last)
            : apps is [var only] ? AppNames.Of(PathId.Segments(only.Id!)[^1])
            : Nameless;

    private static void Refuse(App app)
    {
        bool isContainer = app.Container?.Docker?.Image is { Length: > 0 } || LegacyContainer.Of(app) is not null;
        if (PathId.Segments(app.Id ?? "").Count == 0)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, "An app has no id, and a service needs a name: give it one (New-MesosDockerApp -Id).");
        }

        if (!isContainer)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"'{Printable.Of(app.Id!, 80)}' runs no image, and services of compose are containers: give it one (New-MesosDockerApp -Image), or leave it out.");
        }
    }
}
