using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>One service as an app that Mesos's containerizer for Docker runs.</summary>
internal static class AppOfService
{
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: it has no image; <see cref="Fault.OptionConflict"/>: it asks
    /// for what Docker refuses.</exception>
    public static App Of(ServiceCase service, string group, AppNames names, ConversionOptions options)
    {
        string image = service.Image();
        var command = ServiceCommand.Of(service);
        var resources = ServiceResources.Of(service);
        var network = ServiceNetwork.Of(service, options);
        var mounts = ServiceMounts.Of(service);
        ServiceHealth? health = ServiceHealth.Of(service);
        int? delay = ServiceRestart.Of(service);
        KeyValuePair<string, string>[] parameters =
        [
            .. Entrypoint(command), .. resources.Parameters(), .. network.Parameters, .. mounts.Parameters, .. NoCheck(service), .. RunParameters.Of(service),
        ];
        RunParameters.Check(service, parameters, network.DockerName);
        App app = AppBuilder.Build(new AppRequest
        {
            Id = names[service.Service.Name],
            Group = group,
            Image = image,
            Containerizer = ContainerizerKind.Docker,
            Command = command.ShellLine,
            Arguments = Arguments(command),
            Cpus = resources.Cpus,
            Memory = resources.Memory,
            Disk = resources.Disk,
            Instances = Instances(service),
            Environment = ServiceEnvironment.Of(service, static name => name.Length > 0),
            Labels = ServiceLabels.Of(service),
            Ports = ServicePortMappings.Of(service, network, options),
            NamesAllPorts = true,
            Network = network.Name,
            Volumes = mounts.Volumes,
            Constraints = ServicePlacement.Of(service),
            HealthChecks = health is null ? [] : [new AppHealthCheck { Check = Check(health) }],
            PullAlways = PullsAlways(service),
            Privileged = IsPrivileged(service),
            Parameters = parameters,
            UpgradeStrategy = ServiceUpdate.Of(service),
            Dependencies = [.. ServiceDependencies.Of(service).Select(name => $"{(group == "/" ? "" : group)}/{names[name]}")],
            KillGraceSeconds = KillGrace(service),
        });
        return app with { BackoffSeconds = delay, BackoffFactor = delay is null ? null : 1 };
    }

    // The program alone; its arguments stand before those of the command.
    private static IEnumerable<KeyValuePair<string, string>> Entrypoint(ServiceCommand command) => command switch
    {
        { Entrypoint: null } or { ShellLine: not null } => [],
        { Entrypoint: [] } => [new("entrypoint", "")],
        _ => [new("entrypoint", command.Entrypoint[0])],
    };

    private static IReadOnlyList<string>? Arguments(ServiceCommand command)
    {
        string[] words = [.. (command.Entrypoint ?? []).Skip(1), .. command.Command ?? []];
        return command.ShellLine is not null || words.Length == 0 ? null : words;
    }

    private static int Instances(ServiceCase service)
    {
        service.Keys.Carry("scale", "deploy.replicas");
        return service.IsJob ? 0 : service.Service.Replicas;
    }

    private static HealthCheck Check(ServiceHealth health) => new()
    {
        Protocol = HealthProtocols.Command,
        Command = new CommandValue { Value = health.Line },
        GracePeriodSeconds = health.GraceSeconds,
        IntervalSeconds = health.IntervalSeconds,
        TimeoutSeconds = health.TimeoutSeconds,
        MaxConsecutiveFailures = health.Failures,
    };

    private static IEnumerable<KeyValuePair<string, string>> NoCheck(ServiceCase service)
    {
        if (service.Service.Healthcheck is not { IsDisabled: true })
        {
            return [];
        }

        service.Keys.Carry("healthcheck");
        return [new("no-healthcheck", "true")];
    }

    private static bool PullsAlways(ServiceCase service)
    {
        if (service.Service.PullPolicy is null or "always" or "missing" or "if_not_present")
        {
            service.Keys.Carry("pull_policy");
        }

        return service.Service.PullPolicy == "always";
    }

    private static bool IsPrivileged(ServiceCase service)
    {
        service.Keys.Carry("privileged");
        return service.Service.IsPrivileged;
    }

    private static int? KillGrace(ServiceCase service)
        => service.Service.StopGracePeriod is { } grace ? WholeSeconds.Of(service.Keys, "stop_grace_period", grace) : null;
}
