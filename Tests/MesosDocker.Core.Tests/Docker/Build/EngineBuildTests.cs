using System.Text;
using MesosDocker.Docker;
using MesosDocker.TestKit;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Docker.Build;

/// <summary>Builds and pushes, with streams as engines send them.</summary>
public sealed class EngineBuildTests : IDisposable
{
    private const string Build = "POST /build";
    private const string Push = "POST /images/registry:5000/app/push";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _directory = new();

    public EngineBuildTests() => _directory.Write("Dockerfile", "FROM busybox\nRUN make all\n");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task BuildAsync_FollowsTheStream_HoweverItArrives(int piece)
    {
        const string Body = """
            {"stream":"Step 1/2 : FROM busybox"}
            {"stream":"\n"}
            {"status":"Pulling from library/busybox","id":"latest"}
            {"status":"Downloading","progressDetail":{"current":5,"total":10},"id":"aaa"}
            {"stream":" ---\u003e 0123456789ab\n"}
            {"stream":"Step 2/2 : RUN make all\n"}
            {"stream":"one\ntw"}
            {"stream":"o\n"}
            {"aux":{"ID":"sha256:built"}}
            {"stream":"Successfully built 0123456789ab\n"}
            """;
        await using FakeEngine engine = FakeEngine.OnSocket().On(Build, FakeReply.Chunked().Chunk(Body).EndOfChunks().InPiecesOf(piece));
        using DockerEngine client = engine.Client();
        var reports = new Reports<BuildProgress>();

        string id = await client.BuildAsync(Context(), new BuildOptions(), [], reports, CancellationToken.None);

        Assert.Equal("sha256:built", id);
        Assert.Equal(
            ["Step 1/2 : FROM busybox", "latest: Pulling from library/busybox", " ---> 0123456789ab", "Step 2/2 : RUN make all", "one", "two",
                "Successfully built 0123456789ab"],
            reports.All.Select(static one => one.Line).OfType<string>());
        BuildProgress last = reports.All[^1];
        Assert.Equal((2, 2, "RUN make all", 26), (last.Step, last.Steps, last.Instruction, last.SentBytes));
    }

