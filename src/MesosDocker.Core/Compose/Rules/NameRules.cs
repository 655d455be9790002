using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Everything that a service names is there.</summary>
internal sealed class NameRules(ComposeProject project)
{
    public void Check(ComposeService service, SourceMap said, FieldPath path)
    {
        foreach (string network in service.Networks.Keys)
        {
            Need(network, project.Networks.Keys, "network", "networks", said, path);
        }

        foreach (ComposeMount mount in service.Volumes.Where(static mount => mount is { Kind: ComposeMountKind.Volume, Source: not null }))
        {
            Need(mount.Source!, project.Volumes.Keys, "volume", "volumes", said, path);
        }

        foreach (string secret in service.Secrets.Select(static secret => secret.Source))
        {
            Need(secret, project.Secrets.Keys, "secret", "secrets", said, path);
        }

        foreach (string secret in service.Build?.Secrets ?? [])
        {
            Need(secret, project.Secrets.Keys, "secret", "build", said, path);
        }

        foreach (string config in service.Configs.Select(static config => config.Source))
        {
            Need(config, project.Configs.Keys, "config", "configs", said, path);
        }

        IEnumerable<string> models = new CanonicalMap(project.Document).Fields("models").Select(static field => field.Name);
        foreach (SourceField model in new CanonicalMap(said).Fields("models"))
        {
            Need(model.Name, models, "model", "models", said, path);
        }

        CheckServices(service, said, path);
    }

    private void CheckServices(ComposeService service, SourceMap said, FieldPath path)
    {
        foreach ((string name, ComposeDependency dependency) in service.DependsOn)
        {
            if (project.Services.ContainsKey(name))
            {
                continue;
            }

            (string key, Mark mark) = WhereSaid(name, dependency, said);
            if (!project.InactiveServices.TryGetValue(name, out IReadOnlyList<string>? profiles))
            {
                throw path[key].Refuse(mark, $"names the service '{Printable.Of(name, 60)}', and there is no such service{Near(name, project.Services.Keys.Concat(project.InactiveServices.Keys))}");
            }

            if (dependency.IsRequired)
            {
                throw path[key].Refuse(
                    mark, $"needs the service '{Printable.Of(name, 60)}', which is not active; it is with {(profiles.Count > 1 ? "one of the profiles" : "the profile")} {string.Join(", ", profiles)}");
            }
        }

        foreach ((string _, string? context) in new CanonicalMap(said).Map("build").Pairs("additional_contexts"))
        {
            if (ReferenceText.ServiceOf(context) is { } name && !project.Services.ContainsKey(name))
            {
                throw path["build"]["additional_contexts"].Refuse(
                    said["build"]!.Mark, $"names the service '{Printable.Of(name, 60)}', and there is no such service{Near(name, project.Services.Keys)}");
            }
        }
    }

    private static (string Key, Mark Mark) WhereSaid(string name, ComposeDependency dependency, SourceMap said)
    {
        if (!dependency.IsImplied)
        {
            return ("depends_on", new CanonicalMap(said).Fields("depends_on").First(field => field.Name == name).Mark);
        }

        string reference = ReferenceText.ServicePrefix + name;
        string key = ((string[])["network_mode", "ipc", "pid", "uts"]).FirstOrDefault(key => said[key] is SourceScalar mode && mode.Value == reference)
            ?? (new CanonicalMap(said).Texts("links").Any(link => ReferenceText.ServiceOfLink(link) == name) ? "links" : "volumes_from");
        return (key, said[key]!.Mark);
    }

    private static void Need(string name, IEnumerable<string> there, string kind, string key, SourceMap said, FieldPath path)
    {
        if (!there.Contains(name))
        {
            string section = key == "build" ? "secrets" : key;
            throw path[key].Refuse(
                said[key]!.Mark, $"names the {kind} '{Printable.Of(name, 60)}', which the top-level {section} have not{Near(name, there)}");
        }
    }

    private static string Near(string name, IEnumerable<string> there) => NearestName.Of(name, there) is { } near ? $"; did you mean '{near}'" : "";
}
