using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>Removes the sandboxes of tasks that ended long ago or had many after them, and with them the tasks' records
/// (<see cref="SandboxRule"/>).</summary>
internal sealed class SandboxCollector(RunTable runs, SandboxRule rule, Log log) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Task _collecting = Task.CompletedTask;
    private bool _running;
    private bool _wanted;

    /// <summary>In the background, and once at a time.</summary>
    public void Collect()
    {
        lock (_lock)
        {
            _wanted = true;
            if (!_running)
            {
                _running = true;
                _collecting = Task.Run(CollectWanted);
            }
        }
    }

    /// <summary>Of tasks that are over, those whose sandboxes go.</summary>
    public static IReadOnlyList<RunRecord> Choose(IEnumerable<RunRecord> records, SandboxRule rule, DateTimeOffset now)
    {
        var doomed = new List<RunRecord>();
        var kept = new Dictionary<string, int>();
        int total = 0;
        foreach (RunRecord record in records.Where(static record => record.IsOver).OrderByDescending(static record => record.Ended))
        {
            int ofApp = kept.GetValueOrDefault(record.AppId);
            if (now - record.Ended >= rule.Age || ofApp >= rule.PerApp || total >= rule.Total)
            {
                doomed.Add(record);
                continue;
            }

            kept[record.AppId] = ofApp + 1;
            total++;
        }

        return doomed;
    }

    public async ValueTask DisposeAsync()
    {
        Task collecting;
        lock (_lock)
        {
            collecting = _collecting;
        }

        await collecting;
    }

    private void CollectWanted()
    {
        while (TakeWish())
        {
            CollectAll();
        }
    }

    private bool TakeWish()
    {
        lock (_lock)
        {
            _running = _wanted;
            _wanted = false;
            return _running;
        }
    }

    private void CollectAll()
    {
        foreach (RunRecord record in Choose(runs.All.Select(static run => run.Record), rule, DateTimeOffset.UtcNow))
        {
            try
            {
                // runs/CONTAINER below the executor's own directory, which has nothing else.
                string executor = Path.GetDirectoryName(Path.GetDirectoryName(record.Directory)!)!;
                if (Directory.Exists(executor))
                {
                    using DirectoryHandle executors = DirectoryHandle.Open(Path.GetDirectoryName(executor)!);
                    executors.DeleteTree(Path.GetFileName(executor));
                }

                if (runs.Find(record.TaskId) is { } run)
                {
                    runs.Remove(run);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.Warning($"The sandbox '{record.Directory}' cannot be removed: {e.Message}");
            }
        }
    }
}
