namespace MesosDocker.Marathon;

/// <summary>How the Marathon that will judge a definition was started. Rules that depend on it are left out where nothing is known.</summary>
public sealed record MarathonSettings
{
    /// <summary><c>--enable_features</c>: <c>secrets</c>, <c>gpu_resources</c>, <c>external_volumes</c>...</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary><c>--default_network_name</c></summary>
    public string? DefaultNetworkName { get; init; }

    /// <summary><c>--mesos_role</c></summary>
    public string? Role { get; init; }
}
