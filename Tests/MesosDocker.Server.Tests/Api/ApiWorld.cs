using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MesosDocker.Local;
using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests;

/// <summary>The API on a port of its own, before a cluster whose tasks are simulated.</summary>
internal sealed class ApiWorld : IAsyncDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public required SimulatedAgent Agent { get; init; }

    public Cluster Cluster { get; private set; } = null!;

    public ApiServer Server { get; private set; } = null!;

    public EventHub Events { get; } = new(TimeProvider.System);

    public Uri Url => new(Server.Url);

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<ApiWorld> StartAsync(SimulatedAgent? agent = null, Func<ApiOptions, ApiOptions>? options = null)
    {
        var world = new ApiWorld { Agent = agent ?? new SimulatedAgent(TimeProvider.System) };
        world.Cluster = new Cluster(world.Agent, world._directory.PathOf("cluster"), TimeProvider.System);
        await world.Cluster.StartAsync(Cancelled);
        var plain = new ApiOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Token = new AccessToken(Token), TokenFile = "/somewhere/token" };
        world.Server = await ApiServer.StartAsync(
            new Parts
            {
                Cluster = world.Cluster,
                Agent = world.Agent.Facts,
                Events = world.Events,
                Time = TimeProvider.System,
                Options = options?.Invoke(plain) ?? plain,
                Settings = LocalServer.Settings,
            },
            Cancelled);
        return world;
    }

    /// <summary>With the token, and a body that is JSON.</summary>
    public Task<Reply> SendAsync(string method, string path, string? body = null) => SendAsync(method, path, body is null ? null : Json(body), null);

    public async Task<Reply> SendAsync(string method, string path, HttpContent? content, Action<HttpRequestMessage>? change)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Url.GetLeftPart(UriPartial.Authority) + path) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", $"token={Token}");
        change?.Invoke(request);
        using HttpResponseMessage response = await _client.SendAsync(request, Cancelled);
        return new Reply(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(Cancelled),
            name => response.Headers.TryGetValues(name, out IEnumerable<string>? values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null);
    }

    public Task<Reply> GetAsync(string path) => SendAsync("GET", path);

    /// <summary>A change that must be taken, and its deployment's end.</summary>
    public async Task<Reply> DoAsync(string method, string path, string? body = null)
    {
        Reply reply = await SendAsync(method, path, body);
        Assert.True(reply.Status is 200 or 201 or 204, $"{method} {path}: {reply.Status} {reply.Text}");
        await UntilAsync(() => Cluster.State.Deployments.IsEmpty);
        return reply;
    }

    /// <summary>Waits for what has to come; a test that waits in vain ends all the same.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!isSo())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
        await Cluster.DisposeAsync();
        _directory.Dispose();
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}

internal sealed record Reply(int Status, string Text, Func<string, string?> Header)
{
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>Along names and places: <c>app.tasks.0.id</c>.</summary>
    public JsonElement this[string path] => path.Split('.').Aggregate(Json, static (at, step) => int.TryParse(step, out int place) ? at[place] : at.GetProperty(step));

    public string? Message => this["message"].GetString();
}
