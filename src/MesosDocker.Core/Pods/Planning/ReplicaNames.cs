using System.Globalization;
using MesosDocker.Compose;

namespace MesosDocker.Pods;

/// <summary>
/// The services that a service becomes. Compose gives all replicas of a service the same ports, of which only the first can have them; so each
/// replica of a service that publishes ports becomes a service of its own. All others stay one.
/// </summary>
internal sealed class ReplicaNames
{
    private const int MostReplicas = 1000;

    private readonly Dictionary<string, IReadOnlyList<string>> _names = [];

    /// <summary>In their order, the first being the service itself. A service that is not there (any more) has its name alone.</summary>
    public IReadOnlyList<string> this[string service] => _names.TryGetValue(service, out IReadOnlyList<string>? names) ? names : [service];

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: they are too many.</exception>
    public static ReplicaNames Of(ComposeProject project)
    {
        var replicas = new ReplicaNames();
        HashSet<string> taken = [.. project.Services.Keys, .. project.InactiveServices.Keys];
        foreach (ComposeService service in project.Services.Values.Where(static service => service.Replicas > 1 && ServicePorts.ArePublished(service)))
        {
            if (service.Replicas > MostReplicas)
            {
                throw new MesosDockerException(
                    Fault.DefinitionInvalid,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The service '{service.Name}' has {service.Replicas} replicas with published ports; a pod may have {MostReplicas} of them."));
            }

            var names = new List<string> { service.Name };
            for (int number = 2; names.Count < service.Replicas; number++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{service.Name}-{number}");
                if (taken.Add(name))
                {
                    names.Add(name);
                }
            }

            replicas._names[service.Name] = names;
        }

        return replicas;
    }
}
