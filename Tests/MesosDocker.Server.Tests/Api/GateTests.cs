using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MesosDocker.Local;
using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests;

public sealed class GateTests
{
    private const string App = """{"id":"/a","cmd":"xx"}""";

    [Theory]
    [InlineData(null)]
    [InlineData("token=")]
    [InlineData("token=wrong")]
    [InlineData("token=0123456789abcdef0123456789abcdeF")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!!")]
    [InlineData("Basic dXNlcjp3cm9uZw==")]
    [InlineData("Digest x")]
    public async Task Change_WantsTheToken(string? authorization)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Reply reply = await world.SendAsync("POST", "/v2/apps", ApiWorld.Json(App), request => Authorize(request, authorization));

        Assert.Equal(401, reply.Status);
        Assert.Contains("/somewhere/token", reply.Message, StringComparison.Ordinal);
        Assert.NotNull(reply.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("token=" + ApiWorld.Token)]
    [InlineData("Token=" + ApiWorld.Token)]
    [InlineData("Bearer " + ApiWorld.Token)]
    [InlineData("Basic OjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVm")]
    public async Task Change_TakesTheToken_HoweverItIsShown(string authorization)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Assert.Equal(201, (await world.SendAsync("POST", "/v2/apps", ApiWorld.Json(App), request => Authorize(request, authorization))).Status);
    }

    [Theory]
    [InlineData("PUT", "/v2/apps/a")]
    [InlineData("PATCH", "/v2/apps/a")]
    [InlineData("DELETE", "/v2/apps/a")]
    [InlineData("POST", "/v2/apps/a/restart")]
    [InlineData("DELETE", "/v2/apps/a/tasks")]
    [InlineData("PUT", "/v2/groups/a")]
    [InlineData("DELETE", "/v2/groups")]
    [InlineData("POST", "/v2/tasks/delete")]
    [InlineData("DELETE", "/v2/deployments/a")]
    [InlineData("DELETE", "/v2/queue/a/delay")]
    [InlineData("DELETE", "/v2/leader")]
    [InlineData("BREW", "/v2/apps")]
    public async Task EveryChange_WantsTheToken(string method, string path)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Assert.Equal(401, (await world.SendAsync(method, path, null, static request => Authorize(request, null))).Status);
    }

    [Fact]
    public async Task Reading_NeedsNoToken_OnTheLoopback()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Assert.Equal(200, (await world.SendAsync("GET", "/v2/apps", null, static request => Authorize(request, null))).Status);
    }

    [Fact]
    public async Task Change_NeedsNoToken_WhenThereIsNone()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(options: static options => options with { Token = null });

        Assert.Equal(201, (await world.SendAsync("POST", "/v2/apps", ApiWorld.Json(App), static request => Authorize(request, null))).Status);
    }

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("evil.example:8080", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("10.1.2.3", 403)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:1234", 200)]
    [InlineData("127.0.0.1:99", 200)]
    [InlineData("[::1]:99", 200)]
    [InlineData("my-machine", 200)]
    public async Task Request_MustCallTheServerByItsName(string host, int status)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(options: static options => options with { Names = ["my-machine"] });

        Assert.Equal(status, (await world.SendAsync("GET", "/ping", null, request => request.Headers.Host = host)).Status);
    }

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("http://127.0.0.1:1", 403)]
    [InlineData("https://localhost", 403)]
    [InlineData("http://localhost", 200)]
    public async Task Request_MustComeFromNoOtherPage(string origin, int status)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Reply reply = await world.SendAsync("GET", "/v2/apps", null, request =>
        {
            request.Headers.Host = "localhost";
            request.Headers.TryAddWithoutValidation("Origin", origin);
        });

        Assert.Equal(status, reply.Status);
        Assert.Null(reply.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task OpenServer_SpeaksTls_AndTellsNothingToStrangers()
    {
        using var directory = new TemporaryDirectory();
        (string certificate, string key) = Identity(directory);
        string users = directory.Write("users", "# people\nann:secret\n");
        File.SetUnixFileMode(users, UnixFileMode.UserRead);
        await using ApiWorld world = await ApiWorld.StartAsync(options: options => options with
        {
            Listen = new IPEndPoint(IPAddress.Any, 0),
            Tls = TlsIdentity.Read(certificate, key),
            Token = null,
            Credentials = Credentials.Read(users),
        });
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.Subject == "CN=server" },
        });
        var url = new Uri($"https://127.0.0.1:{world.Url.Port}/v2/apps");

        Assert.Equal("https", world.Url.Scheme);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("ann:wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("secret"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("ann:secret"));

        async Task<HttpStatusCode> StatusAsync(string? user)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            Authorize(request, user is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
            using HttpResponseMessage response = await client.SendAsync(request, ApiWorld.Cancelled);
            return response.StatusCode;
        }
    }

    private static (string Certificate, string Key) Identity(TemporaryDirectory directory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (directory.Write("server.crt", certificate.ExportCertificatePem()), directory.Write("server.key", key.ExportPkcs8PrivateKeyPem()));
    }

    private static void Authorize(HttpRequestMessage request, string? authorization)
    {
        request.Headers.Remove("Authorization");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }
    }
}
