namespace MesosDocker.Marathon;

/// <summary>Where a Marathon is, and how one gets in.</summary>
public sealed record MarathonConnection
{
    /// <summary>
    /// Base addresses of the same Marathon (<c>http://host:8080</c>, with a path where a proxy wants one); the first that answers serves.
    /// </summary>
    public required IReadOnlyList<Uri> Endpoints { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>Sent as <c>Authorization: token=…</c>, as DC/OS and the embedded cluster take it.</summary>
    public string? Token { get; init; }

    /// <summary>A PEM file of the authorities that sign the servers' certificates, beside those of the machine.</summary>
    public string? AuthorityPath { get; init; }

    /// <summary>For one request and its answer; streams live on.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
