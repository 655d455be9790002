using MesosDocker.Docker;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>TLS with certificates made for the test.</summary>
public sealed class EngineTlsTests : IDisposable
{
    private const string Inspect = "GET /containers/x/json";

    private readonly TestCertificates _certificates = new();
    private readonly TestCertificates _others = new();

    public void Dispose()
    {
        _certificates.Dispose();
        _others.Dispose();
    }

    [Fact]
    public async Task AnEngineOfOurAuthority_IsBelieved_AndShownOurCertificate()
    {
        await using FakeEngine engine = FakeEngine.OnTls(_certificates.Server, _certificates.Authority).On(Inspect, FakeReply.Json(Containers.Inspected));
        using DockerEngine client = Client(engine, new EngineOptions { TlsVerify = true }, _certificates.Root);

        Assert.Equal("x1", (await client.InspectAsync("x", CancellationToken.None)).Id);

        // TLS is made once and used again.
        await client.InspectAsync("x", CancellationToken.None);
        Assert.Equal(1, engine.Connections);
    }

    [Fact]
    public async Task Files_CanBeNamedOneByOne()
    {
        await using FakeEngine engine = FakeEngine.OnTls(_certificates.Server, _certificates.Authority).On(Inspect, FakeReply.Json(Containers.Inspected));
        var options = new EngineOptions
        {
            TlsVerify = true,
            TlsCaCertificate = _certificates.PathOf("ca.pem"),
            TlsCertificate = _certificates.PathOf("cert.pem"),
            TlsKey = _certificates.PathOf("key.pem"),
        };
        using DockerEngine client = Client(engine, options, "/no/such/directory");

        Assert.Equal("x1", (await client.InspectAsync("x", CancellationToken.None)).Id);
    }

    [Fact]
    public async Task AnEngineOfAnotherAuthority_IsNotBelieved()
    {
        await using FakeEngine engine = FakeEngine.OnTls(_others.Server, null).On(Inspect, FakeReply.Json(Containers.Inspected));
        using DockerEngine client = Client(engine, new EngineOptions { TlsVerify = true }, _certificates.Root);

        MesosDockerException e = await Engines.FailsAsync(
            Fault.EngineUnreachable, () => client.InspectAsync("x", CancellationToken.None));

        Assert.Contains(_certificates.PathOf("ca.pem"), e.Message);
        Assert.Empty(engine.Requests);
    }

    [Fact]
    public async Task AnEngineOfAnotherName_IsNotBelieved()
    {
        await using FakeEngine engine = FakeEngine.OnTls(_certificates.Elsewhere, null);
        using DockerEngine client = Client(engine, new EngineOptions { TlsVerify = true }, _certificates.Root);

        MesosDockerException e = await Engines.FailsAsync(
            Fault.EngineUnreachable, () => client.InspectAsync("x", CancellationToken.None));

        Assert.Contains("not valid for '127.0.0.1'", e.Message);
        Assert.Empty(engine.Requests);
    }

    [Fact]
    public async Task WithoutVerification_EverybodyIsBelieved()
    {
        await using FakeEngine engine = FakeEngine.OnTls(_others.Server, null).On(Inspect, FakeReply.Json(Containers.Inspected));
        using DockerEngine tls = Client(engine, new EngineOptions { Tls = true }, "/no/such/directory");
        using DockerEngine unverified = Client(engine, new EngineOptions { TlsVerify = false }, "/no/such/directory");

        Assert.Equal("x1", (await tls.InspectAsync("x", CancellationToken.None)).Id);
        Assert.Equal("x1", (await unverified.InspectAsync("x", CancellationToken.None)).Id);
    }

