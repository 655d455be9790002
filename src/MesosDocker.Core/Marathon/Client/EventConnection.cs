namespace MesosDocker.Marathon;

/// <summary>One stream of events.</summary>
internal sealed class EventConnection(HttpResponseMessage response, EventParser parser, TimeSpan silence) : IDisposable
{
    private readonly byte[] _buffer = new byte[32 << 10];

    /// <returns>
    /// The events that came, perhaps none; null: the stream has ended, broke off, or is silent for longer than a living one.
    /// </returns>
    public async Task<List<RawEvent>?> ReadAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(silence);
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            int read = await body.ReadAsync(_buffer, limit.Token).ConfigureAwait(false);
            return read == 0 ? null : parser.Read(_buffer.AsSpan(0, read));
        }
        catch (Exception e) when (MarathonHttp.IsOfTransport(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    public void Dispose() => response.Dispose();
}
