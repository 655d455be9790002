using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.RealMesos;

/// <summary>Stands before a server and lets every connection wait before its first byte goes on.</summary>
internal sealed class SlowRelay : IAsyncDisposable
{
    private readonly LoopbackServer _relay;

    /// <param name="server">As <c>host:port</c>.</param>
    public SlowRelay(string server, TimeSpan delay)
    {
        _relay = new LoopbackServer(async (client, stopped) =>
        {
            using var behind = new TcpClient();
            await Task.Delay(delay, stopped);
            await behind.ConnectAsync(IPEndPoint.Parse(server), stopped);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(behind.GetStream(), stopped), behind.GetStream().CopyToAsync(client.GetStream(), stopped));
        });
    }

    public string Host => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_relay.Port}");

    public ValueTask DisposeAsync() => _relay.DisposeAsync();
}
