using System.Buffers;

namespace MesosDocker.Marathon;

/// <summary>What came of one request to one address.</summary>
/// <param name="Reply">Null: none, for the reason in <paramref name="Failure"/>.</param>
/// <param name="WasSent">The other side may have got it, and acted.</param>
internal readonly record struct Attempt(MarathonReply? Reply, MesosDockerException? Failure, bool WasSent);

/// <summary>HTTP/1.1 to a Marathon, one request and its answer at a time.</summary>
internal sealed class MarathonHttp : IDisposable
{
    private const int FirstRead = 64 << 10;
    private const string DeploymentHeader = "Marathon-Deployment-Id";

    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(20);

    // A connection that waited in a pool may be dead, which shows only when it is used. A question is asked again; a change must not be,
    // so each has a connection of its own.
    private readonly HttpMessageInvoker _kept;
    private readonly HttpMessageInvoker _fresh;
    private readonly TimeSpan _timeout;
    private readonly int _largest;
    private readonly MarathonTrust _trust;

    public MarathonHttp(MarathonConnection connection, MarathonLimits limits)
    {
        _timeout = connection.Timeout;
        _largest = limits.LargestAnswer;
        _trust = new MarathonTrust(connection.AuthorityPath);
        _kept = new HttpMessageInvoker(Handler(connection, limits, s_idle));
        _fresh = new HttpMessageInvoker(Handler(connection, limits, TimeSpan.Zero));
    }

    public async Task<Attempt> SendAsync(
        MarathonEndpoint endpoint, Uri address, MarathonRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = Limit(cancellationToken);
        try
        {
            using HttpResponseMessage response = await OpenAsync(endpoint, address, request, limit.Token).ConfigureAwait(false);
            Attempt attempt = await ReadBodyAsync(response, endpoint, address, request, limit.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return attempt;
        }
        catch (Exception e) when (IsOfTransport(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Explain(e, endpoint, request, limit.IsCancellationRequested);
        }
    }

    /// <summary>Answers once the headers are there. Throws what <see cref="SocketsHttpHandler"/> throws.</summary>
    public async Task<HttpResponseMessage> OpenAsync(
        MarathonEndpoint endpoint, Uri address, MarathonRequest request, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = request.ToMessage(address, endpoint.Authorization);
        return await (request.IsSafe ? _kept : _fresh).SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rest of what <see cref="OpenAsync"/> began.</summary>
    public async Task<MarathonReply> ReadAsync(
        HttpResponseMessage response, MarathonEndpoint endpoint, Uri address, MarathonRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = Limit(cancellationToken);
        Attempt attempt = await ReadBodyAsync(response, endpoint, address, request, limit.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return attempt.Reply ?? throw attempt.Failure!;
    }

    public CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        return limit;
    }

    public Attempt Explain(Exception e, MarathonEndpoint endpoint, MarathonRequest request, bool isTooLate)
        => isTooLate ? new(null, MarathonFailure.TooLate(endpoint, request, _timeout), WasSent: true)
            : IsOfConnecting(e) ? new(null, MarathonFailure.NotConnected(endpoint, request, e, _trust.TakeRefusal()), WasSent: false)
            : e is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded }
                ? new(null, MarathonFailure.NotHttp(endpoint, request, e), WasSent: true)
            : new(null, MarathonFailure.Broken(endpoint, request, e), WasSent: true);

    public static bool IsOfTransport(Exception e) => e is HttpRequestException or IOException or OperationCanceledException;

    public void Dispose()
    {
        _kept.Dispose();
        _fresh.Dispose();
    }

    private SocketsHttpHandler Handler(MarathonConnection connection, MarathonLimits limits, TimeSpan idle)
        => new()
        {
            // Shorter than the whole, or it would not be known that nothing was sent.
            ConnectTimeout = limits.Connect < connection.Timeout / 2 ? limits.Connect : connection.Timeout / 2,
            Proxy = new ProxyButForLoopback(),
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            MaxResponseDrainSize = 0,
            PooledConnectionIdleTimeout = idle,
            PooledConnectionLifetime = idle == TimeSpan.Zero ? TimeSpan.Zero : Timeout.InfiniteTimeSpan,
            SslOptions = _trust.Options,
        };

    // A connect that took too long is cancelled by the handler itself.
    private static bool IsOfConnecting(Exception e) => e is OperationCanceledException { InnerException: TimeoutException }
        or HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };

    private async Task<Attempt> ReadBodyAsync(
        HttpResponseMessage response, MarathonEndpoint endpoint, Uri address, MarathonRequest request, CancellationToken limit)
    {
        MarathonReply head = HeadOf(response, endpoint, address, request);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstRead);
        int length = 0;
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(limit).ConfigureAwait(false);
            while (await body.ReadAsync(buffer.AsMemory(length), limit).ConfigureAwait(false) is > 0 and var read)
            {
                length += read;
                if (length > _largest)
                {
                    return new Attempt(null, MarathonFailure.TooLarge(endpoint, request, _largest), WasSent: true);
                }

                buffer = length < buffer.Length ? buffer : Grown(buffer);
            }

            return new Attempt(head with { Body = Text(buffer.AsSpan(0, length)) }, null, WasSent: true);
        }
        catch (Exception e) when (IsOfTransport(e))
        {
            // What the head said stands.
            return Explain(e, endpoint, request, limit.IsCancellationRequested) with { Reply = head with { IsCut = true } };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static MarathonReply HeadOf(HttpResponseMessage response, MarathonEndpoint endpoint, Uri address, MarathonRequest request)
        => new(endpoint, request, (int)response.StatusCode)
        {
            DeploymentId = response.Headers.TryGetValues(DeploymentHeader, out IEnumerable<string>? ids) ? ids.FirstOrDefault() : null,
            Location = response.Headers.Location is { } location && Uri.TryCreate(address, location, out Uri? whole) ? whole : null,
        };

    private static byte[] Grown(byte[] buffer)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static byte[] Text(ReadOnlySpan<byte> body)
        => (body.StartsWith("\uFEFF"u8) ? body["\uFEFF"u8.Length..] : body).ToArray();
}
