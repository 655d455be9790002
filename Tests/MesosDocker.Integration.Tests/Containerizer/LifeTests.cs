using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>Whole lives of executors' containers, through the executable and a real engine.</summary>
public sealed class LifeTests(EngineFixture engine)
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(255)]
    public async Task Wait_TellsTheExitStatus_AsAWaitpidWord(int code)
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor($"exit {code}");

        Assert.Equal(0, (await hook.LaunchAsync(launch)).Status);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(code << 8, end.Status?.Word);
        Assert.Equal(code == 0 ? TaskState.Finished : TaskState.Failed, end.State);
        Assert.False(end.Killed);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task Wait_TellsTheSignal()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("sleep 60");
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);

        await hook.Engine.KillAsync(hook.Record(launch).EngineId!, "SIGKILL", CancellationToken.None);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(9, end.Status?.Word);
        Assert.Contains("SIGKILL", end.Message);
    }

    [Fact]
    public async Task Output_IsInTheSandbox_ToTheLastByte()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("i=0; while [ $i -lt 2000 ]; do echo out $i; echo err $i >&2; i=$((i+1)); done; printf end");

        await hook.LaunchAsync(launch);
        await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(string.Concat(Enumerable.Range(0, 2000).Select(static i => $"out {i}\n")) + "end", HookFixture.ReadSandbox(launch, "stdout"));
        Assert.Equal(string.Concat(Enumerable.Range(0, 2000).Select(static i => $"err {i}\n")), HookFixture.ReadSandbox(launch, "stderr"));
    }

    [Fact]
    public async Task Output_OfASilentContainer_IsTwoEmptyFiles()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("true");

        await hook.LaunchAsync(launch);
        await hook.WaitAsync(launch.ContainerId);

        Assert.Equal("", HookFixture.ReadSandbox(launch, "stdout"));
        Assert.Equal("", HookFixture.ReadSandbox(launch, "stderr"));
    }

    [Fact]
    public async Task Output_IsRotated_BySizeAndCount()
    {
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_LOG_MAX_SIZE"] = "64k";
        hook.Environment_["MESOS_DOCKER_LOG_MAX_FILES"] = "2";
        Launch launch = hook.Executor("yes 0123456789 | head -c 1000000");

        await hook.LaunchAsync(launch);
        await hook.WaitAsync(launch.ContainerId);

        string[] files = [.. Directory.GetFiles(launch.Directory!, "stdout*").Select(static path => Path.GetFileName(path)).Order()];
        Assert.Equal(["stdout", "stdout.1", "stdout.2"], files);
        Assert.All(files, name => Assert.InRange(new FileInfo(HookFixture.Sandbox(launch, name)).Length, 1, 96 * 1024));
    }

    [Fact]
    public async Task Sandbox_IsMounted_AndTheWorkingDirectory()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("pwd; echo made > file; env | grep -E '^(MESOS_|LIBPROCESS_|TASK_INFO)' | sort");

        await hook.LaunchAsync(launch);
        await hook.WaitAsync(launch.ContainerId);

        string output = HookFixture.ReadSandbox(launch, "stdout");
        Assert.StartsWith("/tmp/mesos-sandbox\n", output);
        Assert.Equal("made\n", HookFixture.ReadSandbox(launch, "fs/file"));
        Assert.Contains("LIBPROCESS_PORT=0\n", output);
        Assert.Contains("MESOS_EXECUTOR_ID=" + launch.Executor!.ExecutorId, output);
        Assert.Contains("MESOS_FRAMEWORK_ID=F\n", output);
        Assert.Contains("MESOS_DIRECTORY=/tmp/mesos-sandbox\n", output);
        Assert.Contains("MESOS_SANDBOX=/tmp/mesos-sandbox\n", output);
    }

    [Fact]
    public async Task SandboxWithColons_Works()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("echo in > it");
        string sandbox = launch.Directory + ":2026-01-01T00:00:00";
        Directory.CreateDirectory(sandbox);

        await hook.LaunchAsync(launch with { Directory = sandbox });
        await hook.WaitAsync(launch.ContainerId);

        Assert.Equal("in\n", File.ReadAllText(Path.Combine(sandbox, "fs", "it")));
    }

    [Fact]
    public async Task Supervisor_KeepsNothingOpen_ThatTheAgentLeftOpen()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("sleep 60");
        string leaked = hook.Files.PathOf("leaked");
        hook.Shell = ["/bin/sh", "-c", "exec 9> \"$0\"; exec \"$@\"", leaked];

        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);

        Assert.True(File.Exists(leaked));
        string[] open = [.. Directory.GetFiles($"/proc/{hook.SupervisorOf(launch)}/fd").Select(static fd => new FileInfo(fd).LinkTarget ?? "")];
        Assert.NotEmpty(open);
        Assert.DoesNotContain(leaked, open);
    }

    [Fact]
    public async Task SameIdTwice_IsRefused_AndTheFirstGoesOn()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("sleep 60");
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);

        HookResult second = await hook.LaunchAsync(launch);

        Assert.Equal(1, second.Status);
        Assert.StartsWith("mesos-docker: ContainerKnown: ", second.Error);
        Assert.Equal(Phase.Running, hook.Record(launch).Phase);
        Assert.Single(await hook.LeftOfAsync(launch.ContainerId));
    }

    [Fact]
    public async Task Image_ThatIsNotThere_IsToldThroughWait()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("true", executor => executor with
        {
            Command = executor.Command! with { Container = new LegacyContainer { Image = "docker://127.0.0.1:1/no/such:image" } },
        });

        Assert.Equal(0, (await hook.LaunchAsync(launch)).Status);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Equal([StatusReason.ContainerLaunchFailed], end.Reasons);
        Assert.Contains("127.0.0.1:1/no/such:image", end.Message);
        Assert.Null(end.Status);
        Assert.Contains("mesos-docker: ", HookFixture.ReadSandbox(launch, "stderr"));
    }

    [Fact]
    public async Task Program_ThatIsNotThere_IsToldThroughWait_AndNothingIsLeft()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("", executor => executor with
        {
            Command = executor.Command! with { Value = null, Container = executor.Command.Container! with { Options = ["--net=host", "//", "/no/such"] } },
        });

        await hook.LaunchAsync(launch);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("/no/such", end.Message);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task Option_ThatIsNone_IsToldThroughWait()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("true", executor => executor with
        {
            Command = executor.Command! with { Container = executor.Command.Container! with { Options = ["--memroy=1g"] } },
        });

        await hook.LaunchAsync(launch);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Contains("--memroy", end.Message);
        Assert.Contains("--memory", end.Message);
    }

    [Fact]
    public async Task Configuration_ThatIsWrong_IsToldThroughWait()
    {
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_LOG_MAX_FILES"] = "many";
        Launch launch = hook.Executor("true");

        Assert.Equal(0, (await hook.LaunchAsync(launch)).Status);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("MESOS_DOCKER_LOG_MAX_FILES", end.Message);
        Assert.Equal(Phase.Cleaned, hook.Record(launch).Phase);
    }

    [Theory]
    [InlineData("state")]
    [InlineData("locks")]
    public async Task Questions_AreAnswered_WithWhatIsWrongWithTheConfiguration(string verb)
    {
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_LOG_MAX_FILES"] = "many";

        HookResult result = await hook.CallAsync(verb, null);

        Assert.Equal(0, result.Status);
        Assert.Contains("MESOS_DOCKER_LOG_MAX_FILES", result.Error);
    }

    [Fact]
    public async Task StateRoot_ThatIsNotThere_IsNoEmptyOne()
    {
        await using var hook = new HookFixture(engine);

        HookResult result = await hook.CallAsync("state", null, null, null, "--root", "/nowhere/at/all");

        Assert.Equal(1, result.Status);
        Assert.Contains("There is no state root '/nowhere/at/all'", result.Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Observe_WantsAnId()
    {
        await using var hook = new HookFixture(engine);

        HookResult result = await hook.CallAsync("observe", null);

        Assert.Equal(64, result.Status);
        Assert.Contains("needs the id of a container", result.Error);
    }

    [Fact]
    public async Task OutOfMemory_IsTheReason()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor(
            "x=0123456789abcdef; while true; do x=$x$x; done",
            executor => executor with { Resources = new Resources { Memory = 16 } });

        await hook.LaunchAsync(launch);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal([StatusReason.ContainerLimitationMemory], end.Reasons);
        Assert.True(end.Killed);
        Assert.Contains("16 MB", end.Message);
    }

    [Fact]
    public async Task Destroy_EndsIt_AndAWaitLearnsOfIt_AndOnceMoreIsFine()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("trap 'echo polite; exit 0' TERM; while :; do sleep 0.1; done");
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        Task<Termination> waiting = hook.WaitAsync(launch.ContainerId);
        Task<Termination> another = hook.WaitAsync(launch.ContainerId);

        Assert.Equal(0, (await hook.DestroyAsync(launch.ContainerId)).Status);
        Assert.Equal(0, (await hook.DestroyAsync(launch.ContainerId)).Status);

        Assert.Equal(TaskState.Killed, (await waiting).State);
        Assert.Equal(TaskState.Killed, (await another).State);
        Assert.Equal(TaskState.Killed, (await hook.WaitAsync(launch.ContainerId)).State);
        Assert.Equal("polite\n", HookFixture.ReadSandbox(launch, "stdout"));
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task Destroy_KillsWhatDoesNotListen()
    {
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_CONTAINERS_GRACE_SECONDS"] = "1";
        Launch launch = hook.Executor("sleep 60");
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);

        await hook.DestroyAsync(launch.ContainerId);

        Assert.Equal(9, (await hook.WaitAsync(launch.ContainerId)).Status?.Word);
    }

    [Fact]
    public async Task Destroy_OfSomethingUnknown_IsFine()
    {
        await using var hook = new HookFixture(engine);

        Assert.Equal(0, (await hook.DestroyAsync(ContainerId.Parse("never-heard-of"))).Status);
    }

    [Fact]
    public async Task Wait_OfSomethingUnknown_AnswersAllTheSame()
    {
        await using var hook = new HookFixture(engine);

        Termination end = await hook.WaitAsync(ContainerId.Parse("never-heard-of"));

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("never-heard-of", end.Message);
    }

    [Fact]
    public async Task Usage_IsTheKernels()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor(
            "yes > /dev/null & sleep 60", executor => executor with { Resources = new Resources { Cpus = 0.5m, Memory = 64 } });
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        await Task.Delay(300);

        HookResult result = await hook.UsageAsync(launch.ContainerId);
        ResourceStatistics usage = MesosCodec.DecodeUsage(result.Reply);

        Assert.Equal(0.5, usage.CpusLimit);
        Assert.Equal(64L << 20, usage.MemoryLimitBytes);
        Assert.True(usage.MemoryTotalBytes > 0 && usage.MemoryRssBytes > 0);
        Assert.True(usage.CpusUserTimeSeconds + usage.CpusSystemTimeSeconds > 0);
        Assert.True(usage.Processes >= 2);
        Assert.Null(usage.Network);
    }

    [Fact]
    public async Task Usage_OfOneThatEnded_IsAnError()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("true");
        await hook.LaunchAsync(launch);
        await hook.WaitAsync(launch.ContainerId);

        HookResult result = await hook.UsageAsync(launch.ContainerId);

        Assert.Equal(1, result.Status);
        Assert.Null(result.Reply);
        Assert.StartsWith("mesos-docker: ContainerNotRunning: ", result.Error);
    }

    [Fact]
    public async Task Update_ChangesARunningContainer_ButNeverUnderWhatIsInUse()
    {
        await using var hook = new HookFixture(engine);

        // dd keeps a block of 40 MB in memory.
        Launch launch = hook.Executor(
            "dd if=/dev/zero bs=40M count=100000 | cat > /dev/null",
            executor => executor with { Resources = new Resources { Cpus = 0.1m, Memory = 128 } });
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        CgroupPaths cgroups = hook.Record(launch).Cgroups!;
        await HookFixture.UntilAsync(() => UsageReader.ReadMemoryInUse(cgroups) > 40L << 20, "memory to be in use");

        Assert.Equal(0, (await hook.UpdateAsync(launch.ContainerId, new Resources { Cpus = 1.5m, Memory = 256 })).Status);
        Limits raised = UsageReader.ReadLimits(cgroups, new Limits());
        Assert.Equal(0, (await hook.UpdateAsync(launch.ContainerId, new Resources { Cpus = 0.5m, Memory = 33 })).Status);
        Limits lowered = UsageReader.ReadLimits(cgroups, new Limits());
        Assert.Equal(0, (await hook.UpdateAsync(launch.ContainerId, new Resources { Cpus = 0.5m, Memory = 100 })).Status);
        Limits fitting = UsageReader.ReadLimits(cgroups, new Limits());

        Assert.Equal((1536, 256L << 20, 256L << 20), (raised.CpuShares, raised.Memory, raised.MemoryReservation));
        Assert.Equal((512, 256L << 20, 33L << 20), (lowered.CpuShares, lowered.Memory, lowered.MemoryReservation));
        Assert.Equal(100L << 20, fitting.Memory);
    }

    [Fact]
    public async Task Update_ThatALaterOneOvertook_ChangesNothing()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("sleep 60", executor => executor with { Resources = new Resources { Cpus = 0.1m, Memory = 128 } });
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);

        // The agent's first call gets no time to run until its second one is done.
        string gate = hook.Files.PathOf("gate");
        hook.Shell = ["setsid", "/bin/sh", "-c", "until [ -e \"$0\" ]; do sleep 0.01; done; \"$@\"; exit $?", gate];
        Task<HookResult> first = hook.UpdateAsync(launch.ContainerId, new Resources { Cpus = 0.1m, Memory = 96 });
        await Task.Delay(50);
        hook.Shell = [];
        Assert.Equal(0, (await hook.UpdateAsync(launch.ContainerId, new Resources { Cpus = 0.2m, Memory = 146 })).Status);
        await File.WriteAllTextAsync(gate, "");

        Assert.Equal(0, (await first).Status);
        Assert.Equal(146L << 20, UsageReader.ReadLimits(hook.Record(launch).Cgroups!, new Limits()).Memory);
    }

    [Fact]
    public async Task Containers_ListsThoseOfThisAgent_UntilItKnowsTheirEnd()
    {
        await using var hook = new HookFixture(engine);
        await using var other = new HookFixture(engine);
        other.Environment_["MESOS_DOCKER_STATE_ROOT"] = hook.StateRoot;
        Launch launch = hook.Executor("sleep 60");
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);

        Assert.Equal([launch.ContainerId.Value], await hook.ContainersAsync());
        Assert.Empty(await other.ContainersAsync());

        await hook.Engine.KillAsync(hook.Record(launch).EngineId!, "SIGKILL", CancellationToken.None);
        await HookFixture.UntilAsync(() => hook.Store.Find(launch.ContainerId).ReadTermination() is not null, "its end");
        Assert.Equal([launch.ContainerId.Value], await hook.ContainersAsync());

        await hook.WaitAsync(launch.ContainerId);
        Assert.Empty(await hook.ContainersAsync());
    }

    [Fact]
    public async Task Recover_GivesAContainerANewSupervisor_AndRemovesOrphans()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("sleep 60");
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        int first = hook.SupervisorOf(launch);
        Assert.True(ProcessIdentity.Of(first)!.Signal(Libc.SignalKill));
        Launch orphan = hook.Executor("sleep 60");
        await hook.LaunchAsync(orphan);
        await hook.RunningAsync(orphan);
        Assert.True(ProcessIdentity.Of(hook.SupervisorOf(orphan))!.Signal(Libc.SignalKill));
        await HookFixture.UntilAsync(() => !hook.Store.Find(orphan.ContainerId).HasSupervisor, "the orphan's supervisor to end");
        Directory.Delete(hook.Store.Find(orphan.ContainerId).Path, recursive: true);

        Assert.Equal(0, (await hook.CallAsync("recover", null)).Status);

        await HookFixture.UntilAsync(() => hook.Store.Find(launch.ContainerId).FindSupervisor() is { } now && now.Pid != first, "a new supervisor");
        await HookFixture.UntilAsync(() => hook.LeftOfAsync(orphan.ContainerId).Result.Count == 0, "the orphan to be removed");
        Assert.Single(await hook.LeftOfAsync(launch.ContainerId));
    }

    [Fact]
    public async Task Hooks_RunWithTheTasksEnvironment_AndNeverHarmTheTask()
    {
        await using var hook = new HookFixture(engine);
        string note = hook.Files.PathOf("note");
        string config = hook.Files.Write("hooks.cfg", $"""
            [hooks]
            onlaunch: ["/bin/sh", "-c", "echo $GREETING $PWD > {note}; exit 7"]
            ondestroy: ["/no/such/program"]
            """);
        hook.Environment_["MESOS_DOCKER_CONFIG_FILE"] = config;
        Launch launch = hook.Executor("exit 5", executor => executor with
        {
            Command = executor.Command! with { Environment = [new EnvironmentVariable("GREETING", "hello")] },
        });

        await hook.LaunchAsync(launch);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(5 << 8, end.Status?.Word);
        Assert.Equal($"hello {launch.Directory}\n", File.ReadAllText(note));
        await hook.AssertGoneAsync(launch.ContainerId);
        string said = HookFixture.ReadSandbox(launch, "stderr");
        Assert.Contains("onlaunch", said);
        Assert.Contains("/no/such/program", said);
    }

    [Fact]
    public async Task Ports_ArePublished_AsTheImageExposesThem()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("sleep 60", executor => executor with
        {
            Resources = new Resources { Ports = [new Mesos.PortRange(31790, 31791)] },
            Command = executor.Command! with { Container = executor.Command.Container! with { Options = [] } },
        });

        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        ContainerDetails details = await hook.Engine.InspectAsync(hook.Record(launch).EngineId!, CancellationToken.None);

        // The image exposes 53/udp and 80/tcp.
        Assert.Equal("31790", details.NetworkSettings!.Ports!["53/udp"]![0].HostPort);
        Assert.Equal("31791", details.NetworkSettings.Ports["80/tcp"]![0].HostPort);
    }
}
