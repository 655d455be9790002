using System.Net.Sockets;
using System.Text;

namespace MesosDocker.Server.Tests;

public sealed class HeavyLoadTests
{
    [Theory]
    [InlineData("Content-Length: 104857600\r\n")]
    [InlineData("Content-Length: 104857600\r\nExpect: 100-continue\r\n")]
    [InlineData("Content-Length: 9223372036854775807\r\n")]
    public async Task HugeBody_IsRefused_WithoutBeingRead(string headers)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using TcpClient client = await ConnectAsync(world);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{Head("POST", "/v2/apps")}{headers}\r\n"), ApiWorld.Cancelled);

        string reply = await ReadToEndAsync(client);
        Assert.StartsWith("HTTP/1.1 413 ", reply, StringComparison.Ordinal);
        Assert.Contains("4 MB", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("100 Continue", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HugeBody_IsRefused_WhenItComesAllTheSame()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using TcpClient client = await ConnectAsync(world);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{Head("POST", "/v2/apps")}Transfer-Encoding: chunked\r\n\r\n"), ApiWorld.Cancelled);
        byte[] chunk = Encoding.ASCII.GetBytes($"100000\r\n{new string('x', 0x100000)}\r\n");
        long sent = 0;
        try
        {
            while (sent < 100 * 1024 * 1024)
            {
                await stream.WriteAsync(chunk, ApiWorld.Cancelled);
                sent += chunk.Length;
            }
        }
        catch (IOException)
        {
            // It is not taken any more.
        }

        Assert.True(sent < 100 * 1024 * 1024, "The server took all of it.");
        Assert.Equal(200, (await world.GetAsync("/ping")).Status);
    }

    [Fact]
    public async Task SlowConnections_HurtNobody()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        List<TcpClient> slow = [];
        try
        {
            for (int i = 0; i < 1000; i++)
            {
                TcpClient client = await ConnectAsync(world);
                slow.Add(client);

                // Some never end their headers, some never end their bodies, some never ask anything.
                string beginning = (i % 3) switch
                {
                    0 => "GET /v2/apps HTTP/1.1\r\nHost: loc",
                    1 => $"{Head("POST", "/v2/apps")}Content-Length: 4000000\r\n\r\n{{",
                    _ => "",
                };
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(beginning), ApiWorld.Cancelled);
            }

            for (int i = 0; i < 20; i++)
            {
                Assert.Equal(201, (await world.SendAsync("POST", "/v2/apps", $$"""{"id":"/app-{{i}}","cmd":"xx"}""")).Status);
            }

            Assert.Equal(20, (await world.GetAsync("/v2/apps"))["apps"].GetArrayLength());

            // Who is slow with a body is told, and shown the door.
            Assert.StartsWith("HTTP/1.1 408 ", await ReadToEndAsync(slow[1]), StringComparison.Ordinal);
            Assert.StartsWith("HTTP/1.1 408 ", await ReadToEndAsync(slow[0]), StringComparison.Ordinal);
        }
        finally
        {
            slow.ForEach(static client => client.Dispose());
        }
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET / HTTP/9.9\r\n\r\n", 505)]
    [InlineData("GET /ping HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /ping HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("POST /v2/apps HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 401)]
    [InlineData("POST /v2/apps HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    public async Task BrokenRequest_IsAnswered(string request, int status)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using TcpClient client = await ConnectAsync(world);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), ApiWorld.Cancelled);

        Assert.StartsWith($"HTTP/1.1 {status} ", await ReadToEndAsync(client), StringComparison.Ordinal);
        Assert.Equal(200, (await world.GetAsync("/ping")).Status);
    }

    [Fact]
    public async Task HugeHeaders_AreRefused()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using TcpClient client = await ConnectAsync(world);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /ping HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 40_000)}\r\n\r\n"), ApiWorld.Cancelled);

        Assert.StartsWith("HTTP/1.1 431 ", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    private static string Head(string method, string path)
        => $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: token={ApiWorld.Token}\r\nContent-Type: application/json\r\n";

    private static async Task<TcpClient> ConnectAsync(ApiWorld world)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", world.Url.Port, ApiWorld.Cancelled);
        return client;
    }

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await client.GetStream().ReadAsync(buffer, ApiWorld.Cancelled)) > 0)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Reset, because we had more to say.
        }

        return text.ToString();
    }
}
