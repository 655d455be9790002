using MesosDocker.Compose;
using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>
/// What becomes of a project when it is one task's: a document for compose in which everything that the engine has only once is this task's own,
/// and what the executor has to know to run it. Nothing is started or asked for it.
/// </summary>
internal sealed record PodPlan
{
    /// <summary>The name of the pod and its compose project.</summary>
    public required string Pod { get; init; }

    /// <summary>As <see cref="ComposeFileWriter"/> writes it.</summary>
    public required SourceMap Document { get; init; }

    /// <summary>In the order of the document.</summary>
    public required IReadOnlyList<PlannedService> Services { get; init; }

    public required IReadOnlyList<PlannedPort> Ports { get; init; }

    public required PodKind Kind { get; init; }

    /// <summary>What was changed beyond names and ports, in sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    public PlannedService? Find(string service) => Services.FirstOrDefault(one => one.Name == service);

    /// <exception cref="MesosDockerException"><see cref="Fault.PortsTooFew"/>, <see cref="Fault.DefinitionInvalid"/>.</exception>
    public static PodPlan Create(PodPlanInput input)
    {
        ComposeProject project = input.Project;
        if (project.Services.Count == 0)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, "The compose files have no service that is active; name its profile by the label 'mesosdocker.pod.profiles'.");
        }

        var warnings = new List<string>();
        ReplicaNames replicas = ReplicaNames.Of(project);
        var ports = new PodPorts(project.Services.Values.Where(ServicePorts.ArePublished), input.Task.Ports);
        var rewriting = new ServiceRewriting(input, replicas, ports, warnings);
        var services = new List<SourceField>();
        foreach (SourceField field in ((SourceMap)project.Document["services"]!).Fields)
        {
            services.AddRange(rewriting.Rewrite(field));
        }

        ports.Check();
        SourceMap document = project.Document.With("services", new SourceMap(project.Document.Mark, services));
        return new PodPlan
        {
            Pod = input.Task.Pod,
            Document = DefinitionRewriting.Rewrite(document, input, warnings),
            Services = [.. project.Services.Values.Where(ServicePorts.HasContainers).SelectMany(service => Describe(service, project, replicas, input.Settings))],
            Ports = ports.Given,
            Kind = input.Settings.Kind ?? (project.Services.Values.Any(RestartsAlways) ? PodKind.Service : PodKind.Batch),
            Warnings = warnings,
        };
    }

    private static IEnumerable<PlannedService> Describe(ComposeService service, ComposeProject project, ReplicaNames replicas, PodSettings settings)
    {
        IReadOnlyList<string> names = replicas[service.Name];
        for (int i = 0; i < names.Count; i++)
        {
            yield return new PlannedService
            {
                Name = names[i],
                Shown = names.Count == 1 ? service.Name : $"{service.Name}.{i + 1}",
                Replicas = names.Count == 1 ? service.Replicas : 1,
                Image = service.Image,
                Platform = service.Platform,
                Pull = settings.Pull ?? PullOf(service.PullPolicy),
                IsBuilt = service.Build is not null,
                IsJob = project.Services.Values.Any(other => other.DependsOn.GetValueOrDefault(service.Name)?.Condition == ComposeCondition.Completed),
                RestartsAlways = RestartsAlways(service),
                StopGrace = service.StopGracePeriod,
                HasTerminal = service.HasTerminal,
                DependsOn = [.. service.DependsOn.Keys.SelectMany(name => replicas[name])],
            };
        }
    }

    private static bool RestartsAlways(ComposeService service) => service.Restart?.Policy is "always" or "unless-stopped";

    private static PullPolicy? PullOf(string? policy) => policy switch
    {
        "always" => PullPolicy.Always,
        "never" => PullPolicy.Never,
        _ => null,
    };
}
