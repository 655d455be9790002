using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>The words after <c>mesos-dockerd local</c>.</summary>
internal sealed record LocalOptions
{
    public const string DefaultDirectory = "/var/lib/mesos-docker/local";

    private const int DefaultPort = 8080;

    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    public int? AgentPort { get; init; }

    public string WorkDirectory { get; init; } = DefaultDirectory;

    public decimal? Cpus { get; init; }

    public decimal? Memory { get; init; }

    public decimal? Disk { get; init; }

    public ImmutableArray<PortRange> Ports { get; init; } = [new(31000, 32000)];

    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public string? Hostname { get; init; }

    public string? Hook { get; init; }

    public string? Configuration { get; init; }

    public bool NoToken { get; init; }

    public string? Credentials { get; init; }

    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    /// <summary>End everything of the work directory, and remove it, instead of serving.</summary>
    public bool Destroy { get; init; }

    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/></exception>
    public static LocalOptions Parse(IReadOnlyList<string> words)
    {
        var options = new LocalOptions();
        for (int i = 0; i < words.Count; i++)
        {
            string[] parts = words[i].Split('=', 2);
            if (parts is ["--no-token"])
            {
                options = options with { NoToken = true };
            }
            else if (parts is ["--destroy"])
            {
                options = options with { Destroy = true };
            }
            else if (!IsKnown(parts[0]))
            {
                throw Usage.Wrong(words[i].StartsWith('-') ? $"There is no option {parts[0]}." : $"'{words[i]}' is one word too many.");
            }
            else
            {
                string value = parts.Length == 2 ? parts[1]
                    : i + 1 < words.Count ? words[++i]
                    : throw Usage.Wrong($"The option {parts[0]} needs a value.");
                options = options.With(parts[0], value);
            }
        }

        return options.Checked();
    }

    private static bool IsKnown(string name) => name is "--listen" or "--agent-port" or "--work-dir" or "--cpus" or "--memory" or "--disk" or "--ports"
        or "--attribute" or "--hostname" or "--hook" or "--config" or "--credentials" or "--tls-certificate" or "--tls-key";

    private LocalOptions With(string name, string value) => name switch
    {
        "--listen" => this with { Listen = Endpoint(value) },
        "--agent-port" => this with { AgentPort = (int)Number(name, value, 1, IPEndPoint.MaxPort) },
        "--work-dir" => this with { WorkDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Filled(name, value))) },
        "--cpus" => this with { Cpus = Number(name, value, 0, 100_000) },
        "--memory" => this with { Memory = Number(name, value, 0, 1_000_000_000) },
        "--disk" => this with { Disk = Number(name, value, 0, 1_000_000_000_000) },
        "--ports" => this with { Ports = [.. value.Split(',').Select(Range)] },
        "--attribute" => this with { Attributes = Attributes.SetItem(Attribute(value).Name, Attribute(value).Value) },
        "--hostname" => this with { Hostname = Filled(name, value) },
        "--hook" => this with { Hook = Path.GetFullPath(Filled(name, value)) },
        "--config" => this with { Configuration = Path.GetFullPath(Filled(name, value)) },
        "--credentials" => this with { Credentials = Filled(name, value) },
        "--tls-certificate" => this with { TlsCertificate = Filled(name, value) },
        _ => this with { TlsKey = Filled(name, value) },
    };

    // What can be reached from elsewhere can start containers as root here: not without keys, and not in the clear.
    private LocalOptions Checked()
    {
        bool isOpen = !IPAddress.IsLoopback(Listen.Address);
        return (TlsCertificate is null) != (TlsKey is null) ? throw Usage.Wrong("--tls-certificate and --tls-key belong together.")
            : isOpen && TlsCertificate is null
                ? throw Usage.Wrong(
                    $"{Listen} can be reached by other machines, and this server starts containers as root: "
                    + "name --tls-certificate and --tls-key.")
            : isOpen && NoToken && Credentials is null
                ? throw Usage.Wrong($"{Listen} can be reached by other machines: without the token name --credentials.")
            : this;
    }

    private static IPEndPoint Endpoint(string value)
        => value.Contains(':')
            && IPEndPoint.TryParse(value.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase), out IPEndPoint? endpoint)
            ? endpoint
            : throw Usage.Wrong($"--listen wants ADDRESS:PORT, as 127.0.0.1:{DefaultPort}, and not '{value}'.");

    private static decimal Number(string name, string value, decimal least, decimal most)
        => decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number >= least && number <= most
            ? number
            : throw Usage.Wrong(string.Create(CultureInfo.InvariantCulture, $"{name} wants a number from {least} to {most}, and not '{value}'."));

    private static PortRange Range(string value)
        => value.Split('-') is [var first, var last]
            && ushort.TryParse(first, CultureInfo.InvariantCulture, out ushort begin)
            && ushort.TryParse(last, CultureInfo.InvariantCulture, out ushort end)
            && begin > 0 && begin <= end
                ? new PortRange(begin, end)
                : throw Usage.Wrong($"--ports wants ranges, as 31000-32000, and not '{value}'.");

    private static (string Name, string Value) Attribute(string value) => value.Split(':', 2) is [{ Length: > 0 } name, { Length: > 0 } said]
        ? (name, said)
        : throw Usage.Wrong($"--attribute wants NAME:VALUE, and not '{value}'.");

    private static string Filled(string name, string value) => value.Length > 0 ? value : throw Usage.Wrong($"The option {name} needs a value.");
}
