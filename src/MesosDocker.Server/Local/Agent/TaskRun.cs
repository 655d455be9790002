using System.Threading.Channels;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>
/// One task that this agent was given: its record on disk, and the executor that speaks for it. Whatever happens to it is written
/// down before anybody is told.
/// <code>
///   scheduler                 this                      executor
///      |                        |  &lt;-- subscribe ---------- |
///      |                        |  --- launch, or kill ---&gt; |
///      |                        |  &lt;-- update ------------- |
///      |  &lt;---- update -------- |  --- acknowledged ------&gt; |   once it is on disk
///      |  --- acknowledged ---&gt; |   no longer pending
/// </code>
/// </summary>
internal sealed class TaskRun
{
    private readonly Lock _lock = new();
    private readonly RunStore _store;
    private readonly ChannelWriter<AgentUpdate> _updates;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<byte[]> _message;
    private readonly Lazy<Launch?> _launch;

    private volatile RunRecord _record;
    private ExecutorStream? _stream;
    private TimeSpan? _kill;
    private bool _begun;
    private bool _dismissed;

    /// <param name="updates">Where the scheduler hears of it.</param>
    public TaskRun(RunRecord record, RunStore store, ChannelWriter<AgentUpdate> updates)
    {
        _record = record;
        _store = store;
        _updates = updates;
        _message = new Lazy<byte[]>(() => store.ReadLaunch(record.ContainerId) ?? [], LazyThreadSafetyMode.PublicationOnly);
        _launch = new Lazy<Launch?>(
            () => _message.Value.Length > 0 ? MesosCodec.DecodeLaunch(_message.Value) : null, LazyThreadSafetyMode.PublicationOnly);
        if (record.Ended is not null)
        {
            _ended.SetResult();
        }
    }

    public RunRecord Record => _record;

    public ContainerId ContainerId => ContainerId.Parse(_record.ContainerId);

    /// <summary>What was made of the definition; null if nothing could be.</summary>
    public Launch? Launch => _launch.Value;

    /// <summary>Completes when its container is known to have ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Completes when it runs, or will never.</summary>
    public Task Started => _started.Task;

    public bool IsSubscribed
    {
        get
        {
            lock (_lock)
            {
                return _stream is not null;
            }
        }
    }

    /// <summary>Its launch begins. False: it was told to end before that.</summary>
    public bool TryBegin()
    {
        lock (_lock)
        {
            _begun = _record.Ended is null;
            return _begun;
        }
    }

    /// <summary>Ends it if its launch has not begun, and false if it has.</summary>
    /// <param name="end">What is told of it then.</param>
    public bool TryEndBeforeLaunch(AgentUpdate end)
    {
        lock (_lock)
        {
            if (_begun || _record.IsTaken || _record.Ended is not null)
            {
                return false;
            }

            End(end);
            return true;
        }
    }

    public void Take() => Change(static record => record with { IsTaken = true });

    /// <summary>Everything that was not acknowledged is told (again).</summary>
    public void TellPending()
    {
        lock (_lock)
        {
            foreach (AgentUpdate update in _record.Pending)
            {
                _updates.TryWrite(update);
            }
        }
    }

    /// <summary>The scheduler does not know it: what still comes of it is nobody's, and its executor is to end.</summary>
    public void Forget()
    {
        Change(static record => record with { IsForgotten = true, Pending = [] });
        Dismiss();
    }

    /// <returns>Null if there is nothing to subscribe to any more: its container has ended.</returns>
    public ExecutorStream? Subscribe(ExecutorCall call, AgentFacts facts)
    {
        lock (_lock)
        {
            if (_record.Ended is not null)
            {
                return null;
            }

            bool handOver = !call.HasTask && call.Updates.IsEmpty && _record is { IsReceived: false, IsForgotten: false };
            foreach (AgentUpdate update in call.Updates)
            {
                Receive(update);
            }

            _stream?.End();
            _stream = new ExecutorStream();
            _stream.Send(AgentEvents.Subscribed(_record, facts));
            if (handOver)
            {
                _stream.Send(AgentEvents.Launch(LaunchWire.TaskOf(_message.Value)));
            }

            foreach (AgentUpdate update in call.Updates)
            {
                Confirm(update);
            }

            if (_kill is { } grace)
            {
                _stream.Send(AgentEvents.Kill(_record.TaskId, grace));
            }

            if (_dismissed)
            {
                _stream.Send(AgentEvents.Shutdown());
            }

            return _stream;
        }
    }

    /// <summary>The connection of a subscription has gone, unless another has come in its place.</summary>
    public void Unsubscribe(ExecutorStream stream)
    {
        lock (_lock)
        {
            _stream = _stream == stream ? null : _stream;
        }
    }

    /// <summary>Takes an update of the executor down. One that came before, or after the last, changes nothing.</summary>
    public void Receive(AgentUpdate update)
    {
        lock (_lock)
        {
            if (update.TaskId == _record.TaskId && !_record.Knows(update.Uuid) && !_record.IsTerminal)
            {
                Change(record => record.Add(update) with { IsReceived = true });
                Publish(update);
                if (update.State is not (TaskState.Staging or TaskState.Starting))
                {
                    _started.TrySetResult();
                }
            }
        }
    }

    /// <summary>Tells the executor that its update is safe.</summary>
    public void Confirm(AgentUpdate update)
    {
        lock (_lock)
        {
            _stream?.Send(AgentEvents.Acknowledged(update.TaskId, update.Uuid));
        }
    }

    /// <summary>It is to end. The executor hears it now, or when it subscribes.</summary>
    public void Kill(TimeSpan grace)
    {
        lock (_lock)
        {
            _kill = grace;
            _stream?.Send(AgentEvents.Kill(_record.TaskId, grace));
        }
    }

    /// <summary>The executor has no task any more, or never gets one, and is to end.</summary>
    public void Dismiss()
    {
        lock (_lock)
        {
            _dismissed = true;
            _stream?.Send(AgentEvents.Shutdown());
        }
    }

    /// <summary>
    /// Its container has ended, or will never be. Where its executor did not tell an end, this is what is told; on a full disk, too,
    /// for after a restart the containerizer can be asked for it again.
    /// </summary>
    public void End(AgentUpdate end)
    {
        lock (_lock)
        {
            bool untold = !_record.IsTerminal;
            RunRecord ended = (untold ? _record.Add(end) : _record) with { Ended = DateTimeOffset.UtcNow };
            try
            {
                Change(_ => ended);
            }
            catch (MesosDockerException e) when (e.Fault is Fault.StateUnusable or Fault.DiskFull)
            {
                _record = ended;
            }

            if (untold)
            {
                Publish(end);
            }

            _stream?.End();
            _stream = null;
        }

        _started.TrySetResult();
        _ended.TrySetResult();
    }

    public void Acknowledge(Guid update)
    {
        lock (_lock)
        {
            // What the disk does not hear of is told twice, which does no harm.
            _record = _record.Acknowledge(update);
            _store.Write(_record);
        }
    }

    private void Publish(AgentUpdate update)
    {
        if (!_record.IsForgotten)
        {
            _updates.TryWrite(update);
        }
    }

    private void Change(Func<RunRecord, RunRecord> change)
    {
        lock (_lock)
        {
            RunRecord changed = change(_record);
            _store.Write(changed);
            _record = changed;
        }
    }
}
