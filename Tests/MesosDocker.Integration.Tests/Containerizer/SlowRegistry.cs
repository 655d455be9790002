using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>Stands before a real registry and lets nothing through, but for the greeting, until it is released.</summary>
internal sealed class SlowRegistry : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string _behind;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;

    public SlowRegistry(string behind)
    {
        _behind = behind;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        probe.Stop();
        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Host { get; }

    /// <summary>Somebody wants an image.</summary>
    public Task Asked => _asked.Task;

    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        _released.TrySetCanceled();
        _listener.Abort();
        await _serving;
        _client.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            if (context.Request.Url!.AbsolutePath != "/v2/")
            {
                _asked.TrySetResult();
                await _released.Task;
                await ForwardAsync(context);
            }

            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            // The engine has gone, or the test is over.
        }
    }

    private async Task ForwardAsync(HttpListenerContext context)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.HttpMethod), $"http://{_behind}{context.Request.Url!.PathAndQuery}");
        foreach (string accepted in context.Request.Headers.GetValues("Accept") ?? [])
        {
            request.Headers.TryAddWithoutValidation("Accept", accepted);
        }

        using HttpResponseMessage response = await _client.SendAsync(request);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach ((string name, IEnumerable<string> values) in response.Headers.Concat(response.Content.Headers))
        {
            if (name is not ("Content-Length" or "Transfer-Encoding"))
            {
                context.Response.Headers[name] = string.Join(", ", values);
            }
        }

        byte[] body = await response.Content.ReadAsByteArrayAsync();
        if (context.Request.HttpMethod == "HEAD")
        {
            context.Response.ContentLength64 = response.Content.Headers.ContentLength ?? 0;
            return;
        }

        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
    }
}
