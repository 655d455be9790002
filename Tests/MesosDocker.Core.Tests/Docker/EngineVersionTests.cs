using MesosDocker.Docker;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>Agreeing on a version, with answers as engines of many years give them.</summary>
public sealed class EngineVersionTests
{
    private const string Version20 =
        """{"Version":"20.10.24","ApiVersion":"1.41","MinAPIVersion":"1.12","GitCommit":"5d6db84","Os":"linux","Arch":"amd64"}""";

    private const string Version12 =
        """{"Version":"1.12.6","ApiVersion":"1.24","GitCommit":"78d1802","GoVersion":"go1.6.4","Os":"linux","Arch":"amd64"}""";

    [Theory]
    [InlineData("1.25", "1.25")]
    [InlineData("1.41", "1.41")]
    [InlineData("1.44", "1.44")]
    [InlineData("1.51", "1.51")]
    public async Task NegotiateAsync_TakesTheOlderOfTheTwo_WithoutAnotherQuestion(string engines, string spoken)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /_ping", FakeReply.Ping(engines));
        using DockerEngine client = engine.Client();

        Assert.Equal(spoken, (await client.NegotiateAsync(CancellationToken.None)).ToString());
        Assert.Equal("/_ping", Assert.Single(engine.Requests).Target);
    }

    [Fact]
    public async Task NegotiateAsync_ReadsARecordedPing_OfEngine20()
    {
        const string Recorded =
            "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nCache-Control: no-cache, no-store, must-revalidate\r\nContent-Length: 2\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\nDocker-Experimental: false\r\nOstype: linux\r\nPragma: no-cache\r\n"
            + "Server: Docker/20.10.24+dfsg1 (linux)\r\nDate: Thu, 20 Nov 2025 12:33:00 GMT\r\n\r\nOK";
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /_ping", FakeReply.Nothing.Then(Recorded).InPiecesOf(1));
        using DockerEngine client = engine.Client();

        Assert.Equal(new ApiVersion(1, 41), await client.NegotiateAsync(CancellationToken.None));
    }

    [Fact]
    public async Task NegotiateAsync_AsksAnEngineThatHasNoHeader_ForItsVersion()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("GET /_ping", FakeReply.Ping(null))
            .On("GET /version", FakeReply.Json(Version12));
        using DockerEngine client = engine.Client();

        Assert.Equal(new ApiVersion(1, 24), await client.NegotiateAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("1.44", "1.51")]
    [InlineData("1.51", "1.51")]
    public async Task NegotiateAsync_SpeaksOursToANewerEngine_ThatStillUnderstandsIt(string oldest, string spoken)
    {
        await using FakeEngine engine = Newer("1.56", oldest);
        using DockerEngine client = engine.Client();

        Assert.Equal(spoken, (await client.NegotiateAsync(CancellationToken.None)).ToString());
    }

    [Fact]
    public async Task NegotiateAsync_GivesUp_WhenTheEngineIsTooNew()
    {
        await using FakeEngine engine = Newer("1.60", "1.52");
        using DockerEngine client = engine.Client();

        MesosDockerException e = await Engines.FailsAsync(
            Fault.EngineTooNew, () => client.NegotiateAsync(CancellationToken.None).AsTask());

        Assert.Contains("1.52", e.Message);
        Assert.Contains(engine.Host, e.Message);
    }

    [Fact]
    public async Task NegotiateAsync_GivesUp_WhenTheEngineIsTooOld()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("GET /_ping", FakeReply.Ping(null))
            .On("GET /version", FakeReply.Json(Version12.Replace("1.24", "1.23", StringComparison.Ordinal)));
        using DockerEngine client = engine.Client();

        Assert.Contains(
            "1.23",
            (await Engines.FailsAsync(Fault.EngineTooOld, () => client.NegotiateAsync(CancellationToken.None).AsTask())).Message);
    }

    [Fact]
    public async Task NegotiateAsync_BelievesAnEngineThatIsUnwell()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("GET /_ping", FakeReply.Whole(500, "text/plain", "no", "Api-Version: 1.40"));
        using DockerEngine client = engine.Client();

        Assert.Equal(new ApiVersion(1, 40), await client.NegotiateAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("one")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("-1.41")]
    public async Task NegotiateAsync_RefusesAVersionThatIsNone(string version)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /_ping", FakeReply.Ping(version));
        using DockerEngine client = engine.Client();

        Assert.Contains(
            version,
            (await Engines.FailsAsync(Fault.EngineAnswerInvalid, () => client.NegotiateAsync(CancellationToken.None).AsTask())).Message);
    }

    [Fact]
    public async Task NegotiateAsync_SaysWhenItIsNotLetIn()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("GET /_ping", FakeReply.Whole(403, "text/plain", "authorization denied by plugin opa"));
        using DockerEngine client = engine.Client();

        Assert.Contains(
            "opa",
            (await Engines.FailsAsync(Fault.EngineAccessDenied, () => client.NegotiateAsync(CancellationToken.None).AsTask())).Message);
    }

    [Fact]
    public async Task Requests_AgreeOnce_HoweverManyBeginAtOnce()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /containers/x/json", FakeReply.Json(Containers.Inspected));
        using DockerEngine client = engine.Client();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.InspectAsync("x", CancellationToken.None)));

        Assert.Single(engine.Requests, static one => one.Route == "GET /_ping");
        Assert.Equal(20, engine.Asked.Count);
        Assert.All(engine.Asked, static one => Assert.Equal("/v1.41/containers/x/json", one.Target));
    }

    [Fact]
    public async Task Requests_AgreeAnew_AfterTheEngineWasReplaced()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("GET /_ping", FakeReply.Ping("1.41"), FakeReply.Ping("1.51"))
            .On(
                "GET /containers/x/json",
                FakeReply.Json(Containers.Inspected),
                FakeReply.Refusal(400, "client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade your client"),
                FakeReply.Json(Containers.Inspected));
        using DockerEngine client = engine.Client();

        await client.InspectAsync("x", CancellationToken.None);
        await client.InspectAsync("x", CancellationToken.None);

        Assert.Equal(
            ["/v1.41/containers/x/json", "/v1.41/containers/x/json", "/v1.51/containers/x/json"],
            engine.Asked.Select(static one => one.Target));
    }

    [Fact]
    public async Task Requests_DoNotAgreeForEver()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("GET /containers/x/json", FakeReply.Refusal(400, "client version 1.41 is too new. Maximum supported API version is 1.40"));
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(Fault.EngineRejected, () => client.InspectAsync("x", CancellationToken.None));

        Assert.Equal(2, engine.Asked.Count);
    }

    [Fact]
    public async Task AFixedVersion_IsSpokenUnasked()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /containers/x/json", FakeReply.Json(Containers.Inspected));
        var environment = new Dictionary<string, string> { ["DOCKER_HOST"] = engine.Host, ["DOCKER_API_VERSION"] = "1.30" };
        using var client = new DockerEngine(EngineAddress.Resolve(new EngineOptions(), environment));

        await client.InspectAsync("x", CancellationToken.None);

        Assert.Equal("/v1.30/containers/x/json", Assert.Single(engine.Requests).Target);
    }

    [Fact]
    public async Task VersionAsync_TellsBothEnds()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /version", FakeReply.Json(Version20));
        using DockerEngine client = engine.Client();

        EngineVersion version = await client.VersionAsync(CancellationToken.None);

        Assert.Equal(("20.10.24", "1.41", "1.12"), (version.Version, version.ApiVersion, version.MinApiVersion));
    }

    private static FakeEngine Newer(string newest, string oldest) => FakeEngine.OnSocket()
        .On("GET /_ping", FakeReply.Ping(newest))
        .On("GET /version", FakeReply.Json($$"""{"Version":"30.0","ApiVersion":"{{newest}}","MinAPIVersion":"{{oldest}}"}"""));
}
