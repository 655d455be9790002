using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MesosDocker.Marathon;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Marathon.Client;

/// <summary>A server of HTTP/1.1 that answers each request as the test says, rightly or wrongly, and remembers what it was asked.</summary>
internal sealed class FakeMarathon : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<Exchange, Task>> _answers = new();
    private readonly X509Certificate2? _certificate;
    private readonly LoopbackServer _server;
    private int _connections;

    public FakeMarathon(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _server = new LoopbackServer(ConverseAsync);
    }

    public ConcurrentQueue<Exchange> Requests { get; } = [];

    public int Connections => _connections;

    public Uri Url => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{_server.Port}");

    public MarathonConnection Connection => To(Url);

    public static MarathonConnection To(params Uri[] endpoints) => new() { Endpoints = endpoints };

    /// <summary>In less of a hurry to give up than to look again.</summary>
    public static MarathonLimits Quick { get; } = new()
    {
        Connect = TimeSpan.FromSeconds(5),
        FirstPause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromMilliseconds(5),
        Looks = [TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)],
        Poll = TimeSpan.FromMilliseconds(5),
    };

    public MarathonClient Client(MarathonConnection? connection = null) => new(connection ?? Connection, Quick);

    /// <param name="route"><c>GET /v2/apps</c>, without a query.</param>
    public FakeMarathon On(string route, Func<Exchange, Task> answer)
    {
        _answers[route] = answer;
        return this;
    }

    public FakeMarathon On(string route, string json, int status = 200) => On(route, exchange => exchange.ReplyAsync(status, json));

    public string[] Routes() => [.. Requests.Select(static exchange => exchange.Route)];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ConverseAsync(TcpClient client, CancellationToken stopped)
    {
        Interlocked.Increment(ref _connections);
        Stream stream = client.GetStream();
        if (_certificate is not null)
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, stopped);
            stream = tls;
        }

        var reader = new BufferedStream(stream, 8192);
        while (await Exchange.ReadAsync(reader, stream, client, stopped) is { } exchange)
        {
            Requests.Enqueue(exchange);
            await (_answers.TryGetValue(exchange.Route, out Func<Exchange, Task>? answer)
                ? answer(exchange)
                : exchange.ReplyAsync(404, $$"""{"message":"'{{exchange.Path}}' does not exist"}"""));
            if (exchange.IsOver)
            {
                return;
            }
        }
    }
}

/// <summary>One request, and the way back.</summary>
internal sealed class Exchange
{
    private readonly Stream _stream;
    private readonly TcpClient _client;

    private Exchange(string head, byte[] body, Stream stream, TcpClient client, CancellationToken stopped)
    {
        (Head, Body, _stream, _client, Stopped) = (head, body, stream, client, stopped);
    }

    public string Head { get; }

    public byte[] Body { get; }

    public string Text => Encoding.UTF8.GetString(Body);

    public string Method => Head.Split(' ')[0];

    public string Target => Head.Split(' ')[1];

    public string Path => Target.Split('?')[0];

    public string Route => $"{Method} {Path}";

    /// <summary>Ends when the test does.</summary>
    public CancellationToken Stopped { get; }

    public bool IsOver { get; private set; }

    public string? Header(string name)
        => Head.Split("\r\n").Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();

    public string[] Query(string name)
        => [.. Target.Split('?').Skip(1).SelectMany(static query => query.Split('&'))
            .Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))
            .Select(pair => Uri.UnescapeDataString(pair[(name.Length + 1)..]))];

    public static async Task<Exchange?> ReadAsync(Stream reader, Stream stream, TcpClient client, CancellationToken stopped)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!(head.Length > 3 && head.ToString(head.Length - 4, 4) == "\r\n\r\n"))
        {
            if (await reader.ReadAsync(one, stopped) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var exchange = new Exchange(head.ToString(), [], stream, client, stopped);
        byte[] body = new byte[int.Parse(exchange.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)];
        await reader.ReadExactlyAsync(body, stopped);
        return new Exchange(head.ToString(), body, stream, client, stopped);
    }

    public Task ReplyAsync(int status, string body, string headers = "", string type = "application/json")
        => WriteAsync($"HTTP/1.1 {status} Status\r\nContent-Type: {type}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public Task ReplyAsync(string body) => ReplyAsync(200, body);

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task WriteAsync(byte[] bytes) => await _stream.WriteAsync(bytes, Stopped);

    public void Close() => IsOver = true;

    /// <summary>The connection dies, instead of being closed.</summary>
    public void Reset()
    {
        IsOver = true;
        _client.LingerState = new LingerOption(true, 0);
    }

    public Task HangAsync() => Task.Delay(Timeout.Infinite, Stopped);

    /// <summary>The head of a stream of events.</summary>
    public Task BeginEventsAsync() => WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=utf-8\r\n\r\n");
}
