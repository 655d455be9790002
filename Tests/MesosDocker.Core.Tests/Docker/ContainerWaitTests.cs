using MesosDocker.Docker;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Docker;

public sealed class ContainerWaitTests
{
    private const string Wait = "POST /containers/x/wait";
    private const string Events = "GET /events";
    private const string Inspect = "GET /containers/x/json";
    private const string Died = """{"status":"die","id":"x1","Type":"container","Action":"die","Actor":{"ID":"x1","Attributes":{"exitCode":"137"}},"timeNano":1}""";
    private const string Destroyed = """{"Type":"container","Action":"destroy","Actor":{"ID":"x1","Attributes":{}},"timeNano":2}""";
    private const string Running = """{"Id":"x1","State":{"Status":"running","Running":true,"Pid":5,"ExitCode":0}}""";

    [Theory]
    [InlineData(WaitCondition.NextExit, "next-exit")]
    [InlineData(WaitCondition.NotRunning, "not-running")]
    [InlineData(WaitCondition.Removed, "removed")]
    public async Task BeginWaitAsync_ReturnsWhenTheEngineHasTakenItOn_AndExitAsyncWhenItIsOver(WaitCondition condition, string sent)
    {
        var end = new TaskCompletionSource();
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Wait, FakeReply.Chunked().ThenWaitFor(end.Task).Chunk("{\"Error\":null,\"Stat").Chunk("usCode\":137}\n").EndOfChunks());
        using DockerEngine client = engine.Client();

        using ContainerWait wait = await client.BeginWaitAsync("x", condition, CancellationToken.None);
        Task<ContainerExit> exit = wait.ExitAsync(CancellationToken.None);
        Assert.False(exit.IsCompleted);
        end.SetResult();

        Assert.Equal(new ContainerExit(137, null), await exit);
        Assert.Equal(sent, Assert.Single(engine.Asked).Query("condition"));
    }

    [Fact]
    public async Task ExitAsync_HandsTheEnginesErrorOn()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Wait, FakeReply.Json("""{"StatusCode":127,"Error":{"Message":"exec: nope: not found"}}"""));
        using DockerEngine client = engine.Client();
        using ContainerWait wait = await client.BeginWaitAsync("x", WaitCondition.NextExit, CancellationToken.None);

        Assert.Equal(new ContainerExit(127, "exec: nope: not found"), await wait.ExitAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"StatusCode\":")]
    [InlineData("{\"StatusCode\":\"0\"}")]
    public async Task ExitAsync_IsNeverAGuess(string body)
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Wait, body.Length == 0 ? FakeReply.Chunked().EndOfChunks() : FakeReply.Chunked().Chunk(body).EndOfChunks());
        using DockerEngine client = engine.Client();
        using ContainerWait wait = await client.BeginWaitAsync("x", WaitCondition.NextExit, CancellationToken.None);

        await Engines.FailsAsync(Fault.EngineAnswerInvalid, () => wait.ExitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ExitAsync_NoticesAnEngineThatGoesAway()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Wait, FakeReply.Chunked().ThenClose());
        using DockerEngine client = engine.Client();
        using ContainerWait wait = await client.BeginWaitAsync("x", WaitCondition.NextExit, CancellationToken.None);

        await Engines.FailsAsync(Fault.EngineAnswerInvalid, () => wait.ExitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ExitAsync_StopsWhenTheCallerDoes()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Wait, FakeReply.Chunked().ThenHang());
        using DockerEngine client = engine.Client(Engines.Impatient);
        using ContainerWait wait = await client.BeginWaitAsync("x", WaitCondition.NextExit, CancellationToken.None);
        using var stop = new CancellationTokenSource();

        Task exit = wait.ExitAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exit);
    }

    [Fact]
    public async Task BeginWaitAsync_SaysWhenThereIsNoContainer()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Wait, FakeReply.Refusal(404, "No such container: x"));
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(
            Fault.ContainerNotFound, () => client.BeginWaitAsync("x", WaitCondition.NextExit, CancellationToken.None));
    }

    [Fact]
    public async Task AnOldEngine_IsWatched_FromBeforeTheContainerIsLookedAt()
    {
        await using FakeEngine engine = Old()
            .On(Events, FakeReply.Chunked().Chunk(Died + "\n").ThenHang())
            .On(Inspect, FakeReply.Json(Running));
        using DockerEngine client = engine.Client();

        using ContainerWait wait = await client.BeginWaitAsync("x", WaitCondition.NextExit, CancellationToken.None);

        Assert.Equal(new ContainerExit(137, null), await wait.ExitAsync(CancellationToken.None));
        Assert.Equal([Events, Inspect], engine.Asked.Select(static one => one.Route));
        Assert.Equal("""{"type":["container"],"event":["die","destroy"],"container":["x"]}""", engine.Asked[0].Query("filters"));
    }

    [Fact]
    public async Task AnOldEngine_NeedsNotBeWatched_ForAContainerThatHasEnded()
    {
        await using FakeEngine engine = Old().On(Events, FakeReply.Chunked().ThenHang()).On(Inspect, FakeReply.Json(Containers.Inspected));
        using DockerEngine client = engine.Client();
        using ContainerWait wait = await client.BeginWaitAsync("x", WaitCondition.NotRunning, CancellationToken.None);

        Assert.Equal(new ContainerExit(3, null), await wait.ExitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AnOldEngine_IsWatchedUntilTheContainerIsGone()
    {
        await using FakeEngine engine = Old()
            .On(Events, FakeReply.Chunked().Chunk(Died).Chunk(Destroyed).EndOfChunks(), FakeReply.Chunked().Chunk(Destroyed).EndOfChunks())
            .On(Inspect, FakeReply.Json(Running), FakeReply.Json(Containers.Inspected));
        using DockerEngine client = engine.Client();
        using ContainerWait running = await client.BeginWaitAsync("x", WaitCondition.Removed, CancellationToken.None);
        using ContainerWait ended = await client.BeginWaitAsync("x", WaitCondition.Removed, CancellationToken.None);

        Assert.Equal(137, (await running.ExitAsync(CancellationToken.None)).ExitCode);
        Assert.Equal(3, (await ended.ExitAsync(CancellationToken.None)).ExitCode);
    }

    [Fact]
    public async Task AnOldEngine_ThatStops_IsNoticed()
    {
        await using FakeEngine engine = Old().On(Events, FakeReply.Chunked().EndOfChunks()).On(Inspect, FakeReply.Json(Running));
        using DockerEngine client = engine.Client();
        using ContainerWait wait = await client.BeginWaitAsync("x", WaitCondition.NextExit, CancellationToken.None);

        await Engines.FailsAsync(Fault.EngineAnswerInvalid, () => wait.ExitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AnOldEngine_WithoutTheContainer_IsNotWatchedForEver()
    {
        await using FakeEngine engine = Old()
            .On(Events, FakeReply.Chunked().ThenHang())
            .On(Inspect, FakeReply.Refusal(404, "No such container: x"));
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(
            Fault.ContainerNotFound, () => client.BeginWaitAsync("x", WaitCondition.NextExit, CancellationToken.None));
    }

    private static FakeEngine Old() => FakeEngine.OnSocket().On("GET /_ping", FakeReply.Ping("1.29"));
}
