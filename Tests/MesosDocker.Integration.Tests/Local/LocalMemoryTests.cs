using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MesosDocker.Integration.Tests.Docker;

namespace MesosDocker.Integration.Tests.Local;

/// <summary>What a thousand clients at once can take of the server's memory.</summary>
public sealed class LocalMemoryTests(EngineFixture engine)
{
    private const int Clients = 1000;

    // They try to send 4 GB.
    private const int MaxGrowthMegabytes = 800;

    private static readonly byte[] s_piece = Encoding.ASCII.GetBytes(new string('x', 0x8000));

    [Fact]
    public async Task ManySlowClients_WithLargeBodies_TakeOnlySoMuch()
    {
        await using var local = new LocalProgram(engine);
        await local.StartAsync();
        await local.GetAsync("/v2/apps");
        int before = Megabytes(local.Pid, "VmRSS:");
        List<TcpClient> slow = [];
        try
        {
            for (int i = 0; i < Clients; i++)
            {
                slow.Add(await BeginAsync(local));
            }

            Task<int>[] sending = [.. slow.Select(SendAsync)];
            await Task.Delay(TimeSpan.FromSeconds(3));

            // Whoever only reads is served meanwhile.
            Assert.Equal(0, (await local.GetAsync("/v2/apps")).GetProperty("apps").GetArrayLength());
            int[] sent = await Task.WhenAll(sending);
            TestContext.Current.TestOutputHelper!.WriteLine($"{before} MB before, at most {Megabytes(local.Pid, "VmHWM:")}; {sent.Sum() / 1024} MB sent");
            Assert.InRange(Megabytes(local.Pid, "VmHWM:") - before, 0, MaxGrowthMegabytes);
        }
        finally
        {
            slow.ForEach(static client => client.Dispose());
        }

        await local.PostAsync("""{"id":"/after","instances":0,"cmd":"true"}""");
    }

    private static async Task<TcpClient> BeginAsync(LocalProgram local)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(local.Url).Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v2/apps HTTP/1.1\r\nHost: localhost\r\nAuthorization: token={local.Token}\r\nContent-Type: application/json\r\nContent-Length: 4194304\r\n\r\n"));
        return client;
    }

    /// <summary>Almost all of a body, as far as it is taken within ten seconds; never its end.</summary>
    /// <returns>KB</returns>
    private static async Task<int> SendAsync(TcpClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        int sent = 0;
        try
        {
            while (sent < 4194304 - s_piece.Length)
            {
                await client.GetStream().WriteAsync(s_piece, patience.Token);
                sent += s_piece.Length;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Refused, or not listened to.
        }

        return sent / 1024;
    }

    private static int Megabytes(int process, string key)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return int.Parse(line[key.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) / 1024;
    }
}
