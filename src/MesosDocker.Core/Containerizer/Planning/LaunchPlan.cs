using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>Everything that decides what container a launch becomes. Nothing of it is looked up here.</summary>
internal sealed record LaunchPlanInput
{
    public required TaskView Task { get; init; }

    public required ContainerizerSettings Settings { get; init; }

    public required ImageChoice Image { get; init; }

    /// <summary>The ports that the image exposes, <c>80/tcp</c>.</summary>
    public required IReadOnlyList<string> ExposedPorts { get; init; }

    /// <summary>The environment that the agent gave the hook.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string WorkDirectory { get; init; }

    public required string StateRoot { get; init; }

    /// <summary>The directory of the host that the container sees as its sandbox.</summary>
    public required string Sandbox { get; init; }

    /// <summary>The task's user as the host knows him, <c>uid:gid</c>; null if it does not, and then the image must.</summary>
    public required string? HostUser { get; init; }

    /// <summary>How options that name files (<c>--env-file</c>) are read.</summary>
    public required IRunFiles Files { get; init; }
}

/// <summary>
/// The one pure step of a launch: a request, a configuration and an image become the container that the engine is asked for.
/// ContainerInfo means what Mesos's Docker containerizer makes of it (src/docker/docker.cpp of Mesos 1.0); the older message means what
/// the tool meant by it that the configuration names (docs/decisions.md, A12).
/// </summary>
internal sealed record LaunchPlan
{
    private const string NamePrefix = "mesosdocker-";
    private const string HostNetwork = "host";

    public required DockerRun Run { get; init; }

    public required Limits Limits { get; init; }

    /// <summary>Sentences for the person who reads the sandbox's stderr.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    public bool UsesHostNetwork => Run.Container.HostConfig.NetworkMode == HostNetwork;

    /// <exception cref="MesosDockerException"><see cref="Fault.OptionUnknown"/> and its like for an option that is not one;
    /// <see cref="Fault.OptionImpossible"/> for one that Mesos or another part of the task rules out.</exception>
    public static LaunchPlan Create(LaunchPlanInput input)
    {
        TaskView task = input.Task;
        Limits limits = ResourceLimits.For(task, input.Settings);
        TaskOptions options = TaskOptions.For(task, input.Settings.Options, input.Settings.Containers.Legacy);
        var run = new DockerRun { Container = Sandbox(input) };

        // Deimos put the task's resources after its options, so they win; elsewhere the options come last, as Mesos has it.
        bool deimos = task.Container is null && input.Settings.Containers.Legacy == LegacyMeaning.Deimos;
        if (deimos)
        {
            run = Limit(DockerRunParser.ParseOptions(options.Words, input.Files, run), limits);
        }
        else
        {
            run = Network(Limit(run, limits), task);
            run = DockerRunParser.ParseOptions(options.Words, input.Files, run);
        }

        RefuseImpossible(run);
        var warnings = new List<string>();
        string name = run.Name ?? NamePrefix + task.Launch.ContainerId.Value;
        ContainerSpec container = PortPairing.Publish(run.Container, Ports(input, run, warnings));
        bool hostNetwork = container.HostConfig.NetworkMode == HostNetwork;
        WarnOfAgent(task, container.HostConfig.NetworkMode, input.Environment, warnings);

        (IReadOnlyList<string>? entrypoint, IReadOnlyList<string>? command) = TaskCommand.For(task, options.Arguments, container.Entrypoint);
        container = container with
        {
            Image = input.Image.Reference,
            Entrypoint = entrypoint,
            Cmd = command,
            User = container.User ?? input.HostUser ?? task.User,
            Hostname = container.Hostname ?? task.Container?.Hostname,
            Env = ContainerEnvironment.For(
                task, container.Env ?? [], input.Environment, input.Settings.Containers, name, hostNetwork),
            Labels = Merge(container.Labels, ContainerLabels.For(task.Launch, input.WorkDirectory, input.StateRoot)),
            HostConfig = Host(container.HostConfig, input.Settings.Containers),
        };
        return new LaunchPlan
        {
            Run = run with { Container = container, Name = name, Pull = run.Pull ?? input.Image.Pull },
            Limits = Actual(container.HostConfig, limits),
            Warnings = warnings,
        };
    }

    private static ContainerSpec Sandbox(LaunchPlanInput input)
    {
        ContainerSettings settings = input.Settings.Containers;
        var container = new ContainerSpec
        {
            WorkingDir = settings.Sandbox,
            HostConfig = new HostConfig
            {
                // A mount and not a bind: agents' sandboxes may have colons in their paths.
                Mounts = [new MountSpec { Type = "bind", Source = input.Sandbox, Target = settings.Sandbox }],
            },
        };
        return input.Task.Container is { } info ? TaskVolumes.Mount(container, info, input.Sandbox, settings.Sandbox) : container;
    }

