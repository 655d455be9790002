using System.Diagnostics;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>Tasks that would have root, who watches them, write, read, run or wait for something of theirs.</summary>
public sealed class HostileTaskTests(EngineFixture engine)
{
    // More rounds than there are rotated files, each a little over the size of one.
    private const string Rounds = "i=0; while [ $i -lt 12 ]; do head -c 5000 /dev/zero | tr '\\0' x; sleep 0.05; i=$((i+1)); done";

    [Theory]
    [InlineData("mkfifo $n")]
    [InlineData("ln -s /victim/file $n")]
    [InlineData("ln -s /victim/new $n")]
    [InlineData("ln -s /dev/zero $n")]
    [InlineData("mkdir -p $n/full")]
    [InlineData("mknod $n c 1 5")]
    public async Task WhatATaskPlants_InPlaceOfItsOutput_NeitherHoldsUpNorMisleadsItsSupervisor(string plant)
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        hook.Environment_["MESOS_DOCKER_LOG_MAX_SIZE"] = "4k";
        string victim = hook.Files.PathOf("victim");
        Directory.CreateDirectory(victim);
        File.WriteAllText(Path.Combine(victim, "file"), "untouched");
        string planting = $"for n in stdout stdout.1 stdout.2 stderr stderr.1; do rm -rf $n; {plant.Replace("/victim", victim)}; done";
        Launch launch = hook.DockerTask($"{planting}; echo said >&2; {Rounds}; {planting}; {Rounds}; exit 3", agent);

        Termination end = await hook.RunAsync(launch, agent);

