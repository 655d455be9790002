using System.Threading.Channels;
using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary>
/// The updates on their way to the agent: the ledger of those that it has not acknowledged, kept with every change, and which of them
/// are to be sent now. Whoever adds, sends and acknowledges may do so at once.
/// </summary>
/// <param name="ledger">What an earlier executor of the same name left unacknowledged.</param>
/// <param name="save">Keeps the ledger where a later one finds it.</param>
internal sealed class UpdateQueue(UpdateLedger ledger, Action<UpdateLedger> save)
{
    private static readonly TimeSpan s_resendAfter = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Dictionary<Guid, Deadline> _sent = [];
    private readonly Dictionary<string, TaskCompletionSource> _settled = [];
    private readonly Lock _lock = new();
    private UpdateLedger _ledger = ledger;

    /// <summary>Updates of a task that the agent has not handed over yet mean nothing to it.</summary>
    private IEnumerable<StatusUpdate> Due => _ledger.Unacknowledged.Where(update => _ledger.HasReceived(update.TaskId));

    /// <summary>The agent has handed the task over.</summary>
    public void ReceiveTask(string taskId)
    {
        lock (_lock)
        {
            Change(_ledger.Receive(taskId));
        }

        Wake();
    }

    public void Add(StatusUpdate update)
    {
        lock (_lock)
        {
            Change(_ledger.Add(update));
        }

        Wake();
    }

    /// <summary>Completes when this and all of its task before it are acknowledged.</summary>
    public Task AddLast(StatusUpdate update)
    {
        lock (_lock)
        {
            // Together: an acknowledgement in between would settle what has not been said yet.
            var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _settled[update.TaskId] = settled;
            Add(update);
            return settled.Task;
        }
    }

    public void Acknowledge(string taskId, Guid uuid)
    {
        lock (_lock)
        {
            _sent.Remove(uuid);
            Change(_ledger.Acknowledge(taskId, uuid));
            if (_settled.TryGetValue(taskId, out TaskCompletionSource? settled)
                && !_ledger.Unacknowledged.Any(update => update.TaskId == taskId))
            {
                settled.TrySetResult();
            }
        }
    }

    /// <summary>Nothing more will be said of the task.</summary>
    public void Forget(string taskId)
    {
        lock (_lock)
        {
            _settled.Remove(taskId);
            Change(_ledger.Forget(taskId));
        }
    }

    /// <summary>What a subscription tells the agent, which counts as sent with it.</summary>
    /// <returns>The ids of tasks that are unacknowledged themselves, and the updates that are.</returns>
    public (IReadOnlyList<string> Tasks, IReadOnlyList<StatusUpdate> Updates) TakeUnacknowledged()
    {
        lock (_lock)
        {
            StatusUpdate[] due = [.. Due];
            foreach (StatusUpdate update in due)
            {
                _sent[update.Uuid] = Deadline.In(s_resendAfter);
            }

            return ([.. _ledger.Tasks.Where(static task => !task.IsAcknowledged).Select(static task => task.TaskId)], due);
        }
    }

    /// <summary>The oldest that is not on its way, or has been for too long; null: none. It counts as sent.</summary>
    public StatusUpdate? TakeNext()
    {
        lock (_lock)
        {
            StatusUpdate? next = Due.FirstOrDefault(update => !_sent.TryGetValue(update.Uuid, out Deadline lost) || lost.HasPassed);
            if (next is not null)
            {
                _sent[next.Uuid] = Deadline.In(s_resendAfter);
            }

            return next;
        }
    }

    /// <summary>It has not got through, and is the next again.</summary>
    public void GiveBack(StatusUpdate update)
    {
        lock (_lock)
        {
            _sent.Remove(update.Uuid);
        }
    }

    /// <summary>There may be something to send.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Until there may be something to send, or to send again.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => WaitAsync(s_resendAfter, cancellationToken);

    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clock.CancelAfter(longest);
        try
        {
            await _wake.Reader.ReadAsync(clock.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The clock's turn.
        }
    }

    private void Change(UpdateLedger ledger)
    {
        _ledger = ledger;
        save(ledger);
    }
}
