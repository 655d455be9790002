using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>A real engine that is killed while a container runs, and started again.</summary>
public sealed class EngineRestartTests(EngineFixture shared)
{
    private const int ExitCode = 7;
    private const string Command = "echo started; while [ ! -e go ]; do sleep 0.05; done; echo ended; exit 7";

    /// <summary>With live restore the container does not notice; its output and its end are whole.</summary>
    [Fact]
    public async Task Engine_KilledAndBack_LosesNothing_WithLiveRestore()
    {
        await using PrivateEngine engine = await PrivateEngine.StartAsync(liveRestore: true);
        await using HookFixture hook = Hook(engine);
        Launch launch = Executor(hook);
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);

        await engine.KillAsync();
        Assert.True(hook.Record(launch).Process!.IsAlive);
        Assert.True(await engine.StartAsync());
        LetGo(launch);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(ExitCode << 8, end.Status?.Word);
        Assert.Equal("started\nended\n", HookFixture.ReadSandbox(launch, "stdout"));
        await AssertGoneAsync(engine, hook, launch);
    }

    /// <summary>The task ends while there is no engine; the kernel or the engine that comes back tells how.</summary>
    [Fact]
    public async Task Engine_KilledAndBack_TellsTheEndThatItMissed()
    {
        await using PrivateEngine engine = await PrivateEngine.StartAsync(liveRestore: true);
        await using HookFixture hook = Hook(engine);
        Launch launch = Executor(hook);
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        ProcessIdentity process = hook.Record(launch).Process!;

        // What a task says while there is no engine is lost with its pipe.
        await HookFixture.UntilAsync(() => HookFixture.ReadSandbox(launch, "stdout").Length > 0, "the task's first word");
        await engine.KillAsync();
        LetGo(launch);
        await HookFixture.UntilAsync(() => !process.IsAlive, "the task to end");
        Assert.True(await engine.StartAsync());
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(ExitCode << 8, end.Status?.Word);
        Assert.StartsWith("started\n", HookFixture.ReadSandbox(launch, "stdout"));
        await AssertGoneAsync(engine, hook, launch);
    }

    /// <summary>Without live restore the engine kills at its start what it finds running; that is the task's true end.</summary>
    [Fact]
    public async Task Engine_KilledAndBack_EndsTheTask_WithoutLiveRestore()
    {
        await using PrivateEngine engine = await PrivateEngine.StartAsync(liveRestore: false);
        await using HookFixture hook = Hook(engine);
        Launch launch = Executor(hook);
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);

        await engine.KillAsync();
        Assert.True(await engine.StartAsync());
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Equal(Libc.SignalKill, end.Status?.Signal);
        await AssertGoneAsync(engine, hook, launch);
    }

    /// <summary>The engine and the supervisor are killed together, as by a machine that runs out of memory.</summary>
    [Fact]
    public async Task EngineAndSupervisor_Killed_AreBothReplaced()
    {
        await using PrivateEngine engine = await PrivateEngine.StartAsync(liveRestore: true);
        await using HookFixture hook = Hook(engine);
        Launch launch = Executor(hook);
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);

        await engine.KillAsync();
        ContainerDirectory directory = hook.Store.Find(launch.ContainerId);
        Assert.True(directory.FindSupervisor()!.Signal(Libc.SignalKill));
        await HookFixture.UntilAsync(() => !directory.HasSupervisor, "the supervisor to end");
        Task<Termination> waiting = hook.WaitAsync(launch.ContainerId);
        await HookFixture.UntilAsync(() => directory.FindSupervisor() is not null, "a new supervisor, without an engine");
        Assert.True(await engine.StartAsync());
        LetGo(launch);

        Assert.Equal(ExitCode << 8, (await waiting).Status?.Word);
        Assert.Equal("started\nended\n", HookFixture.ReadSandbox(launch, "stdout"));
        await AssertGoneAsync(engine, hook, launch);
    }

    private HookFixture Hook(PrivateEngine engine)
    {
        var hook = new HookFixture(shared);
        hook.Environment_["DOCKER_HOST"] = engine.Host;
        return hook;
    }

    private static Launch Executor(HookFixture hook) => hook.Executor(Command, static executor => executor with
    {
        Command = executor.Command! with { Container = new LegacyContainer { Image = $"docker:///{PrivateEngine.Image}", Options = ["--net=host"] } },
    });

    private static void LetGo(Launch launch) => File.WriteAllText(HookFixture.Sandbox(launch, "fs", "go"), "");

    private static async Task AssertGoneAsync(PrivateEngine engine, HookFixture hook, Launch launch)
    {
        await hook.AssertGoneAsync(launch.ContainerId);
        Assert.Empty(await engine.Client.ListAsync(new ContainerFilter { All = true }, CancellationToken.None));
    }
}
