using System.Collections.Concurrent;
using System.Threading.Channels;

namespace MesosDocker.Local;

/// <summary>All tasks that this agent knows of, those that have ended included for as long as their sandboxes are kept.</summary>
internal sealed class RunTable
{
    private readonly ConcurrentDictionary<string, TaskRun> _byTask = new();
    private readonly ConcurrentDictionary<(string Framework, string Executor), TaskRun> _byExecutor = new();
    private readonly Channel<AgentUpdate> _updates = Channel.CreateUnbounded<AgentUpdate>();
    private readonly RunStore _store;

    public RunTable(RunStore store, Action<string> damaged)
    {
        _store = store;
        foreach (RunRecord record in store.Load(damaged))
        {
            _ = TryAdd(record);
        }
    }

    /// <summary>The container of one has ended.</summary>
    public event Action? SomeEnded;

    public IEnumerable<TaskRun> All => _byTask.Values;

    public ChannelReader<AgentUpdate> Updates => _updates.Reader;

    public TaskRun? Find(string taskId) => _byTask.GetValueOrDefault(taskId);

    public TaskRun? Find(string frameworkId, string executorId) => _byExecutor.GetValueOrDefault((frameworkId, executorId));

    /// <summary>Null if there is one of that id.</summary>
    public TaskRun? TryAdd(RunRecord record)
    {
        var run = new TaskRun(record, _store, _updates.Writer);
        if (!_byTask.TryAdd(record.TaskId, run))
        {
            return null;
        }

        _byExecutor[(record.FrameworkId, record.ExecutorId)] = run;
        _ = run.Ended.ContinueWith(_ => SomeEnded?.Invoke(), TaskScheduler.Default);
        return run;
    }

    /// <summary>Nothing of it is left.</summary>
    public void Remove(TaskRun run)
    {
        _store.Delete(run.Record.ContainerId);
        _byTask.TryRemove(run.Record.TaskId, out _);
        _byExecutor.TryRemove((run.Record.FrameworkId, run.Record.ExecutorId), out _);
    }

    /// <summary>Tells the scheduler something of a task that there is no record of.</summary>
    public void Tell(AgentUpdate update) => _updates.Writer.TryWrite(update);
}
