using System.Globalization;

namespace MesosDocker.Marathon;

/// <summary>A port that an app is reached at.</summary>
public sealed record AppPort
{
    private const string Form = "Write CONTAINER, HOST:CONTAINER or either with /udp behind it, such as 80, '8080:80' or '8080:80/udp'; ports are 0 to 65535.";

    private static readonly string[] s_protocols = ["tcp", "udp", "udp,tcp", "tcp,udp"];

    /// <summary>On which the program listens. 0: the same number as the host's port.</summary>
    public required int Container { get; init; }

    /// <summary>0: one of those that the agent offers. Null: not said.</summary>
    public int? Host { get; init; }

    /// <summary>Of load balancers; null: Marathon chooses.</summary>
    public int? Service { get; init; }

    public string? Protocol { get; init; }

    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Reads <c>80</c>, <c>8080:80</c>, <c>8080:80/udp</c>, with <c>http=</c> before it also a name.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionValueInvalid"/></exception>
    public static AppPort Parse(string text)
    {
        string[] named = text.Trim().Split('=');
        string[] halves = named[^1].Split('/');
        string[] ports = halves[0].Split(':');
        string? protocol = halves.Length == 2 ? halves[1].ToLowerInvariant() : null;
        bool isWellFormed = named.Length <= 2 && halves.Length <= 2 && ports.Length <= 2
            && (protocol is null || s_protocols.Contains(protocol))
            && (named.Length == 1 || named[0].Length > 0);
        if (!isWellFormed || Number(ports[^1]) is not { } container || (ports.Length == 2 && Number(ports[0]) is null))
        {
            throw new MesosDockerException(Fault.OptionValueInvalid, $"'{text}' is not a port. {Form}");
        }

        return new AppPort
        {
            Container = container,
            Host = ports.Length == 2 ? Number(ports[0]) : null,
            Protocol = protocol == "tcp,udp" ? "udp,tcp" : protocol,
            Name = named.Length == 2 ? named[0] : null,
        };
    }

    private static int? Number(string text)
        => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? port : null;
}
