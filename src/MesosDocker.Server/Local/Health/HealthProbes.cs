using System.Net;
using System.Threading.Channels;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// Makes the checks of all running tasks: one loop that knows what is due, and as many askings at a time as are bearable. What a task's
/// end leaves to be asked is forgotten with it.
/// </summary>
internal sealed class HealthProbes : IAsyncDisposable
{
    private const int MaxAtOnce = 512;

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly Cluster _cluster;
    private readonly IPAddress _host;
    private readonly TimeProvider _time;
    private readonly Prober _prober = new();
    private readonly SemaphoreSlim _room = new(MaxAtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<byte> _news = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<RunningProbe> _asked = Channel.CreateUnbounded<RunningProbe>();
    private readonly Dictionary<(string TaskId, int Check), RunningProbe> _probes = [];
    private readonly PriorityQueue<RunningProbe, DateTimeOffset> _due = new();
    private readonly Task _loop;

    private ClusterState? _seen;
    private int _count;

    /// <param name="host">Where ports of the host are asked.</param>
    public HealthProbes(Cluster cluster, IPAddress host, TimeProvider time)
    {
        _cluster = cluster;
        _host = host;
        _time = time;
        _cluster.Happened += Wake;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>How many checks there are.</summary>
    public int Count => Volatile.Read(ref _count);

    public async ValueTask DisposeAsync()
    {
        _cluster.Happened -= Wake;
        await _stop.CancelAsync();
        await _loop;
        foreach (RunningProbe probe in _probes.Values)
        {
            probe.End();
            await probe.Asking;
        }

        _prober.Dispose();
        _room.Dispose();
        _stop.Dispose();
    }

    private void Wake(MarathonEvent happened) => _news.Writer.TryWrite(0);

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                Follow(_cluster.State);
                while (_asked.Reader.TryRead(out RunningProbe? asked))
                {
                    Schedule(asked, asked.NextDue(_time.GetUtcNow()));
                }

                DateTimeOffset now = _time.GetUtcNow();
                while (_due.TryPeek(out RunningProbe? next, out DateTimeOffset due) && due <= now)
                {
                    _due.Dequeue();
                    Ask(next);
                }

                await WaitAsync(now);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task WaitAsync(DateTimeOffset now)
    {
        TimeSpan left = _due.TryPeek(out _, out DateTimeOffset due) && due - now < s_look ? due - now : s_look;
        try
        {
            await _news.Reader.WaitToReadAsync(_stop.Token).AsTask().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, _stop.Token);
            _news.Reader.TryRead(out _);
        }
        catch (TimeoutException)
        {
            // It is time for something, or for a look around.
        }
    }

    private void Follow(ClusterState state)
    {
        if (ReferenceEquals(state, _seen))
        {
            return;
        }

        _seen = state;
        HashSet<(string, int)> wanted = [];
        foreach ((string taskId, int check, Instance instance) in ProbePlan.Of(state))
        {
            wanted.Add((taskId, check));
            if (_probes.TryGetValue((taskId, check), out RunningProbe? known))
            {
                known.Instance = instance;
            }
            else
            {
                var probe = new RunningProbe(check, instance);
                _probes.Add((taskId, check), probe);
                Schedule(probe, _time.GetUtcNow());
            }
        }

        foreach (((string, int) key, RunningProbe probe) in _probes.Where(pair => !wanted.Contains(pair.Key)).ToArray())
        {
            probe.End();
            _probes.Remove(key);
            _due.Remove(probe, out _, out _);
        }

        Volatile.Write(ref _count, _probes.Count);
    }

    private void Schedule(RunningProbe probe, DateTimeOffset due)
    {
        if (!probe.HasEnded)
        {
            _due.Enqueue(probe, due);
        }
    }

    private void Ask(RunningProbe probe)
    {
        if (!probe.HasEnded)
        {
            probe.Asking = AskAsync(probe);
        }
    }

    private async Task AskAsync(RunningProbe probe)
    {
        CancellationToken ended = probe.Ended;
        try
        {
            await _room.WaitAsync(ended);
            try
            {
                await probe.AskAsync(_prober, _cluster, _host, _time, ended);
            }
            finally
            {
                _room.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (MesosDockerException)
        {
            // It could not be written down. The next one tells again.
        }

        _asked.Writer.TryWrite(probe);
        _news.Writer.TryWrite(0);
    }
}
