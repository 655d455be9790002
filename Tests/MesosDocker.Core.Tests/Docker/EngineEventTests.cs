using MesosDocker.Docker;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Docker;

public sealed class EngineEventTests
{
    private const string Route = "GET /events";

    private const string Recorded =
        """
        {"status":"start","id":"4fa6","from":"busybox","Type":"container","Action":"start","Actor":{"ID":"4fa6","Attributes":{"image":"busybox","k\"{[":"v\\","name":"web"}},"scope":"local","time":1700000000,"timeNano":1700000000123456789}
        """;

    [Theory]
    [InlineData(1, "\n")]
    [InlineData(7, "\r\n")]
    [InlineData(100_000, "")]
    [InlineData(1, "")]
    [InlineData(3, " \t\n\n  ")]
    public async Task EventsAsync_FindsEveryEvent_HoweverTheyArrive(int piece, string between)
    {
        string body = between + string.Concat(Enumerable.Repeat(Recorded.Trim() + between, 5));
        await using FakeEngine engine = FakeEngine.OnSocket().On(Route, FakeReply.Chunked().Chunk(body).EndOfChunks().InPiecesOf(piece));
        using DockerEngine client = engine.Client();

        List<EngineEvent> events = await ReadAsync(client, new EventFilter());

        Assert.Equal(5, events.Count);
        Assert.All(events, static one => Assert.Equal(("container", "start", "4fa6"), (one.Type, one.Action, one.Actor!.Id)));
        Assert.Equal("v\\", events[0].Actor!.Attributes["k\"{["]);
        Assert.Equal(1_700_000_000_123, events[0].Time.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task EventsAsync_AsksExactly()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Route, FakeReply.Chunked().EndOfChunks());
        using DockerEngine client = engine.Client();

        await ReadAsync(client, new EventFilter
        {
            Types = ["container"],
            Actions = ["die", "oom"],
            Labels = ["a=b"],
            Since = DateTimeOffset.FromUnixTimeSeconds(5),
            Until = DateTimeOffset.FromUnixTimeMilliseconds(6500),
        });

        FakeRequest request = Assert.Single(engine.Asked);
        Assert.Equal("5.000000000", request.Query("since"));
        Assert.Equal("6.500000000", request.Query("until"));
        Assert.Equal("""{"type":["container"],"event":["die","oom"],"label":["a=b"]}""", request.Query("filters"));
    }

    [Fact]
    public async Task BeginEventsAsync_ReturnsBeforeTheFirstEvent_AndHandsEachOnAtOnce()
    {
        var second = new TaskCompletionSource();
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Route, FakeReply.Chunked().Chunk(Recorded).ThenWaitFor(second.Task).Chunk(Recorded).ThenHang());
        using DockerEngine client = engine.Client(Engines.Impatient);
        using EngineEvents events = await client.BeginEventsAsync(new EventFilter(), CancellationToken.None);
        await using IAsyncEnumerator<EngineEvent> reader = events.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await reader.MoveNextAsync());
        second.SetResult();
        Assert.True(await reader.MoveNextAsync());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("}")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("{\"Type\":1}")]
    [InlineData("{]")]
    [InlineData("{\"Type\":\"a\"")]
    [InlineData("{\"Type\":\"a}")]
    public async Task EventsAsync_RefusesWhatIsNoEvent(string body)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Route, FakeReply.Chunked().Chunk(Recorded).Chunk(body).EndOfChunks());
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(Fault.EngineAnswerInvalid, () => ReadAsync(client, new EventFilter()));
    }

    [Fact]
    public async Task EventsAsync_RefusesAnEventWithoutEnd()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Route, FakeReply.Chunked().Chunk("{\"a\":\"" + new string('x', 2_000_000)).ThenHang());
        using DockerEngine client = engine.Client();

        Assert.Contains(
            "more than 1048576 bytes",
            (await Engines.FailsAsync(Fault.EngineAnswerInvalid, () => ReadAsync(client, new EventFilter()))).Message);
    }

    [Fact]
    public async Task EventsAsync_StopsWhenTheCallerDoes()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Route, FakeReply.Chunked().Chunk(Recorded).ThenHang());
        using DockerEngine client = engine.Client();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (EngineEvent _ in client.EventsAsync(new EventFilter(), stop.Token))
            {
                await stop.CancelAsync();
            }
        });
    }

    private static async Task<List<EngineEvent>> ReadAsync(DockerEngine client, EventFilter filter)
    {
        var events = new List<EngineEvent>();
        await foreach (EngineEvent happened in client.EventsAsync(filter, CancellationToken.None))
        {
            events.Add(happened);
        }

        return events;
    }
}
