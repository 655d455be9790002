using System.Threading.Channels;

namespace MesosDocker.Local;

/// <summary>The subscription of one executor: what it is to be told, in order, until one of both sides ends it.</summary>
internal sealed class ExecutorStream
{
    private readonly Channel<byte[]> _records = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });

    public ChannelReader<byte[]> Records => _records.Reader;

    public void Send(byte[] record) => _records.Writer.TryWrite(record);

    /// <summary>What was sent before still goes out.</summary>
    public void End() => _records.Writer.TryComplete();
}
