namespace MesosDocker.Marathon;

/// <summary>A port of an app with host networking.</summary>
public sealed record PortDefinition : MarathonObject
{
    /// <summary>The service port, 0 to have one allotted; with <see cref="App.RequirePorts"/> the port of the host.</summary>
    public int? Port { get; init; }

    /// <summary><c>tcp</c> (if not said), <c>udp</c> or <c>udp,tcp</c>.</summary>
    public string? Protocol { get; init; }

    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>A port of an app with a network of its own, and what leads to it.</summary>
public sealed record PortMapping : MarathonObject
{
    /// <summary>0 or not said: the same number as the host's port.</summary>
    public int? ContainerPort { get; init; }

    /// <summary>0: one of those offered. Not said: one of those offered on a bridge, none on any other network.</summary>
    public int? HostPort { get; init; }

    public int? ServicePort { get; init; }

    public string? Protocol { get; init; }

    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyList<string>? NetworkNames { get; init; }
}
