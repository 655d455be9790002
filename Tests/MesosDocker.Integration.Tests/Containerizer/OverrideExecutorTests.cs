using System.Globalization;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>
/// Agents before 0.28: <c>mesos-executor --override PROGRAM ARGUMENT...</c> takes the executor's part. A script stands in for it, which
/// runs the program in a session of its own, passes a polite end on, and notes the program's status, as that executor reports it
/// (src/launcher/executor.cpp of Mesos 0.27).
/// </summary>
public sealed class OverrideExecutorTests(EngineFixture engine)
{
    [Theory]
    [InlineData("exit 0", 0, 0)]
    [InlineData("exit 3", 3, 3 << 8)]
    public async Task Program_EndsAsTheContainerDoes(string command, int status, int word)
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent { Refusal = 404 };
        Launch launch = hook.DockerTask(command, agent);
        InstallExecutor(hook);

        Termination end = await hook.RunAsync(launch, agent);

        Assert.Equal(status.ToString(CultureInfo.InvariantCulture), await NoteAsync(hook, "ended"));
        Assert.Equal(word, end.Status?.Word);
        Assert.StartsWith($"--override {HookFixture.Executable} observe ", await NoteAsync(hook, "arguments"));
        Assert.Equal(launch.Directory, await NoteAsync(hook, "directory"));
        Assert.Empty(agent.Updates);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task PoliteEnd_OfTheProgram_IsTheContainers()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent { Refusal = 404 };
        Launch launch = hook.DockerTask("trap 'echo polite; exit 7' TERM; touch ready; while :; do sleep 0.05; done", agent);
        InstallExecutor(hook);
        await hook.LaunchAsync(launch, agent);
        await HookFixture.UntilAsync(() => File.Exists(HookFixture.Sandbox(launch, "ready")), "the task to be ready");

        Signal(await NoteAsync(hook, "pid"), Libc.SignalTerminate);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal("7", await NoteAsync(hook, "ended"));
        Assert.Equal((TaskState.Killed, 7 << 8), (end.State, end.Status?.Word));
        Assert.Equal("polite\n", HookFixture.ReadSandbox(launch, "stdout"));
    }

    [Fact]
    public async Task ExecutorThatIsKilled_TakesTheContainerWithIt()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent { Refusal = 404 };
        Launch launch = hook.DockerTask("trap 'echo polite; exit 0' TERM; touch ready; while :; do sleep 0.05; done", agent);
        InstallExecutor(hook);
        await hook.LaunchAsync(launch, agent);
        await HookFixture.UntilAsync(() => File.Exists(HookFixture.Sandbox(launch, "ready")), "the task to be ready");

        Signal(await NoteAsync(hook, "pid"), Libc.SignalKill);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Killed, end.State);
        Assert.Contains("mesos-executor", end.Message);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task NextSupervisor_FollowsTheExecutorThatIsThere()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent { Refusal = 404 };
        Launch launch = hook.DockerTask("touch ready; while [ ! -e go ]; do sleep 0.05; done; exit 4", agent);
        InstallExecutor(hook);
        await hook.LaunchAsync(launch, agent);
        await HookFixture.UntilAsync(() => File.Exists(HookFixture.Sandbox(launch, "ready")), "the task to be ready");
        string executor = await NoteAsync(hook, "pid");
        int asked = agent.Requests;
        Task<Termination> waiting = hook.WaitAsync(launch.ContainerId);

        Assert.True(ProcessIdentity.Of(hook.SupervisorOf(launch))!.Signal(Libc.SignalKill));
        await HookFixture.UntilAsync(() => agent.Requests > asked, "the next supervisor to ask the agent");
        File.WriteAllText(HookFixture.Sandbox(launch, "go"), "");
        Termination end = await waiting;

        Assert.Equal(4 << 8, end.Status?.Word);
        Assert.Equal("4", await NoteAsync(hook, "ended"));
        Assert.Equal(executor, await NoteAsync(hook, "pid"));
    }

    [Fact]
    public async Task Destroy_EndsTheExecutor()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent { Refusal = 404 };
        Launch launch = hook.DockerTask("touch ready; sleep 600", agent, change: static task => task with { KillGrace = TimeSpan.Zero });
        InstallExecutor(hook);
        await hook.LaunchAsync(launch, agent);
        await HookFixture.UntilAsync(() => File.Exists(HookFixture.Sandbox(launch, "ready")), "the task to be ready");
        ProcessIdentity executor = ProcessIdentity.Of(int.Parse(await NoteAsync(hook, "pid"), CultureInfo.InvariantCulture))!;

        await hook.DestroyAsync(launch.ContainerId);

        Assert.Equal("137", await NoteAsync(hook, "ended"));
        await HookFixture.UntilAsync(() => !executor.IsAlive, "the executor to end");
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task ExecutorThatIsMissing_IsSaid_AndNothingIsStarted()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent { Refusal = 404 };
        Launch launch = hook.DockerTask("touch started", agent);

        Termination end = await hook.RunAsync(launch, agent);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains(Path.Combine(hook.Environment_["MESOS_LIBEXEC_DIRECTORY"], "mesos-executor"), end.Message);
        Assert.False(File.Exists(HookFixture.Sandbox(launch, "started")));
    }

    private static void InstallExecutor(HookFixture hook) => hook.Files.WriteProgram("libexec/mesos-executor", $$"""
        note() { echo "$2" > {{hook.Files.Root}}/$1.new; mv {{hook.Files.Root}}/$1.new {{hook.Files.Root}}/$1; }
        note arguments "$*"
        note directory "$PWD"
        [ "$1" = --override ] || exit 64
        shift
        setsid "$@" &
        program=$!
        trap 'kill -TERM $program' TERM
        note pid $$
        while :; do
            wait $program
            status=$?
            kill -0 $program 2> /dev/null || break
        done
        note ended $status
        """);

    private static async Task<string> NoteAsync(HookFixture hook, string name)
    {
        string path = hook.Files.PathOf(name);
        await HookFixture.UntilAsync(() => File.Exists(path), $"the executor's note '{name}'");
        return (await File.ReadAllTextAsync(path)).TrimEnd('\n');
    }

    private static void Signal(string pid, int signal)
        => Assert.True(ProcessIdentity.Of(int.Parse(pid, CultureInfo.InvariantCulture))!.Signal(signal));
}
