using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MesosDocker.Marathon;

/// <summary>Which servers are believed: those that the machine's authorities vouch for, or those of a file beside them.</summary>
internal sealed class MarathonTrust
{
    private readonly X509Certificate2Collection _authorities;
    private int _refused;

    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/></exception>
    public MarathonTrust(string? path) => _authorities = path is null ? [] : Load(path);

    public SslClientAuthenticationOptions Options => new()
    {
        RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
        {
            bool isTrusted = errors == SslPolicyErrors.None
                || (errors == SslPolicyErrors.RemoteCertificateChainErrors && _authorities.Count > 0
                    && IsSigned(shown, chain, _authorities));
            _refused = isTrusted ? _refused : 1;
            return isTrusted;
        },
    };

    /// <summary>
    /// Whether it was our own verdict that there is no TLS, which the exception of it does not tell. Asked once for each.
    /// </summary>
    public bool TakeRefusal() => Interlocked.Exchange(ref _refused, 0) == 1;

    // Only the chain is judged anew: a wrong name stays wrong.
    private static bool IsSigned(X509Certificate? shown, X509Chain? sent, X509Certificate2Collection authorities)
    {
        if (shown is not X509Certificate2 certificate)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1", "Server Authentication"));
        foreach (X509ChainElement element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(certificate);
    }

    private static X509Certificate2Collection Load(string path)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MesosDockerException(
                Fault.FileUnreadable, $"The authorities for Marathon cannot be read from '{path}': {e.Message}", e);
        }
        catch (CryptographicException e)
        {
            throw Empty(path, e);
        }

        return authorities.Count > 0 ? authorities : throw Empty(path, null);
    }

    private static MesosDockerException Empty(string path, Exception? cause)
    {
        string sentence =
            $"'{path}' should hold the certificates of the authorities for Marathon in PEM form, and holds none that can be read.";
        return cause is null
            ? new MesosDockerException(Fault.FileUnreadable, sentence)
            : new MesosDockerException(Fault.FileUnreadable, sentence, cause);
    }
}
