using MesosDocker.Compose;

namespace MesosDocker.Conversion;

/// <summary>One service while it is converted, with the account of its keys.</summary>
internal sealed class ServiceCase
{
    public ServiceCase(ComposeProject project, ComposeService service, PodService measured)
    {
        Project = project;
        Service = service;
        Measured = measured;
        Keys = new KeyLedger(service.Source, service.Name);
    }

    public ComposeProject Project { get; }

    public ComposeService Service { get; }

    /// <summary>What it was found to need.</summary>
    public PodService Measured { get; }

    public KeyLedger Keys { get; }

    /// <summary>Some other service waits for its end.</summary>
    public bool IsJob => Measured.EndsFirst;

    /// <summary>Every service of a pod that has containers.</summary>
    public static IReadOnlyList<ServiceCase> All(ComposePod pod)
    {
        ComposeProject project = ProjectOf(pod);
        return [.. project.Services.Values.Select(service => new ServiceCase(project, service, pod.Services.First(row => row.Name == service.Name)))];
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/>: it is not known what the pod was made of.</exception>
    public static ComposeProject ProjectOf(ComposePod pod) => pod.Project ?? throw new MesosDockerException(
        Fault.UsageInvalid, $"The pod '{pod.Name}' has its sums, but not its project any more. Read its files again with Measure-ComposePod.");

    /// <summary>The image; one that is built has none to begin with.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: there is none.</exception>
    public string Image()
    {
        Keys.Carry("image");
        return Service.Image ?? throw new MesosDockerException(
            Fault.DefinitionInvalid,
            $"{Service.Source.Mark}: the service '{Service.Name}' is built and its image has no name, and Marathon only runs images. "
                + "Build and push it (Build-MesosDockerImage -Push), and name it: image: registry/name:version.");
    }
}
