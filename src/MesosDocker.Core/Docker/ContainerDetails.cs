using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>One container as <c>GET /containers/ID/json</c> tells it; what is not used here is in <see cref="Raw"/>.</summary>
public sealed record ContainerDetails
{
    public required string Id { get; init; }

    /// <summary>With a slash before it.</summary>
    public string Name { get; init; } = "";

    public DateTimeOffset? Created { get; init; }

    /// <summary>The program that runs, with <see cref="Args"/>.</summary>
    public string? Path { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public required ContainerState State { get; init; }

    /// <summary>The image's id.</summary>
    public string? Image { get; init; }

    public int RestartCount { get; init; }

    /// <summary>Of the json-file driver; on the engine's machine.</summary>
    public string? LogPath { get; init; }

    public HostSettings? HostConfig { get; init; }

    public ImageConfig? Config { get; init; }

    public NetworkSettings? NetworkSettings { get; init; }

    public IReadOnlyList<MountPoint>? Mounts { get; init; }

    /// <summary>The engine's answer, byte for byte.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    internal static ContainerDetails From(JsonElement json) => new()
    {
        Id = json.RequiredText("Id"),
        Name = json.Text("Name") ?? "",
        Created = json.Time("Created"),
        Path = json.Text("Path"),
        Args = json.Texts("Args"),
        State = json.Object("State", ContainerState.From) ?? throw new JsonException("There is no 'State'."),
        Image = json.Text("Image"),
        RestartCount = (int)(json.Number("RestartCount") ?? 0),
        LogPath = json.Text("LogPath"),
        HostConfig = json.Object("HostConfig", HostSettings.From),
        Config = json.Object("Config", ImageConfig.From),
        NetworkSettings = json.Object("NetworkSettings", NetworkSettings.From),
        Mounts = json.List("Mounts", MountPoint.From),
    };
}

/// <summary>What a container is doing, and how it ended.</summary>
public sealed record ContainerState
{
    /// <summary><c>created running paused restarting removing exited dead</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>Also while it is paused or restarting.</summary>
    public bool Running { get; init; }

    public bool Paused { get; init; }

    public bool Restarting { get; init; }

    /// <summary>The kernel killed a process in it for want of memory, not necessarily the first.</summary>
    public bool OomKilled { get; init; }

    public bool Dead { get; init; }

    /// <summary>In the engine's own process name space; 0 where it does not run.</summary>
    public int Pid { get; init; }

    /// <summary>128 and the signal's number where a signal ended it; 0 also for one that never ran.</summary>
    public int ExitCode { get; init; }

    /// <summary>Why it could not be started; empty where it could.</summary>
    public string? Error { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public HealthState? Health { get; init; }

    internal static ContainerState From(JsonElement json) => new()
    {
        Status = json.Text("Status") ?? "",
        Running = json.Flag("Running") ?? false,
        Paused = json.Flag("Paused") ?? false,
        Restarting = json.Flag("Restarting") ?? false,
        OomKilled = json.Flag("OOMKilled") ?? false,
        Dead = json.Flag("Dead") ?? false,
        Pid = (int)(json.Number("Pid") ?? 0),
        ExitCode = (int)(json.Number("ExitCode") ?? 0),
        Error = json.Text("Error"),
        StartedAt = json.Time("StartedAt"),
        FinishedAt = json.Time("FinishedAt"),
        Health = json.Object("Health", HealthState.From),
    };
}

public sealed record HealthState
{
    /// <summary><c>none starting healthy unhealthy</c>.</summary>
    public string Status { get; init; } = "";

    public int FailingStreak { get; init; }

    internal static HealthState From(JsonElement json) => new()
    {
        Status = json.Text("Status") ?? "",
        FailingStreak = (int)(json.Number("FailingStreak") ?? 0),
    };
}

/// <summary>How a container is bound to its host; the whole of it is in <see cref="ContainerDetails.Raw"/>. Sizes are bytes, 0 is
/// no limit.</summary>
public sealed record HostSettings
{
    public string? CgroupParent { get; init; }

    /// <summary><c>bridge host none</c>, <c>container:ID</c> or a network's name.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>Of the log driver; its type and options.</summary>
    public LogConfig? LogConfig { get; init; }

