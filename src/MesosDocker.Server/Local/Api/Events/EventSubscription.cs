using System.Threading.Channels;

namespace MesosDocker.Local;

/// <summary>What one listener has yet to be sent. Who falls too far behind is dropped: it will come back and ask for everything.</summary>
internal sealed class EventSubscription(IReadOnlyCollection<string> types)
{
    /// <summary>Marathon's <c>event_stream_max_outstanding_messages</c>.</summary>
    public const int MaxOutstanding = 1024;

    private readonly Channel<SentEvent> _outstanding = Channel.CreateBounded<SentEvent>(
        new BoundedChannelOptions(MaxOutstanding) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly TaskCompletionSource _dropped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChannelReader<SentEvent> Outstanding => _outstanding.Reader;

    /// <summary>Completes when it is no longer to be served.</summary>
    public Task Dropped => _dropped.Task;

    public void Offer(SentEvent sent)
    {
        if ((types.Count == 0 || types.Contains(sent.Type)) && !_outstanding.Writer.TryWrite(sent))
        {
            Drop();
        }
    }

    public void Drop()
    {
        _dropped.TrySetResult();
        _outstanding.Writer.TryComplete();
    }
}
