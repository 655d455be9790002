using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

/// <summary>The stream of events, over as many connections as it takes.</summary>
public sealed class WatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_BeginsWithConnected_AndAgainAfterEachBreak()
    {
        await using FakeMarathon marathon = new();
        int connections = 0;
        marathon.On("GET /v2/events", async exchange =>
        {
            int number = Interlocked.Increment(ref connections);
            await exchange.BeginEventsAsync();
            await exchange.WriteAsync($"event: a\ndata: {{\"eventType\":\"a\",\"id\":\"{number}\"}}\n\nevent: cut\ndata: {{");
            exchange.Close();
        });
        using MarathonClient client = marathon.Client();

        List<string> news = await client.WatchAsync([], Token).Take(6).Select(static one => one.Event?.Id ?? "connected").ToListAsync(Token);

        Assert.Equal(["connected", "1", "connected", "2", "connected", "3"], news);
    }

    [Fact]
    public async Task Watch_AsksForLightPlans_AndTypes_AndSievesWhatAnOldServerSends()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/events", async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.WriteAsync("data: {\"eventType\":\"x\"}\n\ndata: {\"eventType\":\"b\"}\n\ndata: {\"eventType\":\"a\"}\n\n");
            await exchange.HangAsync();
        });
        using MarathonClient client = marathon.Client();

        List<MarathonNews> news = await client.WatchAsync(["a", "b"], Token).Take(3).ToListAsync(Token);

        Assert.Equal([null, "b", "a"], news.Select(static one => one.Event?.EventType));
        Exchange asked = Assert.Single(marathon.Requests);
        Assert.Equal(["a", "b"], asked.Query("event_type"));
        Assert.Equal(["light"], asked.Query("plan-format"));
        Assert.Equal("text/event-stream", asked.Header("Accept"));
    }

    [Fact]
    public async Task Watch_OpensAnew_WhenAStreamIsSilent()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/events", async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.HangAsync();
        });
        using var client = new MarathonClient(marathon.Connection, FakeMarathon.Quick with { Silence = TimeSpan.FromMilliseconds(50) });

        Assert.All(await client.WatchAsync([], Token).Take(3).ToListAsync(Token), static news => Assert.Null(news.Event));
        Assert.Equal(3, marathon.Requests.Count);
    }

    [Fact]
    public async Task Watch_StaysWithAStreamThatOnlyShowsThatItLives()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/events", async exchange =>
        {
            await exchange.BeginEventsAsync();
            for (int i = 0; i < 20; i++)
            {
                await exchange.WriteAsync("\r\n");
                await Task.Delay(20, exchange.Stopped);
            }

            await exchange.WriteAsync("data: {\"eventType\":\"a\"}\n\n");
            await exchange.HangAsync();
        });
        using var client = new MarathonClient(marathon.Connection, FakeMarathon.Quick with { Silence = TimeSpan.FromSeconds(5) });

        Assert.Equal("a", (await client.WatchAsync([], Token).Skip(1).FirstAsync(Token)).Event!.EventType);
        Assert.Single(marathon.Requests);
    }

    [Fact]
    public async Task Watch_SkipsWhatIsBrokenOrTooLarge()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/events", async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.WriteAsync($"data: {{\"eventType\":\n\ndata: {{\"eventType\":\"{new string('x', 5000)}\"}}\n\ndata: {{\"eventType\":\"a\"}}\n\n");
            await exchange.HangAsync();
        });
        using var client = new MarathonClient(marathon.Connection, FakeMarathon.Quick with { LargestEvent = 1000 });

        Assert.Equal([null, "a"], (await client.WatchAsync([], Token).Take(2).ToListAsync(Token)).Select(static one => one.Event?.EventType));
    }

    [Fact]
    public async Task Watch_GoesToTheLeader_AndOnToTheNext()
    {
        await using FakeMarathon leader = new();
        await using FakeMarathon follower = new();
        Uri nobody = FailOverTests.NobodyAt();
        follower.On("GET /v2/events", exchange => exchange.ReplyAsync(302, "", $"Location: {leader.Url}v2/events?plan-format=light\r\n"));
        leader.On("GET /v2/events", async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.WriteAsync("data: {\"eventType\":\"a\"}\n\n");
            await exchange.HangAsync();
        });
        using MarathonClient client = leader.Client(FakeMarathon.To(nobody, follower.Url, leader.Url) with { Token = "t" });

        Assert.Equal("a", (await client.WatchAsync([], Token).Skip(1).FirstAsync(Token)).Event!.EventType);
        Assert.Equal("token=t", Assert.Single(leader.Requests).Header("Authorization"));
    }

    [Theory]
    [InlineData(401, "", Fault.MarathonAccessDenied)]
    [InlineData(404, """{"message":"URI not found"}""", Fault.MarathonRejected)]
    [InlineData(200, "<html>", Fault.MarathonAnswerInvalid)]
    [InlineData(503, "", Fault.MarathonUnreachable)]
    [InlineData(302, "", Fault.MarathonRejected)]
    public async Task Watch_Throws_WhenItNeverWorked(int status, string body, Fault fault)
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/events", exchange => exchange.ReplyAsync(status, body, "Location: http://stranger.invalid/v2/events\r\n"));
        using MarathonClient client = marathon.Client();

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(async () => await client.WatchAsync([], Token).FirstAsync(Token));

        Assert.Equal(fault, e.Fault);
        Assert.Contains("tell its events", e.Message);
    }

    [Fact]
    public async Task Watch_WaitsForAServerThatWasThere_ButNotForOneThatSaysNo()
    {
        await using FakeMarathon marathon = new();
        int asked = 0;
        marathon.On("GET /v2/events", async exchange =>
        {
            exchange.Close();
            switch (++asked)
            {
                case 1 or 4:
                    await exchange.BeginEventsAsync();
                    break;
                case 2:
                    await exchange.ReplyAsync(503, "");
                    break;
                case 3:
                    exchange.Reset();
                    break;
                default:
                    await exchange.ReplyAsync(403, """{"message":"Not Authorized"}""");
                    break;
            }
        });
        using MarathonClient client = marathon.Client();
        List<MarathonNews> news = [];

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(async () =>
        {
            await foreach (MarathonNews one in client.WatchAsync([], Token))
            {
                news.Add(one);
            }
        });

        Assert.Equal(Fault.MarathonAccessDenied, e.Fault);
        Assert.Equal(2, news.Count);
    }

    [Fact]
    public async Task Watch_EndsWhenCancelled_AndClosesItsConnection()
    {
        await using FakeMarathon marathon = new();
        using var stop = new CancellationTokenSource();
        marathon.On("GET /v2/events", async exchange =>
        {
            await exchange.BeginEventsAsync();
            await stop.CancelAsync();
            await exchange.HangAsync();
        });
        using MarathonClient client = marathon.Client();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.WatchAsync([], stop.Token).CountAsync(stop.Token));
    }
}
