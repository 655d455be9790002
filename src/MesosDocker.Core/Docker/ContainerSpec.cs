using System.Text.Json.Serialization;

namespace MesosDocker.Docker;

/// <summary>
/// The body of <c>POST /containers/create</c>: what the engine is asked to make. Field names and meanings are the engine API's
/// (docs.docker.com/reference/api/engine, v1.41 to v1.51). A null field is not sent, so that the engine's default holds.
/// </summary>
public sealed record ContainerSpec
{
    public string? Hostname { get; init; }

    public string? Domainname { get; init; }

    public string? User { get; init; }

    public bool? AttachStdin { get; init; }

    public bool? AttachStdout { get; init; }

    public bool? AttachStderr { get; init; }

    public IReadOnlyDictionary<string, Empty>? ExposedPorts { get; init; }

    public bool? Tty { get; init; }

    public bool? OpenStdin { get; init; }

    public bool? StdinOnce { get; init; }

    /// <summary><c>NAME=value</c>, or <c>NAME</c> alone to take the name out of the image's environment.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>Null: the image's own.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }

    public HealthcheckSpec? Healthcheck { get; init; }

    public string? Image { get; init; }

    public IReadOnlyDictionary<string, Empty>? Volumes { get; init; }

    public string? WorkingDir { get; init; }

    /// <summary>Null: the image's own. One empty string: none.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>For engines before API 1.44; later ones read it from the network's endpoint.</summary>
    public string? MacAddress { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string? StopSignal { get; init; }

    /// <summary>Seconds.</summary>
    public int? StopTimeout { get; init; }

    public HostConfig HostConfig { get; init; } = new();

    public NetworkingConfig? NetworkingConfig { get; init; }
}

/// <summary>The engine's sets are objects with empty values.</summary>
public sealed record Empty
{
    public static readonly Empty Value = new();
}

/// <summary><c>Healthcheck</c>: durations in nanoseconds, 0 meaning inherited.</summary>
public sealed record HealthcheckSpec
{
    /// <summary><c>["NONE"]</c>, <c>["CMD-SHELL", line]</c> or <c>["CMD", word...]</c>.</summary>
    public IReadOnlyList<string>? Test { get; init; }

    public long? Interval { get; init; }

    public long? Timeout { get; init; }

    public long? StartPeriod { get; init; }

    public long? StartInterval { get; init; }

    public int? Retries { get; init; }
}

/// <summary>The part of a container's specification that depends on the host. Sizes are bytes.</summary>
public sealed record HostConfig
{
    public IReadOnlyList<string>? Binds { get; init; }

    [JsonPropertyName("ContainerIDFile")]
    public string? ContainerIdFile { get; init; }

    public LogConfig? LogConfig { get; init; }

