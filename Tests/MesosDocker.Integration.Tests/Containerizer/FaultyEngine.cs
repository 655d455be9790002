using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>What becomes of one request on its way to the real engine and back.</summary>
internal enum Treatment
{
    /// <summary>As if nothing stood between.</summary>
    Pass,

    /// <summary>The engine never hears of it; the connection ends.</summary>
    Drop,

    /// <summary>The engine carries it out, even if whoever asked has gone; its answer is lost.</summary>
    LoseAnswer,

    /// <summary>The engine carries it out; its answer breaks off in the middle of the headers.</summary>
    HalfAnswer,

    /// <summary>The engine never hears of it; what comes back is not HTTP.</summary>
    Garbage,

    /// <summary>The engine never hears of it; an answer comes that is HTTP, and not an engine's.</summary>
    Nonsense,
}

/// <param name="Route">Method and path, ids as <c>*</c>: <c>POST /containers/*/start</c>.</param>
internal sealed record EngineCall(string Route);

/// <summary>
/// A socket that leads to the real engine, on which a test decides request by request what goes wrong, and when: while its decision is
/// pending, the request is held back. Every request comes on a connection of its own.
/// </summary>
internal sealed partial class FaultyEngine : IAsyncDisposable
{
    private const int Longest = 64 * 1024;
    private const int HalfOfHeaders = 20;

    private readonly TemporaryDirectory _directory = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _engine;
    private readonly Func<EngineCall, Task<Treatment>> _treat;
    private readonly List<Task> _conversations = [];
    private readonly Task _accepting;
    private CancellationTokenSource _break = new();

    public FaultyEngine(Func<EngineCall, Task<Treatment>> treat)
        : this(SocketOfEngine(), treat)
    {
    }

    public FaultyEngine(string socket, Func<EngineCall, Task<Treatment>> treat)
    {
        _engine = socket;
        _treat = treat;
        _listener.Bind(new UnixDomainSocketEndPoint(_directory.PathOf("s")));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public string Host => "unix://" + _directory.PathOf("s");

    /// <summary>Breaks off all that is on its way.</summary>
    public void Break() => Interlocked.Exchange(ref _break, new CancellationTokenSource()).Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_conversations);
        _stop.Dispose();
        _break.Dispose();
        _directory.Dispose();
    }

    /// <summary>Skips the test where the engine is not on this machine.</summary>
    private static string SocketOfEngine()
    {
        string? socket = EngineFixture.Address().Endpoints.OfType<UnixEndpoint>().Select(static endpoint => endpoint.Path).FirstOrDefault(File.Exists);
        Assert.SkipWhen(socket is null, "The engine has no socket on this machine to stand before.");
        return socket!;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _conversations.Add(ConverseAsync(await _listener.AcceptAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ConverseAsync(Socket accepted)
    {
        try
        {
            await using var client = new NetworkStream(accepted, ownsSocket: true);
            byte[] request = await ReadRequestAsync(client);
            string[] words = Encoding.ASCII.GetString(request).Split(' ', 3);
            string path = VersionPattern().Replace(words[1].Split('?')[0], "");
            Treatment treatment = await _treat(new EngineCall($"{words[0]} {IdPattern().Replace(path, "/containers/*$1")}"));
            switch (treatment)
            {
                case Treatment.Drop:
                    return;
                case Treatment.Garbage:
                    await client.WriteAsync("\u0001\u0002 no, this is not HTTP\n\n"u8.ToArray(), _stop.Token);
                    return;
                case Treatment.Nonsense:
                    await client.WriteAsync("HTTP/1.1 500 Oh no\r\nContent-Length: 12\r\n\r\n<html>\0</p>\n"u8.ToArray(), _stop.Token);
                    return;
                default:
                    await ForwardAsync(client, request, treatment);
                    return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or IndexOutOfRangeException)
        {
            // One of the three has gone.
        }
    }

    private async Task ForwardAsync(NetworkStream client, byte[] request, Treatment treatment)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_engine), _stop.Token);
        await using var engine = new NetworkStream(socket);
        await engine.WriteAsync(request, _stop.Token);
        byte[] buffer = new byte[Longest];
        switch (treatment)
        {
            case Treatment.LoseAnswer:
                _ = await engine.ReadAsync(buffer, _stop.Token);
                return;
            case Treatment.HalfAnswer:
                await engine.ReadExactlyAsync(buffer.AsMemory(0, HalfOfHeaders), _stop.Token);
                await client.WriteAsync(buffer.AsMemory(0, HalfOfHeaders), _stop.Token);
                return;
        }

        // Whoever ends first, ends both.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, Volatile.Read(ref _break).Token);
        Task[] ways = [client.CopyToAsync(engine, over.Token), engine.CopyToAsync(client, over.Token)];
        await Task.WhenAny(ways);
        await over.CancelAsync();
        await Task.WhenAll(ways);
    }

    /// <summary>Headers, and what of a body comes with them; the rest follows as it comes.</summary>
    private async Task<byte[]> ReadRequestAsync(NetworkStream client)
    {
        byte[] buffer = new byte[Longest];
        int length = 0;
        while (true)
        {
            int read = await client.ReadAsync(buffer.AsMemory(length), _stop.Token);
            if (read == 0)
            {
                throw new IOException("The request is not whole.");
            }

            length += read;
            if (IsWhole(Encoding.ASCII.GetString(buffer, 0, length)))
            {
                return buffer[..length];
            }
        }
    }

    private static bool IsWhole(string request)
    {
        int head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
        {
            return false;
        }

        Match length = LengthPattern().Match(request[..(head + 2)]);
        return length.Success
            ? request.Length - head - 4 >= int.Parse(length.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : !request.Contains("chunked", StringComparison.OrdinalIgnoreCase) || request.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }

    [GeneratedRegex("^/v[0-9.]+")]
    private static partial Regex VersionPattern();

    [GeneratedRegex("^/containers/(?!create|json)[^/]+(.*)")]
    private static partial Regex IdPattern();

    [GeneratedRegex("\r\nContent-Length: *([0-9]+)\r\n", RegexOptions.IgnoreCase)]
    private static partial Regex LengthPattern();
}
