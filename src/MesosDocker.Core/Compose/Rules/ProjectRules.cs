using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>What the parts of a project mean together (compose-go, its checks of consistency; docker-compose 1.29 where it asks for more).</summary>
internal static class ProjectRules
{
    /// <param name="tree">The canonical document, with what its own <see cref="ComposeProject.Document"/> leaves out.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static void Check(ComposeProject project, SourceMap tree, ReadingState state)
    {
        DefinitionRules.Check(tree, state);
        var services = (SourceMap?)tree["services"];
        var names = new NameRules(project);
        foreach (SourceField field in services?.Fields ?? [])
        {
            if (project.Services.TryGetValue(field.Name, out ComposeService? service))
            {
                FieldPath path = FieldPath.Root["services"][field.Name];
                var said = (SourceMap)field.Value;
                ServiceRules.Check(service, said, path, state);
                ResourceRules.Check(service, said, path, state);
                MountRules.Check(service, said, path);
                names.Check(service, said, path);
            }
        }

        DependencyCycle.Refuse(project);
    }
}
