using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Integration.Tests.Local;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using MesosDocker.Pods;

namespace MesosDocker.Integration.Tests.Pods;

/// <summary>Pods on the embedded cluster's agent, by an app's executor.</summary>
public sealed class PodClusterTests(EngineFixture engine)
{
    private const string Yaml = """
        services:
          web: {image: IMAGE, container_name: front, command: ["sh", "-c", "exec nc -ll -p 80 -e echo hello"], ports: ["8080:80"], restart: always, stop_grace_period: 0s}
        volumes: {data: {name: shared}}
        """;

    private readonly string _mark = Guid.NewGuid().ToString("n");

    [Fact]
    public async Task ThreePods_OfOneProject_RunOnOneMachine_AndEachEndsAlone()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        int[] ports = [PodLifeTests.FreePort(), PodLifeTests.FreePort(), PodLifeTests.FreePort()];
        AgentTask[] tasks = [.. ports.Select(port => NewPod(agent, port))];

        foreach (AgentTask task in tasks)
        {
            await agent.LaunchAsync(task);
        }

        foreach (AgentTask task in tasks)
        {
            AgentUpdate running = await agent.UpdateAsync(task, TaskState.Running);
            Assert.Equal("The pod runs with 1 container.", running.Message);
        }

        Assert.All(ports, static port => Assert.Equal("hello\n", PodLifeTests.AskAsync(port).Result));
        await agent.KillAsync(tasks[1], TimeSpan.FromSeconds(5));
        Assert.Equal(TaskState.Killed, (await agent.EndAsync(tasks[1])).State);
        await agent.EndedAsync(tasks[1]);
        Assert.Equal(2, (await PodsAsync()).Count);
        await agent.KillAsync(tasks[0], TimeSpan.FromSeconds(5));
        await agent.KillAsync(tasks[2], TimeSpan.FromSeconds(5));
        await agent.EndedAsync(tasks[0]);
        await agent.EndedAsync(tasks[2]);

        Assert.Empty(await PodsAsync());
    }

    [Fact]
    public async Task APod_RunsOnWithoutTheServer_AndIsTheNextOnes()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        int port = PodLifeTests.FreePort();
        AgentTask task = NewPod(agent, port);
        await agent.LaunchAsync(task);
        await agent.UpdateAsync(task, TaskState.Running);

        await agent.StopAsync();
        Assert.Equal("hello\n", await PodLifeTests.AskAsync(port));
        await agent.StartAsync(task);
        await HookFixture.UntilAsync(() => agent.Agent.Runs.Find(task.TaskId)!.IsSubscribed, "the executor to come back");

        await agent.KillAsync(task, TimeSpan.FromSeconds(5));
        Assert.Equal(TaskState.Killed, (await agent.EndAsync(task)).State);
        await agent.EndedAsync(task);
        Assert.Empty(await PodsAsync());
    }

    /// <summary>Nobody remembers it: its executor is killed with its whole tree, and its reaper removes the rest.</summary>
    [Fact]
    public async Task APodThatIsDestroyed_LeavesNothing()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = NewPod(agent, PodLifeTests.FreePort());
        await agent.LaunchAsync(task);
        await agent.UpdateAsync(task, TaskState.Running);
        string sandbox = agent.Record(task).Directory;

        await agent.StopAsync();
        await agent.StartAsync();

        await HookFixture.UntilAsync(() => !HookFixture.PidsOf(sandbox).Any(), "its reaper to end");
        Assert.Empty(await PodsAsync());
    }

    private AgentTask NewPod(AgentFixture agent, int port)
    {
        string file = agent.Files.Write("docker-compose.yml", Yaml.Replace("IMAGE", engine.Image, StringComparison.Ordinal));
        return agent.NewTask(
            "run",
            app => app with
            {
                Container = null,
                Executor = "/usr/local/bin/mesos-docker-executor",
                PortDefinitions = [new PortDefinition { Port = 0 }],
                Fetch = [new Artifact { Uri = file }],
                Labels = new Dictionary<string, string> { ["fileName"] = "docker-compose.yml", ["mark"] = _mark },
            },
            port);
    }

    private async Task<IReadOnlyList<ContainerSummary>> PodsAsync() => await engine.Engine.ListAsync(
        new ContainerFilter { All = true, Labels = [PodLabels.Pod, $"mark={_mark}"] }, CancellationToken.None);
}
