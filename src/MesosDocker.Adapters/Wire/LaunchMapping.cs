using MesosDocker.Mesos;
using Ecp = MesosDocker.Adapters.Wire.Protocol.Containerizer;

namespace MesosDocker.Adapters.Wire;

/// <summary>Between the <c>Launch</c> message and its record, in both directions.</summary>
internal static class LaunchMapping
{
    private const long NanosecondsPerTick = 100;
    private const double LongestSeconds = 1e9;

    public static Launch ToRecord(Ecp.Launch launch) => new()
    {
        ContainerId = Id(launch.ContainerId),
        Task = launch.TaskInfo is { } task ? ToRecord(task) : null,
        Executor = launch.ExecutorInfo is { } executor ? ToRecord(executor) : null,
        Directory = launch.HasDirectory ? launch.Directory : null,
        User = launch.HasUser && launch.User.Length > 0 ? launch.User : null,
        AgentId = launch.SlaveId?.Value,
        AgentPid = launch.HasSlavePid ? launch.SlavePid : null,
        Checkpoint = launch.Checkpoint,
    };

    public static Ecp.Launch ToMessage(Launch launch)
    {
        var message = new Ecp.Launch
        {
            ContainerId = new Protocol.ContainerID { Value = launch.ContainerId.Value },
            Checkpoint = launch.Checkpoint,
        };
        if (launch.Task is { } task)
        {
            message.TaskInfo = ToMessage(task, launch.AgentId);
        }

        if (launch.Executor is { } executor)
        {
            message.ExecutorInfo = ToMessage(executor);
        }

        if (launch.Directory is { } directory)
        {
            message.Directory = directory;
        }

        if (launch.User is { } user)
        {
            message.User = user;
        }

        if (launch.AgentId is { } agent)
        {
            message.SlaveId = new Protocol.SlaveID { Value = agent };
        }

        if (launch.AgentPid is { } pid)
        {
            message.SlavePid = pid;
        }

        return message;
    }

    public static ContainerId Id(Protocol.ContainerID? id) => ContainerId.Parse(id?.Value);

    public static TimeSpan? Duration(Protocol.DurationInfo? duration)
        => duration is null ? null : TimeSpan.FromTicks(Math.Max(0, duration.Nanoseconds / NanosecondsPerTick));

    private static Protocol.DurationInfo Duration(TimeSpan duration) => new() { Nanoseconds = duration.Ticks * NanosecondsPerTick };

    private static TimeSpan Seconds(double seconds)
        => seconds is >= 0 and <= LongestSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new MesosDockerException(Fault.MessageInvalid, "The health check has an impossible duration.");

    private static TaskInfo ToRecord(Protocol.TaskInfo task) => new()
    {
        Name = task.Name,
        TaskId = task.TaskId?.Value ?? throw Missing("TaskInfo.task_id"),
        Resources = ResourceMapping.ToRecord(task.Resources),
        Command = task.Command is { } command ? ToRecord(command) : null,
        Container = task.Container is { } container ? ToRecord(container) : null,
        HealthCheck = task.HealthCheck is { } check ? ToRecord(check) : null,
        KillGrace = Duration(task.KillPolicy?.GracePeriod),
        Labels = ToRecords(task.Labels),
    };

    private static Protocol.TaskInfo ToMessage(TaskInfo task, string? agentId)
    {
        var message = new Protocol.TaskInfo
        {
            Name = task.Name,
            TaskId = new Protocol.TaskID { Value = task.TaskId },
            SlaveId = new Protocol.SlaveID { Value = agentId ?? "" },
        };
        message.Resources.Add(ResourceMapping.ToMessages(task.Resources));
        if (task.Command is { } command)
        {
            message.Command = ToMessage(command);
        }

        if (task.Container is { } container)
        {
            message.Container = ToMessage(container);
        }

        if (task.HealthCheck is { } check)
        {
            message.HealthCheck = ToMessage(check);
        }

        if (task.KillGrace is { } grace)
        {
            message.KillPolicy = new Protocol.KillPolicy { GracePeriod = Duration(grace) };
        }

        if (task.Labels.Count > 0)
        {
            message.Labels = ToMessage(task.Labels);
        }

        return message;
    }

    private static ExecutorInfo ToRecord(Protocol.ExecutorInfo executor) => new()
    {
        ExecutorId = executor.ExecutorId?.Value ?? throw Missing("ExecutorInfo.executor_id"),
        FrameworkId = executor.FrameworkId?.Value,
        Name = executor.HasName ? executor.Name : null,
        Source = executor.HasSource ? executor.Source : null,
        Resources = ResourceMapping.ToRecord(executor.Resources),
        Command = executor.Command is { } command ? ToRecord(command) : null,
        Container = executor.Container is { } container ? ToRecord(container) : null,
        ShutdownGrace = Duration(executor.ShutdownGracePeriod),
        Labels = ToRecords(executor.Labels),
    };

