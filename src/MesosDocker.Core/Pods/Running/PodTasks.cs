using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>The tasks of an executor that have not ended, each with the switch that stops it.</summary>
internal sealed class PodTasks(UpdateQueue updates)
{
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = New();
    private StopOrder? _stopAll;
    private bool _isClosed;

    /// <summary>Nothing is left of those that have ended.</summary>
    public bool AllClean { get; private set; } = true;

    public byte[]? InfoOf(string taskId)
    {
        lock (_lock)
        {
            return _entries.GetValueOrDefault(taskId)?.Info;
        }
    }

    /// <summary>The same task twice is one. None is taken any more by an executor that is just ending; its agent tells of that.</summary>
    /// <param name="run">To its end; tells whether nothing is left of it.</param>
    public void TryAdd(ExecutorEvent.Launched launched, Func<StopSwitch, Task<bool>> run)
    {
        var entry = new Entry(launched.Task, new StopSwitch());
        lock (_lock)
        {
            if (_isClosed || !_entries.TryAdd(launched.TaskId, entry))
            {
                return;
            }

            if (_stopAll is { } order)
            {
                entry.Stop.Give(order);
            }

            Signal();
        }

        updates.ReceiveTask(launched.TaskId);
        _ = Task.Run(() => RunAsync(launched.TaskId, entry, run));
    }

    /// <returns>False if there is no such task (any more).</returns>
    public bool TryStop(string taskId, StopOrder order)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(taskId, out Entry? entry))
            {
                return false;
            }

            entry.Stop.Give(order);
            return true;
        }
    }

    /// <summary>Also those that come from now on.</summary>
    public void StopAll(StopOrder order)
    {
        lock (_lock)
        {
            _stopAll ??= order;
            foreach (Entry entry in _entries.Values)
            {
                entry.Stop.Give(order);
            }
        }
    }

    /// <summary>Until there has been none for a while, or none is left and no other is to come.</summary>
    /// <param name="last">Completes when no other is to come.</param>
    public async Task IdleAsync(TimeSpan linger, Task last)
    {
        bool hadAny = false;
        while (true)
        {
            (int count, Task changed) = Look();
            hadAny |= count > 0;
            if (count > 0)
            {
                await changed.ConfigureAwait(false);
                continue;
            }

            using var patience = new CancellationTokenSource();
            Task over = Task.Delay(hadAny ? linger : Timeout.InfiniteTimeSpan, patience.Token);
            await Task.WhenAny(changed, last, over).ConfigureAwait(false);
            await patience.CancelAsync().ConfigureAwait(false);
            if (!changed.IsCompleted && TryClose())
            {
                return;
            }
        }
    }

    /// <summary>None is left, and none is taken from now on.</summary>
    private bool TryClose()
    {
        lock (_lock)
        {
            _isClosed = _entries.Count == 0;
            return _isClosed;
        }
    }

    private async Task RunAsync(string taskId, Entry entry, Func<StopSwitch, Task<bool>> run)
    {
        bool clean = false;
        try
        {
            clean = await run(entry.Stop).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                AllClean &= clean;
                _entries.Remove(taskId);
                Signal();
            }

            updates.Forget(taskId);
            entry.Stop.Dispose();
        }
    }

    private void Signal()
    {
        _changed.SetResult();
        _changed = New();
    }

    private (int Count, Task Changed) Look()
    {
        lock (_lock)
        {
            return (_entries.Count, _changed.Task);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Entry(byte[] Info, StopSwitch Stop);
}
