using System.Net.Sockets;
using System.Text;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>
/// A Docker engine that knows one thing: how a container is to be made. It answers pings with the API version and operating system it is
/// told to have, and keeps the body of every <c>POST /containers/create</c>.
/// </summary>
internal sealed class RecordingEngine : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _socketPath = Path.Combine(Path.GetTempPath(), $"rec-{Guid.NewGuid():N}.sock");
    private readonly string _apiVersion;
    private readonly string _operatingSystem;
    private readonly Task _accepting;

    public RecordingEngine(string apiVersion, string operatingSystem)
    {
        _apiVersion = apiVersion;
        _operatingSystem = operatingSystem;
        _listener.Bind(new UnixDomainSocketEndPoint(_socketPath));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public string Address => "unix://" + _socketPath;

    /// <summary>What the last request to make a container asked for; null if there was none.</summary>
    public RecordedCreate? Created { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
        File.Delete(_socketPath);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket connection = await _listener.AcceptAsync(_stop.Token);
                _ = ServeAsync(connection);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using (connection)
        {
            try
            {
                await using var stream = new NetworkStream(connection);
                while (await HttpRequest.ReadAsync(stream, _stop.Token) is { } request)
                {
                    await stream.WriteAsync(Answer(request), _stop.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
            }
        }
    }

    private byte[] Answer(HttpRequest request)
    {
        if (request.Path.EndsWith("/_ping", StringComparison.Ordinal))
        {
            return Answer("200 OK", request.Method == "HEAD" ? "" : "OK");
        }

        if (request is { Method: "POST" } && request.Path.EndsWith("/containers/create", StringComparison.Ordinal))
        {
            Created = new RecordedCreate(request.Path, request.Query, request.Body);
            return Answer("201 Created", """{"Id":"1f0a","Warnings":[]}""");
        }

        return Answer("500 Internal Server Error", """{"message":"this engine only records"}""");
    }

    private byte[] Answer(string status, string body) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status}\r\nApi-Version: {_apiVersion}\r\nOstype: {_operatingSystem}\r\nServer: Docker/recording ({_operatingSystem})\r\n"
        + $"Docker-Experimental: false\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
}

/// <param name="Path">With the API version the client chose.</param>
internal sealed record RecordedCreate(string Path, string Query, string Body);
