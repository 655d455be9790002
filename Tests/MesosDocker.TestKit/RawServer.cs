using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MesosDocker.TestKit;

/// <summary>A server whose answers are written byte by byte by the test, so that they may be wrong in any way.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly Func<RawRequest, Task> _answer;
    private readonly X509Certificate2? _certificate;

    public RawServer(Func<RawRequest, Task> answer, X509Certificate2? certificate = null)
    {
        _answer = answer;
        _certificate = certificate;
        _server = new LoopbackServer(ConverseAsync);
    }

    public RawServer(string answer)
        : this(request => request.WriteAsync(answer))
    {
    }

    public ConcurrentQueue<string> Requests { get; } = [];

    public int Port => _server.Port;

    public string Url(string path, string credentials = "")
        => $"{(_certificate is null ? "http" : "https")}://{credentials}127.0.0.1:{Port}/{path}";

    public static string Ok(string body)
        => $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public static string Redirect(string location, int status = 302)
        => $"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n";

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ConverseAsync(TcpClient client, CancellationToken stopped)
    {
        Stream stream = client.GetStream();
        if (_certificate is not null)
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, stopped);
            stream = tls;
        }

        while (await ReadHeadAsync(stream, stopped) is { Length: > 0 } head)
        {
            Requests.Enqueue(head);
            var request = new RawRequest(head, stream, stopped);
            await _answer(request);
            if (request.Closes)
            {
                return;
            }
        }
    }

    private static async Task<string> ReadHeadAsync(Stream stream, CancellationToken stopped)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stopped) == 0)
            {
                return "";
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}

public sealed class RawRequest(string head, Stream stream, CancellationToken stopped)
{
    public string Head => head;

    public string Target => head.Split(' ')[1];

    public bool Closes { get; private set; }

    /// <summary>Ends when the test does.</summary>
    public CancellationToken Stopped => stopped;

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task WriteAsync(byte[] bytes) => await stream.WriteAsync(bytes, stopped);

    public async Task CloseAsync(string text)
    {
        Closes = true;
        await WriteAsync(text);
    }

    public Task HangAsync() => Task.Delay(Timeout.Infinite, stopped);
}
