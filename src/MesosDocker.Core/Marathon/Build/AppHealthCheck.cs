using System.Globalization;

namespace MesosDocker.Marathon;

/// <summary>A health check, with the port that it goes to as people name it.</summary>
public sealed record AppHealthCheck
{
    private static readonly (string Scheme, string Protocol)[] s_schemes =
    [
        ("http", "HTTP"), ("https", "HTTPS"), ("tcp", "TCP"),
        ("mesos-http", "MESOS_HTTP"), ("mesos-https", "MESOS_HTTPS"), ("mesos-tcp", "MESOS_TCP"),
    ];

    /// <summary>All of it but its port.</summary>
    public required HealthCheck Check { get; init; }

    /// <summary>The number or the name of one of the app's ports. Null: the first, or what the check itself says.</summary>
    public string? Port { get; init; }

    /// <summary>
    /// Reads <c>http://:80/ping</c>, <c>https://:api/</c> and <c>tcp://:80</c> (asked by Marathon; with <c>mesos-</c> before them by the
    /// agent). Anything else is a command line, run in the container; but a first word that looks like an address is one.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionValueInvalid"/></exception>
    public static AppHealthCheck Parse(string text)
    {
        int at = text.IndexOf("://", StringComparison.Ordinal);
        bool isAddress = at > 0 && text[..at].All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.');
        return isAddress ? Address(text, ProtocolOf(text, text[..at]), text[(at + 3)..]) : new AppHealthCheck { Check = Command(text) };
    }

    private static string ProtocolOf(string text, string scheme)
        => Array.Find(s_schemes, known => known.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase)).Protocol
            ?? throw new MesosDockerException(
                Fault.OptionValueInvalid,
                $"'{text}' begins with '{scheme}', by which nothing is checked; write one of {string.Join(", ", s_schemes.Select(static known => known.Scheme + "://"))}, or a command line.");

    private static HealthCheck Command(string line) => line.AsSpan().Trim().IsEmpty
        ? throw new MesosDockerException(Fault.OptionValueInvalid, "A health check is an address such as http://:80/ping, or a command line, and this one is empty.")
        : new HealthCheck { Protocol = HealthProtocols.Command, Command = new CommandValue { Value = line } };

    private static AppHealthCheck Address(string text, string protocol, string rest)
    {
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string authority = slash < 0 ? rest : rest[..slash];
        string? path = slash < 0 ? null : rest[slash..];
        if (authority.Length > 0 && authority[0] != ':')
        {
            throw new MesosDockerException(
                Fault.OptionValueInvalid,
                $"'{text}' names a host, but each task is asked where it runs. Write the port alone, such as http://:80/ping.");
        }

        bool hasPath = protocol.EndsWith("TCP", StringComparison.Ordinal) && path is { Length: > 1 };
        return hasPath
            ? throw new MesosDockerException(Fault.OptionValueInvalid, $"'{text}' has a path, and TCP knows none.")
            : new AppHealthCheck
            {
                Check = new HealthCheck { Protocol = protocol, Path = protocol.EndsWith("TCP", StringComparison.Ordinal) ? null : path ?? "/" },
                Port = authority.Length > 1 ? authority[1..] : null,
            };
    }

    /// <summary>With its port found among those of the app.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionConflict"/>: it names a port that the app has not.</exception>
    internal HealthCheck For(IReadOnlyList<AppPort> ports, bool isOnHost)
    {
        if (Port is null)
        {
            bool saysPort = Check.Port is not null || Check.PortIndex is not null || Check.Protocol == HealthProtocols.Command;
            return saysPort ? Check : Check with { PortIndex = 0 };
        }

        for (int i = 0; i < ports.Count; i++)
        {
            if (ports[i].Name == Port || ports[i].Container.ToString(CultureInfo.InvariantCulture) == Port)
            {
                return Check with { PortIndex = i };
            }
        }

        // Without a network between, a number is as good as a place.
        return isOnHost && ushort.TryParse(Port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
            ? Check with { Port = number }
            : throw new MesosDockerException(Fault.OptionConflict, $"The health check asks port '{Port}', which the app has not; name it with -Port, too.");
    }
}
