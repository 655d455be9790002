using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MesosDocker.Io;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Fetching;

/// <summary>
/// Downloads by http and https. Redirections are followed as <c>curl -L</c> does, with two exceptions: never from https back to
/// http, for whoever wrote https wanted it; and never to another protocol. A user and password in the URL go to its own host
/// only.
/// </summary>
internal sealed class HttpDownload : IDisposable
{
    private const int MostRedirections = 10;
    private const string UserAgent = "mesos-docker";

    private readonly HttpMessageInvoker _client;
    private readonly FetchOptions _options;

    // Host to what is wrong with its certificate: the handshake's exception does not say.
    private readonly ConcurrentDictionary<string, SslPolicyErrors> _certificates = new();

    public HttpDownload(FetchOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            // A redirection may change the program that has to go on, so we follow them ourselves.
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        };

        // Not needed in the static executable, and a tenth of its size.
        if (!NativeBuild.IsStatic)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = Judge;
            handler.SslOptions.CertificateChainPolicy = PolicyOf(options.TrustedRoots);
        }

        _client = new HttpMessageInvoker(handler, disposeHandler: true);
    }

    /// <returns>Null: it is all there. Else a https address to which we were sent and to which we cannot speak.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.FetchFailed"/>, <see cref="Fault.DiskFull"/>.</exception>
    public async Task<string?> GetAsync(FetchItem item, SafeFileHandle to, FetchRun run, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(item.Address, UriKind.Absolute, out Uri? address) || address.Host.Length == 0)
        {
            throw item.Failed("it is not a valid URL");
        }

        string user = address.UserInfo;
        for (int followed = 0; followed <= MostRedirections; followed++)
        {
            using HttpResponseMessage response = await AskAsync(item, address, user, run, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                await SaveAsync(item, address, response, to, run, cancellationToken).ConfigureAwait(false);
                return null;
            }

            Uri next = NextAddress(item, address, response);
            bool sameHost = next.Authority == address.Authority && next.Scheme == address.Scheme;
            user = next.UserInfo.Length > 0 ? next.UserInfo : sameHost ? user : "";
            address = next;
            if (address.Scheme == Uri.UriSchemeHttps && !_options.SpeaksTls)
            {
                string credentials = user.Length == 0 ? "" : user + "@";
                return $"{address.Scheme}://{credentials}{address.Authority}{address.PathAndQuery}";
            }
        }

        throw item.Failed($"it was redirected more than {MostRedirections} times");
    }

    public void Dispose() => _client.Dispose();

    private static X509ChainPolicy? PolicyOf(X509Certificate2Collection? roots)
    {
        if (roots is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private static Uri NextAddress(FetchItem item, Uri address, HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        if (status is not (301 or 302 or 303 or 307 or 308))
        {
            string reason = ForeignText.Of($"{status} {response.ReasonPhrase}".TrimEnd());
            string advice = status == 401 ? "; it wants a user and a password, as in 'http://USER:PASSWORD@HOST/'" : "";
            throw item.Failed($"{address.Host} answers {reason}{advice}");
        }

        if (response.Headers.Location is not { } location)
        {
            throw item.Failed($"{address.Host} redirects it ({status}) and does not say where to");
        }

        Uri next = location.IsAbsoluteUri ? location : new Uri(address, location);
        if (next.Scheme != Uri.UriSchemeHttp && next.Scheme != Uri.UriSchemeHttps)
        {
            throw item.Failed($"{address.Host} redirects it to the protocol '{next.Scheme}', which is not followed");
        }

        return address.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp
            ? throw item.Failed(
                $"{address.Host} redirects it from https to http on {next.Host}, which is not followed; name that address if you trust it")
            : next;
    }

    private static async Task SaveAsync(
        FetchItem item,
        Uri address,
        HttpResponseMessage response,
        SafeFileHandle to,
        FetchRun run,
        CancellationToken cancellationToken)
    {
        try
        {
            using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            long? length = response.Content.Headers.ContentLength;
            await Transfer.CopyAsync(item, body, to, length, run, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded })
        {
            throw item.Failed($"{address.Host} closed the connection before the end{Announced(response)}", e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw item.Failed($"the connection to {address.Host} broke{Announced(response)}: {HttpTrouble.Describe(e)}", e);
        }
    }

    private static string Announced(HttpResponseMessage response)
        => response.Content.Headers.ContentLength is { } length ? $" of the {length} bytes announced" : "";

    private async Task<HttpResponseMessage> AskAsync(
        FetchItem item, Uri address, string user, FetchRun run, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (user.Length > 0)
        {
            string plain = Uri.UnescapeDataString(user.Contains(':') ? user : user + ":");
            string coded = Convert.ToBase64String(Encoding.UTF8.GetBytes(plain));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", coded);
        }

        using var stall = new StallTimer(run.Options.NoProgressTimeout, cancellationToken);
        try
        {
            return await stall
                .RunAsync(item, token => new ValueTask<HttpResponseMessage>(_client.SendAsync(request, token)))
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            string why = _certificates.TryGetValue(address.Host, out SslPolicyErrors errors) && errors != SslPolicyErrors.None
                ? HttpTrouble.Describe(errors)
                : HttpTrouble.Describe(e);
            throw item.Failed($"the connection to {address.Host}:{address.Port} failed: {why}", e);
        }
    }

    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _certificates[((SslStream)sender).TargetHostName] = errors;
        return errors == SslPolicyErrors.None;
    }
}
