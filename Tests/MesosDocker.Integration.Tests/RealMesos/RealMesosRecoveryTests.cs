using MesosDocker.Containerizer;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;

namespace MesosDocker.Integration.Tests.RealMesos;

/// <summary>Tasks whose agent, supervisor or <c>wait</c> is killed under them.</summary>
public sealed class RealMesosRecoveryTests(EngineFixture engine)
{
    private const string UntilGo = "echo begun; while [ ! -e go ]; do sleep 0.1; done; echo over; exit 4";

    [Theory]
    [InlineData(Libc.SignalKill)]
    [InlineData(Libc.SignalTerminate)]
    public async Task Agent_StartedAgain_FindsItsTasks(int signal)
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string meanwhile = await RunAsync(mesos);
        string after = await RunAsync(mesos);
        string? before = mesos.RecordOf(after).EngineId;

        await mesos.KillAgentAsync(signal);
        Go(mesos, meanwhile);
        await HookFixture.UntilAsync(() => mesos.DirectoryOf(meanwhile).ReadTermination() is not null, "an end without an agent");
        await mesos.StartAgentAsync("--recover=reconnect");

        TaskUpdate end = await mesos.Framework.EndAsync(meanwhile);
        Assert.Equal(("TASK_FAILED", "SOURCE_EXECUTOR"), (end.State, end.Source));
        Assert.Contains("4", end.Message);

        Go(mesos, after);
        end = await mesos.Framework.EndAsync(after);
        Assert.Equal(("TASK_FAILED", "SOURCE_EXECUTOR"), (end.State, end.Source));
        Assert.Equal(before, mesos.RecordOf(after).EngineId);
        Assert.Equal("begun\nover\n", mesos.Sandbox(after, "stdout"));
        Assert.Equal(["TASK_RUNNING", "TASK_FAILED"], mesos.Framework.Updates(after).Select(static u => u.State));
        await mesos.AssertGoneAsync(meanwhile);
        await mesos.AssertGoneAsync(after);
    }

    [Fact]
    public async Task Agent_StartedAgain_KillsAsBefore()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await RunAsync(mesos);
        await mesos.KillAgentAsync();
        await mesos.StartAgentAsync("--recover=reconnect");

        // The master drops a kill for an agent that has not come back yet.
        await HookFixture.UntilAsync(
            () =>
            {
                mesos.Framework.KillAsync(task).Wait();
                Thread.Sleep(200);
                return mesos.Framework.Updates(task).Any(static u => u.IsEnd);
            },
            "a kill to arrive");

        Assert.Equal("TASK_KILLED", (await mesos.Framework.EndAsync(task)).State);
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task Agent_StartedAgain_GoesOnWithAPull()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        using DockerRegistry registry = await DockerRegistry.StartAsync(locked: false);
        await registry.PushAsync(engine.Image, "slow/again:1");
        await using var relay = new SlowRelay(registry.Host, TimeSpan.FromSeconds(2));
        string image = $"{relay.Host}/slow/again:1";
        try
        {
            string task = await mesos.LaunchAsync(mesos.Command("true", task => task["container"]!["docker"]!["image"] = image));
            await mesos.Framework.UntilAsync(task, static update => update.State == "TASK_STARTING");

            await mesos.KillAgentAsync();
            await mesos.StartAgentAsync("--recover=reconnect");

            Assert.Equal("TASK_FINISHED", (await mesos.Framework.EndAsync(task)).State);
            await mesos.AssertGoneAsync(task);
        }
        finally
        {
            await engine.Engine.RemoveImageAsync(image, force: true, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Agent_StartedForCleanup_EndsItsTasks()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await RunAsync(mesos);
        await mesos.KillAgentAsync();

        await mesos.RunAgentAsync("--recover=cleanup");

        await mesos.AssertGoneAsync(task);
        Assert.Contains("begun", mesos.Sandbox(task, "stdout"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Agent_Killed_TakesTasksWithoutCheckpointsWithIt(bool startedAgain)
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine, checkpoint: false);
        string task = await RunAsync(mesos);

        await mesos.KillAgentAsync();
        if (startedAgain)
        {
            await mesos.StartAgentAsync("--recover=reconnect");
        }

        Assert.Equal("TASK_LOST", (await mesos.Framework.EndAsync(task)).State);
        await HookFixture.UntilAsync(() => StateCleaner.IsOver(mesos.DirectoryOf(task)), "the container to be gone");
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task Supervisor_Killed_IsReplaced()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await RunAsync(mesos);
        ProcessIdentity first = mesos.DirectoryOf(task).FindSupervisor()!;

        Assert.True(first.Signal(Libc.SignalKill));
        await HookFixture.UntilAsync(() => mesos.DirectoryOf(task).FindSupervisor() is { } now && now != first, "another supervisor");
        Go(mesos, task);

        TaskUpdate end = await mesos.Framework.EndAsync(task);
        Assert.Equal(("TASK_FAILED", "SOURCE_EXECUTOR"), (end.State, end.Source));
        Assert.Contains("4", end.Message);
        Assert.Equal("begun\nover\n", mesos.Sandbox(task, "stdout"));
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task SupervisorAndAgent_Killed_AreBothReplaced()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await RunAsync(mesos);

        await mesos.KillAgentAsync();
        mesos.KillWaits();
        Assert.True(mesos.DirectoryOf(task).FindSupervisor()!.Signal(Libc.SignalKill));
        await HookFixture.UntilAsync(() => !mesos.DirectoryOf(task).HasSupervisor, "the supervisor to end");
        await mesos.StartAgentAsync("--recover=reconnect");
        Go(mesos, task);

        TaskUpdate end = await mesos.Framework.EndAsync(task);
        Assert.Equal("TASK_FAILED", end.State);
        Assert.Contains("4", end.Message);
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task Wait_Killed_LosesTheTask_AndLeavesNothing()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await RunAsync(mesos);

        mesos.KillWaits();

        Assert.Equal("TASK_FAILED", (await mesos.Framework.EndAsync(task)).State);
        await HookFixture.UntilAsync(() => StateCleaner.IsOver(mesos.DirectoryOf(task)), "the container to be gone");
        await mesos.AssertGoneAsync(task);
    }

    private static async Task<string> RunAsync(MesosFixture mesos)
    {
        string task = await mesos.LaunchAsync(mesos.Command(UntilGo));
        await mesos.Framework.RunningAsync(task);
        await HookFixture.UntilAsync(() => mesos.Sandbox(task, "stdout").Length > 0, "its first words");
        return task;
    }

    private static void Go(MesosFixture mesos, string task)
        => File.WriteAllText(Path.Combine(mesos.SandboxOf(task), "go"), "");
}
