using System.Threading.Channels;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// The executor of a command task, over the agent's HTTP API.
/// <code>
///   agent                         this
///     |  &lt;---- SUBSCRIBE ----------|   at once, before anything is fetched or pulled
///     |  ----- SUBSCRIBED -------&gt; |
///     |  ----- LAUNCH -----------&gt; |   Ready
///     |  &lt;---- UPDATE (STARTING) --|   kept until
///     |  ----- ACKNOWLEDGED -----&gt; |   this, and sent again after every reconnection
///     |  ----- KILL, SHUTDOWN ---&gt; |   Stop
///     |  &lt;---- UPDATE (end) -------|   EndAsync returns at its acknowledgement
/// </code>
/// One loop keeps the subscription and reads events, another sends updates, one after the other. A lost agent is looked for as long as
/// its checkpointing lets it come back.
/// </summary>
internal sealed class AgentExecutor : ITaskReporter
{
    // Without checkpointing an agent that has gone does not come back for us; a connection that only broke is mended within this.
    private static readonly TimeSpan s_reconnectWindow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_firstBackoff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_resendAfter = TimeSpan.FromSeconds(10);

    // An agent that recovers takes subscriptions before it takes updates.
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    // What is left of the shutdown grace when the container has had its share, for the last update to get through.
    private static readonly TimeSpan s_shutdownMargin = TimeSpan.FromSeconds(1);

    // After SHUTDOWN an agent may acknowledge nothing any more: not for a framework that is going, nor when it is going itself.
    private static readonly TimeSpan s_lastWord = TimeSpan.FromMilliseconds(500);

    // mesos-executor reports the end it was told of, and lingers for a second.
    private static readonly TimeSpan s_overrideEnd = TimeSpan.FromSeconds(5);

    // Mesos's own Docker executor sets it, and there is service discovery that reads nothing else (Mesos-DNS, IP source "docker").
    private const string AddressLabel = "Docker.NetworkSettings.IPAddress";

    private readonly ExecutorRole _role;
    private readonly byte[] _request;
    private readonly Action<UpdateLedger> _save;
    private readonly Func<CancellationToken, Task> _runOverride;
    private readonly Log _log;
    private readonly ExecutorApi _api;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<StopOrder> _stop;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _closing = new();
    private readonly Dictionary<Guid, DateTimeOffset> _sent = [];
    private readonly Lock _lock = new();
    private readonly Task _subscribing;
    private readonly Task _sending;

    private UpdateLedger _ledger;
    private TaskCompletionSource? _settled;
    private ContainerFacts? _facts;
    private Task? _override;
    private volatile bool _connected;
    private CancellationTokenSource? _subscription;
    private bool _known;
    private bool _understandsKilling;

    /// <param name="request">The raw Launch message.</param>
    /// <param name="ledger">What an earlier supervisor of this container left unacknowledged.</param>
    /// <param name="save">Keeps the ledger where a later supervisor finds it.</param>
    /// <param name="stop">Told of every order to end the task.</param>
    /// <param name="runOverride">Runs the executor of agents before 0.28 in our place, to its end.</param>
    public AgentExecutor(
        ExecutorRole role,
        byte[] request,
        UpdateLedger ledger,
        Action<UpdateLedger> save,
        Action<StopOrder> stop,
        Func<CancellationToken, Task> runOverride,
        Log log)
    {
        _role = role;
        _request = request;
        _ledger = ledger;
        _save = save;
        _stop = stop;
        _runOverride = runOverride;
        _log = log;
        _api = new ExecutorApi(role.Endpoint, role.Environment);
        _known = ledger.TaskReceived;
        if (ledger.TaskReceived)
        {
            _ready.SetResult();
        }

        _subscribing = Task.Run(() => KeepSubscribedAsync(_closing.Token));
        _sending = Task.Run(() => KeepSendingAsync(_closing.Token));
    }

    public Task Ready => _ready.Task;

    public void Report(TaskReport report)
    {
        lock (_lock)
        {
            if (_override is not null || (report.State == TaskState.Killing && !_understandsKilling))
            {
                return;
            }

            _facts = report.Container ?? _facts;
            bool running = report.State == TaskState.Running;
            Add(new StatusUpdate
            {
                TaskId = _role.TaskId,
                State = report.State,
                Message = report.Message,
                Reason = report.Reason,
                Healthy = report.Healthy,
                Uuid = Guid.NewGuid(),
                Timestamp = DateTimeOffset.UtcNow,
                Data = running ? _facts?.Description : null,
                IpAddresses = _facts?.IpAddresses ?? [],
                Labels = running && _facts is { IpAddresses: [var address, ..] } ? [new Label(AddressLabel, address)] : [],
            });
        }
    }

