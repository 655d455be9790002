using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MesosDocker.Local;

/// <summary>The server's certificate, those between it and its authority, and its key, all in PEM.</summary>
internal sealed record TlsIdentity(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/></exception>
    public static TlsIdentity Read(string certificate, string key)
    {
        try
        {
            X509Certificate2Collection chain = [];
            chain.ImportFromPemFile(certificate);
            return new TlsIdentity(X509Certificate2.CreateFromPemFile(certificate, key), chain);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new MesosDockerException(Fault.FileUnreadable, $"The certificate '{certificate}' or its key '{key}' cannot be used: {e.Message}", e);
        }
    }
}
