using System.Collections.Immutable;
using System.Diagnostics;
using MesosDocker.Local;
using MesosDocker.Mesos;

namespace MesosDocker.Server.Tests.Agent;

/// <summary>The beginning that cleans up, the stop that waits for nobody, and the end that leaves nothing.</summary>
public sealed class AgentEndsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ContainerWhoseEndWasTold_IsDestroyed_AtTheStart(bool isRemembered)
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync(recover: false);
        AgentTask task = ScriptedAgent.NewTask();
        RunRecord told = RecordOf(task, Guid.NewGuid().ToString()) with { Ended = DateTimeOffset.UtcNow };
        agent.Agent.Runs.TryAdd(told);
        agent.Say("containers", MesosCodec.EncodeContainers([ContainerId.Parse(told.ContainerId)]));

        await agent.Agent.RecoverAsync(isRemembered ? [task] : [], CancellationToken.None);

        await Until.TrueAsync(() => agent.Calls.Contains("destroy"), "destroy");
        Assert.Equal(["recover", "containers", "destroy"], agent.Calls);
        byte[] frame = await File.ReadAllBytesAsync(agent.Files.PathOf("last-destroy"));
        Assert.Equal(told.ContainerId, MesosCodec.DecodeContainerId(frame.AsSpan(sizeof(int))).Value);
    }

    [Fact]
    public async Task Removal_WaitsForEveryDestroy_HoweverLongItTakes()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync(
            recover: false,
            before: static scripted => scripted.Say("containers", MesosCodec.EncodeContainers([ContainerId.Parse("stranger")])));
        agent.Hold("destroy");
        agent.FailNext("destroy");

        Task removal = agent.Agent.RemoveEverythingAsync(CancellationToken.None);
        await Until.TrueAsync(() => agent.Calls.Contains("destroy"), "the first destroy");
        bool isEarly = await Task.WhenAny(removal, Task.Delay(TimeSpan.FromSeconds(6))) == removal;
        agent.LetGo("destroy");
        await removal;

        Assert.False(isEarly, "It did not wait.");
        Assert.Equal(["recover", "containers", "destroy", "destroy", "sweep"], agent.Calls);
    }

    [Fact]
    public async Task Removal_ThatCannotAskTheEngine_SaysSo()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync(
            recover: false,
            before: static scripted => scripted.Say("containers", MesosCodec.EncodeContainers([ContainerId.Parse("stranger")])));
        agent.FailNext("sweep");

        var e = await Assert.ThrowsAsync<MesosDockerException>(() => agent.Agent.RemoveEverythingAsync(CancellationToken.None));

        Assert.Equal("The script refuses.", e.Message.Trim());
    }

    [Fact]
    public async Task ExecutorOfATaskThatNobodyRemembers_GetsNoTask_AndIsToldToEnd()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync(recover: false);
        AgentTask task = ScriptedAgent.NewTask();
        agent.Agent.Runs.TryAdd(RecordOf(task, Guid.NewGuid().ToString()) with { Told = [] });
        await agent.Agent.RecoverAsync([], CancellationToken.None);
        using var executor = new ExecutorDouble(agent, "app.1");

        await executor.SubscribeAsync();
        Adapters.Wire.Protocol.Executor.Event told = await executor.NextAsync();
        int status = await executor.SendAsync(ExecutorDouble.Status("app.1", Adapters.Wire.Protocol.TaskState.TaskKilled));

        Assert.Equal(Adapters.Wire.Protocol.Executor.Event.Types.Type.Shutdown, told.Type);
        Assert.Equal(202, status);
        Assert.Equal(Adapters.Wire.Protocol.Executor.Event.Types.Type.Acknowledged, (await executor.NextAsync()).Type);
        Assert.Empty(agent.Updates);
    }

    [Fact]
    public async Task Stop_WaitsForNoExecutor()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync(serve: false);
        AgentServer server = await AgentServer.StartAsync(agent.Agent, [], CancellationToken.None);
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        using var executor = new ExecutorDouble(agent, "app.1");
        await executor.SubscribeAsync();
        await executor.NextAsync();

        long begun = Stopwatch.GetTimestamp();
        await server.DisposeAsync();

        // The server would give its streams five seconds.
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(4), $"It took {Stopwatch.GetElapsedTime(begun)}.");
        await Assert.ThrowsAnyAsync<IOException>(executor.NextAsync);
        Assert.False(agent.Agent.Runs.Find("app.1")!.IsSubscribed);
    }

    private static RunRecord RecordOf(AgentTask task, string containerId) => new()
    {
        TaskId = task.TaskId,
        AppId = "/app",
        FrameworkId = task.FrameworkId,
        ExecutorId = task.TaskId,
        ContainerId = containerId,
        Directory = "/nowhere/executors/x/runs/y",
        Created = DateTimeOffset.UtcNow,
        IsTaken = true,
        Told = ImmutableList.Create(AgentUpdates.New(task.TaskId, TaskState.Failed, "over")),
    };
}
