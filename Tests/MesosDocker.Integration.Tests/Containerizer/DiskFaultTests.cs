using MesosDocker.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>Disks that are full or have become read-only, under the state root and under the sandbox.</summary>
public sealed class DiskFaultTests(EngineFixture engine)
{
    private const int ExitCode = 7;
    private const int Kilobytes = 512;
    private const string Command = "echo started; while [ ! -e go ]; do sleep 0.02; done; exit 7";

    public enum Trouble
    {
        Full,
        ReadOnly,
    }

    public static TheoryData<Trouble> Troubles() => [Trouble.Full, Trouble.ReadOnly];

    public static TheoryData<Trouble, bool> TroublesAndKills() => new()
    {
        { Trouble.Full, false },
        { Trouble.Full, true },
        { Trouble.ReadOnly, false },
        { Trouble.ReadOnly, true },
    };

    /// <summary>An agent loses the status of a launch that fails, so the sentence comes through <c>wait</c>.</summary>
    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Launch_IntoAStateRootThatCannotBeWritten_IsSaidByWait(Trouble trouble)
    {
        await using var hook = new HookFixture(engine);
        await using MountedDirectory root = await MountedDirectory.CreateAsync(hook.StateRoot, Kilobytes);
        await hook.CallAsync("wait", MesosCodec.EncodeContainerId(ContainerId.Parse("first-use")));
        Launch launch = hook.Executor("true");
        await BeginAsync(root, trouble);

        HookResult launched = await hook.LaunchAsync(launch);
        Termination end = await hook.WaitAsync(launch.ContainerId);
        HookResult destroyed = await hook.DestroyAsync(launch.ContainerId);

        Assert.Equal(0, launched.Status);
        AssertSays(trouble, hook.StateRoot, launched.Error);
        Assert.Equal(TaskState.Failed, end.State);
        AssertSays(trouble, hook.StateRoot, end.Message);
        Assert.Equal(0, destroyed.Status);
        await EndAsync(root, trouble);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(hook.StateRoot, "mesos")));
        Assert.Empty(await hook.ContainersAsync());
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    /// <summary>For a person, a launch that does nothing is a failure.</summary>
    [Fact]
    public async Task Launch_WithoutAnAgent_FailsWithTheSentence()
    {
        await using var hook = new HookFixture(engine);
        await using MountedDirectory root = await MountedDirectory.CreateAsync(hook.StateRoot, Kilobytes);
        hook.Environment_.Remove("MESOS_WORK_DIRECTORY");
        root.Fill();

        HookResult launched = await hook.LaunchAsync(hook.Executor("true"));

        Assert.Equal(1, launched.Status);
        AssertSays(Trouble.Full, hook.StateRoot, launched.Error);
        root.Free();
    }

    /// <summary>The disk goes wrong under a running container, whose supervisor may be lost besides.</summary>
    [Theory]
    [MemberData(nameof(TroublesAndKills))]
    public async Task StateRoot_GoneWrongMeanwhile_LosesNoStatus(Trouble trouble, bool killed)
    {
        await using var hook = new HookFixture(engine);
        await using MountedDirectory root = await MountedDirectory.CreateAsync(hook.StateRoot, Kilobytes);
        Launch launch = hook.Executor(Command);
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        await BeginAsync(root, trouble);
        if (killed)
        {
            await KillSupervisorAsync(hook, launch);
        }

        Task<Termination> waiting = hook.WaitAsync(launch.ContainerId);
        HookResult updated = await hook.UpdateAsync(launch.ContainerId, new Resources { Cpus = 0.2m, Memory = 64 });
        File.WriteAllText(HookFixture.Sandbox(launch, "fs", "go"), "");
        Termination end = await waiting;

        Assert.Equal(0, updated.Status);
        Assert.Equal(ExitCode << 8, end.Status?.Word);
        Assert.Equal("started\n", HookFixture.ReadSandbox(launch, "stdout"));
        await EndAsync(root, trouble);
        await RecoverAsync(hook, launch);
    }

    [Theory]
    [MemberData(nameof(TroublesAndKills))]
    public async Task Destroy_WithAStateRootGoneWrong_EndsTheContainer(Trouble trouble, bool killed)
    {
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_CONTAINERS_GRACE_SECONDS"] = "1";
        await using MountedDirectory root = await MountedDirectory.CreateAsync(hook.StateRoot, Kilobytes);
        Launch launch = hook.Executor(Command);
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        ProcessIdentity process = hook.Record(launch).Process!;
        await BeginAsync(root, trouble);
        if (killed)
        {
            await KillSupervisorAsync(hook, launch);
        }

        Assert.Equal(0, (await hook.DestroyAsync(launch.ContainerId)).Status);

        Assert.False(process.IsAlive);
        Assert.Equal(0, (await hook.CallAsync("recover", null)).Status);
        Assert.Equal(0, (await hook.CallAsync("containers", null)).Status);
        await EndAsync(root, trouble);
        await RecoverAsync(hook, launch);
    }

    /// <summary>The disk was full when the container was created, so that nothing on it says so; the one that runs goes on.</summary>
    [Fact]
    public async Task StateRoot_FullFromTheStart_DoesNotRunTheTaskTwice()
    {
        var launched = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        await using var faulty = new FaultyEngine(async _ =>
        {
            reached.TrySetResult();
            await launched.Task;
            return Treatment.Pass;
        });
        await using var hook = new HookFixture(engine);
        await using MountedDirectory root = await MountedDirectory.CreateAsync(hook.StateRoot, Kilobytes);
        hook.Environment_["DOCKER_HOST"] = faulty.Host;
        Launch launch = hook.Executor(Command);
        await hook.LaunchAsync(launch);
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        root.Fill();
        launched.SetResult();
        await HookFixture.UntilAsync(() => Started(launch) == 1, "the task to start");
        Assert.Null(hook.Record(launch).EngineId);

        await KillSupervisorAsync(hook, launch);
        Task<Termination> waiting = hook.WaitAsync(launch.ContainerId);
        await HookFixture.UntilAsync(() => hook.Store.Find(launch.ContainerId).FindSupervisor() is not null, "another supervisor");
        File.WriteAllText(HookFixture.Sandbox(launch, "fs", "go"), "");

        Assert.Equal(ExitCode << 8, (await waiting).Status?.Word);
        Assert.Equal(1, Started(launch));
        root.Free();
        await RecoverAsync(hook, launch);
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Sandbox_ThatCannotBeWritten_IsSaidByWait(Trouble trouble)
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("exit 7");
        await using MountedDirectory sandbox = await MountedDirectory.CreateAsync(launch.Directory!, Kilobytes);
        await BeginAsync(sandbox, trouble);

        await hook.LaunchAsync(launch);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        if (trouble == Trouble.ReadOnly)
        {
            Assert.Equal(TaskState.Failed, end.State);
            AssertSays(trouble, launch.Directory!, end.Message);
        }
        else
        {
            // What needs no room works on a full disk.
            Assert.Equal(ExitCode << 8, end.Status?.Word);
        }

        await EndAsync(sandbox, trouble);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    /// <summary>A task that fills the disk with its own output loses the output, and nothing else.</summary>
    [Fact]
    public async Task Sandbox_FilledByTheTask_DoesNotHoldItUp()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("yes 0123456789 | head -c 2000000; exit 7");
        await using MountedDirectory sandbox = await MountedDirectory.CreateAsync(launch.Directory!, Kilobytes);

        await hook.LaunchAsync(launch);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(ExitCode << 8, end.Status?.Word);
        Assert.StartsWith("0123456789\n0123456789\n", HookFixture.ReadSandbox(launch, "stdout"));
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    private static async Task BeginAsync(MountedDirectory directory, Trouble trouble)
    {
        if (trouble == Trouble.Full)
        {
            directory.Fill();
        }
        else
        {
            await directory.MakeReadOnlyAsync();
        }
    }

    private static async Task EndAsync(MountedDirectory directory, Trouble trouble)
    {
        if (trouble == Trouble.Full)
        {
            directory.Free();
        }
        else
        {
            await directory.MakeWritableAsync();
        }
    }

    /// <summary>Once the disk is well again, the next recovery leaves nothing of it.</summary>
    private static async Task RecoverAsync(HookFixture hook, Launch launch)
    {
        ContainerDirectory directory = hook.Store.Find(launch.ContainerId);
        await HookFixture.UntilAsync(() => !directory.HasSupervisor, "the supervisor to end");
        Assert.Equal(0, (await hook.CallAsync("recover", null)).Status);
        await HookFixture.UntilAsync(() => StateCleaner.IsStale(directory), "the container to be over");
        await HookFixture.UntilAsync(() => hook.LeftOfAsync(launch.ContainerId).Result.Count == 0, "the container to be removed");
    }

    private static async Task KillSupervisorAsync(HookFixture hook, Launch launch)
    {
        ContainerDirectory directory = hook.Store.Find(launch.ContainerId);
        Assert.True(directory.FindSupervisor()!.Signal(Libc.SignalKill));
        await HookFixture.UntilAsync(() => !directory.HasSupervisor, "the supervisor to end");
    }

    private static void AssertSays(Trouble trouble, string path, string message)
    {
        Assert.Contains(path, message);
        Assert.Contains(trouble == Trouble.Full ? "full" : "Read-only file system", message);
        Assert.DoesNotContain('\n', message.TrimEnd('\n'));
    }

    private static int Started(Launch launch)
    {
        string path = HookFixture.Sandbox(launch, "stdout");
        return File.Exists(path) ? File.ReadAllLines(path).Count(static line => line == "started") : 0;
    }
}
