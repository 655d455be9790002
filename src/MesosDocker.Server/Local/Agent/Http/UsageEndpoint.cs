using System.Text.Json;
using MesosDocker.Io;
using MesosDocker.Mesos;
using Microsoft.AspNetCore.Http;

namespace MesosDocker.Local;

/// <summary><c>/monitor/statistics</c> of an agent: what each executor uses, asked of the containerizer at that moment.</summary>
internal sealed class UsageEndpoint(LocalAgent agent)
{
    public async Task HandleAsync(HttpContext context)
    {
        var options = new ParallelOptions { CancellationToken = context.RequestAborted };
        TaskRun[] runs = [.. agent.Runs.All.Where(static run => run.Record.Ended is null)];
        var usages = new ResourceStatistics?[runs.Length];
        await Parallel.ForAsync(0, runs.Length, options, async (i, cancellationToken) =>
        {
            try
            {
                usages[i] = await agent.UsageAsync(runs[i].Record.TaskId, cancellationToken);
            }
            catch (MesosDockerException)
            {
                // It is not running yet, or has just ended. An agent leaves it out, too.
            }
        });

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            for (int i = 0; i < runs.Length; i++)
            {
                if (usages[i] is { } usage)
                {
                    Write(json, runs[i], usage);
                }
            }

            json.WriteEndArray();
        }

        await Answers.JsonAsync(context, bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, TaskRun run, ResourceStatistics usage)
    {
        json.WriteStartObject();
        json.WriteString("executor_id", run.Record.ExecutorId);
        json.WriteString("executor_name", run.Launch?.Executor?.Name ?? "");
        json.WriteString("framework_id", run.Record.FrameworkId);
        json.WriteString("source", run.Record.TaskId);
        json.PutObject("statistics", usage, static (inner, one) =>
        {
            inner.WriteNumber("timestamp", (one.Timestamp - DateTimeOffset.UnixEpoch).TotalSeconds);
            inner.Put("cpus_limit", one.CpusLimit);
            inner.Put("cpus_user_time_secs", one.CpusUserTimeSeconds);
            inner.Put("cpus_system_time_secs", one.CpusSystemTimeSeconds);
            inner.Put("cpus_nr_periods", one.CpusPeriods);
            inner.Put("cpus_nr_throttled", one.CpusThrottledPeriods);
            inner.Put("cpus_throttled_time_secs", one.CpusThrottledTimeSeconds);
            inner.Put("mem_limit_bytes", one.MemoryLimitBytes);
            inner.Put("mem_total_bytes", one.MemoryTotalBytes);
            inner.Put("mem_rss_bytes", one.MemoryRssBytes);
            inner.Put("mem_cache_bytes", one.MemoryCacheBytes);
            inner.Put("disk_limit_bytes", one.DiskLimitBytes);
            inner.Put("disk_used_bytes", one.DiskUsedBytes);
            inner.Put("net_rx_bytes", one.Network?.RxBytes);
            inner.Put("net_tx_bytes", one.Network?.TxBytes);
        });
        json.WriteEndObject();
    }
}
