using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MesosDocker.Local;

/// <summary>One request from its first header to its answer: who may come in, what is asked, what goes wrong.</summary>
internal sealed class ApiHandler(Parts parts)
{
    // A change is written down within milliseconds; a cluster that takes longer is stuck, and the client should know.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Gate _gate = new(parts.Options);
    private readonly BodyReader _bodies = new(parts.Time);
    private readonly ApiRoutes _routes = new(parts);
    private readonly EventStream _events = new(parts.Events, parts.Time, parts.Options.KeepAlive);

    public async Task HandleAsync(HttpContext http)
    {
        var request = new ApiRequest(http, _bodies);
        IHeaderDictionary headers = http.Response.Headers;
        headers.CacheControl = "no-cache, no-store, must-revalidate";
        headers.Pragma = "no-cache";
        headers.Expires = "0";
        headers.XContentTypeOptions = "nosniff";
        Answer? answer = _gate.Refuse(http);
        if (answer is null)
        {
            headers["X-Marathon-Leader"] = $"{http.Request.Scheme}://{SystemResource.Leader(request)}";
            answer = await AnswerAsync(request);
        }

        parts.Counts.Count(answer?.Status ?? http.Response.StatusCode);
        if (answer is not null)
        {
            await WriteAsync(http, answer);
        }
    }

    private async Task<Answer?> AnswerAsync(ApiRequest request)
    {
        try
        {
            return request switch
            {
                { Method: "GET", Path: ["v2", "events"] } => await _events.ServeAsync(request),
                { Path: ["v2", "events"] } => Errors.NotAllowed("GET, HEAD"),
                _ => await _routes.HandleAsync(request).WaitAsync(s_patience, parts.Time, request.Aborted),
            };
        }
        catch (RefusedException e)
        {
            return Errors.Of(e);
        }
        catch (JsonException e)
        {
            return Errors.Of(e);
        }
        catch (BadHttpRequestException e)
        {
            // What has not been read of the body would be taken for the next request.
            return Answer.Message(e.StatusCode, e.Message) with { Close = true };
        }
        catch (MesosDockerException e)
        {
            return Answer.Message(503, $"Nothing was changed. {e.Message}");
        }
        catch (ObjectDisposedException)
        {
            return Answer.Message(503, "Nothing was changed: the cluster is ending.");
        }
        catch (TimeoutException)
        {
            return Answer.Message(503, "The cluster did not answer in time. The change may still be made: look before you ask again.");
        }
        catch (OperationCanceledException) when (request.Aborted.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task WriteAsync(HttpContext http, Answer answer)
    {
        try
        {
            await AnswerWriter.WriteAsync(http.Response, answer, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }
}
