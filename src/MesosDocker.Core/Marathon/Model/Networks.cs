namespace MesosDocker.Marathon;

/// <summary>A network that the tasks of an app or the containers of a pod are on.</summary>
public sealed record Network : MarathonObject
{
    /// <summary><c>container</c> (if not said), <c>container/bridge</c> or <c>host</c>.</summary>
    public string? Mode { get; init; }

    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>The older way to ask for an address of one's own.</summary>
public sealed record IpAddress : MarathonObject
{
    public string? NetworkName { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IpDiscovery? Discovery { get; init; }
}

public sealed record IpDiscovery : MarathonObject
{
    public IReadOnlyList<IpDiscoveryPort>? Ports { get; init; }
}

public sealed record IpDiscoveryPort : MarathonObject
{
    public int? Number { get; init; }

    public string? Name { get; init; }

    public string? Protocol { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
