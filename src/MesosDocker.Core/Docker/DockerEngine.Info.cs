using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>What <c>GET /info</c> tells of an engine and its machine.</summary>
public sealed record EngineInfo
{
    public string? Id { get; init; }

    /// <summary>The machine's host name.</summary>
    public string Name { get; init; } = "";

    public int Cpus { get; init; }

    /// <summary>Bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Of storage: <c>overlay2</c>...</summary>
    public string? Driver { get; init; }

    public string? LoggingDriver { get; init; }

    /// <summary><c>cgroupfs</c> or <c>systemd</c>.</summary>
    public string? CgroupDriver { get; init; }

    /// <summary><c>1</c> or <c>2</c>; null before API 1.41, where it is 1.</summary>
    public string? CgroupVersion { get; init; }

    public string? ServerVersion { get; init; }

    public string? OperatingSystem { get; init; }

    public string? OsType { get; init; }

    public string? Architecture { get; init; }

    public string? KernelVersion { get; init; }

    public string? DockerRootDir { get; init; }

    /// <summary>Containers outlive the engine's restart.</summary>
    public bool LiveRestoreEnabled { get; init; }

    public int ContainersRunning { get; init; }

    public IReadOnlyList<string> SecurityOptions { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    internal static EngineInfo From(JsonElement json) => new()
    {
        Id = json.Text("ID"),
        Name = json.Text("Name") ?? "",
        Cpus = (int)(json.Number("NCPU") ?? 0),
        Memory = json.Number("MemTotal") ?? 0,
        Driver = json.Text("Driver"),
        LoggingDriver = json.Text("LoggingDriver"),
        CgroupDriver = json.Text("CgroupDriver"),
        CgroupVersion = json.Text("CgroupVersion"),
        ServerVersion = json.Text("ServerVersion"),
        OperatingSystem = json.Text("OperatingSystem"),
        OsType = json.Text("OSType"),
        Architecture = json.Text("Architecture"),
        KernelVersion = json.Text("KernelVersion"),
        DockerRootDir = json.Text("DockerRootDir"),
        LiveRestoreEnabled = json.Flag("LiveRestoreEnabled") ?? false,
        ContainersRunning = (int)(json.Number("ContainersRunning") ?? 0),
        SecurityOptions = json.Texts("SecurityOptions") ?? [],
        Warnings = json.Texts("Warnings") ?? [],
    };
}

/// <summary>What <c>GET /version</c> tells.</summary>
public sealed record EngineVersion
{
    public string Version { get; init; } = "";

    public required string ApiVersion { get; init; }

    /// <summary>Null before API 1.25.</summary>
    public string? MinApiVersion { get; init; }

    public string? Os { get; init; }

    public string? Arch { get; init; }

    public string? KernelVersion { get; init; }

    internal static EngineVersion From(JsonElement json) => new()
    {
        Version = json.Text("Version") ?? "",
        ApiVersion = json.RequiredText("ApiVersion"),
        MinApiVersion = json.Text("MinAPIVersion"),
        Os = json.Text("Os"),
        Arch = json.Text("Arch"),
        KernelVersion = json.Text("KernelVersion"),
    };
}

public sealed partial class DockerEngine
{
    public Task<EngineInfo> InfoAsync(CancellationToken cancellationToken)
        => AskAsync(Get(new RequestPath("info"), "ask about the machine"), EngineInfo.From, cancellationToken);

    public Task<EngineVersion> VersionAsync(CancellationToken cancellationToken)
        => AskAsync(Get(new RequestPath("version"), "ask for its version"), EngineVersion.From, cancellationToken);
}
