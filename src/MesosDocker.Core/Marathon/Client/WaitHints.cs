using System.Collections.Concurrent;
using System.Threading.Channels;

namespace MesosDocker.Marathon;

/// <summary>
/// Events, as hints that it is worth while to look. Where there are none, looking at intervals finds everything, too, only later.
/// </summary>
internal sealed class WaitHints : IAsyncDisposable
{
    private static readonly string[] s_types =
    [
        "status_update_event", "instance_changed_event", "instance_health_changed_event", "health_status_changed_event",
        "failed_health_check_event",
        "unhealthy_task_kill_event", "unhealthy_instance_kill_event", "app_terminated_event",
        "deployment_info", "deployment_success", "deployment_failed", "deployment_step_success", "deployment_step_failure",
    ];

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentQueue<MarathonEvent> _events = [];
    private readonly CancellationTokenSource _stop;
    private readonly Func<MarathonEvent, bool> _isOurs;
    private readonly MarathonClient _client;
    private readonly Task _listening;

    public WaitHints(MarathonClient client, Func<MarathonEvent, bool> isOurs, CancellationToken cancellationToken)
    {
        _client = client;
        _isOurs = isOurs;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _listening = ListenAsync(_stop.Token);
    }

    /// <summary>Those that came since the last call.</summary>
    public IReadOnlyList<MarathonEvent> Take()
    {
        List<MarathonEvent> events = [];
        while (_events.TryDequeue(out MarathonEvent? one))
        {
            events.Add(one);
        }

        return events;
    }

    /// <summary>Until something happened, or for as long as this at most.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        try
        {
            await _signal.Reader.ReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (MarathonNews news in _client.WatchAsync(s_types, cancellationToken).ConfigureAwait(false))
            {
                if (news.Event is { } one && !_isOurs(one))
                {
                    continue;
                }

                if (news.Event is not null)
                {
                    _events.Enqueue(news.Event);
                }

                _signal.Writer.TryWrite(true);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or MesosDockerException)
        {
            // Waiting is over, or this Marathon gives no events to us.
        }
    }
}
