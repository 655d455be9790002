using System.Net;

namespace MesosDocker.Local;

/// <summary>How the API is served.</summary>
internal sealed record ApiOptions
{
    public required IPEndPoint Listen { get; init; }

    /// <summary>Names, beside those of the loopback and of the address it listens on, that a request may call this server by.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Null: nobody has to show one (<c>--no-token</c>).</summary>
    public AccessToken? Token { get; init; }

    /// <summary>Where people find the token; for messages.</summary>
    public string? TokenFile { get; init; }

    public Credentials? Credentials { get; init; }

    public TlsIdentity? Tls { get; init; }

    public int ServicePortsFrom { get; init; } = 10000;

    public int ServicePortsTo { get; init; } = 20000;

    /// <summary>Between two signs of life on a stream of events that is silent.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whoever can reach the address is not necessarily on this machine.</summary>
    public bool IsOpen => !IPAddress.IsLoopback(Listen.Address);
}
