namespace MesosDocker.Io;

/// <summary>Where the kernel keeps the container's figures: one path (v2), or one a controller (v1). Absolute.</summary>
internal sealed record CgroupPaths
{
    public string? Unified { get; init; }

    public string? Cpu { get; init; }

    public string? CpuAccounting { get; init; }

    public string? Memory { get; init; }

    public string? Pids { get; init; }
}
