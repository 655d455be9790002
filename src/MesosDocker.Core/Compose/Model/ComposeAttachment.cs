namespace MesosDocker.Compose;

/// <summary>How a service is in a network (compose specification, service <c>networks</c>).</summary>
public sealed record ComposeAttachment
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? Ipv4Address { get; init; }

    public string? Ipv6Address { get; init; }

    public string? MacAddress { get; init; }

    public IReadOnlyList<string> LinkLocalIps { get; init; } = [];

    /// <summary>The highest is joined first.</summary>
    public int Priority { get; init; }
}
