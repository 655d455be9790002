using System.Threading.Channels;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>
/// Removes what is left of tasks that have ended. The sandboxes of those that ended long ago or had many after them (<see cref="SandboxRule"/>), and
/// with them the tasks' records; and what the containerizer keeps of their containers: at once, but where a task failed with its sandbox, for
/// it tells how it was run.
/// </summary>
internal sealed class SandboxCollector : IAsyncDisposable
{
    // For a supervisor that is still removing its container.
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> _wishes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<string> _stateless = new(StringComparer.Ordinal);
    private readonly RunTable _runs;
    private readonly ContainerStates _states;
    private readonly SandboxRule _rule;
    private readonly Log _log;
    private readonly Task _collecting;

    public SandboxCollector(RunTable runs, ContainerStates states, SandboxRule rule, Log log)
    {
        (_runs, _states, _rule, _log) = (runs, states, rule, log);
        _collecting = Task.Run(RunAsync);
    }

    /// <summary>In the background, and once at a time.</summary>
    public void Collect() => _wishes.Writer.TryWrite(true);

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
        await _closing.CancelAsync();
        await _collecting;
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        bool isLeft = false;
        while (await IsWantedAsync(isLeft))
        {
            isLeft = CollectAll();
        }
    }

    /// <param name="again">What is left is tried again after a while, wanted or not.</param>
    /// <returns>False: it is over.</returns>
    private async Task<bool> IsWantedAsync(bool again)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        if (again)
        {
            limit.CancelAfter(s_again);
        }

        try
        {
            await _wishes.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Time is up, or the server ends.
        }

        return !_closing.IsCancellationRequested;
    }

    /// <returns>Whether something could not be removed yet.</returns>
    private bool CollectAll()
    {
        IReadOnlyList<RunRecord> doomed = Choose(_runs.All.Select(static run => run.Record), _rule, DateTimeOffset.UtcNow);
        IEnumerable<RunRecord> ended = _runs.All.Select(static run => run.Record)
            .Where(record => record.IsOver && !IsFailure(record) && !_stateless.Contains(record.ContainerId));
        bool isLeft = false;
        foreach (RunRecord record in doomed.Concat(ended).Distinct().ToArray())
        {
            isLeft |= !TryRemoveState(record);
        }

        foreach (RunRecord record in doomed.Where(record => _stateless.Contains(record.ContainerId)))
        {
            RemoveSandbox(record);
        }

        return isLeft;
    }

    private static bool IsFailure(RunRecord record) => record.Last is { State: TaskState.Failed or TaskState.Error or TaskState.Lost };

    private bool TryRemoveState(RunRecord record)
    {
        try
        {
            if (!_states.TryRemove(record.ContainerId))
            {
                return false;
            }
        }
        catch (MesosDockerException e)
        {
            // The next start tries it again; the sandbox goes all the same.
            _log.Warning($"What the containerizer keeps of '{record.TaskId}' cannot be removed: {e.Message}");
        }

        _stateless.Add(record.ContainerId);
        return true;
    }

    private void RemoveSandbox(RunRecord record)
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

            if (_runs.Find(record.TaskId) is { } run)
            {
                _runs.Remove(run);
            }

            _stateless.Remove(record.ContainerId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.Warning($"The sandbox '{record.Directory}' cannot be removed: {e.Message}");
        }
    }
}
