using System.Collections.Concurrent;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>
/// Sees to it that containers end: each is waited for from its launch on, and one that was ordered to end and does not is destroyed.
/// </summary>
internal sealed class ContainerKeeper(IContainers containers, Log log) : IAsyncDisposable
{
    // For an executor that is on its way, or has just lost its agent.
    private static readonly TimeSpan s_subscriptionPatience = TimeSpan.FromSeconds(5);

    // Of an executor between SHUTDOWN and being destroyed; Mesos's default.
    private static readonly TimeSpan s_shutdownGrace = TimeSpan.FromSeconds(5);

    // Beyond the grace: for the supervisor to see the end, and to tell it.
    private static readonly TimeSpan s_killPatience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Task, bool> _tasks = new();

    /// <summary>Cancelled when the server ends.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Waits for its end in the background.</summary>
    public void Keep(TaskRun run) => Track(WaitAsync(run));

    /// <summary>Gives it time to end by itself, and destroys it then.</summary>
    public void Enforce(TaskRun run, TimeSpan grace) => Track(EnforceAsync(run, grace));

    /// <summary>The executor of a command task ends with it. An app's own has had its one task, and is told to end.</summary>
    public void DismissIfDone(TaskRun run)
    {
        RunRecord record = run.Record;
        if (record is { Ended: null, IsTerminal: true, Pending.IsEmpty: true } && record.ExecutorId != record.TaskId)
        {
            run.Dismiss();
            Enforce(run, s_shutdownGrace);
        }
    }

    /// <summary>Destroys it in the background, again and again until it is done.</summary>
    public Task Discard(ContainerId id) => Track(DiscardAsync(id));

    public void BeginClosing() => _closing.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_tasks.Keys);
        _closing.Dispose();
    }

    private async Task WaitAsync(TaskRun run)
    {
        TimeSpan pause = s_firstPause;
        while (true)
        {
            try
            {
                Termination end = await containers.WaitAsync(run.ContainerId, _closing.Token);
                run.End(AgentUpdates.Of(run.Record.TaskId, end));
                return;
            }
            catch (MesosDockerException e)
            {
                // The task runs on, and its executor tells what happens. It is the container's end that is waited for.
                log.Warning($"The container of '{run.Record.TaskId}' cannot be waited for: {e.Message} Trying again.");
            }

            await Task.Delay(pause, _closing.Token);
            pause = Longer(pause);
        }
    }

    private async Task EnforceAsync(TaskRun run, TimeSpan grace)
    {
        if (!run.IsSubscribed)
        {
            await UntilEndedAsync(run, s_subscriptionPatience);
        }

        if (run.IsSubscribed)
        {
            await UntilEndedAsync(run, grace + s_killPatience);
        }

        while (!run.Ended.IsCompleted)
        {
            log.Warning($"'{run.Record.TaskId}' does not end; it is destroyed.");
            await TryDestroyAsync(run.ContainerId);
            await UntilEndedAsync(run, s_subscriptionPatience);
        }
    }

    private Task UntilEndedAsync(TaskRun run, TimeSpan patience)
        => Task.WhenAny(run.Ended, Task.Delay(patience, _closing.Token)).Unwrap();

    private async Task DiscardAsync(ContainerId id)
    {
        TimeSpan pause = s_firstPause;
        while (!await TryDestroyAsync(id))
        {
            await Task.Delay(pause, _closing.Token);
            pause = Longer(pause);
        }
    }

    private async Task<bool> TryDestroyAsync(ContainerId id)
    {
        try
        {
            await containers.DestroyAsync(id, _closing.Token);
            return true;
        }
        catch (MesosDockerException e)
        {
            log.Warning($"The container '{id}' cannot be destroyed: {e.Message}");
            return false;
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < s_longestPause ? pause * 2 : s_longestPause;

    /// <summary>Lets it go on in the background until the server ends.</summary>
    public Task Track(Task task)
    {
        Task tracked = UntilClosedAsync(task);
        _tasks[tracked] = true;
        _ = tracked.ContinueWith(
            static (ended, tasks) => ((ConcurrentDictionary<Task, bool>)tasks!).TryRemove(ended, out _),
            _tasks,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return tracked;
    }

    private async Task UntilClosedAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The containers run on.
        }
    }
}
