namespace MesosDocker.Docker;

/// <summary>One place where an engine may listen.</summary>
/// <param name="Text">As a person writes it, such as <c>unix:///var/run/docker.sock</c>; for messages.</param>
public abstract record EngineEndpoint(string Text)
{
    public sealed override string ToString() => Text;
}

/// <param name="Path">Of the socket; <c>@name</c> for one in Linux' abstract name space.</param>
public sealed record UnixEndpoint(string Text, string Path) : EngineEndpoint(Text);

/// <param name="Host">A name or an address, IPv6 without brackets.</param>
/// <param name="BasePath">What a proxy puts before the API's own paths: empty, or <c>/docker</c> without a slash at its
/// end.</param>
/// <param name="Tls">Null: none.</param>
public sealed record TcpEndpoint(string Text, string Host, int Port, string BasePath, EngineTls? Tls) : EngineEndpoint(Text);

/// <summary>TLS as the docker client's <c>--tls…</c> options mean it.</summary>
public sealed record EngineTls
{
    /// <summary>False: whoever answers is believed (<c>--tls</c> alone).</summary>
    public required bool Verify { get; init; }

    /// <summary>The only authorities believed; null, or optional and not there: the system's.</summary>
    public TlsFile? CaCertificate { get; init; }

    public TlsFile? Certificate { get; init; }

    public TlsFile? Key { get; init; }
}

/// <summary>A file in PEM form.</summary>
/// <param name="Optional">Nobody named it; it is looked for in the usual place and may be missing.</param>
public readonly record struct TlsFile(string Path, bool Optional);
