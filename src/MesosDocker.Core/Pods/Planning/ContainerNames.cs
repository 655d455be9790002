using MesosDocker.Compose;

namespace MesosDocker.Pods;

/// <summary>The containers to which a project gives names, and what they are called in a pod.</summary>
internal sealed class ContainerNames
{
    private readonly Dictionary<string, string> _names = [];

    public static ContainerNames Of(ComposeProject project, string pod)
    {
        var names = new ContainerNames();
        foreach (ComposeService service in project.Services.Values)
        {
            if (service.ContainerName is { } name)
            {
                names._names[name] = $"{pod}_{name}";
            }
        }

        return names;
    }

    /// <summary>Null: it is none of the project's.</summary>
    public string? Find(string name) => _names.GetValueOrDefault(name);
}
