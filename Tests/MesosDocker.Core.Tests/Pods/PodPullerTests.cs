using System.Collections.Concurrent;
using MesosDocker.Core.Tests.Docker;
using MesosDocker.Docker;
using MesosDocker.Pods;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Pods;

/// <summary>The images of a pod, from an engine whose pulls go wrong.</summary>
public sealed class PodPullerTests
{
    private const string Pull = "POST /images/create";
    private const string Inspect = "GET /images/app:1.0/json";
    private const string One = "services: {web: {image: 'app:1.0'}, other: {image: 'app:1.0'}}";

    private readonly ConcurrentQueue<string> _told = new();

    private static FakeReply Pulled => FakeReply.Chunked().Chunk("""{"status":"Pull complete","id":"aaa"}""").EndOfChunks();

    private static FakeReply There => FakeReply.Json("""{"Id":"sha256:1"}""");

    private static FakeReply Missing => FakeReply.Refusal(404, "No such image");

    [Fact]
    public async Task APullThatFails_IsTriedAgain_AndEachImagePulledOnce()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Inspect, Missing, Missing, There)
            .On(Pull, Failing("connection reset by peer"), Pulled);

        await EnsureAsync(engine, One, new PodSettings());

        Assert.Equal(2, engine.Asked.Count(static request => request.Route == Pull));
        Assert.Contains("could not pull image 'app:1.0': connection reset by peer", _told.ElementAt(1));
        Assert.EndsWith(". Trying again in 1 second (1 of 3).", _told.ElementAt(1));
    }

    [Theory]
    [InlineData("manifest for app:1.0 not found: manifest unknown", Fault.ImageNotFound)]
    [InlineData("unauthorized: authentication required", Fault.RegistryDenied)]
    public async Task WhatStaysWrong_IsToldAtOnce(string words, Fault fault)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Inspect, Missing).On(Pull, Failing(words));

        MesosDockerException e = await Engines.FailsAsync(fault, () => EnsureAsync(engine, One, new PodSettings()));

        Assert.Contains("app:1.0", e.Message);
        Assert.Equal(1, engine.Asked.Count(static request => request.Route == Pull));
    }

    [Fact]
    public async Task APullThatStandsStill_IsGivenUp()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Inspect, Missing)
            .On(Pull, FakeReply.Chunked().Chunk("""{"status":"Downloading","progressDetail":{"current":5,"total":10},"id":"aaa"}""").ThenHang());
        var settings = new PodSettings { PullTimeout = TimeSpan.FromMilliseconds(300), PullRetries = 0 };

        await Engines.FailsAsync(Fault.PullStalled, () => EnsureAsync(engine, One, settings));
    }

    /// <summary>One image that cannot be had is enough.</summary>
    [Fact]
    public async Task TheFirstFailure_EndsTheOtherPulls()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Inspect, Missing)
            .On("GET /images/bad:1/json", Missing)
            .On(Pull, FakeReply.Chunked().ThenHang(), Failing("manifest unknown"));

        await Engines.FailsAsync(
            Fault.ImageNotFound, () => EnsureAsync(engine, "services: {web: {image: 'app:1.0'}, other: {image: 'bad:1'}}", new PodSettings()));
    }

    [Fact]
    public async Task WhatIsThere_IsNotPulled_NorWhatIsBuilt()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Inspect, There);

        await EnsureAsync(engine, "services: {web: {image: 'app:1.0'}, own: {build: .}}", new PodSettings());

        Assert.Equal([Inspect], engine.Asked.Select(static request => request.Route));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task TheServicesOwnPolicy_Counts()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Inspect, There).On(Pull, Pulled);

        await EnsureAsync(engine, "services: {web: {image: 'app:1.0', pull_policy: always}}", new PodSettings());

        Assert.Contains(engine.Asked, static request => request.Route == Pull);
    }

    private static FakeReply Failing(string words)
        => FakeReply.Chunked().Chunk($$"""{"errorDetail":{"message":"{{words}}"},"error":"{{words}}"}""").EndOfChunks();

    private async Task EnsureAsync(FakeEngine engine, string yaml, PodSettings settings)
    {
        using DockerEngine client = engine.Client();
        var puller = new ImagePuller(client, [], settings.PullTimeout, _told.Enqueue);
        PodPlan plan = Plans.Of(yaml, Plans.Task(), settings);
        await new PodPuller(puller, settings, _told.Enqueue).EnsureAsync(plan, TestContext.Current.CancellationToken);
    }
}
