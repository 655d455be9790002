using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Docker;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;
using Status = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.Integration.Tests.Pods;

/// <summary>Agents that go away, and come back.</summary>
public sealed class PodAgentTests(EngineFixture engine)
{
    private const string Pod = """services: {web: {image: IMAGE, command: ["sh", "-c", "while [ ! -e /tmp/go ]; do sleep 0.1; done; exit 5"]}}""";

    [Fact]
    public async Task WithCheckpointing_ThePodRunsOn_AndWhatHappenedIsToldToTheNextAgent()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(Pod);
        await pods.RunningAsync(task);
        string container = (await pods.ContainerAsync(task, "web")).Id;

        await pods.Agent.StopAsync();
        await pods.Engine.ExecAsync(container, new ExecSpec { Cmd = ["touch", "/tmp/go"] }, 1000, CancellationToken.None);
        await Task.Delay(2000, TestContext.Current.CancellationToken);
        Assert.False(pods.HasExited);
        pods.Agent.Start();
        Status end = await pods.EndAsync(task);

        Assert.Equal(State.TaskFailed, end.State);
        Assert.Contains("exited with status 5", end.Message);
        await pods.ExitedAsync();
    }

    [Fact]
    public async Task WhatWasNotAcknowledged_GoesAgain_WithItsTask()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        pods.Agent.Acknowledges = false;
        string task = pods.Launch(Pod);
        await pods.RunningAsync(task);

        pods.Agent.BreakStreams();
        await pods.Agent.SubscribedAsync(2);

        Assert.Equal([task], pods.Agent.Subscribes[1].Subscribe.UnacknowledgedTasks.Select(static one => one.TaskId.Value));
        Assert.Contains(pods.Agent.Subscribes[1].Subscribe.UnacknowledgedUpdates, static update => update.Status.State == State.TaskRunning);
        pods.Agent.Acknowledges = true;
        pods.Agent.BreakStreams();
        await pods.Agent.SubscribedAsync(3);
        pods.Agent.Kill(task, TimeSpan.Zero);
        await pods.EndAsync(task);
        await pods.ExitedAsync();
    }

    [Fact]
    public async Task WithoutCheckpointing_ThePodEndsWithItsAgent()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine, checkpoint: false);
        string task = pods.Launch(Pod);
        await pods.RunningAsync(task);

        await pods.Agent.StopAsync();
        await pods.ExitedAsync();

        Assert.Empty(await pods.ContainersAsync(task));
    }

    [Fact]
    public async Task AnAgentThatHasForgottenTheExecutor_EndsItsPods()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(Pod);
        await pods.RunningAsync(task);

        pods.Agent.Refusal = 400;
        pods.Agent.BreakStreams();
        await pods.ExitedAsync();

        Assert.Empty(await pods.ContainersAsync(task));
    }

    [Fact]
    public async Task ATaskTwice_IsOne_AndAnUnknownOneIsNotKilled()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(Pod);
        pods.LaunchTask(task, labels: ("fileName", $"{task}.yml"));
        await pods.RunningAsync(task);

        pods.Agent.Kill("nobody");
        pods.Agent.Kill(task, TimeSpan.Zero);
        await pods.EndAsync(task);

        Assert.Single(pods.StatesOf(task), State.TaskRunning);
    }
}
