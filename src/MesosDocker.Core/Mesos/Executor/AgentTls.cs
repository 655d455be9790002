using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MesosDocker.Mesos;

/// <summary>
/// TLS to an agent whose libprocess speaks it, by the variables that it hands down to executors (docs/ssl.md of Mesos): unless they say so,
/// libprocess does not verify certificates.
/// </summary>
internal static class AgentTls
{
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>: a certificate or its key.</exception>
    public static void Configure(SslClientAuthenticationOptions options, IReadOnlyDictionary<string, string> environment)
    {
        if (Value(environment, "CERT_FILE") is { } certificate && Value(environment, "KEY_FILE") is { } key)
        {
            options.ClientCertificateContext = Load(
                certificate,
                path => SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(path, key), additionalCertificates: null, offline: true));
        }

        if (!IsOn(environment, "VERIFY_CERT") && !IsOn(environment, "REQUIRE_CERT"))
        {
#pragma warning disable CA5359 // It is what the operator of the agent chose.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
            return;
        }

        // The agent is addressed by number, which its certificate need not carry.
        options.RemoteCertificateValidationCallback =
            static (_, _, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;
        if (Value(environment, "CA_FILE") is { } authorities)
        {
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
                return certificates;
            }));
        }
    }

    /// <summary>libprocess reads both spellings.</summary>
    public static string? Value(IReadOnlyDictionary<string, string> environment, string name)
        => environment.GetValueOrDefault($"LIBPROCESS_SSL_{name}") ?? environment.GetValueOrDefault($"SSL_{name}");

    public static bool IsOn(IReadOnlyDictionary<string, string> environment, string name) => Value(environment, name) is "1" or "true";

    private static T Load<T>(string path, Func<string, T> load)
    {
        try
        {
            return load(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new MesosDockerException(
                Fault.FileUnreadable,
                $"The file '{path}', wanted for TLS to the agent, cannot be read or does not hold what it should: certificates in PEM form, and a key that fits them.",
                e);
        }
    }
}
