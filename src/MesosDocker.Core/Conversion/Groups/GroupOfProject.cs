using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>A compose project as a group of apps, one for each service. docs/conversion.md has the table of what becomes what.</summary>
public static class GroupOfProject
{
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: a service has no image, or there is none at all;
    /// <see cref="Fault.OptionConflict"/>: a service asks for what Docker refuses; <see cref="Fault.OptionValueInvalid"/>: the network has no
    /// possible name; <see cref="Fault.UsageInvalid"/>: the pod has lost its project.</exception>
    public static Converted<Group> Of(ComposePod pod, ConversionOptions options)
    {
        ComposeProject project = ServiceCase.ProjectOf(pod);
        IReadOnlyList<ServiceCase> all = ServiceCase.All(pod);
        ServiceCase[] services = [.. all.Where(static service => service.Service.Provider is null)];
        if (services.Length == 0)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"{pod.Path}: the project '{pod.Name}' has no service that could become an app. Is a profile missing (-Profile)?");
        }

        NetworkNames.Check(options.Network);
        string id = PodId.Of(pod, options);
        var names = new AppNames([.. services.Select(static service => service.Service.Name)]);
        App[] apps = [.. services.Select(service => AppOfService.Of(service, id, names, options))];
        return new Converted<Group>(
            new Group { Id = id, Apps = AppOrder.Of(apps) },
            [.. all.SelectMany(static service => service.Keys.Close(Reasons.OfGroups)), .. GroupLosses.Of(project, options)]);
    }
}
