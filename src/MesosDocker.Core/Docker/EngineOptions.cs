namespace MesosDocker.Docker;

/// <summary>
/// Where the Docker engine is and how to be let in: what the docker client's own options say (<c>--host</c>, <c>--tls…</c>,
/// <c>--config</c>) and its environment (<c>DOCKER_HOST</c>, <c>DOCKER_TLS_VERIFY</c>, <c>DOCKER_CERT_PATH</c>, <c>DOCKER_CONFIG</c>).
/// </summary>
public sealed record EngineOptions
{
    /// <summary><c>unix://</c>, <c>tcp://</c>, <c>http://</c> or <c>https://</c> addresses, tried in order; empty: <c>DOCKER_HOST</c>, else the
    /// local socket.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>TLS without verification of the server.</summary>
    public bool? Tls { get; init; }

    public bool? TlsVerify { get; init; }

    public string? TlsCaCertificate { get; init; }

    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    /// <summary>The directory with <c>config.json</c>; null: <c>DOCKER_CONFIG</c>, else <c>~/.docker</c>.</summary>
    public string? ConfigDirectory { get; init; }
}
