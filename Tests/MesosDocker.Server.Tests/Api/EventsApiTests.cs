using System.Net.Sockets;
using System.Text;
using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

public sealed class EventsApiTests
{
    [Fact]
    public async Task Stream_TellsWhatHappens_InMarathonsForm()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await using Listener listener = await Listener.StartAsync(world, "");

        await world.DoAsync("POST", "/v2/apps", """{"id":"/a","cmd":"xx"}""");
        await listener.UntilAsync("event: deployment_success");
        await listener.UntilAsync("event: api_post_event");

        Assert.Contains("HTTP/1.1 200", listener.Text, StringComparison.Ordinal);
        Assert.Contains("text/event-stream", listener.Text, StringComparison.Ordinal);
        Assert.Contains("event: event_stream_attached\r\ndata: {", listener.Text, StringComparison.Ordinal);
        Assert.Contains("event: status_update_event\r\n", listener.Text, StringComparison.Ordinal);
        Assert.Contains("\"appDefinition\":{\"id\":\"/a\"", listener.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"original\":", listener.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"target\":", listener.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_TellsOnlyWhatIsAsked()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await using Listener listener = await Listener.StartAsync(world, "?event_type=deployment_success&event_type=api_post_event&plan-format=light");

        await world.DoAsync("POST", "/v2/apps", """{"id":"/a","cmd":"xx"}""");
        await listener.UntilAsync("event: deployment_success");
        await listener.UntilAsync("event: api_post_event");

        Assert.Equal(2, listener.Text.Split("event: ").Length - 1);
    }

    [Fact]
    public async Task Stream_ShowsThatItLives()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(options: static options => options with { KeepAlive = TimeSpan.FromMilliseconds(20) });
        await using Listener listener = await Listener.StartAsync(world, "?event_type=none");

        await listener.UntilAsync("2\r\n\r\n\r\n2\r\n\r\n\r\n");
    }

    [Fact]
    public async Task Stream_IsForgotten_WhenItsReaderIsGone()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        Listener stays = await Listener.StartAsync(world, "?event_type=event_stream_detached");
        Listener goes = await Listener.StartAsync(world, "");

        await goes.DisposeAsync();
        await stays.UntilAsync("event: event_stream_detached");
        await stays.DisposeAsync();

        await ApiWorld.UntilAsync(() => world.Events.Count == 0);
    }

    [Fact]
    public async Task Stream_EndsForHim_WhoDoesNotRead()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using var lazy = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 1024 };
        await lazy.ConnectAsync("127.0.0.1", world.Url.Port, ApiWorld.Cancelled);
        await lazy.SendAsync(Encoding.ASCII.GetBytes(Listener.Request("?event_type=api_post_event")), ApiWorld.Cancelled);
        await ApiWorld.UntilAsync(() => world.Events.Count == 1);

        // Far more than any buffer between here and there holds.
        var happened = new MarathonEvent { EventType = "api_post_event", Message = new string('x', 20_000) };
        for (int i = 0; world.Events.Count == 1 && i < 20 * EventSubscription.MaxOutstanding; i++)
        {
            world.Events.Publish(happened);
            await Task.Yield();
        }

        await ApiWorld.UntilAsync(() => world.Events.Count == 0);
        Assert.Equal(200, (await world.GetAsync("/ping")).Status);
    }

    [Fact]
    public async Task Streams_End_WhenTheLeaderAbdicates()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await using Listener listener = await Listener.StartAsync(world, "");

        Reply reply = await world.SendAsync("DELETE", "/v2/leader");

        Assert.Equal("Leadership abdicated", reply.Message);
        await listener.Ended;
        Assert.Equal($"127.0.0.1:{world.Url.Port}", (await world.GetAsync("/v2/leader"))["leader"].GetString());
    }

    [Fact]
    public void Subscription_IsDropped_WhenTooMuchIsOutstanding()
    {
        var subscription = new EventSubscription([]);
        var sent = new SentEvent(new MarathonEvent { EventType = "x" });
        for (int i = 0; i < EventSubscription.MaxOutstanding; i++)
        {
            subscription.Offer(sent);
        }

        Assert.False(subscription.Dropped.IsCompleted);
        subscription.Offer(sent);
        Assert.True(subscription.Dropped.IsCompleted);
    }

    /// <summary>A client that speaks for itself.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly TcpClient _client = new();
        private readonly StringBuilder _text = new();

        public string Text
        {
            get
            {
                lock (_text)
                {
                    return _text.ToString();
                }
            }
        }

        public Task Ended { get; private set; } = Task.CompletedTask;

        public static string Request(string query)
            => $"GET /v2/events{query} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";

        public static async Task<Listener> StartAsync(ApiWorld world, string query)
        {
            int before = world.Events.Count;
            var listener = new Listener();
            await listener._client.ConnectAsync("127.0.0.1", world.Url.Port, ApiWorld.Cancelled);
            await listener._client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Request(query)), ApiWorld.Cancelled);
            listener.Ended = listener.ReadAsync();
            await ApiWorld.UntilAsync(() => world.Events.Count == before + 1);
            return listener;
        }

        public Task UntilAsync(string text) => ApiWorld.UntilAsync(() => Text.Contains(text, StringComparison.Ordinal));

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await Ended;
        }

        private async Task ReadAsync()
        {
            var buffer = new byte[8192];
            try
            {
                int count;
                while ((count = await _client.GetStream().ReadAsync(buffer)) > 0)
                {
                    lock (_text)
                    {
                        _text.Append(Encoding.UTF8.GetString(buffer, 0, count));
                    }
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // One of us has gone.
            }
        }
    }
}
