namespace MesosDocker.Marathon;

/// <summary>How the tasks of an app are found to be healthy.</summary>
public sealed record HealthCheck : MarathonObject
{
    /// <summary>
    /// <c>HTTP</c> (if not said), <c>HTTPS</c> and <c>TCP</c> are made by Marathon; <c>COMMAND</c>, <c>MESOS_HTTP</c>, <c>MESOS_HTTPS</c>
    /// and <c>MESOS_TCP</c> by the agent.
    /// </summary>
    public string? Protocol { get; init; }

    public string? IpProtocol { get; init; }

    public string? Path { get; init; }

    /// <summary>The place in the app's ports, from 0; not together with <see cref="Port"/>.</summary>
    public int? PortIndex { get; init; }

    public int? Port { get; init; }

    public CommandValue? Command { get; init; }

    public int? GracePeriodSeconds { get; init; }

    public int? IntervalSeconds { get; init; }

    public int? TimeoutSeconds { get; init; }

    public int? DelaySeconds { get; init; }

    public int? MaxConsecutiveFailures { get; init; }

    public bool? IgnoreHttp1xx { get; init; }
}

/// <summary>A line for the shell.</summary>
public sealed record CommandValue : MarathonObject
{
    public string? Value { get; init; }
}

/// <summary>Whether a new task may be counted on, asked while a deployment waits for it.</summary>
public sealed record ReadinessCheck : MarathonObject
{
    public string? Name { get; init; }

    public string? Protocol { get; init; }

    public string? Path { get; init; }

    /// <summary><c>http-api</c> if not said.</summary>
    public string? PortName { get; init; }

    public int? IntervalSeconds { get; init; }

    public int? TimeoutSeconds { get; init; }

    public IReadOnlyList<int>? HttpStatusCodesForReady { get; init; }

    public bool? PreserveLastResponse { get; init; }
}

/// <summary>What an agent asks a task or container now and then; nothing follows from the answer.</summary>
public sealed record Check : MarathonObject
{
    public HttpProbe? Http { get; init; }

    public TcpProbe? Tcp { get; init; }

    public ExecProbe? Exec { get; init; }

    public int? IntervalSeconds { get; init; }

    public int? TimeoutSeconds { get; init; }

    public int? DelaySeconds { get; init; }
}

/// <summary>The health of a pod's container: a <see cref="Check"/> that something follows from.</summary>
public sealed record ContainerHealthCheck : MarathonObject
{
    public HttpProbe? Http { get; init; }

    public TcpProbe? Tcp { get; init; }

    public ExecProbe? Exec { get; init; }

    public int? GracePeriodSeconds { get; init; }

    public int? IntervalSeconds { get; init; }

    public int? MaxConsecutiveFailures { get; init; }

    public int? TimeoutSeconds { get; init; }

    public int? DelaySeconds { get; init; }
}

/// <summary>A port is named by its endpoint in a pod, by place or number in an app.</summary>
public sealed record HttpProbe : MarathonObject
{
    public string? Endpoint { get; init; }

    public int? PortIndex { get; init; }

    public int? Port { get; init; }

    public string? Path { get; init; }

    public string? Scheme { get; init; }
}

public sealed record TcpProbe : MarathonObject
{
    public string? Endpoint { get; init; }

    public int? PortIndex { get; init; }

    public int? Port { get; init; }
}

public sealed record ExecProbe : MarathonObject
{
    public MesosCommand? Command { get; init; }
}

/// <summary>Either a line for the shell or a program with its arguments.</summary>
public sealed record MesosCommand : MarathonObject
{
    public string? Shell { get; init; }

    public IReadOnlyList<string>? Argv { get; init; }
}
