using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MesosDocker.TestKit.Docker;

/// <summary>An authority of the test's own, a server and a client that it vouches for, and a directory as <c>DOCKER_CERT_PATH</c>
/// is one.</summary>
public sealed class TestCertificates : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryDirectory _directory = new();

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=test authority {Guid.NewGuid():n}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using X509Certificate2 authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Authority = X509CertificateLoader.LoadPkcs12(authority.Export(X509ContentType.Pkcs12), null);
        Server = Issue("localhost", IPAddress.Loopback, ServerUsage);
        Elsewhere = Issue("elsewhere.example", IPAddress.Parse("192.0.2.1"), ServerUsage);
        using X509Certificate2 client = Issue("client", IPAddress.Loopback, ClientUsage);

        _directory.Write("ca.pem", Authority.ExportCertificatePem());
        _directory.Write("cert.pem", client.ExportCertificatePem());
        _directory.Write("key.pem", client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public X509Certificate2 Authority { get; }

    /// <summary>For <c>localhost</c> and <c>127.0.0.1</c>.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>For another name and address.</summary>
    public X509Certificate2 Elsewhere { get; }

    /// <summary>With <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>.</summary>
    public string Root => _directory.Root;

    public string PathOf(string name) => _directory.PathOf(name);

    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
        Elsewhere.Dispose();
        _directory.Dispose();
    }

    private X509Certificate2 Issue(string name, IPAddress address, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        using X509Certificate2 signed = request.Create(
            Authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), Guid.NewGuid().ToByteArray());
        using X509Certificate2 whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
