using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Hands each event to everybody who listens. Nobody is waited for.</summary>
internal sealed class EventHub(TimeProvider time)
{
    private readonly Lock _turn = new();
    private readonly HashSet<EventSubscription> _listeners = [];

    public int Count
    {
        get
        {
            lock (_turn)
            {
                return _listeners.Count;
            }
        }
    }

    public void Publish(MarathonEvent happened)
    {
        var sent = new SentEvent(happened);
        lock (_turn)
        {
            foreach (EventSubscription listener in _listeners)
            {
                listener.Offer(sent);
            }
        }
    }

    /// <param name="types">Empty: all of them.</param>
    public EventSubscription Subscribe(string address, IReadOnlyCollection<string> types)
    {
        var listener = new EventSubscription(types);
        lock (_turn)
        {
            _listeners.Add(listener);
        }

        Publish(Of("event_stream_attached") with { RemoteAddress = address });
        return listener;
    }

    public void Leave(EventSubscription listener, string address)
    {
        lock (_turn)
        {
            _listeners.Remove(listener);
        }

        Publish(Of("event_stream_detached") with { RemoteAddress = address });
    }

    /// <summary>Ends every stream, as a Marathon does that leads no more; clients come back.</summary>
    public void DropAll()
    {
        lock (_turn)
        {
            foreach (EventSubscription listener in _listeners)
            {
                listener.Drop();
            }
        }
    }

    public MarathonEvent Of(string type) => new() { EventType = type, Timestamp = Moments.Text(time.GetUtcNow()) };
}
