using System.Globalization;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Local;

/// <summary>An app's own executor without a container is a process of this machine, as with an agent's own containerizer.</summary>
public sealed class HostProcessTests(EngineFixture engine)
{
    [Fact]
    public async Task Executor_IsAProcess_InItsSandbox_WithItsFilesAndEnvironment()
    {
        await using var agent = new AgentFixture(engine);
        string file = agent.Files.Write("data.txt", "fetched");
        string executor = agent.Files.WriteProgram("executor", "pwd; cat data.txt; echo; echo \"$# $1 $2\"; env | sort; echo oops >&2; exec sleep 1000");
        File.SetUnixFileMode(executor, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await agent.StartAsync();
        var variables = new Dictionary<string, EnvironmentValue> { ["OWN"] = "x" };
        AgentTask task = Task(agent, executor, app => app with { Cmd = "one two", Fetch = [new Artifact { Uri = file }], Env = variables }, 31007);

        await agent.LaunchAsync(task);
        string sandbox = agent.Record(task).Directory;
        await HookFixture.UntilAsync(() => Read(agent, task).Contains("OWN=x", StringComparison.Ordinal), "its output");

        string[] lines = Read(agent, task).Split('\n');
        Assert.Equal([sandbox, "fetched", "2 one two"], lines[..3]);
        Assert.All(
            (string[])[
                "MESOS_FRAMEWORK_ID=F", $"MESOS_EXECUTOR_ID=marathon-{task.TaskId}", $"MESOS_DIRECTORY={sandbox}", $"MESOS_SANDBOX={sandbox}", "MESOS_CHECKPOINT=1",
                $"MESOS_AGENT_ENDPOINT={agent.Agent.Identity.Endpoint}", "LIBPROCESS_PORT=0", "PORT0=31007", "HOST=localhost",
            ],
            variable => Assert.Contains(variable, lines));
        Assert.Equal("oops\n", await File.ReadAllTextAsync(Path.Combine(sandbox, "stderr"), TestContext.Current.CancellationToken));
        Assert.Empty(await agent.LeftAsync());
        ResourceStatistics usage = (await agent.Agent.UsageAsync(task.TaskId, CancellationToken.None))!;
        Assert.True(usage is { Processes: > 0, MemoryRssBytes: > 0 });
    }

    [Fact]
    public async Task Kill_EndsTheWholeTree_AndItsSessions()
    {
        await using var agent = new AgentFixture(engine);
        string executor = agent.Files.WriteProgram("executor", "sleep 1000 & setsid sleep 1001 & (sleep 1002 &) ; echo $$; exec sleep 1003");
        await agent.StartAsync();
        AgentTask task = Task(agent, executor);
        await agent.LaunchAsync(task);
        int leader = await LeaderAsync(agent, task);
        IReadOnlyList<ProcessIdentity> tree = ProcessTree.Of(ProcessIdentity.Of(leader)!);
        Assert.True(tree.Count >= 4, $"{tree.Count} processes");

        await agent.KillAsync(task, TimeSpan.Zero);
        await agent.EndedAsync(task);

        Assert.All(tree, static process => Assert.False(process.IsAlive, $"{process.Pid} lives"));
    }

    [Fact]
    public async Task AnExecutorThatEnds_IsTold_WithItsStatus_AndItsSessionEnds()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = Task(agent, agent.Files.WriteProgram("executor", "sleep 1004 & echo $$; exit 3"));

        await agent.LaunchAsync(task);
        AgentUpdate end = await agent.EndAsync(task);
        await agent.EndedAsync(task);

        Assert.Equal((TaskState.Failed, "The executor exited with status 3."), (end.State, end.Message));
        Assert.DoesNotContain(HookFixture.PidsOf("sleep 1004"), static _ => true);
    }

