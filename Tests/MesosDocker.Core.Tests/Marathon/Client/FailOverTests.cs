using System.Net;
using System.Net.Sockets;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

/// <summary>Several endpoints: what is asked goes on to the next, what is told does not.</summary>
public sealed class FailOverTests
{
    private const string TheApp = """{"app":{"id":"/a","version":"v1"}}""";

    private static readonly MarathonConnection s_hasty = new() { Endpoints = [], Timeout = TimeSpan.FromMilliseconds(200) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Failures() =>
    [
        "503", "502 page", "500 page", "closed", "reset", "half a head", "half a body", "half a chunk", "silence", "silence in the body", "no HTTP", "away",
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task WhatIsAsked_IsAskedOfTheNext(string failure)
    {
        await using FakeMarathon bad = new();
        await using FakeMarathon good = new();
        bad.On("GET /v2/apps/a", exchange => FailAsync(exchange, failure));
        good.On("GET /v2/apps/a", TheApp);
        using MarathonClient client = good.Client(s_hasty with { Endpoints = [bad.Url, good.Url] });

        Assert.Equal("v1", (await client.FindAppAsync("/a", Token))!.Version);
        Assert.Single(good.Requests);

        // The one that answered goes first from now on.
        await client.FindAppAsync("/a", Token);
        int asked = bad.Requests.Count;
        await client.FindAppAsync("/a", Token);
        Assert.Equal(asked, bad.Requests.Count);
        Assert.Equal(3, good.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task WhatIsAskedOfOneThatFails_IsOneSentence(string failure)
    {
        await using FakeMarathon bad = new();
        bad.On("GET /v2/apps/a", exchange => FailAsync(exchange, failure));
        using MarathonClient client = bad.Client(s_hasty with { Endpoints = [bad.Url] });

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.FindAppAsync("/a", Token));

        Assert.True(e.Fault is Fault.MarathonUnreachable or Fault.MarathonAnswerInvalid or Fault.MarathonRejected, $"{e.Fault}");
        Assert.Contains("read the app '/a'", e.Message);
        Assert.Contains(bad.Url.Authority, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public async Task WhatIsTold_IsToldOnce_WhenItsAnswerIsLost()
    {
        await using FakeMarathon first = new();
        await using FakeMarathon second = new();
        first.On("POST /v2/apps/a/restart", exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });
        first.On("GET /v2/apps/a", TheApp);
        second.On("GET /v2/apps/a", TheApp);
        using MarathonClient client = first.Client(FakeMarathon.To(first.Url, second.Url));

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.RestartAppAsync("/a", force: false, Token));

        Assert.Equal(Fault.MarathonUnreachable, e.Fault);
        Assert.Contains("It was not done: the app '/a' is still at version v1", e.Message);
        Assert.Single(first.Routes().Concat(second.Routes()), static route => route.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIsTold_GoesToTheNext_WhenNobodyWasThere()
    {
        await using FakeMarathon there = new();
        there.On("DELETE /v2/apps/a", """{"deploymentId":"d"}""");
        using MarathonClient client = there.Client(FakeMarathon.To(NobodyAt(), there.Url));

        Assert.Equal("d", (await client.RemoveAppAsync("/a", force: false, Token)).DeploymentId);
    }

    [Fact]
    public async Task NobodyAnywhere_IsToldOfEach()
    {
        Uri one = NobodyAt();
        Uri other = new("http://no-such-host.invalid:8080");
        using var client = new MarathonClient(FakeMarathon.To(one, other), FakeMarathon.Quick);

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.GetInfoAsync(Token));

        Assert.Equal(Fault.MarathonUnreachable, e.Fault);
        Assert.Contains($"{one.Authority} cannot be reached", e.Message);
        Assert.Contains("nothing listens there", e.Message);
        Assert.Contains("its name is not known", e.Message);
    }

    // The server has closed the connection meanwhile, which the client notices only when it uses it.
    [Fact]
    public async Task AChange_NeverMeetsAConnectionThatMayBeDead()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/info", async exchange =>
        {
            await exchange.ReplyAsync("""{"name":"m"}""");
        });
        marathon.On("DELETE /v2/apps/a", """{"deploymentId":"d"}""");
        using MarathonClient client = marathon.Client();

        await client.GetInfoAsync(Token);
        await client.GetInfoAsync(Token);
        Assert.Equal(1, marathon.Connections);
        await client.RemoveAppAsync("/a", force: false, Token);
        await client.RemoveAppAsync("/a", force: false, Token);
        Assert.Equal(3, marathon.Connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_EndsIt(bool inTheBody)
    {
        await using FakeMarathon marathon = new();
        using var stop = new CancellationTokenSource();
        marathon.On("GET /v2/apps/a", async exchange =>
        {
            if (inTheBody)
            {
                await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            }

            await stop.CancelAsync();
            await exchange.HangAsync();
        });
        marathon.On("DELETE /v2/apps/a", async exchange =>
        {
            await stop.CancelAsync();
            await exchange.HangAsync();
        });
        using MarathonClient client = marathon.Client(FakeMarathon.To(marathon.Url, NobodyAt()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.FindAppAsync("/a", stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.RemoveAppAsync("/a", force: true, stop.Token));
    }

    [Fact]
    public async Task AnAnswerWithoutEnd_IsLeft()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/info", async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\n\r\n{\"name\":\"");
            byte[] more = new byte[64 << 10];
            more.AsSpan().Fill((byte)'a');
            while (true)
            {
                await exchange.WriteAsync(more);
            }
        });
        using var client = new MarathonClient(marathon.Connection, FakeMarathon.Quick with { LargestAnswer = 1 << 20 });

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.GetInfoAsync(Token));

        Assert.Equal(Fault.MarathonAnswerInvalid, e.Fault);
        Assert.Contains("1048576 bytes", e.Message);
    }

    internal static Uri NobodyAt()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");
    }

    private static async Task FailAsync(Exchange exchange, string failure)
    {
        exchange.Close();
        switch (failure)
        {
            case "503": await exchange.ReplyAsync(503, ""); break;
            case "502 page": await exchange.ReplyAsync(502, "<html><body>\r\nBad\nGateway</body>", type: "text/html"); break;
            case "500 page": await exchange.ReplyAsync(500, "<html>", type: "text/html"); break;
            case "closed": break;
            case "reset": exchange.Reset(); break;
            case "half a head": await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-"); break;
            case "half a body": await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{TheApp}"); break;
            case "half a chunk": await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{TheApp}"); break;
            case "silence": await exchange.HangAsync(); break;
            case "silence in the body":
                await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{TheApp}");
                await exchange.HangAsync();
                break;
            case "no HTTP": await exchange.WriteAsync("220 mail.example ESMTP\r\n\r\n"); break;
            case "away": await exchange.ReplyAsync(302, "", "Location: http://elsewhere.invalid/v2/apps/a\r\n"); break;
            default: throw new ArgumentOutOfRangeException(nameof(failure), failure, null);
        }
    }
}