    public async Task EndAsync(TaskReport report, CancellationToken cancellationToken)
    {
        Task settled;
        lock (_lock)
        {
            // Together: an acknowledgement in between would settle what has not been said yet.
            _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            settled = _settled.Task;
            Report(report);
        }

        // An agent that has not handed the task over by the end of all patience does not want its end, either.
        await Task.WhenAny(_ready.Task, _gone.Task, Task.Delay(_role.SubscribeTimeout, cancellationToken)).ConfigureAwait(false);
        if (_ready.Task.IsCompleted && _override is null)
        {
            Task told = Task.WhenAny(settled, _gone.Task);
            await Task.WhenAny(told, _shutdown.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAny(told, Task.Delay(s_lastWord, cancellationToken)).ConfigureAwait(false);
        }
    }

    public void CheckSubscription()
    {
        lock (_lock)
        {
            _subscription?.Cancel();
        }
    }

    public Task SettleAsync(CancellationToken cancellationToken)
        => _override is null ? Task.CompletedTask : Task.WhenAny(_override).WaitAsync(s_overrideEnd, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_subscribing, _sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _api.Dispose();
        _closing.Dispose();
    }

    private async Task KeepSubscribedAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset lost = DateTimeOffset.UtcNow;
        TimeSpan backoff = s_firstBackoff;
        while (true)
        {
            DateTimeOffset began = DateTimeOffset.UtcNow;
            MesosDockerException? failure = null;
            try
            {
                await SubscribeOnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (MesosDockerException e)
            {
                failure = e;
            }

            if (_connected)
            {
                _connected = false;
                lost = DateTimeOffset.UtcNow;

                // An agent that breaks off every time is not asked ever faster.
                backoff = lost - began > _role.BackoffMax ? s_firstBackoff : backoff;
            }

            // One that is just starting has no API for a moment, either.
            if (failure?.Fault == Fault.AgentTooOld && !_known)
            {
                await OverrideAsync(failure.Message, cancellationToken).ConfigureAwait(false);
                return;
            }

            string why = failure?.Message ?? $"The agent at {_role.Endpoint.Authority} closed the connection.";
            // An agent that once knew this executor and does not any more will not know it later.
            bool disowned = failure?.Fault == Fault.AgentRejected && _known;
            if (disowned || DateTimeOffset.UtcNow - lost > Patience)
            {
                GiveUp(why);
                return;
            }

            _log.Info($"{why} Trying again.");
            await Task.Delay(backoff, cancellationToken).ConfigureAwait(false);
            backoff = backoff * 2 < _role.BackoffMax ? backoff * 2 : _role.BackoffMax;
        }
    }

    /// <summary>How long the agent is looked for now.</summary>
    private TimeSpan Patience => !_known ? _role.SubscribeTimeout
        : _role.Checkpoint ? _role.RecoveryTimeout
        : s_reconnectWindow;

    /// <summary>The agent destroys what has not ended within its own grace.</summary>
    private TimeSpan ShutdownGrace
    {
        get
        {
            TimeSpan left = _role.ShutdownGrace - s_shutdownMargin;
            TimeSpan grace = left < _role.KillGrace ? left : _role.KillGrace;
            return grace > TimeSpan.Zero ? grace : TimeSpan.Zero;
        }
    }

    private void GiveUp(string why)
    {
        _log.Warning($"{why} The task '{_role.TaskId}' is given up.");
        _gone.TrySetResult();
        _stop(new StopOrder($"this executor: {why}", null) { IsFailure = true });
    }

    private async Task OverrideAsync(string why, CancellationToken cancellationToken)
    {
        _log.Info($"{why} mesos-executor takes its part.");
        _override = _runOverride(cancellationToken);
        if (!_override.IsFaulted)
        {
            _ready.TrySetResult();
        }

        try
        {
            await _override.ConfigureAwait(false);
            _stop(new StopOrder("mesos-executor, which has ended", null));
        }
        catch (MesosDockerException e)
        {
            _gone.TrySetResult();
            _stop(new StopOrder($"this executor: {e.Message}", null) { IsFailure = true });
        }
    }

    private async Task SubscribeOnceAsync(CancellationToken cancellationToken)
    {
        using var subscription = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        byte[] call;
        lock (_lock)
        {
            _subscription = subscription;
            call = MesosCodec.EncodeSubscribe(_role.Identity, _request, _ledger is { TaskReceived: true, TaskAcknowledged: false }, Due);
            DateTimeOffset now = DateTimeOffset.UtcNow;
            foreach (StatusUpdate update in Due)
            {
                _sent[update.Uuid] = now;
            }
        }

        try
        {
            IAsyncEnumerable<byte[]> events = _api.SubscribeAsync(call, subscription.Token);
            await foreach (byte[] message in events.ConfigureAwait(false))
            {
                Handle(MesosCodec.DecodeExecutorEvent(message));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MesosDockerException(
                Fault.AgentUnreachable, $"Nobody waits for the container, so that the agent at {_role.Endpoint.Authority} may have forgotten it.");
        }
        finally
        {
            lock (_lock)
            {
                _subscription = null;
            }
        }
    }

    private void Handle(ExecutorEvent received)
    {
        switch (received)
        {
            case ExecutorEvent.Subscribed subscribed:
                _log.Debug($"Subscribed at {_role.Endpoint.Authority}.");
                _understandsKilling = subscribed.KillingState;
                _connected = _known = true;
                _wake.Writer.TryWrite(true);
                break;
            case ExecutorEvent.Launched launched when launched.TaskId != _role.TaskId:
                Refuse(launched.TaskId);
                break;
            case ExecutorEvent.Launched:
                lock (_lock)
                {
                    Change(_ledger with { TaskReceived = true });
                }

                _ready.TrySetResult();
                _wake.Writer.TryWrite(true);
                break;
            case ExecutorEvent.Kill kill when kill.TaskId != _role.TaskId:
                _log.Warning($"The agent orders the end of the task '{kill.TaskId}', which is not this executor's '{_role.TaskId}'.");
                break;
            case ExecutorEvent.Kill kill:
                _stop(new StopOrder("its framework", kill.Grace ?? _role.KillGrace));
                break;
            case ExecutorEvent.Shutdown:
                _stop(new StopOrder("the agent", ShutdownGrace));
                _shutdown.TrySetResult();
                if (!_ready.Task.IsCompleted)
                {
                    // It never handed the task over, and does not wait for its end.
                    _gone.TrySetResult();
                }

                break;
            case ExecutorEvent.Acknowledged acknowledged:
                Acknowledge(acknowledged.Uuid);
                break;
            case ExecutorEvent.Failed failed:
                // What is recommended: break off and subscribe again.
                throw new MesosDockerException(
                    Fault.AgentUnreachable, $"The agent at {_role.Endpoint.Authority} reports an error: {failed.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>An executor of a command task has one task; the agent should know.</summary>
    private void Refuse(string taskId)
    {
        lock (_lock)
        {
            Add(new StatusUpdate
            {
                TaskId = taskId,
                State = TaskState.Failed,
                Message = $"This executor is for the task '{_role.TaskId}' alone.",
                Uuid = Guid.NewGuid(),
                Timestamp = DateTimeOffset.UtcNow,
            });
        }
    }

    private void Acknowledge(Guid uuid)
    {
        lock (_lock)
        {
            _sent.Remove(uuid);
            Change(_ledger.Acknowledge(uuid));
            if (_ledger.Unacknowledged.Count == 0)
            {
                _settled?.TrySetResult();
            }
        }
    }

    private async Task KeepSendingAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause = s_resendAfter;
        while (true)
        {
            await WakeAsync(pause, cancellationToken).ConfigureAwait(false);
            pause = s_resendAfter;
            try
            {
                while (_connected && NextUnsent() is { } update)
                {
                    await _api.SendAsync(MesosCodec.EncodeStatusUpdate(_role.Identity, update), cancellationToken).ConfigureAwait(false);
                    lock (_lock)
                    {
                        _sent[update.Uuid] = DateTimeOffset.UtcNow;
                    }
                }
            }
            catch (MesosDockerException e) when (e.Fault == Fault.AgentRejected)
            {
                GiveUp(e.Message);
                return;
            }
            catch (MesosDockerException e)
            {
                // It stays in the ledger, and goes with the next subscription or the next turn of the clock.
                _log.Warning(e.Message);
                pause = s_retryAfter;
            }
        }
    }

    /// <summary>Until there is something to send, or to send again.</summary>
    private async Task WakeAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clock.CancelAfter(pause);
        try
        {
            await _wake.Reader.ReadAsync(clock.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The clock's turn.
        }
    }

    private StatusUpdate? NextUnsent()
    {
        lock (_lock)
        {
            DateTimeOffset now = DateTimeOffset.UtcNow;
            return Due.FirstOrDefault(
                update => !_sent.TryGetValue(update.Uuid, out DateTimeOffset at) || now - at > s_resendAfter);
        }
    }

    /// <summary>Updates of a task that the agent has not handed over yet mean nothing to it.</summary>
    private IReadOnlyList<StatusUpdate> Due => _ledger.TaskReceived ? _ledger.Unacknowledged : [];

    private void Add(StatusUpdate update)
    {
        Change(_ledger.Add(update));
        _wake.Writer.TryWrite(true);
    }

    private void Change(UpdateLedger ledger)
    {
        _ledger = ledger;
        _save(ledger);
    }
}
