using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MesosDocker.Local;

internal static class AnswerWriter
{
    private const int FlushBytes = 32 * 1024;

    // It is JSON for programs, and never part of a page.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpResponse response, Answer answer, CancellationToken cancellationToken)
    {
        response.StatusCode = answer.Status;
        WriteHeaders(response.Headers, answer);
        if (answer.Text is { } text)
        {
            response.ContentType = "text/plain;charset=utf-8";
            await response.WriteAsync(text, cancellationToken);
        }
        else if (answer.Json is { } pieces)
        {
            response.ContentType = "application/json";
            await WriteAsync(response, pieces, cancellationToken);
        }
        else
        {
            response.ContentLength = answer.Status is StatusCodes.Status204NoContent ? null : 0;
        }
    }

    private static void WriteHeaders(IHeaderDictionary headers, Answer answer)
    {
        if (answer.DeploymentId is { } deployment)
        {
            headers["Marathon-Deployment-Id"] = deployment;
        }

        if (answer.Location is { } location)
        {
            headers.Location = location;
        }

        if (answer.Allow is { } allow)
        {
            headers.Allow = allow;
        }

        if (answer.Challenge is { } challenge)
        {
            headers.WWWAuthenticate = challenge;
        }

        if (answer.Close)
        {
            headers.Connection = "close";
        }
    }

    private static async Task WriteAsync(HttpResponse response, IEnumerable<Action<Utf8JsonWriter>> pieces, CancellationToken cancellationToken)
    {
        using var json = new Utf8JsonWriter(response.BodyWriter, s_options);
        foreach (Action<Utf8JsonWriter> piece in pieces)
        {
            piece(json);
            if (json.BytesPending + response.BodyWriter.UnflushedBytes > FlushBytes)
            {
                json.Flush();
                await response.BodyWriter.FlushAsync(cancellationToken);
            }
        }

        json.Flush();
    }
}
