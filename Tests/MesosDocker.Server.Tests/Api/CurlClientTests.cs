using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests;

public sealed class CurlClientTests
{
    [Fact]
    public async Task ForeignClient_CreatesScalesUpgradesKillsWatchesAndDeletes()
    {
        Assert.SkipUnless(RunningProgram.Find("curl") is not null && RunningProgram.Find("bash") is not null, "There is no curl, or no bash.");
        await using ApiWorld world = await ApiWorld.StartAsync();
        string script = Path.Combine(AppContext.BaseDirectory, "Api", "curl-client.sh");

        string output = await RunningProgram.RunAsync("bash", [script, world.Server.Url, ApiWorld.Token, "busybox"]);

        Assert.EndsWith("done", output.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(world.Agent.Tasks);
    }
}
