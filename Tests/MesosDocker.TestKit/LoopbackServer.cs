using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MesosDocker.TestKit;

/// <summary>
/// Takes connections at a port of this machine, each for a conversation of its own, until it is disposed. What a conversation meets when its
/// other side goes, or the test is over, is no failure.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<TcpClient, CancellationToken, Task> _converse;
    private readonly Task _serving;

    /// <param name="converse">The connection is closed after it; it is told when the server is disposed.</param>
    public LoopbackServer(Func<TcpClient, CancellationToken, Task> converse)
    {
        _converse = converse;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();

        // Not before: whoever accepts just then would find that nobody listens.
        await _serving;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> conversations = [];
        try
        {
            while (true)
            {
                conversations.Add(ConverseAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _converse(client, _stop.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException)
            {
                // As above.
            }
        }
    }
}
