namespace MesosDocker.Mesos;

/// <summary>
/// <c>mesos.HealthCheck</c>: exactly one of <see cref="Http"/>, <see cref="Tcp"/> (Mesos 1.2 and later) and <see cref="Command"/>.
/// Defaults are those of mesos.proto.
/// </summary>
public sealed record HealthCheck
{
    public HttpCheck? Http { get; init; }

    public TcpCheck? Tcp { get; init; }

    public CommandInfo? Command { get; init; }

    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Failures in a row until the task is killed.</summary>
    public int ConsecutiveFailures { get; init; } = 3;

    /// <summary>From the start of the task; failures within it do not count until a first success.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(10);
}

public sealed record HttpCheck
{
    public required int Port { get; init; }

    public string Path { get; init; } = "/";

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Scheme { get; init; } = "http";

    /// <summary>The statuses that count as healthy; empty: 200 to 399.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [];
}

public sealed record TcpCheck(int Port);
