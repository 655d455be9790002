using System.Net;
using System.Net.Sockets;
using System.Text;
using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests;

public sealed class ProberTests
{
    [Theory]
    [InlineData("200 OK", true, null)]
    [InlineData("204 No Content", true, null)]
    [InlineData("302 Found", true, null)]
    [InlineData("399 Odd", true, null)]
    [InlineData("400 Bad Request", false, "400 Bad Request")]
    [InlineData("503 Service Unavailable", false, "503 Service Unavailable")]
    public async Task Ask_JudgesTheStatus(string status, bool alive, string? cause)
    {
        await using LoopbackServer server = Answering($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:1/\r\n\r\n");

        ProbeOutcome outcome = await AskAsync(server.Port, new HealthCheck { Path = "/ping" });

        Assert.Equal((alive, cause), (outcome.IsAlive, outcome.Cause));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, false)]
    public async Task Ask_PassesOverInformation_WhenToldSo(bool ignore, bool? alive)
    {
        await using LoopbackServer server = Answering("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");

        Assert.Equal(alive, (await AskAsync(server.Port, new HealthCheck { IgnoreHttp1xx = ignore })).IsAlive);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("HTTP/1.1 20")]
    public async Task Ask_FindsNoLife_InNonsense(string answer)
    {
        await using LoopbackServer server = Answering(answer);

        ProbeOutcome outcome = await AskAsync(server.Port, new HealthCheck());

        Assert.False(outcome.IsAlive);
        Assert.NotEmpty(outcome.Cause!);
    }

    [Fact]
    public async Task Ask_FindsNoLife_WhereNobodyAnswers()
    {
        await using var server = new LoopbackServer(static async (_, stop) => await Task.Delay(Timeout.Infinite, stop));

        ProbeOutcome silent = await AskAsync(server.Port, new HealthCheck { TimeoutSeconds = 1 });
        ProbeOutcome connected = await AskAsync(server.Port, new HealthCheck { Protocol = "TCP" });
        ProbeOutcome refused = await AskAsync(FreePort(), new HealthCheck { Protocol = "TCP", TimeoutSeconds = int.MaxValue });

        Assert.Equal("no answer within 1 seconds", silent.Cause);
        Assert.True(connected.IsAlive);
        Assert.Contains("refused", refused.Cause, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Ask_ReadsNoBody()
    {
        await using var server = new LoopbackServer(static async (client, stop) =>
        {
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), stop);
            var endless = new byte[65536];
            while (!stop.IsCancellationRequested)
            {
                await client.GetStream().WriteAsync(endless, stop);
            }
        });

        Assert.True((await AskAsync(server.Port, new HealthCheck())).IsAlive);
    }

    [Theory]
    [InlineData("200 OK", true)]
    [InlineData("503 Not Yet", false)]
    public async Task Readiness_KeepsTheAnswer_WhenToldSo(string status, bool ready)
    {
        await using LoopbackServer server = Answering($"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
        using var prober = new Prober();
        var check = new ReadinessCheck { Name = "r", PortName = "web", PreserveLastResponse = true };

        ReadinessResult result = await prober.AskReadinessAsync("t", new ProbeTarget(IPAddress.Loopback, server.Port), check, ApiWorld.Cancelled);
        ReadinessResult nowhere = await prober.AskReadinessAsync("t", null, check, ApiWorld.Cancelled);

        Assert.Equal((ready, "hello", "text/plain"), (result.Ready, result.LastResponse?.Body, result.LastResponse?.ContentType));
        Assert.Equal((false, 504), (nowhere.Ready, nowhere.LastResponse?.Status));
    }

    private static async Task<ProbeOutcome> AskAsync(int port, HealthCheck check)
    {
        using var prober = new Prober();
        return await prober.AskAsync(new ProbeTarget(IPAddress.Loopback, port), check, ApiWorld.Cancelled);
    }

    private static LoopbackServer Answering(string answer) => new(async (client, stop) =>
    {
        _ = await client.GetStream().ReadAsync(new byte[4096], stop);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), stop);
    });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
