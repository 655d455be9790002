using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MesosDocker.TestKit.Docker;

/// <param name="Target">Path and query, as sent.</param>
public sealed record FakeRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Without the version and the query.</summary>
    public string Route
    {
        get
        {
            string path = Target.Split('?')[0];
            bool versioned = path.StartsWith("/v1.", StringComparison.Ordinal) && path.IndexOf('/', 1) > 0;
            return $"{Method} {(versioned ? path[path.IndexOf('/', 1)..] : path)}";
        }
    }

    /// <summary>Decoded; null: not there.</summary>
    public string? Query(string name)
        => Target.Split('?', 2) is [_, var query]
            ? query.Split('&').Select(static pair => pair.Split('=', 2)).Where(pair => pair[0] == name)
                .Select(static pair => Uri.UnescapeDataString(pair[1])).FirstOrDefault()
            : null;
}

/// <summary>A small HTTP server on a socket that answers as a test tells it to, rightly or wrongly, and remembers what it was
/// asked.</summary>
public sealed class FakeEngine : IAsyncDisposable
{
    private const int MostConnections = 512;

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<FakeReply>> _replies = new();
    private readonly ConcurrentQueue<FakeRequest> _requests = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener;
    private readonly Func<Stream, CancellationToken, Task<Stream>> _secure;
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly Task _accepting;
    private int _connections;

    private FakeEngine(Socket listener, EndPoint address, string scheme, Func<Stream, CancellationToken, Task<Stream>>? secure)
    {
        _listener = listener;
        _secure = secure ?? (static (plain, _) => Task.FromResult(plain));
        _listener.Bind(address is UnixDomainSocketEndPoint ? new UnixDomainSocketEndPoint(_directory.PathOf("engine.sock")) : address);
        _listener.Listen(MostConnections);
        Host = _listener.LocalEndPoint is IPEndPoint ip ? $"{scheme}://{ip}" : $"{scheme}://{_directory.PathOf("engine.sock")}";
        On("GET /_ping", FakeReply.Ping("1.41"));
        _accepting = AcceptAsync();
    }

    /// <summary>As <c>DOCKER_HOST</c> takes it.</summary>
    public string Host { get; }

    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    /// <summary>All but the agreeing on a version.</summary>
    public IReadOnlyList<FakeRequest> Asked => [.. _requests.Where(static one => one.Route != "GET /_ping")];

    public int Connections => _connections;

    public static FakeEngine OnSocket()
        => new(
            new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint("here"), "unix", null);

    public static FakeEngine OnTcp() => OnTcp(null);

    /// <param name="clients">Whoever shows no certificate of this authority is turned away; null: everybody is let in.</param>
    public static FakeEngine OnTls(X509Certificate2 certificate, X509Certificate2? clients)
        => OnTcp(async (plain, cancellationToken) =>
        {
            var stream = new SslStream(plain);
            var options = new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = clients is not null,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                RemoteCertificateValidationCallback = (_, shown, _, _) => clients is null || (shown is not null && shown.Issuer == clients.Subject),
            };
            await stream.AuthenticateAsServerAsync(options, cancellationToken);
            return stream;
        });

    /// <summary>What a request for a route (<c>POST /containers/x/start</c>, without version and query) is answered. Several
    /// replies are given in order, the last again and again.</summary>
    public FakeEngine On(string route, params FakeReply[] replies)
    {
        _replies[route] = new ConcurrentQueue<FakeReply>(replies);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_serving);
        _stop.Dispose();
        _directory.Dispose();
    }

    private static FakeEngine OnTcp(Func<Stream, CancellationToken, Task<Stream>>? secure)
        => new(
            new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), new IPEndPoint(IPAddress.Loopback, 0), "tcp", secure);

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket client = await _listener.AcceptAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _serving.Add(ServeAsync(client));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            await using var plain = new NetworkStream(client, ownsSocket: true);
            await using Stream connection = await _secure(plain, _stop.Token);
            while (await ReadRequestAsync(connection, _stop.Token) is { } request)
            {
                _requests.Enqueue(request);
                if (!await ReplyTo(request).PlayAsync(connection, _stop.Token))
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or AuthenticationException or SocketException)
        {
            // The client has gone, or the test has ended.
        }
    }

    private FakeReply ReplyTo(FakeRequest request)
        => !_replies.TryGetValue(request.Route, out ConcurrentQueue<FakeReply>? replies) ? FakeReply.Refusal(404, "page not found")
            : replies.Count > 1 && replies.TryDequeue(out FakeReply? next) ? next
            : replies.TryPeek(out FakeReply? last) ? last
            : FakeReply.Nothing;

    private static async Task<FakeRequest?> ReadRequestAsync(Stream connection, CancellationToken cancellationToken)
    {
        if (await ReadLineAsync(connection, cancellationToken) is not { Length: > 0 } first)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync(connection, cancellationToken) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                return null;
            }

            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        string[] words = first.Split(' ');
        byte[] body = headers.GetValueOrDefault("Transfer-Encoding") == "chunked"
            ? await ReadChunksAsync(connection, cancellationToken)
            : await ReadAsync(connection, int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture), cancellationToken);
        return new FakeRequest(words[0], words[1], headers, body);
    }

    private static async Task<byte[]> ReadChunksAsync(Stream connection, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        while (true)
        {
            int length = int.Parse((await ReadLineAsync(connection, cancellationToken))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await ReadAsync(connection, length, cancellationToken));
            await ReadLineAsync(connection, cancellationToken);
            if (length == 0)
            {
                return body.ToArray();
            }
        }
    }

    private static async Task<byte[]> ReadAsync(Stream connection, int length, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[length];
        await connection.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static async Task<string?> ReadLineAsync(Stream connection, CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        byte[] one = new byte[1];
        while (await connection.ReadAsync(one, cancellationToken) > 0)
        {
            if (one[0] == '\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
