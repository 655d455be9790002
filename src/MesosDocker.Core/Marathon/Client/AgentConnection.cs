namespace MesosDocker.Marathon;

/// <summary>Where a Mesos agent is, and how one gets in.</summary>
public sealed record AgentConnection
{
    /// <summary><c>http://host:5051</c>.</summary>
    public required Uri Address { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string? Token { get; init; }

    /// <summary>A PEM file of authorities, beside those of the machine.</summary>
    public string? AuthorityPath { get; init; }

    /// <summary>For one request and its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
