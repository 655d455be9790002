using System.Globalization;
using System.Text;

namespace MesosDocker.Docker;

/// <summary>
/// Where the engine is and how to be let in, once the docker client's options and environment have been weighed. Options beat
/// variables, variables beat defaults (docs.docker.com/reference/cli/docker, "Environment variables").
/// </summary>
public sealed record EngineAddress
{
    private const string DefaultSocket = "/var/run/docker.sock";
    private const string DefaultHost = "localhost";
    private const int PlainPort = 2375;
    private const int TlsPort = 2376;

    // sun_path holds 108 bytes, the last one zero.
    private const int LongestSocketPath = 107;

    /// <summary>Tried in order; the first that accepts a connection is the engine from then on.</summary>
    public required IReadOnlyList<EngineEndpoint> Endpoints { get; init; }

    /// <summary><c>DOCKER_API_VERSION</c>: spoken without asking what the engine would like; null: negotiated.</summary>
    public ApiVersion? FixedVersion { get; init; }

    /// <param name="options">What the configuration or a command line says.</param>
    /// <param name="environment">The process's variables.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/>: a host of a kind that is not spoken here,
    /// or none at all.</exception>
    public static EngineAddress Resolve(EngineOptions options, IReadOnlyDictionary<string, string> environment)
    {
        EngineTls? tls = ResolveTls(options, environment);
        string fromEnvironment = environment.GetValueOrDefault("DOCKER_HOST", "").Trim();
        IReadOnlyList<string> hosts = options.Hosts.Count > 0 ? options.Hosts
            : fromEnvironment.Length > 0 ? [fromEnvironment]
            : [DefaultFor(tls)];
        return new EngineAddress
        {
            Endpoints = [.. hosts.Select(host => ParseHost(host.Trim(), tls, options, environment))],
            FixedVersion = ResolveVersion(environment),
        };
    }

    public override string ToString() => string.Join(", ", Endpoints);

    private static string DefaultFor(EngineTls? tls) => tls is not null ? $"tcp://{DefaultHost}:{TlsPort}"
        : OperatingSystem.IsWindows()
            ? throw new MesosDockerException(
                Fault.ConfigurationInvalid,
                "No Docker host is given, and Windows' named pipes are not spoken: set DOCKER_HOST to a tcp:// address.")
            : $"unix://{DefaultSocket}";

    private static EngineEndpoint ParseHost(
        string host, EngineTls? tls, EngineOptions options, IReadOnlyDictionary<string, string> environment)
    {
        int mark = host.IndexOf("://", StringComparison.Ordinal);
        string scheme = mark < 0 ? "tcp" : host[..mark];
        string rest = mark < 0 ? host : host[(mark + 3)..];
        return scheme switch
        {
            _ when mark < 0 && host.StartsWith('/') => throw Refuse(host, $"write 'unix://{host}' for a socket"),
            "unix" => ParseSocket(host, rest),
            "tcp" => ParseTcp(host, scheme, rest, tls),
            "http" => ParseTcp(host, scheme, rest, tls: null),
            "https" => ParseTcp(host, scheme, rest, tls ?? FilesOfTls(verify: true, options, environment)),
            "fd" => throw Refuse(
                host, "fd:// is for dockerd itself; give the address it listens on, such as unix:///var/run/docker.sock"),
            "ssh" => throw Refuse(
                host, "ssh:// is not spoken; forward the socket (ssh -L /tmp/docker.sock:/var/run/docker.sock) and give that"),
            "npipe" => throw Refuse(host, "named pipes are not spoken; let the engine listen on tcp:// and give that"),
            _ => throw Refuse(host, "it must begin with unix://, tcp://, http:// or https://"),
        };
    }

    private static UnixEndpoint ParseSocket(string host, string path)
    {
        string socket = path.Length == 0 ? DefaultSocket : path;
        return socket.Contains("://", StringComparison.Ordinal) || socket.Contains('\0')
            ? throw Refuse(host, "after unix:// comes the path of a socket")
            : Encoding.UTF8.GetByteCount(socket) > LongestSocketPath
                ? throw Refuse(host, $"the path of a socket has {LongestSocketPath} bytes at most; make a shorter link to it")
                : new UnixEndpoint($"unix://{socket}", socket);
    }

