using MesosDocker.Local;
using MesosDocker.Mesos;

namespace MesosDocker.Server.Tests.Agent;

/// <summary>A containerizer that fails, and what the scheduler hears of it.</summary>
public sealed class HookTroubleTests
{
    [Fact]
    public async Task LaunchThatFails_IsToldInItsWords_AndDestroyed()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        agent.FailNext("launch");

        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        AgentUpdate told = await agent.UpdateAsync(static _ => true);

        Assert.Equal((TaskState.Failed, "The script refuses.", "REASON_CONTAINER_LAUNCH_FAILED"), (told.State, told.Message?.Trim(), told.Reason));
        await Until.TrueAsync(() => agent.Calls.Contains("destroy"), "destroy");
        Assert.DoesNotContain("wait", agent.Calls);
    }

    [Fact]
    public async Task TaskThatHasEnded_IsToldAgain_AndNotRunAgain()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        agent.End(TaskState.Failed, "Once.");
        await agent.Agent.AcknowledgeAsync(await agent.UpdateAsync(static update => update.IsTerminal), CancellationToken.None);

        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);

        await Until.TrueAsync(() => agent.Updates.Count == 2, "the end again");
        Assert.Equal((TaskState.Failed, "Once."), (agent.Updates[1].State, agent.Updates[1].Message));
        Assert.Single(agent.Calls, static call => call == "launch");
    }

    [Fact]
    public async Task DestroyThatFails_IsTriedAgain()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        agent.FailNext("launch");
        agent.FailNext("destroy");

        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);

        await Until.TrueAsync(() => agent.Calls.Count(static call => call == "destroy") == 2, "a second destroy");
    }

    [Fact]
    public async Task WaitThatFails_IsTriedAgain()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        agent.FailNext("wait");

        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        await Until.TrueAsync(() => agent.Calls.Count(static call => call == "wait") == 2, "a second wait");
        Assert.Empty(agent.Updates);
        agent.End(TaskState.Killed, "Stopped by somebody.");

        Assert.Equal((TaskState.Killed, "Stopped by somebody."), ((await agent.UpdateAsync(static _ => true)).State, agent.Updates[0].Message));
    }

    [Fact]
    public async Task Kill_ThatNoExecutorHears_DestroysTheContainer()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);

        await agent.Agent.KillAsync("app.1", TimeSpan.FromDays(1000), CancellationToken.None);

        await Until.TrueAsync(() => agent.Calls.Contains("destroy"), "destroy");
    }

    [Fact]
    public async Task Kill_ThatAnExecutorHears_DestroysNothingBeforeTheGraceIsOver()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        using var executor = new ExecutorDouble(agent, "app.1");
        await executor.SubscribeAsync();
        await executor.NextAsync();

        await agent.Agent.KillAsync("app.1", TimeSpan.FromDays(1000), CancellationToken.None);
        await executor.NextAsync();
        agent.End(TaskState.Killed, "It heard.");
        await agent.UpdateAsync(static _ => true);

        Assert.DoesNotContain("destroy", agent.Calls);
    }

    [Fact]
    public async Task Launches_ThatStandStill_MakeRoomForOthers_AndWhatIsKilledBeforeIsNeverLaunched()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        for (int i = 0; i < LaunchLine.Places; i++)
        {
            await agent.LaunchAsync(ScriptedAgent.NewTask($"app.{i}"));
        }

        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask("app.killed"), CancellationToken.None);
        await agent.Agent.KillAsync("app.killed", TimeSpan.FromHours(1), CancellationToken.None);
        AgentUpdate killed = await agent.UpdateAsync(static update => update.TaskId == "app.killed");
        await agent.LaunchAsync(ScriptedAgent.NewTask("app.last"));

        Assert.Equal(TaskState.Killed, killed.State);
        Assert.Equal(LaunchLine.Places + 1, agent.Calls.Count(static verb => verb == "launch"));
    }

    [Fact]
    public async Task ContainerOfNobody_IsDestroyed_AtTheStart()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync(
            before: static scripted => scripted.Say("containers", MesosCodec.EncodeContainers([ContainerId.Parse("stranger")])));

        await Until.TrueAsync(() => agent.Calls.Contains("destroy"), "destroy");

        Assert.Equal(["recover", "containers", "destroy"], agent.Calls);
        byte[] frame = await File.ReadAllBytesAsync(agent.Files.PathOf("last-destroy"));
        Assert.Equal("stranger", MesosCodec.DecodeContainerId(frame.AsSpan(sizeof(int))).Value);
    }

    [Fact]
    public async Task Usage_IsAsked_AndServed()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        agent.Say("usage", MesosCodec.EncodeUsage(new ResourceStatistics { Timestamp = DateTimeOffset.UnixEpoch, MemoryRssBytes = 4096 }));
        await agent.LaunchAsync(ScriptedAgent.NewTask());

        string json = await agent.Http.GetStringAsync(new Uri("/monitor/statistics.json", UriKind.Relative));

        Assert.Contains("\"mem_rss_bytes\":4096", json);
        Assert.Contains("\"executor_id\":\"app.1\"", json);
        agent.FailNext("usage");
        Assert.Equal("[]", await agent.Http.GetStringAsync(new Uri("/monitor/statistics", UriKind.Relative)));
        Assert.Null(await agent.Agent.UsageAsync("nobody", CancellationToken.None));
    }

    [Fact]
    public void ExecutableThatIsMissing_IsNamed()
    {
        using var files = new TestKit.TemporaryDirectory();
        var options = new AgentOptions { WorkDirectory = files.PathOf("work"), Port = 1 };

        // Beside these tests there is none.
        MesosDockerException e = Assert.Throws<MesosDockerException>(() => LocalAgent.Open(options, Io.Log.Nowhere()));

        Assert.Equal(Fault.ProgramMissing, e.Fault);

        // The directory is free again.
        AgentHome.Open(options).Dispose();
    }
}
