using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>The body of <c>POST /containers/ID/update</c>. Sizes are bytes; null leaves a value as it is.</summary>
public sealed record ResourceUpdate
{
    /// <summary>Relative weight; the engine's default is 1024.</summary>
    public long? CpuShares { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuPeriod { get; init; }

    /// <summary>Microseconds of every period.</summary>
    public long? CpuQuota { get; init; }

    /// <summary>Billionths of a CPU.</summary>
    public long? NanoCpus { get; init; }

    public string? CpusetCpus { get; init; }

    public string? CpusetMems { get; init; }

    public long? Memory { get; init; }

    public long? MemoryReservation { get; init; }

    /// <summary>Memory and swap together; -1 for unlimited swap. An engine that has a swap limit refuses a <see cref="Memory"/>
    /// above it.</summary>
    public long? MemorySwap { get; init; }

    public ushort? BlkioWeight { get; init; }

    public long? PidsLimit { get; init; }

    public RestartPolicy? RestartPolicy { get; init; }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.Put("CpuShares", CpuShares);
        json.Put("CpuPeriod", CpuPeriod);
        json.Put("CpuQuota", CpuQuota);
        json.Put("NanoCpus", NanoCpus);
        json.Put("CpusetCpus", CpusetCpus);
        json.Put("CpusetMems", CpusetMems);
        json.Put("Memory", Memory);
        json.Put("MemoryReservation", MemoryReservation);
        json.Put("MemorySwap", MemorySwap);
        json.Put("BlkioWeight", BlkioWeight);
        json.Put("PidsLimit", PidsLimit);
        json.PutObject("RestartPolicy", RestartPolicy, ContainerSpecWriter.WriteRestartPolicy);
    }
}
