using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Asks tasks whether they are well. Each time on a new connection, as a client who is new would.</summary>
[SuppressMessage("Security", "CA5359", Justification = "A check asks whether the task lives, not who it is; Marathon does the same.")]
internal sealed class Prober : IDisposable
{
    // A day; a timer has an end.
    private const int LongestSeconds = 24 * 60 * 60;

    private const int MaxHeaderKilobytes = 64;
    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxCause = 500;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        },
    });

    /// <summary>Never throws but for <paramref name="stop"/>.</summary>
    public async Task<ProbeOutcome> AskAsync(ProbeTarget target, HealthCheck check, CancellationToken stop)
    {
        TimeSpan patience = Seconds(check.TimeoutSeconds);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(patience);
        try
        {
            return check.Protocol == "TCP" ? await ConnectAsync(target, timeout.Token) : await GetAsync(target, check, timeout.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return ProbeOutcome.NotAlive(NoAnswer(patience));
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            return ProbeOutcome.NotAlive(Cause(e));
        }
    }

    /// <inheritdoc cref="AskAsync"/>
    public async Task<ReadinessResult> AskReadinessAsync(string taskId, ProbeTarget? target, ReadinessCheck check, CancellationToken stop)
    {
        TimeSpan patience = Seconds(check.TimeoutSeconds);
        Uri? url = target?.Url(check.Protocol == "HTTPS" ? "https" : "http", check.Path);
        ReadinessResponse response;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(patience);
        try
        {
            response = url is null ? Failure($"its port '{check.PortName}' has no address") : await ReadAsync(url, timeout.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            response = Failure($"{url}: {NoAnswer(patience)}");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            response = Failure($"{url}: {Cause(e)}");
        }

        return new ReadinessResult
        {
            Name = check.Name,
            TaskId = taskId,
            Ready = (check.HttpStatusCodesForReady ?? [200]).Contains(response.Status ?? 0),
            LastResponse = check.PreserveLastResponse == true ? response : null,
        };
    }

    public void Dispose() => _http.Dispose();

    private static async Task<ProbeOutcome> ConnectAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        using var socket = new Socket(target.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(target.Address, target.Port), cancellationToken);
        return ProbeOutcome.Alive;
    }

    private async Task<ProbeOutcome> GetAsync(ProbeTarget target, HealthCheck check, CancellationToken cancellationToken)
    {
        if (target.Url(check.Protocol == "HTTPS" ? "https" : "http", check.Path) is not { } url)
        {
            return ProbeOutcome.NotAlive($"'{Printable.Of(check.Path ?? "", MaxCause)}' is no path.");
        }

        using HttpResponseMessage response = await SendAsync(url, cancellationToken);
        int status = (int)response.StatusCode;
        return status is >= 200 and < 400 ? ProbeOutcome.Alive
            : status < 200 && check.IgnoreHttp1xx == true ? ProbeOutcome.Ignored
            : ProbeOutcome.NotAlive(Printable.Of(string.Create(CultureInfo.InvariantCulture, $"{status} {response.ReasonPhrase}"), MaxCause));
    }

    private async Task<HttpResponseMessage> SendAsync(Uri url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.ConnectionClose = true;
        request.Headers.TryAddWithoutValidation("User-Agent", "mesos-dockerd");
        return await _http.SendAsync(request, cancellationToken);
    }

    private async Task<ReadinessResponse> ReadAsync(Uri url, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(url, cancellationToken);
        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[MaxBodyBytes];
        int count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return new ReadinessResponse
        {
            Status = (int)response.StatusCode,
            ContentType = response.Content.Headers.ContentType?.MediaType ?? "",
            Body = Encoding.UTF8.GetString(bytes, 0, count),
        };
    }

    private static ReadinessResponse Failure(string why) => new()
    {
        Status = (int)HttpStatusCode.GatewayTimeout,
        ContentType = "text/plain",
        Body = $"Marathon could not query {why}",
    };

    private static TimeSpan Seconds(int? said) => TimeSpan.FromSeconds(Math.Clamp(said ?? 20, 1, LongestSeconds));

    private static string NoAnswer(TimeSpan patience) => string.Create(CultureInfo.InvariantCulture, $"no answer within {patience.TotalSeconds:0} seconds");

    private static string Cause(Exception e) => Printable.Of((e.InnerException ?? e).Message, MaxCause);
}
