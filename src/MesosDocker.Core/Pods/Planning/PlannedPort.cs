using System.Globalization;

namespace MesosDocker.Pods;

/// <summary>A port of the host that leads to one of a pod.</summary>
internal sealed record PlannedPort
{
    public required string Service { get; init; }

    /// <summary>In the container.</summary>
    public required int Target { get; init; }

    public required int Host { get; init; }

    public required string Protocol { get; init; }

    /// <summary>Null: all addresses of the host.</summary>
    public string? HostIp { get; init; }

    /// <summary>In compose's short syntax.</summary>
    public string Short
    {
        get
        {
            string address = HostIp is null ? "" : HostIp.Contains(':', StringComparison.Ordinal) ? $"[{HostIp}]:" : HostIp + ":";
            return string.Create(CultureInfo.InvariantCulture, $"{address}{Host}:{Target}") + (Protocol == "tcp" ? "" : $"/{Protocol}");
        }
    }
}
