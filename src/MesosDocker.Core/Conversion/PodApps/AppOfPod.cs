using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>A compose project as an app, each task of which runs all of it by <c>mesos-docker-executor</c> (docs/pods.md).</summary>
public static class AppOfPod
{
    /// <summary>Where <c>mesos-docker install</c> puts it.</summary>
    public const string UsualExecutor = "/usr/local/bin/mesos-docker-executor";

    // Marathon wants a command; the executor makes nothing of it.
    private const string Command = "run";

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: no service is active, or the files cannot be carried in a
    /// label; <see cref="Fault.OptionConflict"/>: what is fetched has not the project in it; <see cref="Fault.UsageInvalid"/>: the pod has lost
    /// its project.</exception>
    public static Converted<App> Of(ComposePod pod, ConversionOptions options)
    {
        Converted<AppRequest> converted = RequestOf(pod, options);
        return new Converted<App>(AppBuilder.Build(converted.Result), converted.Losses);
    }

    /// <summary>The same, for somebody who has more to say of the app.</summary>
    /// <inheritdoc cref="Of"/>
    public static Converted<AppRequest> RequestOf(ComposePod pod, ConversionOptions options)
    {
        ComposeProject project = ServiceCase.ProjectOf(pod);
        if (pod.Services.Count == 0)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"{pod.Path}: the project '{pod.Name}' has no service that is active. Is a profile missing (-Profile)?");
        }

        var sources = PodSources.Of(project, options);
        IReadOnlyList<ServiceCase> services = ServiceCase.All(pod);
        foreach (ServiceCase service in services)
        {
            PodAppLosses.OfService(service, sources);
        }

        var request = new AppRequest
        {
            Id = options.Id ?? PodId.NameOf(pod),
            Group = options.Group,
            Executor = options.Executor,
            Command = Command,
            Cpus = Rounded(pod.TotalCpus),
            Memory = Rounded(pod.TotalMemory),
            Disk = pod.Disk > 0 ? Rounded(pod.Disk) : null,
            Instances = options.Instances,
            Environment = Variables(project),
            Labels = sources.Labels,
            Ports = PodPortNames.Of(project),
            NamesAllPorts = true,
            Constraints = ServicePlacement.Distinct(services.SelectMany(ServicePlacement.OfAgents)),
            Fetch = sources.Fetch,
            UpgradeStrategy = Upgrade(services, options.Instances ?? 1),
            KillGraceSeconds = PodGrace.Seconds(project),
        };
        return new Converted<AppRequest>(request, [.. services.SelectMany(static service => service.Keys.Losses), .. PodAppLosses.OfProject(project, sources, options.Variables)]);
    }

    // Mesos counts in thousandths; what is asked for must be enough.
    private static double Rounded(decimal amount) => (double)(decimal.Ceiling(amount * 1000) / 1000);

    // A task has variables of its own, and compose some that only mean something on the machine that it runs on.
    private static Dictionary<string, EnvironmentValue> Variables(ComposeProject project)
    {
        Dictionary<string, EnvironmentValue> variables = [];
        foreach ((string name, string value) in project.Inputs.Variables)
        {
            if (name is not (VariableNames.ProjectName or VariableNames.Profiles or VariableNames.Home) && !DefinitionOptions.IsOfTask(name))
            {
                variables[name] = value;
            }
        }

        return variables;
    }

    private static UpgradeStrategy? Upgrade(IReadOnlyList<ServiceCase> services, int instances)
    {
        const string Order = "deploy.update_config.order";
        ServiceCase[] said = [.. services.Where(static service => service.Service.Deploy?.Update is not null)];
        if (said.Length == 0)
        {
            return null;
        }

        bool startsFirst = said.All(static service => service.Service.Deploy!.Update!.Order == "start-first");
        foreach (ServiceCase service in said.Where(service => !startsFirst && service.Service.Deploy!.Update!.Order == "start-first"))
        {
            service.Keys.Lose(Order, "The pod is exchanged as a whole, and other services want the old one to end first.", null);
        }

        return ServiceUpdate.Strategy(instances, said[0].Service.Deploy!.Update!.Parallelism ?? 1, startsFirst);
    }
}
