using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>A compose project as a pod of Marathon: one container for each service, on one agent, in one network, run by Mesos without Docker.</summary>
public static class PodOfProject
{
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: a service has no image, or there is none at all;
    /// <see cref="Fault.UsageInvalid"/>: the pod has lost its project.</exception>
    public static Converted<Pod> Of(ComposePod pod, ConversionOptions options)
    {
        ComposeProject project = ServiceCase.ProjectOf(pod);
        IReadOnlyList<ServiceCase> all = ServiceCase.All(pod);
        ServiceCase[] services = [.. all.Where(static service => service.Service.Provider is null)];
        if (services.Length == 0)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"{pod.Path}: the project '{pod.Name}' has no service that could become a container. Is a profile missing (-Profile)?");
        }

        NetworkNames.Check(options.Network);
        var keys = new KeyLedger(project.Document, service: null);
        keys.Carry("services", "version", "name", "secrets", "configs");
        IReadOnlyList<Network> networks = PodNetwork.Of(services, keys, options);
        var endpoints = new PodEndpoints(networks, options);
        var mounts = new PodMounts();
        var names = new AppNames([.. services.Select(static service => service.Service.Name)]);
        int instances = PodSchedule.Instances(services, options);
        PodContainer[] containers = [.. services.Select(service => ContainerOfService.Of(service, names[service.Service.Name], endpoints, mounts))];
        LoseVolumes(project, keys);
        var made = new Pod
        {
            Id = PodId.Of(pod, options),
            Containers = containers,
            Secrets = mounts.Secrets.Count > 0 ? mounts.Secrets : null,
            Volumes = mounts.Volumes.Count > 0 ? mounts.Volumes : null,
            Networks = networks,
            Scaling = new PodScaling { Kind = "fixed", Instances = instances },
            Scheduling = PodSchedule.Of(services, instances),
        };
        return new Converted<Pod>(made, [.. all.SelectMany(static service => service.Keys.Close(Reasons.OfMarathonPods)), .. keys.Close(Reasons.OfMarathonPods)]);
    }

    private static void LoseVolumes(ComposeProject project, KeyLedger keys)
    {
        foreach (ComposeVolume volume in project.Volumes.Values)
        {
            KeyPath key = ((KeyPath)"volumes")[volume.Key];
            keys.Carry(key);
            if (project.Services.Values.Any(service => service.Volumes.Any(mount => mount.Kind == ComposeMountKind.Volume && mount.Source == volume.Key)))
            {
                keys.Lose(key, "It lives as long as the pod: the next one begins with an empty one.", "Give the pod a persistent volume with a size (volumes, persistent), or mount a directory of the host.");
            }
        }
    }
}
