using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>A framework's own executor in a container, and its way to the agent.</summary>
public sealed class FrameworkExecutorTests(EngineFixture engine)
{
    // SUBSCRIBE in protobuf: the two ids as messages in messages, the type, a Subscribe with nothing in it but a field that nobody knows:
    // busybox's wget posts no zero byte. Then it listens until the agent hangs up.
    private const string Executor = """
        bytes() { printf "\\$(printf %o "$1")"; }
        id() { printf '\012'; bytes ${#1}; printf %s "$1"; }
        field() { printf "\\$1"; bytes $((${#2} + 2)); id "$2"; }
        { field 012 "$MESOS_EXECUTOR_ID"; field 022 "$MESOS_FRAMEWORK_ID"; printf '\030\001\042\002\170\001'; } > call
        echo "checkpoint $MESOS_CHECKPOINT, grace $MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD, sandbox $MESOS_DIRECTORY"
        wget -q -O events --header 'Content-Type: application/x-protobuf' --header 'Accept: application/x-protobuf' \
            --post-file call "http://$MESOS_AGENT_ENDPOINT/api/v1/executor"
        exit 0
        """;

    [Fact]
    public async Task Executor_ReachesTheAgent_FromTheHostsNetwork()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.Executor(Executor) with { AgentPid = agent.Pid };
        await hook.LaunchAsync(launch, agent);

        await agent.SubscribedAsync();
        agent.Launch("a task");
        agent.BreakStreams();
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(launch.Executor!.ExecutorId, Assert.Single(agent.Subscribes).ExecutorId.Value);
        Assert.Equal("F", agent.Subscribes[0].FrameworkId.Value);
        Assert.Equal(TaskState.Finished, end.State);
        Assert.Equal("checkpoint 0, grace 5secs, sandbox /tmp/mesos-sandbox\n", HookFixture.ReadSandbox(launch, "stdout"));
        Assert.Contains("a task", HookFixture.ReadSandbox(launch, "fs/events"));
        Assert.DoesNotContain("mesos-docker:", HookFixture.ReadSandbox(launch, "stderr"));
        Assert.Empty(agent.Updates);
    }

    [Theory]
    [InlineData(DockerNetwork.Bridge, true)]
    [InlineData(DockerNetwork.None, true)]
    [InlineData(DockerNetwork.Host, false)]
    public async Task Network_FromWhichTheAgentCannotBeReached_IsWarnedOf(DockerNetwork network, bool warned)
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.Executor("exit 0", executor => executor with
        {
            Command = new CommandInfo { Value = "exit 0" },
            Container = new ContainerInfo { Type = ContainerType.Docker, Docker = new DockerInfo { Image = hook.Image, Network = network } },
        });

        await hook.RunAsync(launch, agent);

        string expected = $"the agent at {agent.Endpoint} cannot be reached";
        Assert.Equal(warned, HookFixture.ReadSandbox(launch, "stderr").Contains(expected, StringComparison.Ordinal));
    }
}
