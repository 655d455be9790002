namespace MesosDocker.Marathon;

internal static class PodContainerRules
{
    private const double SmallestMem = 32;
    private const double DefaultCpus = 1;
    private const double DefaultMem = 128;
    private const int DefaultInterval = 60;
    private const int DefaultTimeout = 20;

    public static void Check(PodCase pod, PodContainer container, Place at)
    {
        CheckExec(container, at, pod.Found);
        CheckEndpoints(pod, container.Endpoints ?? [], at["endpoints"]);
        CheckImage(pod, container.Image, at["image"]);
        CheckHealth(container, at, pod.Found);
        AppSecretRules.CheckVariables(container.Environment, pod.Secrets, at["environment"], pod.Found);
        LinuxRules.CheckContainer(container.LinuxInfo, at["linuxInfo"], pod.Found);
        LimitRules.Check(
            container.ResourceLimits, container.Resources?.Cpus ?? DefaultCpus, container.Resources?.Mem ?? DefaultMem, at["resourceLimits"], pod.Found);
        pod.Found.ErrorIf(
            container.ResourceLimits is not null && pod.Said.LegacySharedCgroups == true,
            at["resourceLimits"],
            "must not be said with legacySharedCgroups, where the containers share theirs.");
        pod.Found.WarningIf(
            container.Resources?.Mem < SmallestMem,
            at["resources"]["mem"],
            "is in megabytes, and less than 32 is hardly enough for any program.");

        for (int i = 0; i < (container.VolumeMounts?.Count ?? 0); i++)
        {
            string? name = container.VolumeMounts![i].Name;
            pod.Found.ErrorIf(
                pod.Volumes.All(volume => volume.Name != name),
                at["volumeMounts"][i]["name"],
                $"is '{name}', and the pod has no volume of that name.");
        }
    }

    private static void CheckExec(PodContainer container, Place at, Findings found)
    {
        if (container.Exec?.Command is { } command)
        {
            ProbeRules.CheckCommand(command, at["exec"]["command"], found);
            found.ErrorIf(
                command.Shell is not null && container.Exec.OverrideEntrypoint == false,
                at["exec"]["overrideEntrypoint"],
                "must not be false with command.shell, which the shell takes the place of the entry point for.");
        }

        found.WarningIf(container.Exec is null && container.Image is null, at, "has neither an image nor a command, so that there is nothing to run.");
    }

    private static void CheckEndpoints(PodCase pod, IReadOnlyList<Endpoint> endpoints, Place at)
    {
        bool isHost = pod.Networks.Any(static network => network.Mode == NetworkModes.Host);
        bool isContainer = pod.Networks.Any(static network => network.Mode is NetworkModes.Container or null);
        for (int i = 0; i < endpoints.Count; i++)
        {
            Endpoint endpoint = endpoints[i];
            NetworkRules.CheckPort(pod.Networks, endpoint.HostPort, endpoint.NetworkNames, at[i], pod.Found);
            pod.Found.ErrorIf(isHost && endpoint.ContainerPort is not null, at[i]["containerPort"], "must not be said on the host's network.");
            pod.Found.ErrorIf(isContainer && endpoint.ContainerPort is null, at[i]["containerPort"], "is missing on a container network.");
            pod.Found.ErrorIf(
                endpoint.Protocol is { } protocol && protocol.Distinct().Count() != protocol.Count,
                at[i]["protocol"],
                "must not name a protocol twice.");
        }
    }

    private static void CheckImage(PodCase pod, PodImage? image, Place at)
    {
        pod.Found.ErrorIf(
            image?.PullConfig?.Secret is { } secret && !pod.Secrets.ContainsKey(secret),
            at["pullConfig"],
            $"names the secret '{image?.PullConfig?.Secret}', which secrets does not have.");
        AppAdvice.CheckImage(image?.Id, at["id"], pod.Found);
    }

    private static void CheckHealth(PodContainer container, Place at, Findings found)
    {
        if (container.HealthCheck is { } health)
        {
            ProbeRules.CheckOne(health.Http, health.Tcp, health.Exec, at["healthCheck"], found);
            CheckEndpoint(container, health.Http?.Endpoint ?? health.Tcp?.Endpoint, at["healthCheck"][health.Http is null ? "tcp" : "http"], found);
            found.ErrorIf(
                (health.TimeoutSeconds ?? DefaultTimeout) >= (health.IntervalSeconds ?? DefaultInterval),
                at["healthCheck"]["timeoutSeconds"],
                "must be less than intervalSeconds.");
        }

        if (container.Check is { } check)
        {
            ProbeRules.CheckOne(check.Http, check.Tcp, check.Exec, at["check"], found);
        }
    }

    private static void CheckEndpoint(PodContainer container, string? name, Place at, Findings found)
        => found.ErrorIf(
            name is not null && container.Endpoints?.Any(endpoint => endpoint.Name == name) != true,
            at["endpoint"],
            $"is '{name}', and the container has no endpoint of that name.");
}
