using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>
/// A framework's executor whose tasks are pods: it subscribes, takes as many tasks as it is given, and ends when it has had none for a while.
/// <code>
///   agent                         this
///     |  &lt;---- SUBSCRIBE ----------|   at once, and again whenever the connection breaks, with what was not acknowledged
///     |  ----- LAUNCH -----------&gt; |   a PodRun for each task
///     |  ----- KILL, SHUTDOWN ---&gt; |   their StopSwitch
///     |  &lt;---- UPDATE ------------ |   each until it is ACKNOWLEDGED
/// </code>
/// </summary>
internal sealed class PodExecutor : IAsyncDisposable
{
    // After SHUTDOWN an agent may acknowledge nothing any more.
    private static readonly TimeSpan s_lastWord = TimeSpan.FromMilliseconds(500);

    private readonly ExecutorRole _role;
    private readonly PodContext _context;
    private readonly string _runId;
    private readonly string _sandbox;
    private readonly TimeSpan _linger;
    private readonly ExecutorApi _api;
    private readonly UpdateQueue _updates;
    private readonly Subscription _subscription;
    private readonly PodTasks _tasks;
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private volatile bool _understandsKilling;

    /// <param name="runId">On everything that this executor makes.</param>
    /// <param name="linger">How long it waits for another task when it has none any more.</param>
    public PodExecutor(ExecutorRole role, PodContext context, string runId, string sandbox, TimeSpan linger)
    {
        _role = role;
        _context = context;
        _runId = runId;
        _sandbox = sandbox;
        _linger = linger;
        _api = new ExecutorApi(role.Endpoint, role.Environment);
        _updates = new UpdateQueue(UpdateLedger.Empty, static _ => { });
        _tasks = new PodTasks(_updates);
        _subscription = new Subscription(role, _api, _updates, _tasks.InfoOf, known: false, Receive, context.Log);
    }

    /// <summary>To the end of the last task.</summary>
    /// <returns>Whether nothing is left of any.</returns>
    public async Task<bool> RunAsync()
    {
        Task receiving = Task.Run(() => ReceiveAsync(_closing.Token));
        Task sending = Task.Run(() => SendAsync(_closing.Token));
        try
        {
            await _tasks.IdleAsync(_linger, Task.WhenAny(_shutdown.Task, _gone.Task)).ConfigureAwait(false);
            return _tasks.AllClean;
        }
        finally
        {
            await _closing.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(receiving, sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Somebody wants this process to end.</summary>
    public void Stop(string by)
    {
        _tasks.StopAll(new StopOrder(by, _role.TaskShutdownGrace));
        _shutdown.TrySetResult();
    }

    public ValueTask DisposeAsync()
    {
        _api.Dispose();
        _closing.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        LostAgent lost = await _subscription.KeepAsync(cancellationToken).ConfigureAwait(false);
        GiveUp(lost.Why);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
        => GiveUp(await new UpdateSender(_role, _api, _updates, _subscription, _context.Log).RunAsync(cancellationToken).ConfigureAwait(false));

    private void GiveUp(string why)
    {
        _context.Log.Warning($"{why} The pods of the executor '{_role.Identity.ExecutorId}' are stopped.");
        _tasks.StopAll(new StopOrder($"this executor: {why}", Grace: null) { IsFailure = true });
        _gone.TrySetResult();
    }

    private void Receive(ExecutorEvent happened)
    {
        switch (happened)
        {
            case ExecutorEvent.Subscribed subscribed:
                _understandsKilling = subscribed.KillingState;
                break;
            case ExecutorEvent.Launched launched:
                Launch(launched);
                break;
            case ExecutorEvent.Kill kill when !_tasks.TryStop(kill.TaskId, new StopOrder("its framework", kill.Grace)):
                _context.Log.Warning($"The agent orders the end of the task '{kill.TaskId}', which is not this executor's.");
                break;
            case ExecutorEvent.Shutdown:
                Stop("the agent");
                break;
            case ExecutorEvent.Acknowledged acknowledged:
                _updates.Acknowledge(acknowledged.TaskId, acknowledged.Uuid);
                break;
        }
    }

    private void Launch(ExecutorEvent.Launched launched)
    {
        PodTask task = PodTask.From(MesosCodec.DecodeTask(launched.Task), _role.Identity, _runId, _sandbox, _context.Environment);
        _tasks.TryAdd(launched, stop => RunAsync(task, stop));
    }

    /// <returns>Whether nothing is left of it.</returns>
    private async Task<bool> RunAsync(PodTask task, StopSwitch stop)
    {
        var run = new PodRun(_context, task, new PodReporter(task.TaskId, _updates, () => _understandsKilling), stop);
        Task acknowledged = await run.RunAsync().ConfigureAwait(false);
        Task told = Task.WhenAny(acknowledged, _gone.Task);
        await Task.WhenAny(told, _shutdown.Task).ConfigureAwait(false);
        await Task.WhenAny(told, Task.Delay(s_lastWord)).ConfigureAwait(false);
        return run.IsClean;
    }
}
