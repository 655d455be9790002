using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MesosDocker.Benchmarks;

/// <summary>Sends back each byte, over loopback: how long anything takes on this machine that two threads have to wake for.</summary>
internal sealed class Echo : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TcpClient _client = new() { NoDelay = true };

    public Echo()
    {
        _listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
        _client.Connect((IPEndPoint)_listener.LocalEndpoint);
    }

    public TimeSpan Ask()
    {
        long sent = Stopwatch.GetTimestamp();
        _client.GetStream().WriteByte(1);
        _ = _client.GetStream().ReadByte();
        return Stopwatch.GetElapsedTime(sent);
    }

    public void Dispose()
    {
        _client.Dispose();
        _listener.Dispose();
    }

    private void Serve()
    {
        using TcpClient client = _listener.AcceptTcpClient();
        client.NoDelay = true;
        while (client.GetStream().ReadByte() is >= 0 and int received)
        {
            client.GetStream().WriteByte((byte)received);
        }
    }
}