    private static DockerRun Limit(DockerRun run, Limits limits)
    {
        HostConfig host = run.Container.HostConfig;
        return run with
        {
            Container = run.Container with
            {
                HostConfig = host with
                {
                    CpuShares = limits.CpuShares ?? host.CpuShares,
                    CpuPeriod = limits.CpuPeriod ?? host.CpuPeriod,
                    CpuQuota = limits.CpuQuota ?? host.CpuQuota,
                    Memory = limits.Memory ?? host.Memory,
                },
            },
        };
    }

    private static DockerRun Network(DockerRun run, TaskView task)
    {
        ContainerInfo? info = task.Container;
        string network = info?.Docker?.Network switch
        {
            // mesos-docker-containerizer ran the older message on the host's network.
            null or DockerNetwork.Host => HostNetwork,
            DockerNetwork.Bridge => "bridge",
            DockerNetwork.None => "none",
            _ => info.NetworkName ?? throw new MesosDockerException(
                Fault.OptionImpossible, "The task wants a network of its own (USER), but names none in network_infos."),
        };
        HostConfig host = run.Container.HostConfig with { NetworkMode = network };
        return run with
        {
            Container = run.Container with { HostConfig = info?.Docker?.Privileged == true ? host with { Privileged = true } : host },
        };
    }

    /// <summary>What the docker client or the engine would do, and Mesos does.</summary>
    private static void RefuseImpossible(DockerRun run)
    {
        HostConfig host = run.Container.HostConfig;
        if (host.RestartPolicy is { Name: not ("" or "no") } policy)
        {
            throw new MesosDockerException(
                Fault.OptionImpossible, $"--restart={policy.Name} is not possible: it is the framework that starts a task again.");
        }

        if (host.ContainerIdFile is { Length: > 0 })
        {
            throw new MesosDockerException(
                Fault.OptionImpossible, "--cidfile is not possible: the container's id is in the task's status and in the output of 'state'.");
        }
    }

    private static IReadOnlyList<PublishedPort> Ports(LaunchPlanInput input, DockerRun run, List<string> warnings)
    {
        IReadOnlyList<int> offered = input.Task.Resources.PortNumbers;
        if (input.Task.Container?.Docker is { } docker)
        {
            return PortPairing.Map(docker, offered);
        }

        bool ownNetwork = run.Container.HostConfig.NetworkMode is null or "" or "default" or "bridge";
        if (input.Settings.Containers.Legacy == LegacyMeaning.Dmc || !ownNetwork || offered.Count == 0)
        {
            return [];
        }

        IReadOnlyList<PublishedPort> ports = PortPairing.Pair(offered, input.ExposedPorts, out IReadOnlyList<string> unpaired);
        if (unpaired.Count > 0)
        {
            warnings.Add($"The image exposes {string.Join(", ", unpaired)}, but the task was offered too few ports to lead there.");
        }

        return ports;
    }

    private static void WarnOfAgent(
        TaskView task, string? network, IReadOnlyDictionary<string, string> environment, List<string> warnings)
    {
        if (task.IsExecutor
            && network != HostNetwork
            && AgentEndpoint.Find(environment, task.Launch.AgentPid) is { } agent
            && (network == "none" || AgentEndpoint.IsLoopback(agent)))
        {
            warnings.Add(
                $"The executor is on the network '{network ?? "bridge"}', from which the agent at {agent.Authority} cannot be reached; "
                + "use the host's network, or start the agent with another --ip.");
        }
    }

    private static HostConfig Host(HostConfig host, ContainerSettings settings) => host with
    {
        // Its end is read first, then it is removed by us.
        AutoRemove = null,
        ShmSize = host.ShmSize ?? settings.SharedMemory,
        LogConfig = host.LogConfig ?? EngineLog.Config,
    };

    private static Limits Actual(HostConfig host, Limits limits) => limits with
    {
        CpuShares = host.CpuShares,
        CpuPeriod = host.CpuPeriod,
        CpuQuota = host.CpuQuota,
        Memory = host.Memory,
        MemoryReservation = host.MemoryReservation,
        MemorySwap = host.MemorySwap,
    };

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string>? first, IReadOnlyDictionary<string, string> second)
    {
        var merged = new Dictionary<string, string>(first ?? new Dictionary<string, string>());
        foreach ((string key, string value) in second)
        {
            merged[key] = value;
        }

        return merged;
    }
}
