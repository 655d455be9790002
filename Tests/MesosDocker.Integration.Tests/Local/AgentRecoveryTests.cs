using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Local;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Local;

/// <summary>Servers that end and come back: what runs, runs on and once, and every end is told, once to whoever listens and again to whoever did not.</summary>
public sealed class AgentRecoveryTests(EngineFixture engine)
{
    private const string Once = $"echo started; {AgentFixture.UntilGo}; exit 5";

    [Fact]
    public async Task RunningTask_IsAdopted()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask(Once);
        await agent.LaunchAsync(task);
        await agent.UpdateAsync(task, TaskState.Running);
        int port = agent.Agent.Identity.Port;
        string id = agent.Agent.Facts.AgentId;

        await agent.StopAsync();
        await agent.StartAsync(task);
        agent.Go(task);
        AgentUpdate end = await agent.EndAsync(task);
        await agent.EndedAsync(task);

        Assert.Equal((TaskState.Failed, "The container exited with status 5."), (end.State, end.Message));
        Assert.Equal([TaskState.Running, TaskState.Failed], agent.StatesOf(task));
        Assert.Equal("started\n", await File.ReadAllTextAsync(agent.Sandbox(task, "stdout")));
        Assert.Equal((port, id), (agent.Agent.Identity.Port, agent.Agent.Facts.AgentId));
    }

    [Fact]
    public async Task EndWhileTheServerIsAway_IsTold()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask(Once);
        await agent.LaunchAsync(task);
        await agent.UpdateAsync(task, TaskState.Running);
        ContainerId id = ContainerId.Parse(agent.Record(task).ContainerId);
        string sandbox = agent.Record(task).Directory;

        await agent.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(sandbox, "go"), "");
        await HookFixture.UntilAsync(() => agent.Store.Find(id).ReadTermination() is not null, "the end");
        await agent.StartAsync(task);
        AgentUpdate end = await agent.EndAsync(task);

        Assert.Equal((TaskState.Failed, "The container exited with status 5."), (end.State, end.Message));
    }

    [Fact]
    public async Task SupervisorKilledWhileTheServerIsAway_IsReplaced()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask(Once);
        await agent.LaunchAsync(task);
        await agent.UpdateAsync(task, TaskState.Running);
        ContainerId id = ContainerId.Parse(agent.Record(task).ContainerId);

        await agent.StopAsync();
        agent.Store.Find(id).FindSupervisor()!.Signal(Libc.SignalKill);
        await agent.StartAsync(task);
        agent.Go(task);
        AgentUpdate end = await agent.EndAsync(task);

        Assert.Equal((TaskState.Failed, "The container exited with status 5."), (end.State, end.Message));
    }

    [Fact]
    public async Task ContainerThatNobodyRemembers_IsDestroyed()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask(Once);
        await agent.LaunchAsync(task);
        await agent.UpdateAsync(task, TaskState.Running);

        await agent.StopAsync();
        await agent.StartAsync();
        await agent.EndedAsync(task);

        await HookFixture.UntilAsync(() => agent.LeftAsync().GetAwaiter().GetResult().Count == 0, "the container to go");
        Assert.Equal([TaskState.Running], agent.StatesOf(task));
        Assert.True(agent.Record(task).IsOver);
        Assert.True(File.Exists(agent.Sandbox(task, "stdout")));
    }

    [Fact]
    public async Task RecordsThatAreLost_LeaveNoContainer()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask(Once);
        await agent.LaunchAsync(task);
        await agent.UpdateAsync(task, TaskState.Running);

        await agent.StopAsync();
        foreach (string record in Directory.EnumerateFiles(agent.Files.PathOf("work", "meta", "runs")))
        {
            await File.WriteAllTextAsync(record, "{");
        }

        await agent.StartAsync(task);
        AgentUpdate end = await agent.EndAsync(task);

        Assert.Equal(TaskState.Lost, end.State);
        await HookFixture.UntilAsync(() => agent.LeftAsync().GetAwaiter().GetResult().Count == 0, "the container to go");
    }

    [Fact]
    public async Task UpdatesThatWereNotAcknowledged_ComeAgain_AndThoseThatWereDoNot()
    {
        await using var agent = new AgentFixture(engine) { Acknowledges = false };
        await agent.StartAsync();
        AgentTask task = agent.NewTask("exit 0");
        await agent.LaunchAsync(task);
        await agent.EndAsync(task);
        await agent.EndedAsync(task);
        await agent.Agent.AcknowledgeAsync(agent.Updates[0], CancellationToken.None);

        await agent.StopAsync();
        await agent.StartAsync(task);
        await HookFixture.UntilAsync(() => agent.StatesOf(task).Count == 3, "the end again");

        Assert.Equal([TaskState.Running, TaskState.Finished, TaskState.Finished], agent.StatesOf(task));
        Assert.Equal(agent.Updates[1].Uuid, agent.Updates[2].Uuid);
    }

    [Fact]
    public async Task AcknowledgementOnAFullDisk_CountsForThisServer_AndIsAskedForAgainByTheNext()
    {
        using var files = new TemporaryDirectory();
        await using MountedDirectory work = await MountedDirectory.CreateAsync(files.PathOf("work"), kilobytes: 1024);
        await using var agent = new AgentFixture(engine) { Acknowledges = false };
        agent.Options = agent.Options with { WorkDirectory = files.PathOf("work") };
        await agent.StartAsync();
        AgentTask task = agent.NewTask("exit 3");
        await agent.LaunchAsync(task);
        await agent.EndAsync(task);
        await agent.EndedAsync(task);
        work.Fill();

        foreach (AgentUpdate update in agent.Updates)
        {
            var e = await Assert.ThrowsAsync<MesosDockerException>(() => agent.Agent.AcknowledgeAsync(update, CancellationToken.None));
            Assert.Equal(Fault.DiskFull, e.Fault);
        }

        Assert.True(agent.Record(task).IsOver);
        work.Free();
        int told = agent.Updates.Count;
        await agent.StopAsync();
        agent.Acknowledges = true;
        await agent.StartAsync(task);
        await HookFixture.UntilAsync(() => agent.Updates.Count == 2 * told, "every update again");

        Assert.Equal(agent.Updates.Take(told).Select(static update => update.Uuid), agent.Updates.Skip(told).Select(static update => update.Uuid));
        await HookFixture.UntilAsync(() => agent.Record(task).IsOver, "the acknowledgement");
    }

    [Fact]
    public async Task StateOfAContainer_GoesWithItsEnd_ButStaysWithTheSandboxOfOneThatFailed()
    {
        await using var agent = new AgentFixture(engine);
        agent.Options = agent.Options with { Sandboxes = new SandboxRule { PerApp = 1 } };
        await agent.StartAsync();
        AgentTask failed = agent.NewTask("exit 3");
        AgentTask finished = agent.NewTask("exit 0");
        foreach (AgentTask task in (AgentTask[])[failed, finished])
        {
            await agent.LaunchAsync(task);
            await agent.EndAsync(task);
            await agent.EndedAsync(task);
        }

        ContainerId Id(AgentTask task) => ContainerId.Parse(agent.Record(task).ContainerId);
        ContainerId first = Id(failed);
        await HookFixture.UntilAsync(() => agent.Store.TryFind(Id(finished)) is null, "the state of the one that finished to go");
        Assert.NotNull(agent.Store.TryFind(first));
        Assert.True(Directory.Exists(agent.Record(finished).Directory));

        AgentTask again = failed with { TaskId = agent.NewTask("").TaskId };
        await agent.LaunchAsync(again);
        await agent.EndAsync(again);
        await agent.EndedAsync(again);
        await HookFixture.UntilAsync(() => agent.Store.TryFind(first) is null, "the state of the older failure to go");
        await HookFixture.UntilAsync(() => agent.Agent.Runs.Find(failed.TaskId) is null, "its record to go");
        Assert.NotNull(agent.Store.TryFind(Id(again)));
    }

    [Fact]
    public async Task TaskThatNeverArrived_IsLost()
    {
        await using var agent = new AgentFixture(engine);
        AgentTask task = agent.NewTask("true");

        await agent.StartAsync(task);

        Assert.Equal(TaskState.Lost, (await agent.EndAsync(task)).State);
    }

    [Fact]
    public async Task TaskThatIsOver_IsToldAgain_ToASchedulerThatRemembersItStill()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask("exit 9");
        await agent.LaunchAsync(task);
        await agent.EndAsync(task);
        await agent.EndedAsync(task);

        await agent.StopAsync();
        await agent.StartAsync(task);
        await HookFixture.UntilAsync(() => agent.StatesOf(task).Count(static state => state == TaskState.Failed) == 2, "the end again");

        Assert.Equal("The container exited with status 9.", agent.Updates[^1].Message);
    }

    [Fact]
    public async Task Kill_AtOnceAfterAStart_ReachesTheTask()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask(Once);
        await agent.LaunchAsync(task);
        await agent.UpdateAsync(task, TaskState.Running);

        await agent.StopAsync();
        await agent.StartAsync(task);
        await agent.KillAsync(task, TimeSpan.Zero);
        AgentUpdate end = await agent.EndAsync(task);

        Assert.Equal(TaskState.Killed, end.State);
    }

    [Fact]
    public async Task WorkDirectory_HasOneServer()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();

        MesosDockerException refused = Assert.Throws<MesosDockerException>(() => LocalAgent.Open(agent.Options, Log.Nowhere()));

        Assert.Equal(Fault.StateUnusable, refused.Fault);
    }
}