    public IReadOnlyList<string>? Binds { get; init; }

    public bool Privileged { get; init; }

    public bool AutoRemove { get; init; }

    /// <summary>Relative weight; 0 is the engine's default of 1024.</summary>
    public long CpuShares { get; init; }

    /// <summary>Microseconds.</summary>
    public long CpuPeriod { get; init; }

    /// <summary>Microseconds of every period.</summary>
    public long CpuQuota { get; init; }

    /// <summary>Billionths of a CPU.</summary>
    public long NanoCpus { get; init; }

    public long Memory { get; init; }

    public long MemoryReservation { get; init; }

    /// <summary>Memory and swap together; -1 for unlimited swap.</summary>
    public long MemorySwap { get; init; }

    public long PidsLimit { get; init; }

    internal static HostSettings From(JsonElement json) => new()
    {
        CgroupParent = json.Text("CgroupParent"),
        NetworkMode = json.Text("NetworkMode"),
        LogConfig = json.Object(
            "LogConfig", static log => new LogConfig { Type = log.Text("Type"), Config = log.TextMap("Config") }),
        Binds = json.Texts("Binds"),
        Privileged = json.Flag("Privileged") ?? false,
        AutoRemove = json.Flag("AutoRemove") ?? false,
        CpuShares = json.Number("CpuShares") ?? 0,
        CpuPeriod = json.Number("CpuPeriod") ?? 0,
        CpuQuota = json.Number("CpuQuota") ?? 0,
        NanoCpus = json.Number("NanoCpus") ?? 0,
        Memory = json.Number("Memory") ?? 0,
        MemoryReservation = json.Number("MemoryReservation") ?? 0,
        MemorySwap = json.Number("MemorySwap") ?? 0,
        PidsLimit = json.Number("PidsLimit") ?? 0,
    };
}

public sealed record NetworkSettings
{
    /// <summary>On the default bridge; gone from newer engines, see <see cref="Networks"/>.</summary>
    public string? IpAddress { get; init; }

    /// <summary>By container port, such as <c>80/tcp</c>; null for one that is exposed only.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Ports { get; init; }

    public IReadOnlyDictionary<string, EndpointDetails>? Networks { get; init; }

    internal static NetworkSettings From(JsonElement json) => new()
    {
        IpAddress = json.Text("IPAddress"),
        Ports = json.Map("Ports", static bindings => bindings.IsNothing() ? null : DockerJson.ListOf(PortOf)(bindings)),
        Networks = json.Map("Networks", EndpointDetails.From),
    };

    private static PortBinding PortOf(JsonElement json)
        => new() { HostIp = json.Text("HostIp") ?? "", HostPort = json.Text("HostPort") ?? "" };
}

/// <summary>A container's place in one network.</summary>
public sealed record EndpointDetails
{
    public string? NetworkId { get; init; }

    public string? Gateway { get; init; }

    public string? IpAddress { get; init; }

    public int IpPrefixLength { get; init; }

    public string? GlobalIPv6Address { get; init; }

    public string? MacAddress { get; init; }

    public IReadOnlyList<string>? Aliases { get; init; }

    internal static EndpointDetails From(JsonElement json) => new()
    {
        NetworkId = json.Text("NetworkID"),
        Gateway = json.Text("Gateway"),
        IpAddress = json.Text("IPAddress"),
        IpPrefixLength = (int)(json.Number("IPPrefixLen") ?? 0),
        GlobalIPv6Address = json.Text("GlobalIPv6Address"),
        MacAddress = json.Text("MacAddress"),
        Aliases = json.Texts("Aliases"),
    };
}

/// <summary>A place in the container's file system that is not its image's.</summary>
public sealed record MountPoint
{
    /// <summary><c>bind volume tmpfs image</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Of a volume.</summary>
    public string? Name { get; init; }

    public string? Source { get; init; }

    public string? Destination { get; init; }

    public string? Mode { get; init; }

    public bool Writable { get; init; }

    internal static MountPoint From(JsonElement json) => new()
    {
        Type = json.Text("Type"),
        Name = json.Text("Name"),
        Source = json.Text("Source"),
        Destination = json.Text("Destination"),
        Mode = json.Text("Mode"),
        Writable = json.Flag("RW") ?? false,
    };
}