    private static Protocol.ExecutorInfo ToMessage(ExecutorInfo executor)
    {
        var message = new Protocol.ExecutorInfo
        {
            ExecutorId = new Protocol.ExecutorID { Value = executor.ExecutorId },
            // Required on the wire, if empty.
            Command = executor.Command is { } command ? ToMessage(command) : new Protocol.CommandInfo(),
        };
        message.Resources.Add(ResourceMapping.ToMessages(executor.Resources));
        if (executor.FrameworkId is { } framework)
        {
            message.FrameworkId = new Protocol.FrameworkID { Value = framework };
        }

        if (executor.Name is { } name)
        {
            message.Name = name;
        }

        if (executor.Source is { } source)
        {
            message.Source = source;
        }

        if (executor.Container is { } container)
        {
            message.Container = ToMessage(container);
        }

        if (executor.ShutdownGrace is { } grace)
        {
            message.ShutdownGracePeriod = Duration(grace);
        }

        if (executor.Labels.Count > 0)
        {
            message.Labels = ToMessage(executor.Labels);
        }

        return message;
    }

    private static CommandInfo ToRecord(Protocol.CommandInfo command) => new()
    {
        Value = command.HasValue ? command.Value : null,
        Shell = command.Shell,
        Arguments = [.. command.Arguments],
        User = command.HasUser && command.User.Length > 0 ? command.User : null,
        Environment = command.Environment is { } environment
            ? [.. environment.Variables.Select(static v => new EnvironmentVariable(v.Name, v.Value))]
            : [],
        Uris = [.. command.Uris.Select(static uri => new CommandUri
        {
            Value = uri.Value,
            Executable = uri.Executable,
            Extract = uri.Extract,
            Cache = uri.Cache,
            OutputFile = uri.HasOutputFile && uri.OutputFile.Length > 0 ? uri.OutputFile : null,
        })],
        Container = command.Container is { } container
            ? new LegacyContainer { Image = container.Image, Options = [.. container.Options] }
            : null,
    };

    private static Protocol.CommandInfo ToMessage(CommandInfo command)
    {
        var message = new Protocol.CommandInfo { Shell = command.Shell };
        message.Arguments.Add(command.Arguments);
        if (command.Value is { } value)
        {
            message.Value = value;
        }

        if (command.User is { } user)
        {
            message.User = user;
        }

        if (command.Environment.Count > 0)
        {
            message.Environment = new Protocol.Environment();
            message.Environment.Variables.Add(command.Environment.Select(
                static v => new Protocol.Environment.Types.Variable { Name = v.Name, Value = v.Value }));
        }

        message.Uris.Add(command.Uris.Select(ToMessage));
        if (command.Container is { } container)
        {
            message.Container = new Protocol.CommandInfo.Types.ContainerInfo { Image = container.Image };
            message.Container.Options.Add(container.Options);
        }

        return message;
    }

    private static Protocol.CommandInfo.Types.URI ToMessage(CommandUri uri)
    {
        var message = new Protocol.CommandInfo.Types.URI
        {
            Value = uri.Value,
            Executable = uri.Executable,
            Extract = uri.Extract,
            Cache = uri.Cache,
        };
        if (uri.OutputFile is { } file)
        {
            message.OutputFile = file;
        }

        return message;
    }

    private static ContainerInfo ToRecord(Protocol.ContainerInfo container) => new()
    {
        Type = (ContainerType)container.Type,
        Volumes = [.. container.Volumes.Select(volume => ToRecord(volume, container.Docker))],
        Docker = container.Docker is { } docker ? ToRecord(docker) : null,
        Hostname = container.HasHostname && container.Hostname.Length > 0 ? container.Hostname : null,
        NetworkName = container.NetworkInfos.FirstOrDefault(static n => n.HasName)?.Name,
    };

    private static Protocol.ContainerInfo ToMessage(ContainerInfo container)
    {
        var message = new Protocol.ContainerInfo { Type = (Protocol.ContainerInfo.Types.Type)container.Type };
        message.Volumes.Add(container.Volumes.Select(ToMessage));
        if (container.Docker is { } docker)
        {
            message.Docker = ToMessage(docker);
        }

        if (container.Hostname is { } hostname)
        {
            message.Hostname = hostname;
        }

        if (container.NetworkName is { } network)
        {
            message.NetworkInfos.Add(new Protocol.NetworkInfo { Name = network });
        }

        return message;
    }

    private static Volume ToRecord(Protocol.Volume volume, Protocol.ContainerInfo.Types.DockerInfo? docker)
    {
        Protocol.Volume.Types.Source.Types.DockerVolume? named = volume.Source?.DockerVolume;
        return new Volume
        {
            ContainerPath = volume.ContainerPath,
            HostPath = named?.Name ?? (volume.HasHostPath && volume.HostPath.Length > 0 ? volume.HostPath : null),
            ReadOnly = volume.Mode == Protocol.Volume.Types.Mode.Ro,
            Driver = named is { HasDriver: true } ? named.Driver : docker is { HasVolumeDriver: true } ? docker.VolumeDriver : null,
        };
    }