    [Fact]
    public async Task BuildAsync_SaysAllThatItIsTold()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Build, FakeReply.Chunked().Chunk("""{"aux":{"ID":"sha256:x"}}""").EndOfChunks());
        using DockerEngine client = engine.Client();
        var options = new BuildOptions
        {
            Tags = [ImageReference.Parse("app:1"), ImageReference.Parse("registry:5000/app")],
            Arguments = new Dictionary<string, string> { ["A"] = "1 & 2" },
            Labels = new Dictionary<string, string> { ["l"] = "" },
            Target = "base",
            Platform = "linux/amd64",
            Network = "host",
            NoCache = true,
            Pull = true,
        };
        var credential = new RegistryCredential { ServerAddress = "registry:5000", Username = "me", Password = "secret" };

        await client.BuildAsync(Context(), options, [credential, credential], null, CancellationToken.None);

        FakeRequest request = Assert.Single(engine.Asked);
        Assert.Equal(
            "/v1.41/build?version=1&rm=1&forcerm=1&dockerfile=Dockerfile&target=base&platform=linux%2Famd64&networkmode=host&nocache=1&pull=1"
            + "&buildargs=%7B%22A%22%3A%221%20%5Cu0026%202%22%7D&labels=%7B%22l%22%3A%22%22%7D&t=app%3A1&t=registry%3A5000%2Fapp%3Alatest",
            request.Target);
        Assert.Equal(
            """{"registry:5000":{"username":"me","password":"secret","serveraddress":"registry:5000"}}""",
            Encoding.UTF8.GetString(Convert.FromBase64String(request.Headers["X-Registry-Config"].Replace('-', '+').Replace('_', '/'))));
    }

    [Fact]
    public async Task BuildAsync_NamesTheStepThatFails_AndItsLastWords()
    {
        const string Body = """
            {"stream":"Step 1/2 : FROM busybox\n"}{"stream":" ---> 1\n"}{"stream":"Step 2/2 : RUN make all\n"}{"stream":"\u001b[91mcc: no input\n"}{"stream":"\u001b[0mRemoving intermediate container 1\n"}
            {"errorDetail":{"code":2,"message":"The command '/bin/sh -c make all' returned a non-zero code: 2"},"error":"x"}
            """;
        await using FakeEngine engine = FakeEngine.OnSocket().On(Build, FakeReply.Chunked().Chunk(Body).EndOfChunks());
        using DockerEngine client = engine.Client();

        MesosDockerException e = await Engines.FailsAsync(
            Fault.BuildFailed, () => client.BuildAsync(Context(), new BuildOptions(), [], null, CancellationToken.None));

        Assert.Contains("at step 2 of 2 (RUN make all): The command '/bin/sh -c make all' returned a non-zero code: 2.", e.Message);
        Assert.EndsWith("cc: no input", e.Message);
    }

    [Theory]
    [InlineData("""{"stream":"Step 1/1 : FROM x\n"}""")]
    [InlineData("""{"stream":"Step 1/1""")]
    [InlineData("""{"aux":[{"ID":"sha256:x"}]}""")]
    [InlineData("")]
    [InlineData("<html>")]
    public async Task BuildAsync_DoesNotBelieveAnAnswer_WithoutAnImage(string body)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Build, FakeReply.Chunked().Chunk(body + " ").EndOfChunks());
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(
            Fault.EngineAnswerInvalid, () => client.BuildAsync(Context(), new BuildOptions(), [], null, CancellationToken.None));
    }

    [Fact]
    public async Task BuildAsync_PassesARefusalOn()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Build, FakeReply.Refusal(400, "invalid platform"));
        using DockerEngine client = engine.Client();

        MesosDockerException e = await Engines.FailsAsync(
            Fault.EngineRejected, () => client.BuildAsync(Context(), new BuildOptions(), [], null, CancellationToken.None));

        Assert.Contains("invalid platform", e.Message);
    }

    [Fact]
    public async Task PushAsync_FollowsTheStream()
    {
        const string Body = """
            {"status":"The push refers to repository [registry:5000/app]"}
            {"status":"Preparing","progressDetail":{},"id":"aaa"}
            {"status":"Pushing","progressDetail":{"current":600,"total":500},"id":"aaa"}
            {"status":"Layer already exists","progressDetail":{},"id":"bbb"}
            {"status":"Pushed","progressDetail":{},"id":"aaa"}
            {"status":"1: digest: sha256:abcd size: 528"}
            {"progressDetail":{},"aux":{"Tag":"1","Digest":"sha256:abcd","Size":528}}
            """;
        await using FakeEngine engine = FakeEngine.OnSocket().On(Push, FakeReply.Chunked().Chunk(Body).EndOfChunks());
        using DockerEngine client = engine.Client();
        var reports = new Reports<PushProgress>();

        string? digest = await client.PushAsync(ImageReference.Parse("registry:5000/app:1"), null, s_patience, reports, CancellationToken.None);

        Assert.Equal("sha256:abcd", digest);
        PushProgress last = reports.All[^1];
        Assert.Equal((2, 2, 600L, 600L), (last.LayersDone, last.Layers, last.SentBytes, last.KnownBytes));
        FakeRequest request = Assert.Single(engine.Asked);
        Assert.Equal("/v1.41/images/registry:5000/app/push?tag=1", request.Target);
        Assert.Equal("e30=", request.Headers["X-Registry-Auth"]);
    }

    [Theory]
    [InlineData("unauthorized: authentication required", Fault.RegistryDenied)]
    [InlineData("no basic auth credentials", Fault.RegistryDenied)]
    [InlineData("received unexpected HTTP status: 500 Internal Server Error", Fault.PushFailed)]
    [InlineData("dial tcp: connection refused", Fault.PushFailed)]
    [InlineData("An image does not exist locally with the tag: registry:5000/app", Fault.ImageNotFound)]
    public async Task PushAsync_GivesTheRegistrysWords(string words, Fault fault)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(
            Push, FakeReply.Chunked().Chunk($$"""{"errorDetail":{"message":"{{words}}"},"error":"{{words}}"}""").EndOfChunks());
        using DockerEngine client = engine.Client();
        var credential = new RegistryCredential { ServerAddress = "registry:5000", Username = "me", Password = "refused" };

        MesosDockerException e = await Engines.FailsAsync(
            fault, () => client.PushAsync(ImageReference.Parse("registry:5000/app:1"), credential, s_patience, null, CancellationToken.None));

        Assert.Contains(words.Replace("refused", "***", StringComparison.Ordinal), e.Message);
    }

    [Fact]
    public async Task PushAsync_IsGivenUp_WhenNothingMoves()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(
            Push, FakeReply.Chunked().Chunk("""{"status":"Preparing","progressDetail":{},"id":"aaa"}""").ThenHang());
        using DockerEngine client = engine.Client();

        MesosDockerException e = await Engines.FailsAsync(Fault.PushFailed, () => client.PushAsync(
            ImageReference.Parse("registry:5000/app:1"), null, TimeSpan.FromMilliseconds(300), null, CancellationToken.None));

        Assert.Contains("0 of 1 layers", e.Message);
    }

    private BuildContext Context() => BuildContext.Open(_directory.Root, null);

    private sealed class Reports<T> : IProgress<T>
    {
        public List<T> All { get; } = [];

        public void Report(T value) => All.Add(value);
    }
}
