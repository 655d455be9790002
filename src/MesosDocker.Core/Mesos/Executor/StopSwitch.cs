using System.Threading.Channels;

namespace MesosDocker.Mesos;

/// <summary>
/// All orders to stop, from wherever they come. The first cancels what is on its way; every one may shorten the time that the
/// container still has.
/// </summary>
internal sealed class StopSwitch : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly Channel<StopOrder> _orders = Channel.CreateUnbounded<StopOrder>();
    private StopOrder? _order;

    /// <summary>Cancelled with the first order.</summary>
    public CancellationToken Token => _first.Token;

    /// <summary>The first order; null while there is none.</summary>
    public StopOrder? First => Volatile.Read(ref _order);

    public ChannelReader<StopOrder> Orders => _orders.Reader;

    public void Give(StopOrder order)
    {
        bool first = Interlocked.CompareExchange(ref _order, order, null) is null;
        _orders.Writer.TryWrite(order);
        if (first)
        {
            Cancel();
        }
    }

    public void Dispose() => _first.Dispose();

    private void Cancel()
    {
        try
        {
            _first.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // A signal that comes as the program ends: there is nothing left to stop.
        }
    }
}
