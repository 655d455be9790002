using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>The client's side of TLS: an authority of one's own, a certificate to show, and sentences for what goes
/// wrong.</summary>
internal static class TlsClient
{
    /// <summary>Takes <paramref name="plain"/> over: what is returned closes it, and so does a failure.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.EngineUnreachable"/>, <see cref="Fault.EngineAccessDenied"/>,
    /// <see cref="Fault.FileUnreadable"/>, <see cref="Fault.PlatformUnsupported"/>.</exception>
    public static async Task<Stream> AuthenticateAsync(
        Stream plain, TcpEndpoint endpoint, EngineTls tls, CancellationToken cancellationToken)
    {
        var stream = new SslStream(plain);
        try
        {
            RequireTls(endpoint);
            await stream.AuthenticateAsClientAsync(OptionsOf(endpoint, tls), cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch (Exception e) when (IsOfTls(e))
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw Explain(e, endpoint, tls);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static SslClientAuthenticationOptions OptionsOf(TcpEndpoint endpoint, EngineTls tls)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = endpoint.Host,
            ClientCertificateContext = LoadCertificate(tls),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (!tls.Verify)
        {
#pragma warning disable CA5359 // It is what --tls without --tlsverify asks for.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (Existing(tls.CaCertificate) is { } authorities)
        {
            // "Trust certs signed only by this CA": the system's authorities do not count.
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Load(authorities, static path =>
            {
                var certificates = new X509Certificate2Collection();
                certificates.ImportFromPemFile(path);
                return certificates.Count > 0 ? certificates : throw new CryptographicException();
            }));
        }

        return options;
    }

    private static SslStreamCertificateContext? LoadCertificate(EngineTls tls)
    {
        string? certificate = Existing(tls.Certificate);
        string? key = Existing(tls.Key);
        return (certificate, key) switch
        {
            (null, null) => null,
            ({ } present, null) => throw Lonely(present, "key", tls.Key),
            (null, { } present) => throw Lonely(present, "certificate", tls.Certificate),
            ({ } both, { } secret) => Load(both, path =>
            {
                using X509Certificate2 ephemeral = X509Certificate2.CreateFromPemFile(path, secret);

                // Windows' TLS wants a key that lies in a store.
                X509Certificate2 own = OperatingSystem.IsWindows()
                    ? X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), null)
                    : new X509Certificate2(ephemeral);
                var chain = new X509Certificate2Collection();
                chain.ImportFromPemFile(path);
                return SslStreamCertificateContext.Create(own, chain, offline: true);
            }),
        };
    }

    private static T Load<T>(string path, Func<string, T> load)
    {
        try
        {
            return load(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MesosDockerException(Fault.FileUnreadable, $"The file '{path}', wanted for TLS, cannot be read.", e);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new MesosDockerException(
                Fault.FileUnreadable,
                $"The file '{path}', wanted for TLS, does not hold what it should: certificates in PEM form, and a key that fits "
                + "them, without a password.",
                e);
        }
    }

    private static string? Existing(TlsFile? file)
        => file is { } named && (!named.Optional || File.Exists(named.Path)) ? named.Path : null;

    private static MesosDockerException Lonely(string present, string missing, TlsFile? expected)
        => new(
            Fault.FileUnreadable,
            $"'{present}' is there for TLS, but not its {missing}"
            + (expected is { } file ? $", expected in '{file.Path}'." : "."));

    /// <summary>A static executable, and a machine without OpenSSL, have no TLS; .NET's own way to notice is to end the
    /// process.</summary>
    private static void RequireTls(TcpEndpoint endpoint)
    {
        if (!NativeBuild.HasTls)
        {
            throw NoTls(endpoint, null);
        }
    }

    private static bool IsOfTls(Exception e) => e is AuthenticationException or IOException || IsOfMissingTls(e);

    private static bool IsOfMissingTls(Exception e)
        => e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException
            or PlatformNotSupportedException;

    private static MesosDockerException Explain(Exception cause, TcpEndpoint endpoint, EngineTls tls)
    {
        if (IsOfMissingTls(cause))
        {
            return NoTls(endpoint, cause);
        }

        // Without an inner exception it is our own verdict on the engine's certificate, else a failure of the handshake.
        string sentence = cause is AuthenticationException { InnerException: null }
            ? $"The Docker engine at {endpoint} shows a certificate that is not valid for '{endpoint.Host}' by "
                + $"{DescribeTrust(tls)}; give the right authority (--tlscacert, or ca.pem in DOCKER_CERT_PATH) and a name that "
                + "the certificate carries."
            : $"No TLS comes about with the Docker engine at {endpoint}: it may not speak TLS there, or not accept the "
                + "certificate shown to it (--tlscert and --tlskey, or cert.pem and key.pem in DOCKER_CERT_PATH).";
        return new MesosDockerException(Fault.EngineUnreachable, sentence, cause);
    }

    private static string DescribeTrust(EngineTls tls)
        => Existing(tls.CaCertificate) is { } file ? $"the authorities in '{file}'" : "the system's authorities";

    public static MesosDockerException NoTls(TcpEndpoint endpoint, Exception? cause = null)
    {
        string sentence = $"The Docker engine at {endpoint} wants TLS, and this build or machine has none: "
            + "use the engine's unix socket, or the dynamic build on a machine with OpenSSL (libssl).";
        return cause is null
            ? new MesosDockerException(Fault.PlatformUnsupported, sentence)
            : new MesosDockerException(Fault.PlatformUnsupported, sentence, cause);
    }
}
