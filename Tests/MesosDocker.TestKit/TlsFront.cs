using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MesosDocker.TestKit;

/// <summary>Speaks TLS to whoever comes, and passes on what they say to a port of this machine.</summary>
public sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly int _port;
    private readonly bool _mutual;
    private readonly Task _serving;

    /// <param name="mutual">Who shows no certificate is sent away.</param>
    public TlsFront(X509Certificate2 certificate, int port, bool mutual = false)
    {
        _certificate = certificate;
        _port = port;
        _mutual = mutual;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Endpoint
        => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

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
                connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        {
            using var behind = new TcpClient();
            try
            {
                await using var tls = new SslStream(client.GetStream());
                var options = new SslServerAuthenticationOptions
                {
                    ServerCertificate = _certificate,
                    ClientCertificateRequired = _mutual,
                    RemoteCertificateValidationCallback = (_, shown, _, _) => !_mutual || shown is not null,
                };
                await tls.AuthenticateAsServerAsync(options, _stop.Token);
                await behind.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
                await Task.WhenAny(
                    tls.CopyToAsync(behind.GetStream(), _stop.Token), behind.GetStream().CopyToAsync(tls, _stop.Token));
            }
            catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException)
            {
                // One of the two has gone, or the test is over.
            }
        }
    }
}
