using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace MesosDocker.Local;

/// <summary><c>GET /v2/events</c>: server-sent events (HTML standard, section 9.2) for as long as the client stays.</summary>
internal sealed class EventStream(EventHub hub, TimeProvider time, TimeSpan keepAlive)
{
    private static readonly ReadOnlyMemory<byte> s_blankLine = "\r\n"u8.ToArray();

    /// <returns>What to answer; null if all has been said.</returns>
    public async Task<Answer?> ServeAsync(ApiRequest request)
    {
        HttpContext http = request.Http;
        if (!http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            return Answer.Message(405, "A stream of events must be asked for: send 'Accept: text/event-stream'.") with { Allow = "GET, HEAD" };
        }

        http.Response.ContentType = "text/event-stream;charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache, no-store, must-revalidate";
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return null;
        }

        EventSubscription listener = hub.Subscribe(request.ClientIp, request.All("event_type"));
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted);
        try
        {
            // Who is dropped while it does not read, waits in a write, which ends only so.
            _ = listener.Dropped.ContinueWith(
                static (_, state) => ((CancellationTokenSource)state!).Cancel(),
                gone,
                gone.Token,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
            await http.Response.StartAsync(gone.Token);
            await SendAsync(http.Response.BodyWriter, listener, gone.Token);
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or was too slow.
        }
        finally
        {
            hub.Leave(listener, request.ClientIp);
        }

        http.Abort();
        return null;
    }

    private async Task SendAsync(PipeWriter output, EventSubscription listener, CancellationToken gone)
    {
        await output.FlushAsync(gone);
        Task<bool> next = listener.Outstanding.WaitToReadAsync(gone).AsTask();
        while (true)
        {
            try
            {
                if (!await next.WaitAsync(keepAlive, time, gone))
                {
                    return;
                }
            }
            catch (TimeoutException)
            {
                await output.WriteAsync(s_blankLine, gone);
                continue;
            }

            while (listener.Outstanding.TryRead(out SentEvent? sent))
            {
                await output.WriteAsync(sent.Bytes, gone);
            }

            next = listener.Outstanding.WaitToReadAsync(gone).AsTask();
        }
    }
}
