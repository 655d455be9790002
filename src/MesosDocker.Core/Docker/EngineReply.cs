using System.Buffers;

namespace MesosDocker.Docker;

/// <summary>An answer whose headers have come and whose body is still to be read. Disposing it closes the connection if the body
/// is not at its end.</summary>
internal sealed class EngineReply : IDisposable
{
    private const int FirstRead = 4096;

    private readonly HttpResponseMessage _response;
    private readonly Stream _body;

    private EngineReply(HttpResponseMessage response, Stream body, EngineEndpoint endpoint, string action)
    {
        _response = response;
        _body = body;
        Endpoint = endpoint;
        Action = action;
    }

    public EngineEndpoint Endpoint { get; }

    /// <summary>What was wanted.</summary>
    public string Action { get; }

    public int Status => (int)_response.StatusCode;

    public bool IsSuccess => _response.IsSuccessStatusCode;

    public bool IsUnchanged => Status == 304;

    public string? MediaType => _response.Content.Headers.ContentType?.MediaType;

    public static async Task<EngineReply> FromAsync(HttpResponseMessage response, EngineEndpoint endpoint, string action)
    {
        // The stream is there already; nothing is waited for.
        Stream body = await response.Content.ReadAsStreamAsync(CancellationToken.None).ConfigureAwait(false);
        return new EngineReply(response, body, endpoint, action);
    }

    public string? Header(string name)
        => _response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    /// <returns>0 at the end.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.EngineUnreachable"/>, <see cref="Fault.EngineAnswerInvalid"/>: the
    /// connection ended before the answer did.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (EngineFailure.IsOfTransport(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw EngineFailure.FromTransport(Endpoint, Action, e);
        }
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.EngineAnswerInvalid"/>: also for more than <paramref
    /// name="limit"/>.</exception>
    public async Task<byte[]> ReadToEndAsync(int limit, CancellationToken cancellationToken)
    {
        byte[] body = await ReadUpToAsync(limit + 1, cancellationToken).ConfigureAwait(false);
        return body.Length <= limit
            ? body
            : throw EngineFailure.Invalid(Endpoint, Action, $"it has more than {limit} bytes");
    }

    /// <summary>The body's first <paramref name="limit"/> bytes.</summary>
    public async Task<byte[]> ReadUpToAsync(int limit, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstRead);
        try
        {
            int length = 0;
            while (length < limit)
            {
                if (length == buffer.Length)
                {
                    byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                int wanted = Math.Min(buffer.Length, limit) - length;
                int read = await ReadAsync(buffer.AsMemory(length, wanted), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                length += read;
            }

            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _response.Dispose();
}
