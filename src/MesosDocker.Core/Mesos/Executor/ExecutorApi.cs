using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary>
/// The agent's executor API, version 1 (docs/executor-http-api.md of Mesos 0.28 and later): one connection streams events, calls go over
/// another. Bodies are protobuf.
/// </summary>
internal sealed class ExecutorApi : IDisposable
{
    private const string Protobuf = "application/x-protobuf";
    private const int ErrorShown = 300;
    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan s_answerTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly Uri _endpoint;

    /// <param name="environment">That the agent gave its executor: how it speaks TLS.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>, <see cref="Fault.PlatformUnsupported"/>: the agent speaks
    /// TLS, and we cannot.</exception>
    public ExecutorApi(Uri endpoint, IReadOnlyDictionary<string, string> environment)
    {
        _endpoint = endpoint;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };
        if (endpoint.Scheme == Uri.UriSchemeHttps)
        {
            Secure(handler, environment);
        }

        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer };
    }

    /// <summary>Subscribes, and yields the events' raw messages until the connection ends.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.AgentUnreachable"/>: try again;
    /// <see cref="Fault.AgentRejected"/>: this executor is not, or no longer, known; <see cref="Fault.AgentTooOld"/>: there is no such API,
    /// or, while an agent starts, not yet; and those of <see cref="RecordReader"/>.</exception>
    public async IAsyncEnumerable<byte[]> SubscribeAsync(byte[] call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await PostAsync(call, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using (stream)
        {
            var records = new RecordReader(stream);
            while (await ReadAsync(records, cancellationToken).ConfigureAwait(false) is { } record)
            {
                yield return record;
            }
        }
    }

    /// <summary>Sends a status update.</summary>
    /// <exception cref="MesosDockerException">As for <see cref="SubscribeAsync"/>.</exception>
    public async Task SendAsync(byte[] call, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await PostAsync(call, HttpCompletionOption.ResponseContentRead, cancellationToken)
            .ConfigureAwait(false);
    }

    public void Dispose() => _client.Dispose();

    private void Secure(SocketsHttpHandler handler, IReadOnlyDictionary<string, string> environment)
    {
        if (!NativeBuild.HasTls)
        {
            throw new MesosDockerException(
                Fault.PlatformUnsupported,
                $"The agent at {_endpoint.Authority} speaks TLS, and this build or machine does not: use the dynamic build on a machine with "
                + "OpenSSL (libssl), or let the agent speak both (LIBPROCESS_SSL_SUPPORT_DOWNGRADE) and hide LIBPROCESS_SSL_ENABLED from the "
                + "containerizer.");
        }

        // A constant to the native compiler, which leaves TLS out of the static executable.
        if (!NativeBuild.IsStatic)
        {
            AgentTls.Configure(handler.SslOptions, environment);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] call, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_answerTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(call) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Protobuf);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Protobuf));
        try
        {
            HttpResponseMessage response = await _client.SendAsync(request, completion, timeout.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                throw await RefusalAsync(response, timeout.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable(Reason(e), e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable($"no answer within {s_answerTimeout.TotalSeconds:0} seconds", e);
        }
    }

    private async Task<byte[]?> ReadAsync(RecordReader records, CancellationToken cancellationToken)
    {
        try
        {
            return await records.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Unreachable("the connection broke", e);
        }
    }

    private async Task<MesosDockerException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // Whoever refuses may be anybody: a page of any size, in a character set that is none.
        byte[] body = new byte[ErrorShown];
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        int length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        string said = Encoding.UTF8.GetString(body, 0, length);
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound => new MesosDockerException(
                Fault.AgentTooOld, $"The agent at {_endpoint.Authority} has no executor API; it is older than Mesos 0.28."),

            // Only these are about the call itself (Slave::Http::executor of src/slave/http.cpp). All others may come from something in
            // between, or from an agent that is busy with itself, and pass. So does "forbidden": an update was quicker than the
            // subscription.
            HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.MethodNotAllowed
                or HttpStatusCode.NotAcceptable or HttpStatusCode.UnsupportedMediaType => new MesosDockerException(
                    Fault.AgentRejected, $"The agent at {_endpoint.Authority} refuses this executor: {(int)response.StatusCode} {said}"),
            _ => Unreachable($"it answered {(int)response.StatusCode} {said}".TrimEnd(), null),
        };
    }

    private MesosDockerException Unreachable(string why, Exception? cause)
    {
        string message = $"The agent at {_endpoint.Authority} cannot be reached: {why}.";
        return cause is null
            ? new MesosDockerException(Fault.AgentUnreachable, message)
            : new MesosDockerException(Fault.AgentUnreachable, message, cause);
    }

    private static string Reason(Exception e) => e.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "nothing listens there",
        SocketException socket => socket.Message,
        AuthenticationException => "no TLS comes about with it, or its certificate is not to be trusted (LIBPROCESS_SSL_CA_FILE)",
        _ => "the connection broke",
    };
}
