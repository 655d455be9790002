using System.Globalization;
using System.Text.Json;
using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;
using Status = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>Whole lives of command tasks, and what of them the agent's executor API is told.</summary>
public sealed class CommandTaskTests(EngineFixture engine)
{
    // The sandbox is the working directory: a test ends its task by a file in it.
    private const string UntilGo = "while [ ! -e go ]; do sleep 0.05; done";
    private const string Polite = "trap 'echo polite; exit 0' TERM; touch ready; while :; do sleep 0.05; done";
    private const string Deaf = "trap 'touch termed' TERM; touch ready; while :; do sleep 0.05; done";

    private static readonly TimeSpan s_tooLong = TimeSpan.FromHours(1);

    [Fact]
    public async Task States_AreTold_InOrder_AndSayWhatRunsAndWhere()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask($"{UntilGo}; exit 0", agent, static docker => docker with { Network = DockerNetwork.Bridge });
        await hook.LaunchAsync(launch, agent);

        Status running = await agent.UpdateAsync(State.TaskRunning);
        ContainerRecord record = hook.Record(launch);
        File.WriteAllText(HookFixture.Sandbox(launch, "go"), "");
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal([State.TaskRunning, State.TaskFinished], agent.States);
        Assert.All(agent.Updates, u => Assert.Equal(launch.Task!.TaskId, u.TaskId.Value));
        Assert.All(agent.Updates, static u => Assert.Equal(Status.Types.Source.Executor, u.Source));
        string address = running.ContainerStatus.NetworkInfos[0].IpAddresses[0].IpAddress;
        Assert.Equal(record.IpAddresses[0], address);
        Assert.Equal(("Docker.NetworkSettings.IPAddress", address), (running.Labels.Labels_[0].Key, running.Labels.Labels_[0].Value));
        Assert.Contains(record.EngineId![..12], running.Message);
        Assert.Contains(hook.Image, running.Message);
        using JsonDocument inspection = JsonDocument.Parse(running.Data.ToStringUtf8());
        Assert.Equal(record.EngineId, inspection.RootElement[0].GetProperty("Id").GetString());
        Assert.False(inspection.RootElement[0].TryGetProperty("Config", out _));
        Assert.Equal((TaskState.Finished, 0), (end.State, end.Status?.Word));
        Assert.Equal("The container exited with status 0.", agent.Updates[^1].Message);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task ExitCode_IsToldToBoth()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();

        Termination end = await hook.RunAsync(hook.DockerTask("exit 42", agent), agent);