    public string? NetworkMode { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? PortBindings { get; init; }

    public RestartPolicy? RestartPolicy { get; init; }

    public bool? AutoRemove { get; init; }

    public string? VolumeDriver { get; init; }

    public IReadOnlyList<string>? VolumesFrom { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public IReadOnlyList<string>? CapAdd { get; init; }

    public IReadOnlyList<string>? CapDrop { get; init; }

    public string? CgroupnsMode { get; init; }

    public IReadOnlyList<string>? Dns { get; init; }

    public IReadOnlyList<string>? DnsOptions { get; init; }

    public IReadOnlyList<string>? DnsSearch { get; init; }

    public IReadOnlyList<string>? ExtraHosts { get; init; }

    public IReadOnlyList<string>? GroupAdd { get; init; }

    public string? IpcMode { get; init; }

    public IReadOnlyList<string>? Links { get; init; }

    public int? OomScoreAdj { get; init; }

    public string? PidMode { get; init; }

    public bool? Privileged { get; init; }

    public bool? PublishAllPorts { get; init; }

    public bool? ReadonlyRootfs { get; init; }

    public IReadOnlyList<string>? SecurityOpt { get; init; }

    public IReadOnlyList<string>? MaskedPaths { get; init; }

    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    public IReadOnlyDictionary<string, string>? StorageOpt { get; init; }

    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    [JsonPropertyName("UTSMode")]
    public string? UtsMode { get; init; }

    public string? UsernsMode { get; init; }

    public long? ShmSize { get; init; }

    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    public string? Runtime { get; init; }

    public string? Isolation { get; init; }

    /// <summary>Relative weight; the engine's default is 1024.</summary>
    public long? CpuShares { get; init; }

    public long? Memory { get; init; }

    /// <summary>Billionths of a CPU.</summary>
    public long? NanoCpus { get; init; }

    public string? CgroupParent { get; init; }

    public ushort? BlkioWeight { get; init; }

    public IReadOnlyList<WeightDevice>? BlkioWeightDevice { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadBps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteBps { get; init; }

    [JsonPropertyName("BlkioDeviceReadIOps")]
    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadIops { get; init; }

    [JsonPropertyName("BlkioDeviceWriteIOps")]
    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteIops { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuPeriod { get; init; }

    /// <summary>Microseconds of every period.</summary>
    public long? CpuQuota { get; init; }

    public long? CpuRealtimePeriod { get; init; }

    public long? CpuRealtimeRuntime { get; init; }

    public string? CpusetCpus { get; init; }

    public string? CpusetMems { get; init; }

    public IReadOnlyList<DeviceMapping>? Devices { get; init; }

    public IReadOnlyList<string>? DeviceCgroupRules { get; init; }

    public IReadOnlyList<DeviceRequest>? DeviceRequests { get; init; }

    public long? KernelMemory { get; init; }

    public long? MemoryReservation { get; init; }

    /// <summary>Memory and swap together; -1 for unlimited swap.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>0 to 100; -1 for the host's.</summary>
    public long? MemorySwappiness { get; init; }

    public bool? OomKillDisable { get; init; }

    public bool? Init { get; init; }

    public long? PidsLimit { get; init; }

    public IReadOnlyList<UlimitSpec>? Ulimits { get; init; }

    public long? CpuCount { get; init; }

    public long? CpuPercent { get; init; }

    [JsonPropertyName("IOMaximumIOps")]
    public ulong? IoMaximumIops { get; init; }

    [JsonPropertyName("IOMaximumBandwidth")]
    public ulong? IoMaximumBandwidth { get; init; }

    public IReadOnlyList<MountSpec>? Mounts { get; init; }
}

public sealed record LogConfig
{
    public string? Type { get; init; }

    public IReadOnlyDictionary<string, string>? Config { get; init; }
}

public sealed record PortBinding
{
    public string HostIp { get; init; } = "";

    /// <summary>Empty: any free port.</summary>
    public string HostPort { get; init; } = "";
}

public sealed record RestartPolicy
{
    public required string Name { get; init; }

    public int? MaximumRetryCount { get; init; }
}

public sealed record WeightDevice(string Path, ushort Weight);

public sealed record ThrottleDevice(string Path, ulong Rate);

public sealed record DeviceMapping
{
    public required string PathOnHost { get; init; }

    public required string PathInContainer { get; init; }

    public required string CgroupPermissions { get; init; }
}

public sealed record DeviceRequest
{
    public string Driver { get; init; } = "";

    /// <summary>-1 for all.</summary>
    public int Count { get; init; }

    [JsonPropertyName("DeviceIDs")]
    public IReadOnlyList<string>? DeviceIds { get; init; }

    /// <summary>An "or" list of "and" lists.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Capabilities { get; init; }

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}

public sealed record UlimitSpec(string Name, long Hard, long Soft);

/// <summary><c>Mount</c>. Unlike a bind in <see cref="HostConfig.Binds"/>, its paths may contain colons.</summary>
public sealed record MountSpec
{
    public required string Type { get; init; }

    public string? Source { get; init; }

    public string? Target { get; init; }

    public bool? ReadOnly { get; init; }

    public string? Consistency { get; init; }

    public BindOptions? BindOptions { get; init; }

    public VolumeOptions? VolumeOptions { get; init; }

    public ImageOptions? ImageOptions { get; init; }

    public TmpfsOptions? TmpfsOptions { get; init; }
}

public sealed record BindOptions
{
    public string? Propagation { get; init; }

    public bool? NonRecursive { get; init; }

    public bool? CreateMountpoint { get; init; }

    public bool? ReadOnlyNonRecursive { get; init; }

    public bool? ReadOnlyForceRecursive { get; init; }
}

public sealed record VolumeOptions
{
    public bool? NoCopy { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string? Subpath { get; init; }

    public VolumeDriverConfig? DriverConfig { get; init; }
}

public sealed record VolumeDriverConfig
{
    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }
}

public sealed record ImageOptions
{
    public string? Subpath { get; init; }
}

public sealed record TmpfsOptions
{
    public long? SizeBytes { get; init; }

    /// <summary>File mode bits, as a number.</summary>
    public int? Mode { get; init; }

    public IReadOnlyList<IReadOnlyList<string>>? Options { get; init; }
}

public sealed record NetworkingConfig
{
    public IReadOnlyDictionary<string, EndpointSpec> EndpointsConfig { get; init; } = new Dictionary<string, EndpointSpec>();
}

/// <summary>How the container joins one network.</summary>
public sealed record EndpointSpec
{
    [JsonPropertyName("IPAMConfig")]
    public EndpointIpam? Ipam { get; init; }

    public IReadOnlyList<string>? Links { get; init; }

    public IReadOnlyList<string>? Aliases { get; init; }

    public string? MacAddress { get; init; }

    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }

    public int? GwPriority { get; init; }
}

public sealed record EndpointIpam
{
    [JsonPropertyName("IPv4Address")]
    public string? IPv4Address { get; init; }

    [JsonPropertyName("IPv6Address")]
    public string? IPv6Address { get; init; }

    [JsonPropertyName("LinkLocalIPs")]
    public IReadOnlyList<string>? LinkLocalIps { get; init; }
}
