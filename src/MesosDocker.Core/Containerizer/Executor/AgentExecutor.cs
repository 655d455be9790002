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
///     |  ----- KILL, SHUTDOWN ---&gt; |   stop
///     |  &lt;---- UPDATE (end) -------|   EndAsync returns at its acknowledgement
/// </code>
/// A <see cref="Subscription"/> receives, an <see cref="UpdateSender"/> sends, and between them is the <see cref="UpdateQueue"/>.
/// </summary>
internal sealed class AgentExecutor : ITaskReporter
{
    // After SHUTDOWN an agent may acknowledge nothing any more: not for a framework that is going, nor when it is going itself.
    private static readonly TimeSpan s_lastWord = TimeSpan.FromMilliseconds(500);

    // mesos-executor reports the end it was told of, and lingers for a second.
    private static readonly TimeSpan s_overrideEnd = TimeSpan.FromSeconds(5);

    // Mesos's own Docker executor sets it, and there is service discovery that reads nothing else (Mesos-DNS, IP source "docker").
    private const string AddressLabel = "Docker.NetworkSettings.IPAddress";

    private readonly CommandTaskRole _role;
    private readonly Action<StopOrder> _stop;
    private readonly Func<CancellationToken, Task> _runOverride;
    private readonly Log _log;
    private readonly ExecutorApi _api;
    private readonly UpdateQueue _updates;
    private readonly Subscription _subscription;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _receiving;
    private readonly Task _sending;

    private volatile ContainerFacts? _facts;
    private volatile Task? _override;
    private volatile bool _understandsKilling;

    /// <param name="request">The raw Launch message.</param>
    /// <param name="ledger">What an earlier supervisor of this container left unacknowledged.</param>
    /// <param name="save">Keeps the ledger where a later supervisor finds it.</param>
    /// <param name="stop">Told of every order to end the task.</param>
    /// <param name="runOverride">Runs the executor of agents before 0.28 in our place, to its end.</param>
    public AgentExecutor(
        CommandTaskRole role,
        byte[] request,
        UpdateLedger ledger,
        Action<UpdateLedger> save,
        Action<StopOrder> stop,
        Func<CancellationToken, Task> runOverride,
        Log log)
    {
        _role = role;
        _stop = stop;
        _runOverride = runOverride;
        _log = log;
        _api = new ExecutorApi(role.Executor.Endpoint, role.Executor.Environment);
        _updates = new UpdateQueue(ledger, save);
        bool known = ledger.HasReceived(role.TaskId);
        _subscription = new Subscription(
            role.Executor, _api, _updates, id => id == role.TaskId ? MesosCodec.TaskOf(request) : null, known, Receive, log);
        if (known)
        {
            _ready.SetResult();
        }

        _receiving = Task.Run(() => ReceiveAsync(_closing.Token));
        _sending = Task.Run(() => SendAsync(_closing.Token));
    }

    public Task Ready => _ready.Task;

    public void Report(TaskReport report)
    {
        if (_override is null && (report.State != TaskState.Killing || _understandsKilling))
        {
            _updates.Add(UpdateOf(report));
        }
    }

    public async Task EndAsync(TaskReport report, CancellationToken cancellationToken)
    {
        if (_override is not null)
        {
            return;
        }

        Task settled = _updates.AddLast(UpdateOf(report));

        // An agent that has not handed the task over by the end of all patience does not want its end, either.
        await Task.WhenAny(_ready.Task, _gone.Task, Task.Delay(_role.Executor.SubscribeTimeout, cancellationToken)).ConfigureAwait(false);
        if (_ready.Task.IsCompleted && _override is null)
        {
            Task told = Task.WhenAny(settled, _gone.Task);
            await Task.WhenAny(told, _shutdown.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAny(told, Task.Delay(s_lastWord, cancellationToken)).ConfigureAwait(false);
        }
    }

    public void CheckSubscription() => _subscription.Renew();

    public Task SettleAsync(CancellationToken cancellationToken)
        => _override is { } other ? Task.WhenAny(other).WaitAsync(s_overrideEnd, cancellationToken) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_receiving, _sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _api.Dispose();
        _closing.Dispose();
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        LostAgent lost = await _subscription.KeepAsync(cancellationToken).ConfigureAwait(false);
        if (lost.IsTooOld)
        {
            await OverrideAsync(lost.Why, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            GiveUp(lost.Why);
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var sender = new UpdateSender(_role.Executor, _api, _updates, _subscription, _log);
        GiveUp(await sender.RunAsync(cancellationToken).ConfigureAwait(false));
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
        Task other = _runOverride(cancellationToken);
        _override = other;
        if (!other.IsFaulted)
        {
            _ready.TrySetResult();
        }

        try
        {
            await other.ConfigureAwait(false);
            _stop(new StopOrder("mesos-executor, which has ended", null));
        }
        catch (MesosDockerException e)
        {
            _gone.TrySetResult();
            _stop(new StopOrder($"this executor: {e.Message}", null) { IsFailure = true });
        }
    }

    private void Receive(ExecutorEvent happened)
    {
        switch (happened)
        {
            case ExecutorEvent.Subscribed subscribed:
                _understandsKilling = subscribed.KillingState;
                break;
            case ExecutorEvent.Launched launched when launched.TaskId != _role.TaskId:
                Refuse(launched.TaskId);
                break;
            case ExecutorEvent.Launched:
                _updates.ReceiveTask(_role.TaskId);
                _ready.TrySetResult();
                break;
            case ExecutorEvent.Kill kill when kill.TaskId != _role.TaskId:
                _log.Warning($"The agent orders the end of the task '{kill.TaskId}', which is not this executor's '{_role.TaskId}'.");
                break;
            case ExecutorEvent.Kill kill:
                _stop(new StopOrder("its framework", kill.Grace ?? _role.KillGrace));
                break;
            case ExecutorEvent.Shutdown:
                _stop(new StopOrder("the agent", _role.ShutdownGrace));
                _shutdown.TrySetResult();
                if (!_ready.Task.IsCompleted)
                {
                    // It never handed the task over, and does not wait for its end.
                    _gone.TrySetResult();
                }

                break;
            case ExecutorEvent.Acknowledged acknowledged:
                _updates.Acknowledge(acknowledged.TaskId, acknowledged.Uuid);
                break;
        }
    }

    /// <summary>An executor of a command task has one task; the agent should know.</summary>
    private void Refuse(string taskId)
    {
        _updates.ReceiveTask(taskId);
        _updates.Add(new StatusUpdate
        {
            TaskId = taskId,
            State = TaskState.Failed,
            Message = $"This executor is for the task '{_role.TaskId}' alone.",
            Uuid = Guid.NewGuid(),
            Timestamp = DateTimeOffset.UtcNow,
        });
    }

    private StatusUpdate UpdateOf(TaskReport report)
    {
        ContainerFacts? facts = _facts = report.Container ?? _facts;
        bool running = report.State == TaskState.Running;
        return new StatusUpdate
        {
            TaskId = _role.TaskId,
            State = report.State,
            Message = report.Message,
            Reason = report.Reason,
            Healthy = report.Healthy,
            Uuid = Guid.NewGuid(),
            Timestamp = DateTimeOffset.UtcNow,
            Data = running ? facts?.Description : null,
            IpAddresses = facts?.IpAddresses ?? [],
            Labels = running && facts is { IpAddresses: [var address, ..] } ? [new Label(AddressLabel, address)] : [],
        };
    }
}
