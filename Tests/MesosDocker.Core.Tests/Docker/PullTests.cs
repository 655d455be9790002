using System.Text;
using System.Text.Json;
using MesosDocker.Docker;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>Pulls, with streams as engines send them.</summary>
public sealed class PullTests
{
    private const string Pull = "POST /images/create";

    private const string Recorded =
        """
        {"status":"Pulling from library/app","id":"1.0"}
        {"status":"Pulling fs layer","progressDetail":{},"id":"aaa"}
        {"status":"Pulling fs layer","progressDetail":{},"id":"bbb"}
        {"status":"Already exists","progressDetail":{},"id":"ccc"}
        {"status":"Waiting","progressDetail":{},"id":"bbb"}
        {"status":"Downloading","progressDetail":{"current":50,"total":100},"progress":"[=====>     ]","id":"aaa"}
        {"status":"Verifying Checksum","progressDetail":{},"id":"aaa"}
        {"status":"Download complete","progressDetail":{},"id":"aaa"}
        {"status":"Downloading","progressDetail":{"current":10,"total":300},"id":"bbb"}
        {"status":"Extracting","progressDetail":{"current":100,"total":100},"id":"aaa"}
        {"status":"Pull complete","progressDetail":{},"id":"aaa"}
        {"status":"Download complete","progressDetail":{},"id":"bbb"}
        {"status":"Pull complete","progressDetail":{},"id":"bbb"}
        {"status":"Digest: sha256:1234"}
        {"status":"Status: Downloaded newer image for app:1.0"}
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, "\r\n")]
    [InlineData(10, "")]
    [InlineData(1_000_000, "\r\n")]
    public async Task PullAsync_FollowsTheStream_HoweverItArrives(int piece, string between)
    {
        string body = string.Concat(Recorded.Split('\n').Select(line => line.Trim() + between));
        await using FakeEngine engine = FakeEngine.OnSocket().On(Pull, FakeReply.Chunked().Chunk(body).EndOfChunks().InPiecesOf(piece));
        using DockerEngine client = engine.Client();
        var reports = new Reports();

        PullResult result = await client.PullAsync(
            ImageReference.Parse("app:1.0"), null, null, s_patience, reports, CancellationToken.None);

        Assert.Equal(new PullResult("sha256:1234", true), result);
        PullProgress last = reports.All[^1];
        Assert.Equal(("app:1.0", 3, 3, 400L, 400L), (last.Image, last.Layers.Count, last.LayersDone, last.DownloadedBytes, last.KnownBytes));
        Assert.Equal(["aaa", "bbb", "ccc"], last.Layers.Select(static layer => layer.Id));
        FakeRequest request = Assert.Single(engine.Asked);
        Assert.Equal("/v1.41/images/create?fromImage=app&tag=1.0", request.Target);
        Assert.False(request.Headers.ContainsKey("X-Registry-Auth"));
    }

    [Fact]
    public void PullTracker_KnowsWhereItStands_AtEveryMessage()
    {
        var tracker = new PullTracker("app:1.0");
        (string, long, long, int)[] stands =
        [
            ("Pulling from library/app", 0, 0, 0), ("Pulling fs layer", 0, 0, 0), ("Pulling fs layer", 0, 0, 0), ("Already exists", 0, 0, 1),
            ("Waiting", 0, 0, 1), ("Downloading", 50, 100, 1), ("Verifying Checksum", 100, 100, 1), ("Download complete", 100, 100, 1),
            ("Downloading", 110, 400, 1), ("Extracting", 110, 400, 1), ("Pull complete", 110, 400, 2), ("Download complete", 400, 400, 2),
            ("Pull complete", 400, 400, 3), ("Digest: sha256:1234", 400, 400, 3), ("Status: Downloaded newer image for app:1.0", 400, 400, 3),
        ];
        foreach ((string line, (string, long, long, int) stand) in Recorded.Split('\n').Zip(stands))
        {
            Assert.True(tracker.Take(DockerJson.Read(Encoding.UTF8.GetBytes(line), ProgressMessage.From)));

            PullProgress now = tracker.Snapshot();
            Assert.Equal(stand, (now.Status, now.DownloadedBytes, now.KnownBytes, now.LayersDone));
        }
    }

    [Fact]
    public void PullTracker_SeesWhenNothingMoves()
    {
        var tracker = new PullTracker("x");
        ProgressMessage Message(string status, long current) => new(status, "a", current, 9);

        Assert.True(tracker.Take(Message("Downloading", 5)));
        Assert.False(tracker.Take(Message("Downloading", 5)));
        Assert.True(tracker.Take(Message("Downloading", 6)));
        Assert.True(tracker.Take(new ProgressMessage("Retrying in 5 seconds", "a")));
        Assert.False(tracker.Take(new ProgressMessage("Retrying in 5 seconds", "a")));
        Assert.True(tracker.Take(new ProgressMessage("Retrying in 4 seconds", "a")));
        Assert.True(tracker.Take(Message("Extracting", 1)));
        Assert.False(tracker.Take(Message("Extracting", 1)));
        Assert.True(tracker.Take(Message("Extracting", 2)));
        Assert.False(tracker.Take(new ProgressMessage()));
    }

    [Fact]
    public void PullTracker_IsNotFlooded()
    {
        var tracker = new PullTracker("x");
        for (int i = 0; i < 100_000; i++)
        {
            tracker.Take(new ProgressMessage("Waiting", $"layer{i}"));
        }

        Assert.Equal(1000, tracker.Snapshot().Layers.Count);
    }

    [Fact]
    public async Task PullAsync_ReportsTenTimesASecondAtMost_AndTheEndAlways()
    {
        string body = string.Concat(Enumerable.Range(1, 1000).Select(static i =>
            $$$"""{"status":"Downloading","id":"a","progressDetail":{"current":{{{i}}},"total":1000}}"""));
        await using FakeEngine engine = FakeEngine.OnSocket().On(Pull, FakeReply.Chunked().Chunk(body).EndOfChunks());
        var clock = new SteppingClock(TimeSpan.FromMilliseconds(1));
        using var client = new DockerEngine(
            EngineAddress.Resolve(new EngineOptions { Hosts = [engine.Host] }, Engines.NoEnvironment), new EngineTimeouts(), clock);
        var reports = new Reports();

        await client.PullAsync(ImageReference.Parse("app"), null, null, s_patience, reports, CancellationToken.None);

        // Each look at the clock moves it on by a millisecond: a thousand messages are a second, or a little more.
        Assert.InRange(reports.All.Count, 9, 12);
        Assert.Equal(1, reports.All[0].DownloadedBytes);
        Assert.Equal(1000, reports.All[^1].DownloadedBytes);
    }

    [Theory]
    [InlineData("manifest for app:1.0 not found: manifest unknown: manifest unknown", Fault.ImageNotFound)]
    [InlineData("repository app not found: name unknown", Fault.ImageNotFound)]
    [InlineData("docker.io/library/app:1.0: not found", Fault.ImageNotFound)]
    [InlineData("no matching manifest for linux/arm64 in the manifest list entries", Fault.ImageNotFound)]
    [InlineData("pull access denied for app, repository does not exist or may require 'docker login': denied", Fault.RegistryDenied)]
    [InlineData("unauthorized: authentication required", Fault.RegistryDenied)]
    [InlineData("Head \\\"https://r.io/v2/app/manifests/1.0\\\": no basic auth credentials", Fault.RegistryDenied)]
    [InlineData("unauthorized: incorrect username or password", Fault.RegistryDenied)]
    [InlineData("Get \\\"https://r.io/v2/\\\": dial tcp 10.0.0.1:443: connect: connection refused", Fault.PullFailed)]
    [InlineData("Get \\\"https://r.io/v2/\\\": dial tcp: lookup r.io: no such host", Fault.PullFailed)]
    [InlineData("toomanyrequests: You have reached your pull rate limit", Fault.PullFailed)]
    [InlineData("write /var/lib/docker/tmp/GetImageBlob: no space left on device", Fault.PullFailed)]
    public async Task PullAsync_TellsWhy_InTheStreamAndOutsideOfIt(string words, Fault fault)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(
            Pull,
            FakeReply.Chunked().Chunk("""{"status":"Pulling from app","id":"1.0"}""")
                .Chunk($$"""{"errorDetail":{"message":"{{words}}"},"error":"{{words}}"}""").EndOfChunks(),
            FakeReply.Json(500, $$"""{"message":"{{words}}"}"""));
        using DockerEngine client = engine.Client();

        MesosDockerException inStream = await PullFailsAsync(client, fault);
        MesosDockerException outside = await PullFailsAsync(client, fault);

        string expected = $"could not pull image 'app:1.0': {words.Replace("\\", "", StringComparison.Ordinal)}";
        Assert.Contains(expected, inStream.Message);
        Assert.Contains(expected, outside.Message);
    }

    [Theory]
    [InlineData(404, "anything", Fault.ImageNotFound)]
    [InlineData(403, "denied by plugin", Fault.EngineAccessDenied)]
    [InlineData(400, "invalid tag format", Fault.EngineRejected)]
    [InlineData(500, "anything", Fault.PullFailed)]
    public async Task PullAsync_FallsBackToTheStatus(int status, string words, Fault fault)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Pull, FakeReply.Refusal(status, words));
        using DockerEngine client = engine.Client();

        await PullFailsAsync(client, fault);
    }

    [Fact]
    public async Task PullAsync_SendsTheCredential_AndNeverShowsIt()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Pull, FakeReply.Chunked().Chunk("""{"error":"unauthorized: tester:sécret+? was refused, so was tok3n"}""").EndOfChunks());
        using DockerEngine client = engine.Client();
        var credential = new RegistryCredential
        {
            ServerAddress = "r.io", Username = "tester", Password = "sécret+?", IdentityToken = "tok3n",
        };

        MesosDockerException e = await Engines.FailsAsync(
            Fault.RegistryDenied,
            () => client.PullAsync(ImageReference.Parse("r.io/app"), credential, null, s_patience, null, CancellationToken.None));

        Assert.DoesNotContain("sécret", e.ToString());
        Assert.DoesNotContain("tok3n", e.ToString());
        Assert.Contains("tester:***", e.Message);
        string header = Assert.Single(engine.Asked).Headers["X-Registry-Auth"];
        Assert.DoesNotContain('+', header);
        Assert.DoesNotContain('/', header);
        using var sent = JsonDocument.Parse(Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/')));
        Assert.Equal("sécret+?", sent.RootElement.GetProperty("password").GetString());
        Assert.Equal("r.io", sent.RootElement.GetProperty("serveraddress").GetString());
    }

    [Fact]
    public async Task PullAsync_GivesUp_WhenNothingIsSaid()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Pull, FakeReply.Nothing.ThenHang());
        using DockerEngine client = engine.Client();

        MesosDockerException e = await Engines.FailsAsync(
            Fault.PullStalled,
            () => client.PullAsync(ImageReference.Parse("r.io/app"), null, null, TimeSpan.FromMilliseconds(100), null, CancellationToken.None));

        Assert.Contains("r.io/app:latest", e.Message);
        Assert.Contains("0.1 seconds", e.Message);
    }

    [Fact]
    public async Task PullAsync_GivesUp_WhenNothingMoves_ThoughTheEngineTalks()
    {
        const string Same = """{"status":"Downloading","id":"a","progressDetail":{"current":5,"total":9}}""";
        FakeReply reply = FakeReply.Chunked();
        for (int i = 0; i < 1000; i++)
        {
            reply = reply.Chunk(Same).ThenPause(TimeSpan.FromMilliseconds(50));
        }

        await using FakeEngine engine = FakeEngine.OnSocket().On(Pull, reply.ThenHang());
        using DockerEngine client = engine.Client();

        MesosDockerException e = await Engines.FailsAsync(
            Fault.PullStalled,
            () => client.PullAsync(ImageReference.Parse("app"), null, null, TimeSpan.FromSeconds(1), null, CancellationToken.None));

        Assert.Contains("last 'Downloading', 0 of 1 layers, 5 of 9 bytes", e.Message);
    }

    [Fact]
    public async Task PullAsync_StopsWhenTheCallerDoes()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Pull, FakeReply.Chunked().Chunk("""{"status":"a"}""").ThenHang());
        using DockerEngine client = engine.Client();
        using var stop = new CancellationTokenSource();
        var reports = new Reports(() => stop.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.PullAsync(ImageReference.Parse("app"), null, null, s_patience, reports, stop.Token));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{\"status\":5}")]
    [InlineData("{\"status\":\"Downl")]
    public async Task PullAsync_RefusesGarbage(string body)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Pull, FakeReply.Chunked().Chunk(body).EndOfChunks());
        using DockerEngine client = engine.Client();

        await PullFailsAsync(client, Fault.EngineAnswerInvalid);
    }

    [Fact]
    public async Task PullAsync_NoticesAnEngineThatStops()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Pull, FakeReply.Chunked().Chunk("""{"status":"a"}""").ThenClose());
        using DockerEngine client = engine.Client();

        await PullFailsAsync(client, Fault.EngineAnswerInvalid);
    }

    [Fact]
    public async Task PullAsync_AsksForADigestAndAPlatform()
    {
        string digest = "sha256:" + new string('a', 64);
        await using FakeEngine engine = FakeEngine.OnSocket().On(Pull, FakeReply.Chunked().EndOfChunks());
        using DockerEngine client = engine.Client();

        PullResult result = await client.PullAsync(
            ImageReference.Parse($"localhost:5000/me/app:1@{digest}"), null, "linux/arm64", s_patience, null, CancellationToken.None);

        FakeRequest request = Assert.Single(engine.Asked);
        Assert.Equal(("localhost:5000/me/app", digest, "linux/arm64"), (request.Query("fromImage"), request.Query("tag"), request.Query("platform")));
        Assert.Equal(new PullResult(null, false), result);
    }

    [Fact]
    public async Task PullAsync_SaysWhenTheEngineKnowsNoPlatforms()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /_ping", FakeReply.Ping("1.31"));
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(
            Fault.EngineTooOld,
            () => client.PullAsync(ImageReference.Parse("app"), null, "linux/arm64", s_patience, null, CancellationToken.None));

        Assert.Empty(engine.Asked);
    }

    private static Task<MesosDockerException> PullFailsAsync(DockerEngine client, Fault fault)
        => Engines.FailsAsync(
            fault, () => client.PullAsync(ImageReference.Parse("app:1.0"), null, null, s_patience, null, CancellationToken.None));

    private sealed class Reports(Action? then = null) : IProgress<PullProgress>
    {
        public List<PullProgress> All { get; } = [];

        public void Report(PullProgress value)
        {
            All.Add(value);
            then?.Invoke();
        }
    }

    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += step.Ticks;
    }
}