        Status failed = await agent.UpdateAsync(State.TaskFailed);
        Assert.Equal("The container exited with status 42.", failed.Message);
        Assert.False(failed.HasReason);
        Assert.Equal((TaskState.Failed, 42 << 8), (end.State, end.Status?.Word));
    }

    [Fact]
    public async Task OutOfMemory_IsTheReason_ForTheFrameworkAndTheAgent()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();

        Termination end = await hook.RunAsync(hook.DockerTask("x=0123456789abcdef; while true; do x=$x$x; done", agent), agent);

        Status failed = await agent.UpdateAsync(State.TaskFailed);
        Assert.Equal(Status.Types.Reason.ContainerLimitationMemory, failed.Reason);
        Assert.Contains("32 MB", failed.Message);
        Assert.Equal((TaskState.Failed, true), (end.State, end.Killed));
        Assert.Equal([StatusReason.ContainerLimitationMemory], end.Reasons);
    }

    [Fact]
    public async Task Kill_AsksFirst_AndIsToldAsKilled()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent { KillingCapability = true };
        Launch launch = hook.DockerTask(Polite, agent, change: static task => task with { KillGrace = s_tooLong });
        await hook.LaunchAsync(launch, agent);
        await ReadyAsync(launch);

        agent.Kill("another task");
        agent.Kill(launch.Task!.TaskId);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal([State.TaskRunning, State.TaskKilling, State.TaskKilled], agent.States);
        Assert.Equal("Stopped by its framework; the container exited with status 0.", agent.Updates[^1].Message);
        Assert.Equal((TaskState.Killed, 0), (end.State, end.Status?.Word));
        Assert.Equal("polite\n", HookFixture.ReadSandbox(launch, "stdout"));
    }

    [Fact]
    public async Task Kill_GivesTheTimeThatTheTaskAskedFor()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask(Deaf, agent, change: static task => task with { KillGrace = TimeSpan.FromMilliseconds(300) });
        await hook.LaunchAsync(launch, agent, new Dictionary<string, string> { ["MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD"] = "1hrs" });
        await ReadyAsync(launch);

        agent.Kill(launch.Task!.TaskId);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal((TaskState.Killed, 9), (end.State, end.Status?.Word));
        Assert.True(File.Exists(HookFixture.Sandbox(launch, "termed")));
    }

    [Fact]
    public async Task Kill_MayShortenTheTime_AlsoLater()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();

        // Longer than any timer can wait.
        Launch launch = hook.DockerTask(Deaf, agent, change: static task => task with { KillGrace = TimeSpan.FromDays(1000) });
        await hook.LaunchAsync(launch, agent);
        await ReadyAsync(launch);

        agent.Kill(launch.Task!.TaskId);
        await HookFixture.UntilAsync(() => File.Exists(HookFixture.Sandbox(launch, "termed")), "the first signal");
        agent.Kill(launch.Task.TaskId, TimeSpan.Zero);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal((TaskState.Killed, 9), (end.State, end.Status?.Word));
    }

    [Fact]
    public async Task Shutdown_EndsTheTask_WithinTheAgentsGrace()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask(Deaf, agent, change: static task => task with { KillGrace = s_tooLong });
        await hook.LaunchAsync(launch, agent, new Dictionary<string, string> { ["MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD"] = "1200ms" });
        await ReadyAsync(launch);

        agent.Shutdown();
        Status killed = await agent.UpdateAsync(State.TaskKilled);

        Assert.Equal("Stopped by the agent; the container ended by signal 9 (SIGKILL).", killed.Message);
        Assert.True(File.Exists(HookFixture.Sandbox(launch, "termed")));
    }

    [Fact]
    public async Task SlowPull_MeetsNoTimeout_AndIsTold()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        using DockerRegistry registry = await DockerRegistry.StartAsync(locked: false);
        string pushed = await registry.PushAsync(hook.Image, "slow:1");
        await using var slow = new SlowRegistry(registry.Host);
        string image = pushed.Replace(registry.Host, slow.Host, StringComparison.Ordinal);
        Launch launch = hook.DockerTask("exit 0", agent, docker => docker with { Image = image });
        await hook.LaunchAsync(launch, agent);

        await slow.Asked;
        Status starting = await agent.UpdateAsync(State.TaskStarting);
        Assert.Equal($"Pulling the image {image}.", starting.Message);
        Assert.Equal(Phase.Pulling, hook.Record(launch).Phase);
        slow.Release();
        Termination end = await hook.WaitAsync(launch.ContainerId);
        await hook.Engine.RemoveImageAsync(image, force: true, CancellationToken.None);

        Assert.Equal(TaskState.Finished, end.State);
        Assert.Equal([State.TaskStarting, State.TaskRunning, State.TaskFinished], agent.States);
    }

    [Fact]
    public async Task Kill_WhileAnImageIsPulled_EndsIt()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        await using var slow = new SlowRegistry("127.0.0.1:1");
        Launch launch = hook.DockerTask("exit 0", agent, docker => docker with { Image = $"{slow.Host}/never:1" });
        await hook.LaunchAsync(launch, agent);
        await slow.Asked;
        await agent.UpdateAsync(State.TaskStarting);

        agent.Kill(launch.Task!.TaskId);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal([State.TaskStarting, State.TaskKilled], agent.States);
        Assert.Equal("Stopped by its framework; the container had not been started.", end.Message);
        Assert.Null(end.Status);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task Kill_WhileFilesAreFetched_EndsIt()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        var asked = new TaskCompletionSource();
        await using var server = new RawServer(async request =>
        {
            asked.SetResult();
            await request.HangAsync();
        });
        Launch launch = hook.DockerTask("exit 0", agent, change: task => task with
        {
            Command = task.Command! with { Uris = [new CommandUri { Value = server.Url("never.tar.gz") }] },
        });
        await hook.LaunchAsync(launch, agent);
        Status starting = await agent.UpdateAsync(State.TaskStarting);
        await asked.Task;

        agent.Kill(launch.Task!.TaskId);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal("Fetching 1 file.", starting.Message);
        Assert.Equal(State.TaskKilled, agent.Updates[^1].State);
        Assert.Equal(TaskState.Killed, end.State);
        Assert.Empty(Directory.GetFileSystemEntries(launch.Directory!, ".fetching-*"));
    }

    [Fact]
    public async Task Task_IsNotStarted_BeforeTheAgentHandsItOver()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask("exit 0", agent);
        agent.TaskId = null;
        await hook.LaunchAsync(launch, agent);

        await HookFixture.UntilAsync(() => hook.Store.TryFind(launch.ContainerId)?.ReadRecord().EngineId is not null, "the container");
        await agent.SubscribedAsync();
        ContainerDetails created = await hook.Engine.InspectAsync(hook.Record(launch).EngineId!, CancellationToken.None);
        Assert.Empty(agent.Updates);
        agent.Launch(launch.Task!.TaskId);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal("created", created.State.Status);
        Assert.Equal(TaskState.Finished, end.State);
        Assert.Equal([State.TaskRunning, State.TaskFinished], agent.States);
    }

    [Theory]
    [InlineData("no-such-program", "no-such-program")]
    [InlineData("/etc/passwd", "permission denied")]
    public async Task Program_ThatCannotRun_IsSaid(string program, string said)
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask("", agent, change: task => task with { Command = new CommandInfo { Shell = false, Value = program } });

        Termination end = await hook.RunAsync(launch, agent);

        Status failed = await agent.UpdateAsync(State.TaskFailed);
        Assert.Equal(Status.Types.Reason.ContainerLaunchFailed, failed.Reason);
        Assert.Contains(said, failed.Message);
        Assert.Equal(failed.Message, end.Message);
        Assert.Contains(said, HookFixture.ReadSandbox(launch, "stderr"));
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task Image_ThatIsNotThere_IsSaid()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        using DockerRegistry registry = await DockerRegistry.StartAsync(locked: false);
        Launch launch = hook.DockerTask("true", agent, docker => docker with { Image = $"{registry.Host}/nobody/has:this" });

        Termination end = await hook.RunAsync(launch, agent);

        Status failed = await agent.UpdateAsync(State.TaskFailed);
        Assert.Contains($"{registry.Host}/nobody/has:this", failed.Message);
        Assert.Equal([StatusReason.ContainerLaunchFailed], end.Reasons);
        Assert.Equal(State.TaskStarting, agent.Updates[0].State);
    }

    [Fact]
    public async Task Hook_ThatLeavesAProcessBehind_HoldsNothingUp()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        string note = hook.Files.PathOf("note");
        hook.Environment_["MESOS_DOCKER_CONFIG_FILE"] = hook.Files.Write(
            "hooks.cfg", $"""
            [hooks]
            onlaunch: ["/bin/sh", "-c", "setsid sh -c 'echo $$ > {note}; exec sleep 600' > /dev/null 2>&1 & while [ ! -s {note} ]; do sleep 0.05; done"]
            """);

        Termination end = await hook.RunAsync(hook.DockerTask("exit 0", agent), agent);

        ProcessIdentity? left = ProcessIdentity.Of(int.Parse(File.ReadAllText(note), CultureInfo.InvariantCulture));
        Assert.Equal(TaskState.Finished, end.State);
        Assert.True(left?.Signal(Libc.SignalKill));
    }

    private static Task ReadyAsync(Launch launch)
        => HookFixture.UntilAsync(() => File.Exists(HookFixture.Sandbox(launch, "ready")), "the task to be ready");
}