        Assert.Equal(3 << 8, end.Status?.Word);
        Assert.Equal("untouched", File.ReadAllText(Path.Combine(victim, "file")));
        Assert.Equal(["file"], Directory.GetFiles(victim).Select(static path => Path.GetFileName(path)));
        Assert.All(
            Directory.GetFiles(launch.Directory!, "std*").Where(static path => Posix.OwnerOf(path) is { IsRegular: true }),
            static path => Assert.InRange(new FileInfo(path).Length, 0, 16 * 1024));
    }

    [Fact]
    public async Task FolderOfTheSandbox_ThatIsALink_IsNotMounted()
    {
        await using var hook = new HookFixture(engine);
        string victim = hook.Files.PathOf("victim");
        Directory.CreateDirectory(victim);
        File.SetUnixFileMode(victim, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Launch launch = hook.Executor("echo taken > taken");
        File.CreateSymbolicLink(HookFixture.Sandbox(launch, "fs"), victim);

        Termination end = await hook.RunAsync(launch);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("'fs'", end.Message);
        Assert.Empty(Directory.GetFileSystemEntries(victim));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(victim));
    }

    [Fact]
    public async Task TasksVariables_DoNotChooseWhatAHookRuns()
    {
        await using var hook = new HookFixture(engine);
        string evil = hook.Files.PathOf("evil");
        string taken = hook.Files.PathOf("taken");
        string seen = hook.Files.PathOf("seen");
        Directory.CreateDirectory(evil);
        foreach (string name in (string[])["env", "id", "rc"])
        {
            string path = Path.Combine(evil, name);
            File.WriteAllText(path, $"#!/bin/sh\necho taken >> {taken}\n");
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }

        string program = hook.Files.PathOf("hook.sh");
        File.WriteAllText(program, $"id > /dev/null; env > {seen}\n");
        hook.Environment_["MESOS_DOCKER_HOOKS_ONLAUNCH"] = $"[\"bash\", \"{program}\"]";
        Launch launch = hook.Executor("true", executor => executor with
        {
            Command = executor.Command! with
            {
                Environment =
                [
                    new EnvironmentVariable("PATH", evil),
                    new EnvironmentVariable("BASH_ENV", Path.Combine(evil, "rc")),
                    new EnvironmentVariable("LD_PRELOAD", Path.Combine(evil, "rc")),
                    new EnvironmentVariable("BASH_FUNC_id%%", $"() {{ echo taken >> {taken}; }}"),
                    new EnvironmentVariable("HOME", evil),
                    new EnvironmentVariable("APP", "its own"),
                ],
            },
        });

        await hook.RunAsync(launch);

        Assert.False(File.Exists(taken));
        string[] environment = File.ReadAllLines(seen);
        Assert.Contains("APP=its own", environment);
        Assert.DoesNotContain(environment, line => line.Contains(evil, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ConfigurationThatATaskPlanted_IsNotRead_WhereverItsSandboxLies()
    {
        await using var hook = new HookFixture(engine);
        hook.Environment_.Remove("MESOS_WORK_DIRECTORY");
        string taken = hook.Files.PathOf("taken");
        string sandbox = hook.Files.PathOf("by-hand");
        Directory.CreateDirectory(sandbox);
        Launch launch = hook.Executor("while [ ! -e go ]; do sleep 0.05; done") with { Directory = sandbox };
        hook.WillLaunch(launch);
        Assert.Equal(0, (await hook.CallAsync("launch", MesosCodec.EncodeLaunch(launch))).Status);
        await hook.RunningAsync(launch);

        File.WriteAllText(Path.Combine(sandbox, "deimos.cfg"), $"[hooks]\nondestroy: [\"touch\", \"{taken}\"]\n");
        Assert.True(ProcessIdentity.Of(hook.SupervisorOf(launch))!.Signal(Libc.SignalKill));
        Task<Termination> waiting = hook.WaitAsync(launch.ContainerId);
        File.WriteAllText(Path.Combine(sandbox, "fs", "go"), "");
        await waiting;
        await hook.AssertGoneAsync(launch.ContainerId);

        Assert.False(File.Exists(taken));
    }

    [Fact]
    public async Task State_WithTheTasksSecrets_IsForNobodyElse()
    {
        await using var hook = new HookFixture(engine);
        Directory.CreateDirectory(hook.StateRoot);
        File.SetUnixFileMode(hook.StateRoot, (UnixFileMode)0b111_101_101);
        Launch launch = hook.Executor("true", static executor => executor with
        {
            Command = executor.Command! with { Environment = [new EnvironmentVariable("PASSWORD", "secret")] },
        });
        await hook.RunAsync(launch);

        string directory = hook.Store.Find(launch.ContainerId).Path;
        Assert.Contains("secret", File.ReadAllText(Path.Combine(directory, "request")));
        Assert.All(
            (string[])["request", "context.json", "state.json"],
            name => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory, name))));
        Assert.All(
            (string[])[directory, .. Directory.GetDirectories(hook.StateRoot)],
            static path => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & (UnixFileMode)0b000_111_111));
    }

    [Fact]
    public async Task DiskLimit_IsNotEvaded_ByNamesThatAreNoText()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        hook.Environment_["MESOS_DOCKER_CONTAINERS_DISK"] = "enforce";
        Launch launch = hook.DockerTask(
            "d=$(printf '\\377'); mkdir $d; head -c 3000000 /dev/urandom > $d/$d; sleep 600",
            agent,
            change: static task => task with { Resources = task.Resources with { Disk = 1 } });

        Termination end = await hook.RunAsync(launch, agent);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("the task has 1 MB of disk", end.Message);

        // .NET itself does not reach such names.
        using var removing = Process.Start("rm", ["-rf", launch.Directory!]);
        await removing.WaitForExitAsync();
        Assert.Equal(0, removing.ExitCode);
    }

    [Fact]
    public async Task NamesOfTasks_DoNotSteerATerminal()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("printf '\\033[2J\\302\\2332J'", static executor => executor with { ExecutorId = "\u001b]0;owned\a" });
        launch = launch with { Executor = launch.Executor! with { Command = launch.Executor.Command! with { Value = "true \u001b[2J\u009b2J" } } };
        await hook.RunAsync(launch);

        HookResult line = await hook.CallAsync("docker-run", null, null, null, launch.ContainerId.Value);
        HookResult table = await hook.CallAsync("state", null, null, null, "--all");
        HookResult refusal = await hook.CallAsync("state", null, null, null, "\u001b[2J");

        Assert.Equal((0, 0, 64), (line.Status, table.Status, refusal.Status));
        Assert.Contains("owned", table.Output);
        Assert.All((string[])[line.Output, table.Output, refusal.Error], static text => Assert.DoesNotContain(text, IsObeyed));
    }

    private static bool IsObeyed(char c) => char.IsControl(c) && c != '\n';
}