    [Fact]
    public async Task ANextServer_AdoptsIt_AndKnowsWhatEndedMeanwhile()
    {
        await using var agent = new AgentFixture(engine);
        string executor = agent.Files.WriteProgram("executor", "echo $$; while [ ! -e go ]; do sleep 0.05; done");
        await agent.StartAsync();
        AgentTask stays = Task(agent, executor);
        AgentTask ends = Task(agent, executor);
        await agent.LaunchAsync(stays);
        await agent.LaunchAsync(ends);
        int leader = await LeaderAsync(agent, stays);
        await LeaderAsync(agent, ends);
        string go = agent.Sandbox(ends, "go");

        await agent.StopAsync();
        Assert.NotNull(ProcessIdentity.Of(leader));
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
        await HookFixture.UntilAsync(() => HookFixture.PidsOf(executor).Count() == 1, "one of them to end");
        await agent.StartAsync(stays, ends);

        Assert.Equal(TaskState.Failed, (await agent.EndAsync(ends)).State);
        Assert.NotNull(ProcessIdentity.Of(leader));
        await agent.KillAsync(stays, TimeSpan.Zero);
        await agent.EndedAsync(stays);
        Assert.Null(ProcessIdentity.Of(leader));
    }

    [Fact]
    public async Task NobodyRemembersIt_ItIsDestroyed()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = Task(agent, agent.Files.WriteProgram("executor", "echo $$; exec sleep 1005"));
        await agent.LaunchAsync(task);
        int leader = await LeaderAsync(agent, task);

        await agent.StopAsync();
        await agent.StartAsync();

        await HookFixture.UntilAsync(() => ProcessIdentity.Of(leader) is null, "it to end");
    }

    [Fact]
    public async Task WhatCannotRun_IsTold()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask missing = Task(agent, agent.Files.PathOf("nothing"));
        AgentTask unfetched = Task(agent, "/bin/true", app => app with { Fetch = [new Artifact { Uri = "/no/such/file" }] });
        AgentTask nobody = Task(agent, "/bin/true", app => app with { User = "no-such-user" });

        await agent.LaunchAsync(missing);
        await agent.LaunchAsync(unfetched);
        await agent.LaunchAsync(nobody);

        Assert.Equal("The executor exited with status 1.", (await agent.EndAsync(missing)).Message);
        Assert.Contains("/no/such/file", (await agent.EndAsync(unfetched)).Message);
        Assert.Contains("no user 'no-such-user'", (await agent.EndAsync(nobody)).Message);
    }

    [Fact]
    public async Task AUser_IsWhoItRunsAs()
    {
        Assert.SkipWhen(RunningProgram.Find("setpriv") is null, "There is no setpriv.");
        await using var agent = new AgentFixture(engine);
        File.SetUnixFileMode(agent.Files.Root, (UnixFileMode)0b111_101_101);
        string file = agent.Files.WriteProgram("executor", "id");
        File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        await agent.StartAsync();
        AgentTask task = Task(agent, "./executor", app => app with { User = "nobody", Fetch = [new Artifact { Uri = file, Executable = true }] });

        await agent.LaunchAsync(task);

        Assert.Equal("The executor exited with status 0.", (await agent.EndAsync(task)).Message);
        Assert.StartsWith("uid=65534", Read(agent, task));
    }

    private static AgentTask Task(AgentFixture agent, string executor, Func<App, App>? change = null, params int[] ports)
    {
        AgentTask task = agent.NewTask("run", app => app with { Container = null, Executor = executor, PortDefinitions = [new PortDefinition { Port = 0 }] }, ports);
        return change is null ? task : task with { App = change(task.App) };
    }

    private static string Read(AgentFixture agent, AgentTask task)
        => File.Exists(agent.Sandbox(task, "stdout")) ? File.ReadAllText(agent.Sandbox(task, "stdout")) : "";

    private static async Task<int> LeaderAsync(AgentFixture agent, AgentTask task)
    {
        await HookFixture.UntilAsync(() => Read(agent, task).Contains('\n'), $"the executor of {task.TaskId}");
        return int.Parse(Read(agent, task).Split('\n')[0], CultureInfo.InvariantCulture);
    }
}
