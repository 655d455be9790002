using System.Net.Sockets;
using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>HTTP/1.1 to one endpoint, and nothing that HTTP to an engine does not need.</summary>
internal sealed class EngineConnection : IDisposable
{
    // An old engine's socket may be full for a moment when many call at once; the kernel then says "try again".
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(30);

    private const int KeepAliveSeconds = 30;
    private const int KeepAliveProbes = 4;

    private readonly HttpMessageInvoker _http;
    private readonly TimeSpan _connectTimeout;

    public EngineConnection(EngineEndpoint endpoint, TimeSpan connectTimeout)
    {
        Endpoint = endpoint;
        _connectTimeout = connectTimeout;
        BaseAddress = endpoint is TcpEndpoint tcp
            ? new UriBuilder(Uri.UriSchemeHttp, tcp.Host, tcp.Port, tcp.BasePath + "/").Uri
            : new Uri("http://localhost/");

        // An invoker is HttpClient without the timeouts and buffers that streams would have to be freed of.
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,

            // A stream that is left is closed, not read to its end.
            MaxResponseDrainSize = 0,

            // A new connection to a socket costs less than the timer that watches over idle ones.
            PooledConnectionIdleTimeout = endpoint is UnixEndpoint ? TimeSpan.Zero : s_idle,
        });
    }

    public EngineEndpoint Endpoint { get; }

    /// <summary>What paths are relative to; its scheme is http even under TLS, which the connection itself does.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Somebody has let us in at least once.</summary>
    public bool HasConnected { get; private set; }

    /// <summary>Answers once the headers are there. Throws what <see cref="SocketsHttpHandler"/> throws.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => _http.SendAsync(request, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_connectTimeout);
        try
        {
            Stream stream = Endpoint switch
            {
                UnixEndpoint unix => await ConnectAsync(unix, limit.Token).ConfigureAwait(false),
                TcpEndpoint { Tls: { } tls } tcp => await ConnectAsync(tcp, tls, limit.Token).ConfigureAwait(false),
                TcpEndpoint tcp => await ConnectAsync(tcp, limit.Token).ConfigureAwait(false),
                _ => throw new InvalidOperationException(),
            };
            HasConnected = true;
            return stream;
        }
        catch (SocketException e)
        {
            throw EngineFailure.FromConnecting(Endpoint, e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw EngineFailure.TooLate(Endpoint, "connect", _connectTimeout);
        }
    }

    // Not async: the native compiler leaves the branch not taken, and all of TLS with it, out of the static executable.
    private static Task<Stream> ConnectAsync(TcpEndpoint endpoint, EngineTls tls, CancellationToken cancellationToken)
        => NativeBuild.IsStatic ? throw TlsClient.NoTls(endpoint) : SecureAsync(endpoint, tls, cancellationToken);

    private static async Task<Stream> SecureAsync(TcpEndpoint endpoint, EngineTls tls, CancellationToken cancellationToken)
    {
        Stream plain = await ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
        return await TlsClient.AuthenticateAsync(plain, endpoint, tls, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Stream> ConnectAsync(UnixEndpoint endpoint, CancellationToken cancellationToken)
    {
        var address = new UnixDomainSocketEndPoint(endpoint.Path.StartsWith('@') ? '\0' + endpoint.Path[1..] : endpoint.Path);
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain)
            {
                socket.Dispose();
                await Task.Delay(s_retry, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static async Task<Stream> ConnectAsync(TcpEndpoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A wait may be silent for weeks; a dead peer, or a firewall that forgot us, must be noticed all the same.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
