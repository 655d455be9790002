using System.Text.Json;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using HealthCheck = MesosDocker.Marathon.HealthCheck;

namespace MesosDocker.Integration.Tests.Local;

/// <summary>Whole lives of tasks on the embedded cluster's agent.</summary>
public sealed class AgentLifeTests(EngineFixture engine)
{
    private const string Polite = "trap 'echo polite; exit 0' TERM; touch ready; while :; do sleep 0.05; done";
    private const string Deaf = "trap 'touch termed' TERM; touch ready; while :; do sleep 0.05; done";

    private static readonly TimeSpan s_tooLong = TimeSpan.FromHours(1);

    [Fact]
    public async Task Task_RunsAndFinishes_WithItsOutputInTheSandbox()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask("echo to-out; echo to-err >&2; echo $MESOS_TASK_ID; echo $PORT0-$HOST", null, 31001);

        await agent.LaunchAsync(task);
        AgentUpdate end = await agent.EndAsync(task);
        await agent.EndedAsync(task);

        Assert.Equal([TaskState.Running, TaskState.Finished], agent.StatesOf(task));
        Assert.Equal("The container exited with status 0.", end.Message);
        Assert.Equal($"to-out\n{task.TaskId}\n31001-localhost\n", await File.ReadAllTextAsync(agent.Sandbox(task, "stdout")));
        Assert.EndsWith("to-err\n", await File.ReadAllTextAsync(agent.Sandbox(task, "stderr")));
        string latest = Path.Combine(Path.GetDirectoryName(agent.Record(task).Directory)!, "latest", "stdout");
        Assert.True(File.Exists(latest));
        Assert.True(agent.Record(task).IsOver);
    }

    [Fact]
    public async Task ExitCode_IsTold()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask("exit 42");

        await agent.LaunchAsync(task);
        AgentUpdate end = await agent.EndAsync(task);

        Assert.Equal((TaskState.Failed, "The container exited with status 42."), (end.State, end.Message));
    }

    [Fact]
    public async Task OutOfMemory_IsTheReason()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask("x=0123456789abcdef; while true; do x=$x$x; done");

        await agent.LaunchAsync(task);
        AgentUpdate end = await agent.EndAsync(task);

        Assert.Equal((TaskState.Failed, "REASON_CONTAINER_LIMITATION_MEMORY"), (end.State, end.Reason));
        Assert.Contains("32 MB", end.Message);
    }

    [Fact]
    public async Task Kill_IsHeardByThePolite()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask(Polite);
        await agent.LaunchAsync(task);
        await Containerizer.HookFixture.UntilAsync(() => File.Exists(agent.Sandbox(task, "ready")), "the trap");

        await agent.KillAsync(task, s_tooLong);
        AgentUpdate end = await agent.EndAsync(task);
        await agent.EndedAsync(task);

        Assert.Equal([TaskState.Running, TaskState.Killing, TaskState.Killed], agent.StatesOf(task));
        Assert.StartsWith("Stopped by its framework", end.Message);
        Assert.Equal("polite\n", await File.ReadAllTextAsync(agent.Sandbox(task, "stdout")));
    }

    [Fact]
    public async Task Kill_EndsTheDeaf_WhenTheGraceIsOver()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask(Deaf);
        await agent.LaunchAsync(task);
        await Containerizer.HookFixture.UntilAsync(() => File.Exists(agent.Sandbox(task, "ready")), "the trap");

        await agent.KillAsync(task, s_tooLong);
        await Containerizer.HookFixture.UntilAsync(() => File.Exists(agent.Sandbox(task, "termed")), "the first signal");
        await agent.KillAsync(task, TimeSpan.FromMilliseconds(100));
        AgentUpdate end = await agent.EndAsync(task);

        Assert.Equal(TaskState.Killed, end.State);
        Assert.Contains("SIGKILL", end.Message);
    }

    [Fact]
    public async Task Kill_OfATaskThatIsOverOrUnknown_IsTold()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask("exit 3");
        await agent.LaunchAsync(task);
        await agent.EndAsync(task);
        await agent.EndedAsync(task);

        await agent.KillAsync(task, TimeSpan.Zero);
        AgentTask unknown = agent.NewTask("never");
        await agent.KillAsync(unknown, TimeSpan.Zero);

        Assert.Equal(TaskState.Lost, (await agent.EndAsync(unknown)).State);
        await Containerizer.HookFixture.UntilAsync(
            () => agent.StatesOf(task).Count(static state => state == TaskState.Failed) == 2, "the end once more");
    }

    [Fact]
    public async Task Launch_Twice_IsOneTask()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask($"echo started; {AgentFixture.UntilGo}");

        await Task.WhenAll(agent.LaunchAsync(task), agent.LaunchAsync(task), agent.LaunchAsync(task));
        await agent.UpdateAsync(task, TaskState.Running);

        Assert.Single(await agent.LeftAsync());
        agent.Go(task);
        await agent.EndAsync(task);
        await agent.EndedAsync(task);
        Assert.Equal("started\n", await File.ReadAllTextAsync(agent.Sandbox(task, "stdout")));
    }

    [Fact]
    public async Task ImageThatCannotBePulled_IsTheMessage()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask(
            "true", static app => app with { Container = app.Container! with { Docker = new DockerContainer { Image = "127.0.0.1:1/no/such:1" } } });

        await agent.LaunchAsync(task);
        AgentUpdate end = await agent.EndAsync(task);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("127.0.0.1:1/no/such:1", end.Message);
    }

    [Fact]
    public async Task DefinitionThatCannotBe_IsAnError()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask secret = agent.NewTask(
            "true", static app => app with { Env = new Dictionary<string, EnvironmentValue> { ["KEY"] = new() { Secret = "s" } } });
        AgentTask hostile = agent.NewTask("true") with { TaskId = "../../etc" };

        await agent.LaunchAsync(secret);
        await agent.LaunchAsync(hostile);

        Assert.Equal(TaskState.Error, (await agent.EndAsync(secret)).State);
        Assert.Equal(TaskState.Error, (await agent.EndAsync(hostile)).State);
    }

    [Fact]
    public async Task CommandHealthCheck_IsMadeInTheContainer()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask($"touch healthy; {AgentFixture.UntilGo}", static app => app with
        {
            HealthChecks =
            [
                new HealthCheck
                {
                    Protocol = "COMMAND",
                    Command = new CommandValue { Value = "test -e $MESOS_SANDBOX/healthy" },
                    DelaySeconds = 0,
                    GracePeriodSeconds = 0,
                    IntervalSeconds = 1,
                    MaxConsecutiveFailures = 2,
                },
            ],
        });

        await agent.LaunchAsync(task);
        await agent.UpdateAsync(task, static update => update.Healthy == true, "health");
        File.Delete(agent.Sandbox(task, "healthy"));
        AgentUpdate sick = await agent.UpdateAsync(task, static update => update.Healthy == false, "sickness");
        AgentUpdate end = await agent.EndAsync(task);

        Assert.Equal(TaskState.Running, sick.State);
        Assert.Equal((TaskState.Killed, false), (end.State, end.Healthy));
    }

    [Fact]
    public async Task BridgedPort_LeadsToTheTask()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        int port = 31000 + (Environment.ProcessId % 900);
        AgentTask task = agent.NewTask(
            "mkdir www; echo hello > www/index.html; exec httpd -f -p 8080 -h www",
            static app => app with
            {
                Networks = [new Network { Mode = "container/bridge" }],
                Container = app.Container! with { PortMappings = [new Marathon.PortMapping { ContainerPort = 8080, HostPort = 0, Name = "web" }] },
            },
            port);

        await agent.LaunchAsync(task);
        AgentUpdate running = await agent.UpdateAsync(task, TaskState.Running);
        using var http = new HttpClient();
        string page = "";
        await Containerizer.HookFixture.UntilAsync(
            () => (page = TryGet(http, new Uri($"http://127.0.0.1:{port}/index.html"))).Length > 0, "the page");

        Assert.Equal("hello\n", page);
        Assert.NotEmpty(running.Addresses);
        await agent.KillAsync(task, TimeSpan.Zero);
        await agent.EndAsync(task);
    }

    [Fact]
    public async Task PlainCommand_RunsInTheDefaultImage_WithItsPortsPublished()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask("cat /etc/hostname > /dev/null; echo from $FROM_IMAGE", static app => app with { Container = null });

        await agent.LaunchAsync(task);
        AgentUpdate end = await agent.EndAsync(task);
        await agent.EndedAsync(task);

        Assert.Equal(TaskState.Finished, end.State);
        Assert.Equal("from yes\n", await File.ReadAllTextAsync(agent.Sandbox(task, "stdout")));
    }

    [Fact]
    public async Task User_IsTheTasks_AndTheSandboxIsHis()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask("id -u; echo mine > file && cat file", static app => app with { User = "nobody" });

        await agent.LaunchAsync(task);
        AgentUpdate end = await agent.EndAsync(task);
        await agent.EndedAsync(task);

        Assert.Equal(TaskState.Finished, end.State);
        Assert.Equal("65534\nmine\n", await File.ReadAllTextAsync(agent.Sandbox(task, "stdout")));
    }

    [Fact]
    public async Task PersistentVolume_IsThereForTheNextTaskOfTheInstance()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask first = agent.NewTask("echo kept > data/file", static app => app with
        {
            Container = app.Container! with
            {
                Volumes = [new Marathon.Volume { ContainerPath = "data", Mode = "RW", Persistent = new PersistentVolume { Size = 1 } }],
            },
        });
        AgentTask second = first with
        {
            TaskId = first.TaskId.Replace("._app.1", "._app.2", StringComparison.Ordinal),
            App = first.App with { Cmd = "cat data/file" },
        };

        await agent.LaunchAsync(first);
        Assert.Equal(TaskState.Finished, (await agent.EndAsync(first)).State);
        await agent.LaunchAsync(second);
        await agent.EndAsync(second);
        await agent.EndedAsync(second);

        Assert.Equal("kept\n", await File.ReadAllTextAsync(agent.Sandbox(second, "stdout")));
    }

    [Fact]
    public async Task Fetch_IsInTheSandbox_BeforeTheTask()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        string file = agent.Files.Write("from/artifact.txt", "fetched");
        AgentTask task = agent.NewTask("cat into/here", app => app with { Fetch = [new Artifact { Uri = $"file://{file}", DestPath = "into/here" }] });

        await agent.LaunchAsync(task);
        AgentUpdate end = await agent.EndAsync(task);
        await agent.EndedAsync(task);

        Assert.Equal(TaskState.Finished, end.State);
        Assert.Equal("fetched", await File.ReadAllTextAsync(agent.Sandbox(task, "stdout")));
    }

    [Fact]
    public async Task Usage_IsTheContainers()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask task = agent.NewTask(AgentFixture.UntilGo);
        await agent.LaunchAsync(task);
        await agent.UpdateAsync(task, TaskState.Running);

        ResourceStatistics? usage = await agent.Agent.UsageAsync(task.TaskId, CancellationToken.None);
        using JsonDocument all = JsonDocument.Parse(await agent.GetAsync("/monitor/statistics"));

        Assert.Equal(32 * 1024 * 1024, usage!.MemoryLimitBytes);
        Assert.Equal(task.TaskId, all.RootElement[0].GetProperty("executor_id").GetString());
        agent.Go(task);
        await agent.EndedAsync(task);
        Assert.Null(await agent.Agent.UsageAsync(task.TaskId, CancellationToken.None));
    }

    [Fact]
    public async Task OldContainerMessage_IsTheContainerizers()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        using JsonDocument container = JsonDocument.Parse($$"""{"image": "docker:///{{agent.Image}}", "options": ["-e", "GIVEN=by option", "--net=host"]}""");
        AgentTask task = agent.NewTask("echo $GIVEN", app => app with
        {
            Container = new Container
            {
                Other = container.RootElement.EnumerateObject().ToDictionary(static field => field.Name, static field => field.Value.Clone()),
            },
        });

        await agent.LaunchAsync(task);
        await agent.EndAsync(task);
        await agent.EndedAsync(task);

        Assert.Equal("by option\n", await File.ReadAllTextAsync(agent.Sandbox(task, "stdout")));
    }

    [Fact]
    public async Task TwentyAtOnce_AllRun_AndAllEnd()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask[] tasks = [.. Enumerable.Range(0, 20).Select(_ => agent.NewTask(AgentFixture.UntilGo))];

        await Task.WhenAll(tasks.Select(agent.LaunchAsync));
        foreach (AgentTask task in tasks)
        {
            await agent.UpdateAsync(task, TaskState.Running);
        }

        Assert.Equal(20, (await agent.LeftAsync()).Count);
        foreach (AgentTask task in tasks)
        {
            agent.Go(task);
        }

        foreach (AgentTask task in tasks)
        {
            Assert.Equal(TaskState.Finished, (await agent.EndAsync(task)).State);
            await agent.EndedAsync(task);
            Assert.Equal([TaskState.Running, TaskState.Finished], agent.StatesOf(task));
        }
    }

    private static string TryGet(HttpClient http, Uri uri)
    {
        try
        {
            return http.GetStringAsync(uri).GetAwaiter().GetResult();
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    [Fact]
    public async Task PersistentVolume_IsThereForTheNextTaskOfTheInstance_UntilItIsRemoved()
    {
        await using var agent = new AgentFixture(engine);
        await agent.StartAsync();
        AgentTask first = agent.NewTask("echo kept > data/file", static app => app with
        {
            Container = app.Container! with
            {
                Volumes = [new Marathon.Volume { ContainerPath = "data", Mode = "RW", Persistent = new PersistentVolume { Size = 1 } }],
            },
        });
        await agent.LaunchAsync(first);
        await agent.EndAsync(first);

        AgentTask second = first with { TaskId = TaskId.Next(first.TaskId), App = first.App with { Cmd = $"cat data/file; {AgentFixture.UntilGo}" } };
        await agent.LaunchAsync(second);
        await agent.UpdateAsync(second, TaskState.Running);
        await HookFixture.UntilAsync(() => File.ReadAllText(agent.Sandbox(second, "stdout")).Length > 0, "the file's content");
        string owner = TaskId.InstanceOf(first.TaskId);
        Task removal = agent.Agent.RemoveVolumesAsync(owner, CancellationToken.None);
        bool isEarly = removal.IsCompleted;
        agent.Go(second);
        await removal;

        Assert.Equal("kept\n", await File.ReadAllTextAsync(agent.Sandbox(second, "stdout")));
        Assert.False(isEarly, "The volumes were removed while a task had them.");
        Assert.Empty(agent.Agent.VolumeOwners);
        Assert.Equal(TaskState.Finished, (await agent.EndAsync(second)).State);
    }
}