    private static Protocol.Volume ToMessage(Volume volume)
    {
        var message = new Protocol.Volume
        {
            ContainerPath = volume.ContainerPath,
            Mode = volume.ReadOnly ? Protocol.Volume.Types.Mode.Ro : Protocol.Volume.Types.Mode.Rw,
        };
        if (volume.Driver is { } driver && volume.HostPath is { } name)
        {
            message.Source = new Protocol.Volume.Types.Source
            {
                Type = Protocol.Volume.Types.Source.Types.Type.DockerVolume,
                DockerVolume = new Protocol.Volume.Types.Source.Types.DockerVolume { Driver = driver, Name = name },
            };
        }
        else if (volume.HostPath is { } path)
        {
            message.HostPath = path;
        }

        return message;
    }

    private static DockerInfo ToRecord(Protocol.ContainerInfo.Types.DockerInfo docker) => new()
    {
        Image = docker.Image,
        Network = (DockerNetwork)docker.Network,
        PortMappings = [.. docker.PortMappings.Select(static mapping => new PortMapping(
            checked((int)mapping.HostPort), checked((int)mapping.ContainerPort), mapping.HasProtocol ? mapping.Protocol : null))],
        Privileged = docker.Privileged,
        Parameters = [.. docker.Parameters.Select(static parameter => new Parameter(parameter.Key, parameter.Value))],
        ForcePullImage = docker.ForcePullImage,
        VolumeDriver = docker.HasVolumeDriver ? docker.VolumeDriver : null,
    };

    private static Protocol.ContainerInfo.Types.DockerInfo ToMessage(DockerInfo docker)
    {
        var message = new Protocol.ContainerInfo.Types.DockerInfo
        {
            Image = docker.Image,
            Network = (Protocol.ContainerInfo.Types.DockerInfo.Types.Network)docker.Network,
            Privileged = docker.Privileged,
            ForcePullImage = docker.ForcePullImage,
        };
        message.Parameters.Add(docker.Parameters.Select(static p => new Protocol.Parameter { Key = p.Key, Value = p.Value }));
        message.PortMappings.Add(docker.PortMappings.Select(static mapping =>
        {
            var port = new Protocol.ContainerInfo.Types.DockerInfo.Types.PortMapping
            {
                HostPort = (uint)mapping.HostPort,
                ContainerPort = (uint)mapping.ContainerPort,
            };
            if (mapping.Protocol is { } protocol)
            {
                port.Protocol = protocol;
            }

            return port;
        }));
        if (docker.VolumeDriver is { } driver)
        {
            message.VolumeDriver = driver;
        }

        return message;
    }

    private static HealthCheck ToRecord(Protocol.HealthCheck check) => new()
    {
        Http = check.Http is { } http
            ? new HttpCheck
            {
                Port = checked((int)http.Port),
                Path = http.Path,
                Scheme = http.HasScheme ? http.Scheme : "http",
                Statuses = [.. http.Statuses.Select(static status => checked((int)status))],
            }
            : null,
        Tcp = check.Tcp is { } tcp ? new TcpCheck(checked((int)tcp.Port)) : null,
        Command = check.Command is { } command ? ToRecord(command) : null,
        Delay = Seconds(check.DelaySeconds),
        Interval = Seconds(check.IntervalSeconds),
        Timeout = Seconds(check.TimeoutSeconds),
        ConsecutiveFailures = (int)Math.Min(check.ConsecutiveFailures, int.MaxValue),
        GracePeriod = Seconds(check.GracePeriodSeconds),
    };

    private static Protocol.HealthCheck ToMessage(HealthCheck check)
    {
        var message = new Protocol.HealthCheck
        {
            DelaySeconds = check.Delay.TotalSeconds,
            IntervalSeconds = check.Interval.TotalSeconds,
            TimeoutSeconds = check.Timeout.TotalSeconds,
            ConsecutiveFailures = (uint)check.ConsecutiveFailures,
            GracePeriodSeconds = check.GracePeriod.TotalSeconds,
        };
        if (check.Http is { } http)
        {
            message.Type = Protocol.HealthCheck.Types.Type.Http;
            message.Http = new Protocol.HealthCheck.Types.HTTPCheckInfo { Port = (uint)http.Port, Path = http.Path, Scheme = http.Scheme };
            message.Http.Statuses.Add(http.Statuses.Select(static status => (uint)status));
        }

        if (check.Tcp is { } tcp)
        {
            message.Type = Protocol.HealthCheck.Types.Type.Tcp;
            message.Tcp = new Protocol.HealthCheck.Types.TCPCheckInfo { Port = (uint)tcp.Port };
        }

        if (check.Command is { } command)
        {
            message.Type = Protocol.HealthCheck.Types.Type.Command;
            message.Command = ToMessage(command);
        }

        return message;
    }

    private static IReadOnlyList<Label> ToRecords(Protocol.Labels? labels)
        => labels is null ? [] : [.. labels.Labels_.Select(static label => new Label(label.Key, label.Value))];

    private static Protocol.Labels ToMessage(IReadOnlyList<Label> labels)
    {
        var message = new Protocol.Labels();
        message.Labels_.Add(labels.Select(static label => new Protocol.Label { Key = label.Key, Value = label.Value }));
        return message;
    }

    private static MesosDockerException Missing(string field) => new(Fault.MessageInvalid, $"The launch has no {field}.");
}
