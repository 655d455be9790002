using MesosDocker.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>
/// An engine that goes wrong in the middle of a life: one answer after the other is lost, broken off, garbage or late. The end that is
/// told is true, or says in one sentence what stood in the way, and the engine keeps nothing.
/// </summary>
public sealed class EngineFaultTests(EngineFixture engine)
{
    private const int ExitCode = 7;

    // Every request that a life makes, in its order.
    private static readonly string[] s_routes =
    [
        "GET /_ping",
        "GET /images/*/json",
        "POST /containers/create",
        "POST /containers/*/attach",
        "POST /containers/*/wait",
        "POST /containers/*/start",
        "GET /containers/*/json",
        "DELETE /containers/*",
    ];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string route in s_routes)
        {
            foreach (Treatment treatment in Enum.GetValues<Treatment>().Where(static one => one != Treatment.Pass))
            {
                cases.Add(route, treatment.ToString());
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task OneAnswer_GoneWrong_IsSurvivedOrSaid(string route, string how)
    {
        int left = 1;
        Treatment treatment = Enum.Parse<Treatment>(how);
        await using var faulty = new FaultyEngine(call => Task.FromResult(
            Simple(call.Route) == route && Interlocked.Decrement(ref left) == 0 ? treatment : Treatment.Pass));
        await using var hook = new HookFixture(engine);
        hook.Environment_["DOCKER_HOST"] = faulty.Host;
        Launch launch = hook.Executor("echo started; exit 7");

        await hook.LaunchAsync(launch);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.True(left <= 0, $"{route} was never asked for.");
        Assert.Equal(TaskState.Failed, end.State);
        if (end.Status is { } status)
        {
            Assert.Equal(ExitCode << 8, status.Word);
            Assert.Equal("started\n", HookFixture.ReadSandbox(launch, "stdout"));
        }
        else
        {
            // One sentence for the task's owner, that names the engine.
            Assert.Contains("engine", end.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\n', end.Message);
        }

        // A lost answer must not lose a task that runs.
        Assert.True(end.Status is not null || Array.IndexOf(s_routes, route) <= Array.IndexOf(s_routes, "POST /containers/*/start"), end.Message);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task Start_WhoseAnswerIsLost_IsWatchedAllTheSame()
    {
        await using var faulty = new FaultyEngine(static call => Task.FromResult(
            call.Route == "POST /containers/*/start" ? Treatment.LoseAnswer : Treatment.Pass));
        await using var hook = new HookFixture(engine);
        hook.Environment_["DOCKER_HOST"] = faulty.Host;
        Launch launch = hook.Executor("echo started; exit 7");

        await hook.LaunchAsync(launch);

        Assert.Equal(ExitCode << 8, (await hook.WaitAsync(launch.ContainerId)).Status?.Word);
        Assert.Equal("started\n", HookFixture.ReadSandbox(launch, "stdout"));
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Theory]
    [InlineData("unix:///nonexistent/engine.sock")]
    [InlineData("tcp://127.0.0.1:1")]
    public async Task Engine_ThatIsNotThere_IsSaidWithinASecond(string host)
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("true");
        hook.Environment_["DOCKER_HOST"] = host;

        Assert.Equal(0, (await hook.LaunchAsync(launch)).Status);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Equal([StatusReason.ContainerLaunchFailed], end.Reasons);
        Assert.Contains(host, end.Message);
        Assert.Contains(host, HookFixture.ReadSandbox(launch, "stderr"));
    }

    /// <summary>The engine dies under a running container, and the agent orders its end: the kernel obeys where no engine does.</summary>
    [Fact]
    public async Task Destroy_WithoutAnEngine_EndsTheProcess()
    {
        bool dead = false;
        await using var faulty = new FaultyEngine(_ => Task.FromResult(Volatile.Read(ref dead) ? Treatment.Drop : Treatment.Pass));
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_CONTAINERS_GRACE_SECONDS"] = "1";
        hook.Environment_["DOCKER_HOST"] = faulty.Host;
        Launch launch = hook.Executor("sleep 600");
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        Volatile.Write(ref dead, true);
        faulty.Break();

        Assert.Equal(0, (await hook.DestroyAsync(launch.ContainerId)).Status);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Killed, end.State);
        Assert.False(hook.Record(launch).Process!.IsAlive);

        // What the engine keeps of it is removed when it is there again, by whoever comes next.
        Volatile.Write(ref dead, false);
        await HookFixture.UntilAsync(() => !hook.Store.Find(launch.ContainerId).HasSupervisor, "the supervisor to give up or clean");
        Assert.Equal(0, (await hook.CallAsync("recover", null)).Status);
        await HookFixture.UntilAsync(() => StateCleaner.IsStale(hook.Store.Find(launch.ContainerId)), "the container to be cleaned up");
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    /// <summary>Every answer takes a while, as from a machine under load.</summary>
    [Fact]
    public async Task SlowEngine_IsWaitedFor()
    {
        await using var faulty = new FaultyEngine(static async _ =>
        {
            await Task.Delay(300);
            return Treatment.Pass;
        });
        await using var hook = new HookFixture(engine);
        hook.Environment_["DOCKER_HOST"] = faulty.Host;
        Launch launch = hook.Executor("echo out; exit 7");

        HookResult launched = await hook.LaunchAsync(launch);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(0, launched.Status);
        Assert.Equal(ExitCode << 8, end.Status?.Word);
        Assert.Equal("out\n", HookFixture.ReadSandbox(launch, "stdout"));
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task Registry_ThatStalls_IsGivenUp_WithASentence()
    {
        await using var hook = new HookFixture(engine);
        await using var registry = new RawServer(static request => Task.Delay(Timeout.Infinite, request.Stopped));
        hook.Environment_["MESOS_DOCKER_PULL_PROGRESS_TIMEOUT"] = "1s";
        string image = $"127.0.0.1:{registry.Port}/some/image:1";
        Launch launch = hook.Executor("true", executor => executor with
        {
            Command = executor.Command! with { Container = new LegacyContainer { Image = $"docker://{image}" } },
        });

        await hook.LaunchAsync(launch);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains(image, end.Message);
        Assert.Contains("nothing moved for 1 seconds", end.Message);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    private static string Simple(string route)
        => route.StartsWith("GET /images/", StringComparison.Ordinal) ? "GET /images/*/json" : route;
}
