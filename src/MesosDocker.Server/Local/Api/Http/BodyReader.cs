using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MesosDocker.Local;

/// <summary>
/// Bodies of requests. However many come at once, however slowly: each has its limit and its time, and all together have a limit, so
/// that a thousand clients cannot take the machine's memory.
/// </summary>
internal sealed class BodyReader(TimeProvider time)
{
    public const int MaxBytes = 4 * 1024 * 1024;
    private const int MaxBytesOfAll = 64 * 1024 * 1024;

    // Deeper than any definition. What is kept of one is written down, and told, inside of groups.
    private const int MaxDepth = 32;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth };

    private long _held;

    /// <exception cref="BadHttpRequestException">It is too large, too slow or too much; with the status to answer.</exception>
    /// <exception cref="JsonException"></exception>
    public async Task<JsonDocument> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var bytes = new BodyPieces();
        long held = 0;
        try
        {
            using var timeout = new CancellationTokenSource(s_patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                ReadResult read;
                do
                {
                    read = await request.BodyReader.ReadAsync(either.Token);
                    try
                    {
                        held += Take(read.Buffer, bytes);
                    }
                    finally
                    {
                        // The rest of what is refused can only be read past if this is.
                        request.BodyReader.AdvanceTo(read.Buffer.End);
                    }
                }
                while (!read.IsCompleted);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested)
            {
                throw new BadHttpRequestException(
                    $"The body did not arrive within {s_patience.TotalSeconds:0} seconds.", StatusCodes.Status408RequestTimeout);
            }

            return JsonDocument.Parse(bytes.All, s_options);
        }
        finally
        {
            Interlocked.Add(ref _held, -held);
        }
    }

    private long Take(ReadOnlySequence<byte> arrived, BodyPieces bytes)
    {
        if (bytes.Length + arrived.Length > MaxBytes)
        {
            throw new BadHttpRequestException(TooLarge, StatusCodes.Status413PayloadTooLarge);
        }

        if (Interlocked.Add(ref _held, arrived.Length) > MaxBytesOfAll)
        {
            Interlocked.Add(ref _held, -arrived.Length);
            throw new BadHttpRequestException("Too many large requests at once; try again.", StatusCodes.Status503ServiceUnavailable);
        }

        bytes.Add(arrived);
        return arrived.Length;
    }

    public static string TooLarge => $"The body is larger than {MaxBytes / 1024 / 1024} MB.";
}
