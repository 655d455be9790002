using System.Globalization;
using System.Text;
using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Agent;

/// <summary>What verbs print for people.</summary>
internal static class Tables
{
    private const double Megabyte = 1024 * 1024;
    private const int ShortId = 12;

    public static string Of(IReadOnlyList<ContainerView> views) => Table(
        ["CONTAINER", "TASK", "PHASE", "LAUNCHED", "IMAGE", "ENGINE ID", "SUPERVISOR", "END"],
        views.Select(static view => new[]
        {
            view.ContainerId,
            view.TaskId ?? view.ExecutorId ?? "",
            view.Phase.ToString().ToLowerInvariant(),
            view.Launched?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "",
            view.Image ?? "",
            view.EngineId is { Length: > ShortId } id ? id[..ShortId] : view.EngineId ?? "",
            view.Supervisor?.ToString(CultureInfo.InvariantCulture) ?? "",
            view.Termination?.Message ?? "",
        }));

    public static string Of(IReadOnlyList<LockView> views) => Table(
        ["CONTAINER", "LOCK", "HOLDER", "COMMAND"],
        views.Select(static view => new[]
        {
            view.ContainerId, view.Lock, view.Pid?.ToString(CultureInfo.InvariantCulture) ?? "-", view.Command ?? "",
        }));

    public static string Of(ResourceStatistics usage) => Table(
        ["CPU USER", "CPU SYSTEM", "CPUS", "THROTTLED", "MEMORY", "RSS", "LIMIT", "PROCESSES", "RX", "TX"],
        [[
            Seconds(usage.CpusUserTimeSeconds),
            Seconds(usage.CpusSystemTimeSeconds),
            usage.CpusLimit?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-",
            Seconds(usage.CpusThrottledTimeSeconds),
            Megabytes(usage.MemoryTotalBytes),
            Megabytes(usage.MemoryRssBytes),
            Megabytes(usage.MemoryLimitBytes),
            usage.Processes?.ToString(CultureInfo.InvariantCulture) ?? "-",
            Megabytes(usage.Network?.RxBytes),
            Megabytes(usage.Network?.TxBytes),
        ]]);

    private static string Seconds(double? seconds) => seconds is { } s ? string.Create(CultureInfo.InvariantCulture, $"{s:0.##} s") : "-";

    private static string Megabytes(long? bytes) => bytes is { } b
        ? string.Create(CultureInfo.InvariantCulture, $"{b / Megabyte:0.#} MB")
        : "-";

    /// <summary>Columns as wide as what is in them; the last is not filled up. Nothing printed can steer a terminal.</summary>
    private static string Table(string[] heading, IEnumerable<string[]> rows)
    {
        string[][] all = [heading, .. rows.Select(static row => row.Select(static cell => Printable.Of(cell)).ToArray())];
        int[] widths = [.. Enumerable.Range(0, heading.Length).Select(column => all.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in all)
        {
            for (int column = 0; column < row.Length; column++)
            {
                text.Append(column == row.Length - 1 ? row[column] : row[column].PadRight(widths[column] + 2));
            }

            // An empty last column must not leave blanks behind.
            while (text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
