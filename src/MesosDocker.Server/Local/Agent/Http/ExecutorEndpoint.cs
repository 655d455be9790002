using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MesosDocker.Local;

/// <summary>
/// <c>/api/v1/executor</c> as agents of Mesos 1.0 serve it (<c>Slave::Http::executor</c> of src/slave/http.cpp), in protobuf: a
/// subscription is answered with a stream of events, everything else with 202.
/// </summary>
internal sealed class ExecutorEndpoint(LocalAgent agent)
{
    private const string Protobuf = "application/x-protobuf";

    // A subscription brings the task and what was not acknowledged; a frame may have as much.
    private const int LongestCall = Io.Frames.MaxLength;

    public async Task HandleAsync(HttpContext context)
    {
        if (!agent.IsRecovered || agent.Closing.IsCancellationRequested)
        {
            await Answers.TextAsync(context, StatusCodes.Status503ServiceUnavailable, "Agent has not finished recovery\n");
            return;
        }

        if (context.Request.ContentType?.Split(';')[0].Trim() != Protobuf)
        {
            await Answers.TextAsync(context, StatusCodes.Status415UnsupportedMediaType, $"Expecting 'Content-Type' of {Protobuf}\n");
            return;
        }

        try
        {
            byte[]? body = await ReadAsync(context);
            if (body is null)
            {
                await Answers.TextAsync(context, StatusCodes.Status413PayloadTooLarge, $"A call may have {LongestCall} bytes\n");
                return;
            }

            await HandleAsync(context, ExecutorCall.Read(body));
        }
        catch (MesosDockerException e) when (e.Fault == Fault.MessageInvalid)
        {
            await Answers.TextAsync(context, StatusCodes.Status400BadRequest, $"Failed to validate executor::Call: {e.Message}\n");
        }
        catch (MesosDockerException e)
        {
            // The disk is full, or away. Whoever calls tries again.
            await Answers.TextAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message + "\n");
        }
    }

    private async Task HandleAsync(HttpContext context, ExecutorCall call)
    {
        TaskRun? run = agent.Runs.Find(call.FrameworkId, call.ExecutorId);
        if (run is null or { Record.Ended: not null })
        {
            await Answers.TextAsync(context, StatusCodes.Status400BadRequest, "Executor cannot be found\n");
        }
        else if (call.Kind == ExecutorCallKind.Subscribe)
        {
            await SubscribeAsync(context, call, run);
        }
        else if (!run.IsSubscribed)
        {
            await Answers.TextAsync(context, StatusCodes.Status403Forbidden, "Executor is not subscribed\n");
        }
        else
        {
            await TakeAsync(context, call, run);
        }
    }

    private async Task SubscribeAsync(HttpContext context, ExecutorCall call, TaskRun run)
    {
        if (run.Subscribe(call, agent.Facts) is not { } stream)
        {
            await Answers.TextAsync(context, StatusCodes.Status400BadRequest, "Executor cannot be found\n");
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, agent.Closing);
        try
        {
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            context.Response.ContentType = Protobuf;
            await foreach (byte[] record in stream.Records.ReadAllAsync(over.Token))
            {
                await context.Response.Body.WriteAsync(record, over.Token);
                await context.Response.Body.FlushAsync(over.Token);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The executor has gone, or this server goes. It comes back, or its container ends.
            context.Abort();
        }
        finally
        {
            run.Unsubscribe(stream);
        }
    }

    private static async Task TakeAsync(HttpContext context, ExecutorCall call, TaskRun run)
    {
        foreach (AgentUpdate update in call.Updates)
        {
            run.Receive(update);
        }

        // The answer first, then the acknowledgement on the stream, as agents do.
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Response.CompleteAsync();
        foreach (AgentUpdate update in call.Updates)
        {
            run.Confirm(update);
        }
    }

    /// <summary>Null if it is too long.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LongestCall)
        {
            return null;
        }

        PipeReader reader = context.Request.BodyReader;
        using var body = new MemoryStream();
        while (true)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted);
            foreach (ReadOnlyMemory<byte> part in read.Buffer)
            {
                body.Write(part.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (body.Length > LongestCall)
            {
                return null;
            }

            if (read.IsCompleted)
            {
                return body.ToArray();
            }
        }
    }
}
