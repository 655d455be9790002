using System.Globalization;

namespace MesosDocker.Compose;

/// <summary>One container port that is published on the host (compose specification, <c>ports</c>); ranges of both are written out.</summary>
public sealed record ComposePort
{
    /// <summary>In the container.</summary>
    public required int Target { get; init; }

    /// <summary>On the host; null: whichever is free.</summary>
    public int? Published { get; init; }

    /// <summary>The last port of a range, one of which is taken; null where <see cref="Published"/> is meant alone.</summary>
    public int? PublishedLast { get; init; }

    /// <summary>The address of the host that it is published on; null: all.</summary>
    public string? HostIp { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c>, <c>sctp</c> or another that the platform knows.</summary>
    public string Protocol { get; init; } = "tcp";

    /// <summary><c>host</c> or <c>ingress</c>.</summary>
    public string? Mode { get; init; }

    public string? Name { get; init; }

    public string? AppProtocol { get; init; }

    /// <summary>The engine chooses the host port.</summary>
    public bool IsDynamic => Published is null || PublishedLast is not null;

    /// <summary>The short syntax: <c>127.0.0.1:8080:80/udp</c>.</summary>
    public override string ToString()
    {
        string address = HostIp is null ? "" : HostIp.Contains(':', StringComparison.Ordinal) ? $"[{HostIp}]:" : HostIp + ":";
        string published = Published is not { } port ? "" : PublishedLast is { } last ? $"{Text(port)}-{Text(last)}" : Text(port);
        string protocol = Protocol == "tcp" ? "" : "/" + Protocol;
        return address + published + (address.Length + published.Length > 0 ? ":" : "") + Text(Target) + protocol;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
