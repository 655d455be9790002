using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace MesosDocker.TestKit;

/// <summary>Speaks TLS to whoever comes, and passes on what they say to a port of this machine.</summary>
public sealed class TlsFront : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly SslServerAuthenticationOptions _options;
    private readonly int _port;

    /// <param name="mutual">Who shows no certificate is sent away.</param>
    public TlsFront(X509Certificate2 certificate, int port, bool mutual = false)
    {
        _port = port;
        _options = new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            ClientCertificateRequired = mutual,
            RemoteCertificateValidationCallback = (_, shown, _, _) => !mutual || shown is not null,
        };
        _server = new LoopbackServer(PassAsync);
    }

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_server.Port}");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task PassAsync(TcpClient client, CancellationToken stopped)
    {
        using var behind = new TcpClient();
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(_options, stopped);
        await behind.ConnectAsync(IPAddress.Loopback, _port, stopped);
        await Task.WhenAny(tls.CopyToAsync(behind.GetStream(), stopped), behind.GetStream().CopyToAsync(tls, stopped));
    }
}
