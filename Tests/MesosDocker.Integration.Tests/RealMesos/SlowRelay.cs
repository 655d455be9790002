using System.Net;
using System.Net.Sockets;

namespace MesosDocker.Integration.Tests.RealMesos;

/// <summary>Stands before a server and lets every connection wait before its first byte goes on.</summary>
internal sealed class SlowRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _server;
    private readonly TimeSpan _delay;
    private readonly Task _serving;

    /// <param name="server">As <c>host:port</c>.</param>
    public SlowRelay(string server, TimeSpan delay)
    {
        (_server, _delay) = (server, delay);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Host => _listener.LocalEndpoint.ToString()!;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await Task.Delay(_delay, _stop.Token);
                await server.ConnectAsync(IPEndPoint.Parse(_server), _stop.Token);
                await Task.WhenAny(
                    client.GetStream().CopyToAsync(server.GetStream(), _stop.Token),
                    server.GetStream().CopyToAsync(client.GetStream(), _stop.Token));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One side has gone, or the test is over.
            }
        }
    }
}
