using System.Text.Json;
using System.Threading.Channels;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Takes what comes, a batch at a time: decide, write down, publish, then do.</summary>
internal sealed class ClusterLoop : IAsyncDisposable
{
    /// <summary>So many inputs share one wait for the disk.</summary>
    private const int LargestBatch = 512;

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_farthest = TimeSpan.FromDays(1);

    private readonly IAgent _agent;
    private readonly TimeProvider _time;
    private readonly ClusterJournal _journal;
    private readonly Channel<Input> _inputs;
    private readonly Action<ClusterState> _publish;
    private readonly Action<MarathonEvent> _tell;
    private readonly AgentCalls _calls;
    private readonly ITimer _timer;

    /// <summary>What could not be written down and must be.</summary>
    private readonly List<Input> _again = [];
    private ClusterState _state;
    private ClusterIndex _index;
    private string? _lastVersion;

    public ClusterLoop(
        IAgent agent,
        TimeProvider time,
        ClusterJournal journal,
        ClusterState state,
        Channel<Input> inputs,
        Action<ClusterState> publish,
        Action<MarathonEvent> tell,
        CancellationToken stopping)
    {
        _agent = agent;
        _time = time;
        _journal = journal;
        _state = state;
        _index = new ClusterIndex(state);
        _inputs = inputs;
        _publish = publish;
        _tell = tell;
        _lastVersion = state.Root.Version;
        _calls = new AgentCalls(agent, time, update => inputs.Writer.TryWrite(new UpdateInput(update, isAgents: false)), stopping);
        _timer = time.CreateTimer(_ => inputs.Writer.TryWrite(new Tick()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Unlike every one before it, also where nothing came of that one.</summary>
    public string NextVersion() => _lastVersion = Moments.NextVersion(_time.GetUtcNow(), _lastVersion);

    /// <summary>Ends when no more inputs can come and all that came are done.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await _inputs.Reader.WaitToReadAsync())
            {
                List<Input> batch = [.. _again];
                _again.Clear();
                while (batch.Count < LargestBatch && _inputs.Reader.TryRead(out Input? input))
                {
                    batch.Add(input);
                }

                Take(batch);
            }
        }
        finally
        {
            // Should it ever end by an error of its own, nobody waits for it in vain.
            _inputs.Writer.TryComplete();
            while (_inputs.Reader.TryRead(out Input? input))
            {
                input.Failed(new ObjectDisposedException(nameof(Cluster)));
            }
        }
    }

    /// <summary>Of what was begun so far; to be asked in a turn.</summary>
    public Task FinishCallsAsync() => _calls.FinishAsync();

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _calls.FinishAsync();
        _journal.Dispose();
    }

    private void Take(List<Input> batch)
    {
        var turn = new Turn(_state, _index, _agent.Facts, _time.GetUtcNow());
        foreach (Input input in batch)
        {
            input.Decide(turn);
        }

        new Convergence(turn).Run();
        if (!TryWrite(turn, batch))
        {
            return;
        }

        _state = turn.State;
        _index = turn.Index;
        _publish(_state);
        foreach (AgentCall call in turn.Calls)
        {
            _calls.Begin(call);
        }

        foreach (MarathonEvent happened in turn.Events)
        {
            _tell(happened);
        }

        foreach (Input input in batch)
        {
            input.Done();
        }

        _journal.CompactIfLong(_state);
        SetTimer();
    }

    private bool TryWrite(Turn turn, List<Input> batch)
    {
        try
        {
            if (turn.Records.Count > 0)
            {
                _journal.Append(turn.Records);
            }

            return true;
        }
        catch (Exception e) when (e is MesosDockerException or JsonException or InvalidOperationException or ArgumentException)
        {
            // Nothing of it happened. What people asked for they may ask again; the rest is tried again here.
            _index = new ClusterIndex(_state);
            foreach (Input input in batch)
            {
                input.Failed(e);
            }

            _again.AddRange(batch.Where(static input => input.ComesAgain));

            _timer.Change(s_retry, Timeout.InfiniteTimeSpan);
            return false;
        }
    }

    private void SetTimer()
    {
        if (Convergence.Due(_state, _index) is { } due)
        {
            TimeSpan left = due - _time.GetUtcNow();
            _timer.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left > s_farthest ? s_farthest : left, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
