using MesosDocker.Containerizer;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Local;

/// <summary>The program <c>mesos-dockerd</c> itself, with the real hook on the real engine.</summary>
public sealed class LocalProgramTests(EngineFixture engine)
{
    [Fact]
    public async Task Local_ServesAForeignClient()
    {
        await using var local = new LocalProgram(engine);
        await local.StartAsync();

        string output = await RunningProgram.RunAsync(
            "bash", [Path.Combine(AppContext.BaseDirectory, "Local", "curl-client.sh"), local.Url, local.Token, engine.Image]);

        Assert.EndsWith("done", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Local_LeavesItsTasks_WhenItEnds_AndFindsThemAgain()
    {
        await using var local = new LocalProgram(engine);
        await local.StartAsync();
        await local.PostAsync(App("stays", "sleep 1000"));
        string task = await local.TaskAsync();

        int exit = await local.StopAsync();
        bool isTold = File.Exists(local.ServerFile);
        await local.StartAsync();

        Assert.Equal(0, exit);
        Assert.False(isTold);
        Assert.Equal(task, await local.TaskAsync());
    }

    [Fact]
    public async Task Local_SaysWhoIsThereAlready()
    {
        await using var local = new LocalProgram(engine);
        await local.StartAsync();

        (int exit, string output) = await LocalProgram.RunAsync("local", "--work-dir", local.Directory, "--listen", "127.0.0.1:0");
        (int destroyed, _) = await LocalProgram.RunAsync("local", "--work-dir", local.Directory, "--destroy");

        Assert.Equal(1, exit);
        Assert.Equal(1, destroyed);
        Assert.Contains("DirectoryInUse", output, StringComparison.Ordinal);
        Assert.Contains($"process {local.Pid}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Local_CleansUpAfterItself()
    {
        await using var local = new LocalProgram(engine);
        await local.StartAsync();
        await local.PostAsync(App("goes", "sleep 1000", "\"instances\":2"));
        await local.PostAsync(App("fails", "exit 3", "\"backoffSeconds\":3600,\"maxLaunchDelaySeconds\":3600"));
        await HookFixture.UntilAsync(() => local.Store.All().Count() == 3, "three tasks");
        await local.StopAsync();

        // One has lost its supervisor, and all memory of it but the engine's own.
        ContainerDirectory lost = local.Store.All().First(static container => container.ReadTermination() is null);
        await HookFixture.UntilAsync(() => lost.FindSupervisor() is not null, "its supervisor");
        lost.FindSupervisor()!.Signal(Io.Libc.SignalKill);
        await HookFixture.UntilAsync(() => !lost.HasSupervisor, "its supervisor to end");
        local.Store.Remove(lost);

        await local.DestroyAsync();

        Assert.False(Directory.Exists(local.Directory));
        Assert.Empty(local.Store.All());
        Assert.Empty(await local.ContainersAsync());
    }

    [Fact]
    public async Task Local_WhosePortAnotherTook_SaysSo_AndCleansUpAllTheSame()
    {
        await using var local = new LocalProgram(engine);
        await local.StartAsync();
        await local.PostAsync(App("goes", "sleep 1000"));
        await local.TaskAsync();
        await local.StopAsync();
        string agent = new Uri(local.AgentUrl).Authority;
        await using var other = new LocalProgram(engine);
        await other.StartAsync("--agent-port", agent.Split(':')[1]);

        (int exit, string output) = await LocalProgram.RunAsync(["local", .. local.Words, "--listen", "127.0.0.1:0"]);
        await local.DestroyAsync();

        Assert.Equal(1, exit);
        Assert.Equal(
            $"mesos-dockerd: AddressUnusable: Nothing can listen on {agent}: Address already in use. Take another port, or stop what listens there.",
            output.Trim());
        Assert.False(Directory.Exists(local.Directory));
        Assert.Empty(local.Store.All());
        Assert.Empty(await local.ContainersAsync());
    }

    [Theory]
    [InlineData(64)]
    [InlineData(64, "nonsense")]
    [InlineData(64, "local", "--nonsense")]
    [InlineData(64, "local", "--listen", "0.0.0.0:1")]
    [InlineData(0, "help")]
    [InlineData(0, "local", "--help")]
    [InlineData(0, "version")]
    public async Task Program_EndsAsItShould(int expected, params string[] words) => Assert.Equal(expected, (await LocalProgram.RunAsync(words)).Exit);

    private string App(string id, string command, string more = "\"instances\":1")
        => $$"""{"id":"/{{id}}","cmd":"{{command}}",{{more}},"cpus":0.01,"mem":32,"container":{"type":"DOCKER","docker":{"image":"{{engine.Image}}"} } }""";
}
