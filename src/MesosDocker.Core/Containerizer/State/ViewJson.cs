using System.Text;
using System.Text.Json;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>What verbs print with <c>--json</c>, indented, in camel case; what has no value is left out.</summary>
internal static class ViewJson
{
    public static string Of(IReadOnlyList<ContainerView> views) => Print(json => json.Write(views, WriteFields));

    public static string Of(IReadOnlyList<LockView> views) => Print(json => json.Write(views, WriteFields));

    public static string Of(IReadOnlyList<ContainerId> ids) => Print(json => json.Write([.. ids.Select(static id => id.Value)]));

    public static string Of(Termination termination) => Print(json => json.Write(termination, WriteFields));

    public static string Of(ResourceStatistics statistics) => Print(json => json.Write(statistics, WriteFields));

    public static string Of(InstallationReport report) => Print(json => json.Write(report, static (inner, all) => all.WriteTo(inner)));

    public static void WriteFields(Utf8JsonWriter json, Termination termination)
    {
        json.Put("killed", termination.Killed);
        json.Put("message", termination.Message);
        json.Put("status", (long?)termination.Status?.Word);
        json.Put("exitCode", (long?)termination.Status?.ExitCode);
        json.Put("signal", (long?)termination.Status?.Signal);
        json.Put("state", termination.State.ToString());
        json.Put("reasons", [.. termination.Reasons.Select(static reason => reason.ToString())]);
    }

    private static void WriteFields(Utf8JsonWriter json, ContainerView view)
    {
        json.Put("containerId", view.ContainerId);
        json.Put("taskId", view.TaskId);
        json.Put("executorId", view.ExecutorId);
        json.Put("frameworkId", view.FrameworkId);
        json.Put("phase", view.Phase.ToString());
        json.Put("image", view.Image);
        json.Put("engineId", view.EngineId);
        json.Put("supervisor", (long?)view.Supervisor);
        json.PutTime("launched", view.Launched);
        json.PutTime("started", view.Started);
        json.PutTime("ended", view.Ended);
        json.PutObject("termination", view.Termination, WriteFields);
        json.Put("stale", view.Stale);
        json.Put("sandbox", view.Sandbox);
        json.Put("workDirectory", view.WorkDirectory);
    }

    private static void WriteFields(Utf8JsonWriter json, LockView view)
    {
        json.Put("containerId", view.ContainerId);
        json.Put("lock", view.Lock);
        json.Put("held", view.Held);
        json.Put("pid", (long?)view.Pid);
        json.Put("command", view.Command);
    }

    private static void WriteFields(Utf8JsonWriter json, ResourceStatistics usage)
    {
        json.PutTime("timestamp", usage.Timestamp);
        json.Put("processes", (long?)usage.Processes);
        json.Put("threads", (long?)usage.Threads);
        json.Put("cpusUserTimeSeconds", usage.CpusUserTimeSeconds);
        json.Put("cpusSystemTimeSeconds", usage.CpusSystemTimeSeconds);
        json.Put("cpusLimit", usage.CpusLimit);
        json.Put("cpusPeriods", usage.CpusPeriods);
        json.Put("cpusThrottledPeriods", usage.CpusThrottledPeriods);
        json.Put("cpusThrottledTimeSeconds", usage.CpusThrottledTimeSeconds);
        json.Put("memoryTotalBytes", usage.MemoryTotalBytes);
        json.Put("memoryLimitBytes", usage.MemoryLimitBytes);
        json.Put("memorySoftLimitBytes", usage.MemorySoftLimitBytes);
        json.Put("memoryRssBytes", usage.MemoryRssBytes);
        json.Put("memoryCacheBytes", usage.MemoryCacheBytes);
        json.Put("memoryMappedFileBytes", usage.MemoryMappedFileBytes);
        json.Put("memorySwapBytes", usage.MemorySwapBytes);
        json.Put("memoryUnevictableBytes", usage.MemoryUnevictableBytes);
        json.Put("diskLimitBytes", usage.DiskLimitBytes);
        json.Put("diskUsedBytes", usage.DiskUsedBytes);
        json.PutObject("network", usage.Network, WriteFields);
    }

    private static void WriteFields(Utf8JsonWriter json, NetworkStatistics network)
    {
        json.Put("rxPackets", (long?)network.RxPackets);
        json.Put("rxBytes", (long?)network.RxBytes);
        json.Put("rxErrors", (long?)network.RxErrors);
        json.Put("rxDropped", (long?)network.RxDropped);
        json.Put("txPackets", (long?)network.TxPackets);
        json.Put("txBytes", (long?)network.TxBytes);
        json.Put("txErrors", (long?)network.TxErrors);
        json.Put("txDropped", (long?)network.TxDropped);
    }

    private static string Print(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Readable))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