    [Fact]
    public async Task AnEngineThatWantsACertificate_TurnsAwayWhoHasNone()
    {
        await using FakeEngine engine = FakeEngine.OnTls(_certificates.Server, _certificates.Authority);
        using DockerEngine client = Client(engine, new EngineOptions { TlsVerify = true, TlsCaCertificate = _certificates.PathOf("ca.pem") }, "/none");

        // TLS 1.3 lets the client end its handshake first; the server may then answer with an alert or with nothing.
        var e = await Assert.ThrowsAsync<MesosDockerException>(() => client.InspectAsync("x", CancellationToken.None));

        Assert.Contains(e.Fault, (Fault[])[Fault.EngineUnreachable, Fault.EngineAnswerInvalid]);
        Assert.Contains("client certificate", e.Message);
        Assert.Empty(engine.Requests);
    }

    [Fact]
    public async Task AnEngineWithoutTls_IsSaidToHaveNone()
    {
        await using FakeEngine engine = FakeEngine.OnTcp();
        using DockerEngine client = Client(engine, new EngineOptions { TlsVerify = true }, _certificates.Root);

        Assert.Contains(
            "TLS", (await Engines.FailsAsync(Fault.EngineUnreachable, () => client.InspectAsync("x", CancellationToken.None))).Message);
    }

    [Fact]
    public async Task AnEngineWithTls_IsNoPlainOne()
    {
        await using FakeEngine engine = FakeEngine.OnTls(_certificates.Server, null);
        using DockerEngine client = Client(engine, new EngineOptions(), "/none");

        await Engines.FailsAsync(Fault.EngineAnswerInvalid, () => client.InspectAsync("x", CancellationToken.None));
    }

    [Fact]
    public async Task FilesThatAreMissingOrBroken_AreNamed()
    {
        await using FakeEngine engine = FakeEngine.OnTls(_certificates.Server, null);
        string broken = Path.Combine(_others.Root, "broken.pem");
        await File.WriteAllTextAsync(broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        string empty = Path.Combine(_others.Root, "empty.pem");
        await File.WriteAllTextAsync(empty, "");
        (EngineOptions Options, string Named)[] cases =
        [
            (new EngineOptions { TlsVerify = true, TlsCaCertificate = "/no/ca.pem" }, "/no/ca.pem"),
            (new EngineOptions { TlsVerify = true, TlsCaCertificate = broken }, broken),
            (new EngineOptions { TlsVerify = true, TlsCaCertificate = empty }, empty),
            (new EngineOptions { Tls = true, TlsCertificate = _certificates.PathOf("cert.pem"), TlsKey = "/no/key.pem" }, "cert.pem"),
            (new EngineOptions { Tls = true, TlsCertificate = _certificates.PathOf("cert.pem") }, "/none/key.pem"),
            (new EngineOptions { Tls = true, TlsKey = _certificates.PathOf("key.pem") }, "/none/cert.pem"),
            (new EngineOptions { Tls = true, TlsCertificate = _certificates.PathOf("cert.pem"), TlsKey = _others.PathOf("key.pem") }, "cert.pem"),
            (new EngineOptions { Tls = true, TlsCertificate = broken, TlsKey = _others.PathOf("key.pem") }, broken),
        ];
        foreach ((EngineOptions options, string named) in cases)
        {
            using DockerEngine client = Client(engine, options, "/none");

            MesosDockerException e = await Engines.FailsAsync(
                Fault.FileUnreadable, () => client.InspectAsync("x", CancellationToken.None));

            Assert.Contains(named, e.Message);
        }

        using DockerEngine directory = Client(engine, new EngineOptions { TlsVerify = true }, "/no/such/directory");
        Assert.Contains(
            "/no/such/directory/ca.pem",
            (await Engines.FailsAsync(Fault.FileUnreadable, () => directory.InspectAsync("x", CancellationToken.None))).Message);
    }

    private static DockerEngine Client(FakeEngine engine, EngineOptions options, string certificates)
        => Client(engine.Host, options, certificates);

    private static DockerEngine Client(string host, EngineOptions options, string certificates)
        => new(EngineAddress.Resolve(
            options with { Hosts = [host] }, new Dictionary<string, string> { ["DOCKER_CERT_PATH"] = certificates }));
}