    private static TcpEndpoint ParseTcp(string host, string scheme, string authority, EngineTls? tls)
    {
        int defaultPort = (scheme, tls) switch
        {
            ("http", _) => 80,
            ("https", _) => 443,
            (_, null) => PlainPort,
            _ => TlsPort,
        };

        int slash = authority.IndexOf('/', StringComparison.Ordinal);
        string basePath = slash < 0 ? "" : authority[slash..].TrimEnd('/');
        string place = slash < 0 ? authority : authority[..slash];
        (string name, string port) = SplitPort(place);
        if (name.StartsWith('[') && name.EndsWith(']'))
        {
            name = name[1..^1];
        }

        name = name.Length == 0 ? DefaultHost : name;
        UriHostNameType kind = Uri.CheckHostName(name);
        if (kind is UriHostNameType.Unknown or UriHostNameType.Basic || basePath.AsSpan().ContainsAny("?#\\ "))
        {
            throw Refuse(host, "a host is written as tcp://name:port");
        }

        if (!TryPort(port, defaultPort, out int number))
        {
            throw Refuse(host, "a port is a number from 1 to 65535");
        }

        string shown = kind == UriHostNameType.IPv6 ? $"[{name}]" : name;
        return new TcpEndpoint(
            string.Create(CultureInfo.InvariantCulture, $"{scheme}://{shown}:{number}{basePath}"), name, number, basePath, tls);
    }

    /// <summary>The last colon outside of brackets parts a port from a name.</summary>
    private static (string Name, string Port) SplitPort(string place)
    {
        int colon = place.LastIndexOf(':');
        return colon < 0 || colon < place.LastIndexOf(']') ? (place, "") : (place[..colon], place[(colon + 1)..]);
    }

    private static bool TryPort(string text, int defaultPort, out int port)
    {
        port = defaultPort;
        return text.Length == 0
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
                && port is > 0 and <= ushort.MaxValue);
    }

    private static EngineTls? ResolveTls(EngineOptions options, IReadOnlyDictionary<string, string> environment)
    {
        // As the docker client has it: any value of the variable counts as yes, and naming --tlsverify at all, even as false,
        // turns TLS on.
        bool verify = options.TlsVerify ?? environment.GetValueOrDefault("DOCKER_TLS_VERIFY", "").Length > 0;
        bool tls = options.Tls ?? environment.GetValueOrDefault("DOCKER_TLS", "").Length > 0;
        return tls || verify || options.TlsVerify is not null ? FilesOfTls(verify, options, environment) : null;
    }

    private static EngineTls FilesOfTls(bool verify, EngineOptions options, IReadOnlyDictionary<string, string> environment)
    {
        string named = environment.GetValueOrDefault("DOCKER_CERT_PATH", "");
        string? directory = named.Length > 0 ? named : ClientDirectory.Of(options, environment);
        return new EngineTls
        {
            Verify = verify,
            // A directory that somebody named holds the authority; the client certificate is up to the engine.
            CaCertificate = FileOf(options.TlsCaCertificate, directory, "ca.pem", optional: named.Length == 0),
            Certificate = FileOf(options.TlsCertificate, directory, "cert.pem", optional: true),
            Key = FileOf(options.TlsKey, directory, "key.pem", optional: true),
        };
    }

    private static TlsFile? FileOf(string? option, string? directory, string name, bool optional)
        => option is not null ? new TlsFile(option, Optional: false)
            : directory is not null ? new TlsFile(Path.Combine(directory, name), optional)
            : null;

    private static ApiVersion? ResolveVersion(IReadOnlyDictionary<string, string> environment)
    {
        string text = environment.GetValueOrDefault("DOCKER_API_VERSION", "");
        if (text.Length == 0)
        {
            return null;
        }

        return ApiVersion.TryParse(text, out ApiVersion version) && version >= ApiVersion.Oldest && version <= ApiVersion.Newest
            ? version
            : throw new MesosDockerException(
                Fault.ConfigurationInvalid,
                $"DOCKER_API_VERSION is '{text}'; it must be from {ApiVersion.Oldest} to {ApiVersion.Newest}, or not be set.");
    }

    private static MesosDockerException Refuse(string host, string why)
        => new(Fault.ConfigurationInvalid, $"The Docker host '{host}' cannot be used: {why}.");
}
