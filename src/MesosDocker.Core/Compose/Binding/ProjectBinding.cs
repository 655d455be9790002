using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Makes the typed project of a canonical document.</summary>
internal static class ProjectBinding
{
    // The project has its name by itself, what it includes has been brought in, and the version says nothing.
    private static readonly string[] s_leftOut = ["name", "include", "version"];

    public static ComposeProject Bind(string name, SourceMap tree, IReadOnlyList<string> profiles, Scope scope)
    {
        IReadOnlyList<SourceField> said = new CanonicalMap(tree).Fields("services");
        OrderedDictionary<string, IReadOnlyList<string>> inactive = [];
        HashSet<string> active = new(StringComparer.Ordinal);
        foreach (SourceField field in said)
        {
            if (ActiveServices.IsActive((SourceMap)field.Value, profiles))
            {
                active.Add(field.Name);
            }
            else
            {
                inactive[field.Name] = ActiveServices.Of((SourceMap)field.Value);
            }
        }

        OrderedDictionary<string, ComposeService> services = new(active.Count);
        List<SourceField> whole = new(active.Count);
        foreach (SourceField field in said.Where(field => active.Contains(field.Name)))
        {
            SourceMap service = ServiceFiles.Resolve((SourceMap)field.Value, FieldPath.Root["services"][field.Name], scope);
            SourceMap document = WholeService.Make(service, active.Contains);
            whole.Add(field with { Value = document });
            services[field.Name] = ServiceBinding.Bind(field.Name, service, document);
        }

        var definitions = new DefinitionBinding(name);
        var project = new ComposeProject
        {
            Name = name,
            Directory = scope.Directory,
            Files = scope.State.Files,
            Services = services,
            InactiveServices = inactive,
            Networks = definitions.Networks(tree, services.Values.Any(static service => service.Networks.ContainsKey(NetworkBinding.Default))),
            Volumes = definitions.Volumes(tree),
            Secrets = definitions.Files(tree, "secrets"),
            Configs = definitions.Files(tree, "configs"),
            Warnings = scope.State.Warnings,
            Document = Document(tree, whole),
        };
        ProjectRules.Check(project, tree, scope.State);
        return project;
    }

    private static SourceMap Document(SourceMap tree, IReadOnlyList<SourceField> services)
    {
        SourceMap rest = new(tree.Mark, [.. tree.Fields.Where(static field => !s_leftOut.Contains(field.Name))]);
        return rest.With("services", new SourceMap(tree.Mark, services));
    }
}
