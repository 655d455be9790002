using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;
using MesosDocker.TestKit.Docker;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;
using Status = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>Command tasks whose agent goes away, comes back, or does not.</summary>
public sealed class AgentTroubleTests(EngineFixture engine)
{
    private const string UntilGo = "while [ ! -e go ]; do sleep 0.05; done";

    [Fact]
    public async Task End_WhileTheAgentIsAway_IsToldWhenItIsBack()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask($"{UntilGo}; exit 3", agent, checkpoint: true);
        await hook.LaunchAsync(launch, agent);
        await agent.UpdateAsync(State.TaskRunning);
        await HookFixture.UntilAsync(() => hook.Record(launch).Updates.Tasks is [{ IsAcknowledged: true }], "the acknowledgement");

        await agent.StopAsync();
        Go(launch);
        await HookFixture.UntilAsync(() => hook.Store.Find(launch.ContainerId).ReadTermination() is not null, "its end");
        Task<Termination> waiting = hook.WaitAsync(launch.ContainerId);
        Assert.True(FileLock.IsHeld(hook.Store.Find(launch.ContainerId).RunningLock));
        agent.Start();
        Termination end = await waiting;

        Assert.Equal(3 << 8, end.Status?.Word);
        Assert.Equal([State.TaskRunning, State.TaskFailed], agent.States);
        Assert.Equal(State.TaskFailed, Assert.Single(agent.Subscribes[1].Subscribe.UnacknowledgedUpdates).Status.State);
        Assert.Empty(agent.Subscribes[1].Subscribe.UnacknowledgedTasks);
    }

    [Fact]
    public async Task UnacknowledgedUpdates_GoAgain_InOrderAndAsTheyWere()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent { Acknowledges = false };
        Launch launch = hook.DockerTask($"{UntilGo}; exit 0", agent, checkpoint: true);
        await hook.LaunchAsync(launch, agent);
        Status running = await agent.UpdateAsync(State.TaskRunning);
        Go(launch);
        Status finished = await agent.UpdateAsync(State.TaskFinished);

        agent.Acknowledges = true;
        agent.BreakStreams();
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Finished, end.State);
        Assert.Equal([running, finished], agent.Subscribes[1].Subscribe.UnacknowledgedUpdates.Select(static u => u.Status));
        Assert.Equal(launch.Task!.TaskId, Assert.Single(agent.Subscribes[1].Subscribe.UnacknowledgedTasks).TaskId.Value);
    }

    [Fact]
    public async Task NextSupervisor_TakesOverWhatIsUnacknowledged()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent { Acknowledges = false };
        Launch launch = hook.DockerTask($"{UntilGo}; exit 0", agent, static docker => docker with { Network = DockerNetwork.Bridge }, checkpoint: true);
        await hook.LaunchAsync(launch, agent);
        Status running = await agent.UpdateAsync(State.TaskRunning);
        Task<Termination> waiting = hook.WaitAsync(launch.ContainerId);

        Assert.True(ProcessIdentity.Of(hook.SupervisorOf(launch))!.Signal(Libc.SignalKill));
        await agent.SubscribedAsync(2);
        agent.Acknowledges = true;
        agent.BreakStreams();
        await agent.SubscribedAsync(3);
        Go(launch);
        Termination end = await waiting;

        Assert.Equal(TaskState.Finished, end.State);
        Assert.Equal(running, agent.Subscribes[1].Subscribe.UnacknowledgedUpdates[0].Status);
        Assert.Equal([State.TaskRunning, State.TaskFinished], agent.States);
    }

    [Fact]
    public async Task AgentThatNeverComesBack_EndsTheTask_AfterItsRecoveryTimeout()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask("trap 'echo polite; exit 0' TERM; while :; do sleep 0.05; done", agent, checkpoint: true);
        await hook.LaunchAsync(launch, agent, new Dictionary<string, string> { ["MESOS_RECOVERY_TIMEOUT"] = "500ms" });
        await agent.UpdateAsync(State.TaskRunning);

        await agent.StopAsync();
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains(agent.Endpoint, end.Message);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task AgentThatDisownsTheTask_EndsIt()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask("sleep 600", agent, checkpoint: true);
        await hook.LaunchAsync(launch, agent);
        await agent.UpdateAsync(State.TaskRunning);

        agent.Refusal = 400;
        agent.BreakStreams();
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("refuses this executor: 400 refused by the test", end.Message);
    }

    [Fact]
    public async Task AgentThatIsNotThereAtFirst_IsWaitedFor()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent { PieceSize = 3 };
        Launch launch = hook.DockerTask("exit 0", agent);
        await agent.StopAsync();
        await hook.LaunchAsync(launch, agent);
        await HookFixture.UntilAsync(() => hook.Store.TryFind(launch.ContainerId)?.ReadRecord().EngineId is not null, "the container");

        agent.Start();

        Assert.Equal(TaskState.Finished, (await hook.WaitAsync(launch.ContainerId)).State);
    }

    [Fact]
    public async Task AgentThatNeverTakesTheExecutor_EndsTheTask_BeforeItBegins()
    {
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_EXECUTOR_SUBSCRIBE_TIMEOUT"] = "1";
        await using var agent = new FakeAgent { Refusal = 503 };

        Termination end = await hook.RunAsync(hook.DockerTask("exit 0", agent), agent);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("503 refused by the test", end.Message);
        Assert.Null(end.Status);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task AgentWithTls_IsSpokenTo_ByItsOwnVariables(bool verify, bool mutual)
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        using var certificates = new TestCertificates();
        await using var front = new TlsFront(verify ? certificates.Elsewhere : certificates.Server, agent.Port, mutual);
        var variables = new Dictionary<string, string> { ["MESOS_AGENT_ENDPOINT"] = front.Endpoint, ["LIBPROCESS_SSL_ENABLED"] = "true" };
        if (verify)
        {
            variables["LIBPROCESS_SSL_VERIFY_CERT"] = "1";
            variables["LIBPROCESS_SSL_CA_FILE"] = certificates.PathOf("ca.pem");
        }

        if (mutual)
        {
            variables["LIBPROCESS_SSL_CERT_FILE"] = certificates.PathOf("cert.pem");
            variables["LIBPROCESS_SSL_KEY_FILE"] = certificates.PathOf("key.pem");
        }

        Launch launch = hook.DockerTask("exit 0", agent);
        await hook.LaunchAsync(launch, agent, variables);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.True(end.State == TaskState.Finished, end.Message);
        Assert.Equal([State.TaskRunning, State.TaskFinished], agent.States);
    }

    [Fact]
    public async Task AgentWithAStrangersCertificate_IsNotTrusted_WhereItIsVerified()
    {
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_EXECUTOR_SUBSCRIBE_TIMEOUT"] = "1";
        await using var agent = new FakeAgent();
        using var certificates = new TestCertificates();
        using var strangers = new TestCertificates();
        await using var front = new TlsFront(strangers.Server, agent.Port);
        Launch launch = hook.DockerTask("exit 0", agent);
        await hook.LaunchAsync(launch, agent, new Dictionary<string, string>
        {
            ["MESOS_AGENT_ENDPOINT"] = front.Endpoint,
            ["LIBPROCESS_SSL_ENABLED"] = "1",
            ["LIBPROCESS_SSL_REQUIRE_CERT"] = "1",
            ["LIBPROCESS_SSL_CA_FILE"] = certificates.PathOf("ca.pem"),
        });

        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("LIBPROCESS_SSL_CA_FILE", end.Message);
        Assert.Equal(0, agent.Requests);
    }

    [Fact]
    public async Task CertificateThatIsMissing_IsSaid()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask("exit 0", agent);
        await hook.LaunchAsync(launch, agent, new Dictionary<string, string>
        {
            ["LIBPROCESS_SSL_ENABLED"] = "1", ["LIBPROCESS_SSL_CERT_FILE"] = "/no/such/cert.pem", ["LIBPROCESS_SSL_KEY_FILE"] = "/no/such/key.pem",
        });

        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("/no/such/cert.pem", end.Message);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    private static void Go(Launch launch) => File.WriteAllText(HookFixture.Sandbox(launch, "go"), "");
}
