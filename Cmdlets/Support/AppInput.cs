using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>The apps that something from the pipeline means.</summary>
internal static class AppInput
{
    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/>: it means none.</exception>
    public static IEnumerable<App> Of(PSObject? input) => input?.BaseObject switch
    {
        App app => [Named(app)],
        AppChange change => [Named(change.App)],
        AppVersion { Definition: { } definition } => [Named(definition)],
        Group group => GroupTree.Apps(group),
        Pod pod => throw new MesosDockerException(
            Fault.UsageInvalid,
            $"'{pod.Id}' is a pod of Marathon, and apps are needed here. Send it to Marathon's /v2/pods as JSON (its ToJson), or convert its project with -As Pod or -As Group."),
        null => throw new MesosDockerException(Fault.UsageInvalid, "Nothing was given where an app is needed."),
        var other => throw new MesosDockerException(
            Fault.UsageInvalid, $"A {other.GetType().Name} is no app. Give what New-MesosDockerApp or Import-MesosDockerApp puts out."),
    };

    private static App Named(App app) => app.Id is { Length: > 0 } id
        ? app with { Id = AppPatterns.Absolute(id) }
        : throw new MesosDockerException(Fault.DefinitionInvalid, "The app has no id; give it one (New-MesosDockerApp -Id).");
}
