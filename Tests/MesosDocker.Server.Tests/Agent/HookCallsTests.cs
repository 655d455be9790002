using MesosDocker.Local;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests.Agent;

public sealed class HookCallsTests
{
    private static readonly AgentOptions s_options = new()
    {
        WorkDirectory = "/work",
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = "/bin",
            ["MESOS_DOCKER_LOG_SYSLOG"] = "INFO",
            ["MESOS_SLAVE_PID"] = "another",
            ["LIBPROCESS_SSL_ENABLED"] = "1",
            ["SSL_ENABLED"] = "1",
            ["SSL_CERT_FILE"] = "/ca",
        },
    };

    [Fact]
    public void Environment_IsOurs_ButForWhatIsAnotherAgents()
    {
        IReadOnlyDictionary<string, string> environment = HookCalls.AgentEnvironment(s_options, "/work");

        Assert.Equal(
            ["MESOS_DOCKER_LOG_SYSLOG=INFO", "MESOS_LIBEXEC_DIRECTORY=/usr/libexec/mesos", "MESOS_WORK_DIRECTORY=/work", "PATH=/bin", "SSL_CERT_FILE=/ca"],
            environment.Select(static pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Launch_HasWhatARealAgentSets()
    {
        var launch = new Launch
        {
            ContainerId = ContainerId.Parse("c"),
            Executor = new ExecutorInfo { ExecutorId = "e", FrameworkId = "f" },
            Directory = "/sandbox",
        };

        IReadOnlyDictionary<string, string> environment = HookCalls.LaunchEnvironment(
            HookCalls.AgentEnvironment(s_options, "/work"), launch, new AgentIdentity("A", 5051), s_options with { DefaultImage = "docker:///i" });

        // The libraries are where libmesos is installed; here it is not.
        string[] real = [.. File.ReadLines(TestData.PathOf("ecp", "command-task", "0001-launch", "env"))
            .Select(static line => line.Split('=')[0])
            .Where(static name => name.StartsWith("MESOS_", StringComparison.Ordinal) && !name.EndsWith("_LIBRARY", StringComparison.Ordinal))];
        Assert.Empty(real.Except(environment.Keys));
        Assert.Equal(("f", "e", "/sandbox", "A"), (
            environment["MESOS_FRAMEWORK_ID"], environment["MESOS_EXECUTOR_ID"], environment["MESOS_DIRECTORY"], environment["MESOS_SLAVE_ID"]));
        Assert.Equal(("slave(1)@127.0.0.1:5051", "127.0.0.1:5051"), (environment["MESOS_SLAVE_PID"], environment["MESOS_AGENT_ENDPOINT"]));
        Assert.Equal(("1", "900secs", "docker:///i"), (
            environment["MESOS_CHECKPOINT"], environment["MESOS_RECOVERY_TIMEOUT"], environment["MESOS_DEFAULT_CONTAINER_IMAGE"]));
    }

    [Fact]
    public async Task OwnExecutor_IsLaunchedWithoutATask_AndHandedItWhenItSubscribes()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        AgentTask task = ScriptedAgent.NewTask();
        task = task with { App = task.App with { Executor = "/opt/executor" } };

        await agent.LaunchAsync(task);
        using var executor = new ExecutorDouble(agent, "marathon-app.1");
        await executor.SubscribeAsync();
        Adapters.Wire.Protocol.Executor.Event launched = await executor.NextAsync();

        byte[] frame = await File.ReadAllBytesAsync(agent.Files.PathOf("last-launch"));
        Launch launch = MesosCodec.DecodeLaunch(frame.AsSpan(sizeof(int)));
        Assert.Null(launch.Task);
        Assert.Equal("marathon-app.1", launch.Executor!.ExecutorId);
        Assert.Equal("app.1", launched.Launch.Task.TaskId.Value);
        Assert.True(launch.Checkpoint);
    }

    [Fact]
    public async Task OwnExecutor_IsDismissed_WhenItsTaskHasEnded()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        AgentTask task = ScriptedAgent.NewTask();
        await agent.Agent.LaunchAsync(task with { App = task.App with { Executor = "/opt/executor" } }, CancellationToken.None);
        using var executor = new ExecutorDouble(agent, "marathon-app.1");
        await executor.SubscribeAsync();
        await executor.NextAsync();

        await executor.SendAsync(ExecutorDouble.Status("app.1", Adapters.Wire.Protocol.TaskState.TaskFinished));
        Assert.Equal(Adapters.Wire.Protocol.Executor.Event.Types.Type.Acknowledged, (await executor.NextAsync()).Type);
        await agent.Agent.AcknowledgeAsync(await agent.UpdateAsync(static update => update.IsTerminal), CancellationToken.None);

        Assert.Equal(Adapters.Wire.Protocol.Executor.Event.Types.Type.Shutdown, (await executor.NextAsync()).Type);
    }
}
