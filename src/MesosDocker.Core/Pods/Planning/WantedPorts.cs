using MesosDocker.Compose;

namespace MesosDocker.Pods;

/// <summary>The ports of the host that a task needs to run a project, for whoever asks for them.</summary>
internal static class WantedPorts
{
    // No file can publish such a port by itself, so that each is given as if any other had been offered.
    private const int FirstOffered = 65_536;

    /// <returns>In the order in which offered ports are taken; of each, all that it leads to.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: a service has too many replicas with ports.</exception>
    public static IReadOnlyList<IReadOnlyList<PlannedPort>> Of(ComposeProject project)
    {
        ReplicaNames replicas = ReplicaNames.Of(project);
        ComposeService[] services = [.. project.Services.Values.Where(ServicePorts.ArePublished)];
        int most = services.Aggregate(0, (sum, service) => sum + (service.Ports.Count * replicas[service.Name].Count));
        var ports = new PodPorts(services, [.. Enumerable.Range(FirstOffered, most)]);
        foreach (ComposeService service in services)
        {
            foreach (string name in replicas[service.Name])
            {
                ports.Give(name, service);
            }
        }

        return [.. ports.Given.GroupBy(static port => port.Host).OrderBy(static port => port.Key).Select(static port => (IReadOnlyList<PlannedPort>)[.. port])];
    }
}
