using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>One service as a container of a pod, which Mesos runs without Docker.</summary>
internal static class ContainerOfService
{
    private const string Docker = "DOCKER";
    private const long BytesPerMegabyte = 1024 * 1024;

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: it has no image.</exception>
    public static PodContainer Of(ServiceCase service, string name, PodEndpoints endpoints, PodMounts mounts)
    {
        var resources = ServiceResources.Of(service);
        ServiceHealth? health = ServiceHealth.Of(service);
        IReadOnlyDictionary<string, EnvironmentValue> environment = ServiceEnvironment.Of(service, Names.IsVariable);
        IReadOnlyDictionary<string, string> labels = ServiceLabels.Of(service);
        service.Keys.Carry("user", "tty");
        if (service.Measured.MemoryLimit is null)
        {
            service.Keys.Carry("mem_reservation", "deploy.resources.reservations.memory");
        }

        return new PodContainer
        {
            Name = name,
            Image = new PodImage { Kind = Docker, Id = service.Image(), ForcePull = PullsAlways(service) ? true : null },
            Exec = Exec(ServiceCommand.Of(service)),
            Resources = new Resources { Cpus = resources.Cpus, Mem = resources.Memory, Disk = resources.Disk },
            ResourceLimits = resources.CpusLimit is { } limit && (double)limit >= resources.Cpus ? new ResourceLimits { Cpus = new ResourceLimit((double)limit) } : null,
            Endpoints = Said(endpoints.Of(service)),
            Environment = environment.Count > 0 ? environment : null,
            User = service.Service.User,
            HealthCheck = health is null ? null : Check(service, health),
            VolumeMounts = Said(mounts.Of(service)),
            Labels = labels.Count > 0 ? labels : null,
            Lifecycle = Lifecycle(service),
            LinuxInfo = Linux(service),
            Tty = service.Service.HasTerminal ? true : null,
        };
    }

    // Arguments alone go to the image's entry point; with one of their own it is overridden.
    private static PodExec? Exec(ServiceCommand command)
    {
        string[] words = [.. command.Entrypoint ?? [], .. command.Command ?? []];
        return words.Length == 0 ? null : new PodExec
        {
            Command = command.ShellLine is { } line ? new MesosCommand { Shell = line } : new MesosCommand { Argv = words },
            OverrideEntrypoint = command.ShellLine is not null ? null : command.Entrypoint is not null,
        };
    }

    private static ContainerHealthCheck Check(ServiceCase service, ServiceHealth health)
    {
        int timeout = health.TimeoutSeconds;
        if (timeout >= health.IntervalSeconds)
        {
            // Compose's own defaults are equal, and nobody has chosen them.
            timeout = Math.Max(0, health.IntervalSeconds - 1);
            service.Keys.LoseSaid("healthcheck.timeout", $"In a pod it must be less than the interval, and so it became {timeout}.", null);
        }

        return new ContainerHealthCheck
        {
            Exec = new ExecProbe { Command = health.Test is ["CMD-SHELL", var line] ? new MesosCommand { Shell = line } : new MesosCommand { Argv = [.. health.Test.Skip(1)] } },
            GracePeriodSeconds = health.GraceSeconds,
            IntervalSeconds = health.IntervalSeconds,
            TimeoutSeconds = timeout,
            MaxConsecutiveFailures = health.Failures,
        };
    }

    private static bool PullsAlways(ServiceCase service)
    {
        if (service.Service.PullPolicy is null or "always" or "missing" or "if_not_present")
        {
            service.Keys.Carry("pull_policy");
        }

        return service.Service.PullPolicy == "always";
    }

    private static Lifecycle? Lifecycle(ServiceCase service)
    {
        service.Keys.Carry("stop_grace_period");
        return service.Service.StopGracePeriod is { } grace ? new Lifecycle { KillGracePeriodSeconds = grace.TotalSeconds } : null;
    }

    private static LinuxInfo? Linux(ServiceCase service)
    {
        const string Unconfined = "seccomp=unconfined";
        const string OlderSpelling = "seccomp:unconfined";
        IReadOnlyList<string> options = service.Service.SecurityOptions;
        bool isUnconfined = false;
        for (int i = 0; i < options.Count; i++)
        {
            if (options[i] is Unconfined or OlderSpelling)
            {
                isUnconfined = true;
                service.Keys.Carry(((KeyPath)"security_opt")[i]);
            }
        }

        long? shared = service.Service.Resources.SharedMemory;
        service.Keys.Carry("shm_size");
        return !isUnconfined && shared is null ? null : new LinuxInfo
        {
            Seccomp = isUnconfined ? new Seccomp { Unconfined = true } : null,
            IpcInfo = shared is { } bytes ? new IpcInfo { Mode = "PRIVATE", ShmSize = (int)Math.Min(int.MaxValue, (bytes + BytesPerMegabyte - 1) / BytesPerMegabyte) } : null,
        };
    }

    private static IReadOnlyList<T>? Said<T>(IReadOnlyList<T> items) => items.Count == 0 ? null : items;
}
