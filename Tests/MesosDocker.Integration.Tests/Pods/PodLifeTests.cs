using System.Net.Sockets;
using System.Text.Json.Nodes;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Pods;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;
using Status = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.Integration.Tests.Pods;

/// <summary>Pods from their launch to their end, with the real compose on the real engine.</summary>
public sealed class PodLifeTests(EngineFixture engine)
{
    [Fact]
    public async Task ABatch_Finishes_AndNothingIsLeft()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(
            """
            services:
              one: {image: IMAGE, command: ["sh", "-c", "echo out; echo err >&2; echo data > /data/x"], volumes: ["data:/data", "/anonymous"]}
              two: {image: IMAGE, command: ["sh", "-c", "cat /data/x; echo last"], volumes: ["data:/data"], depends_on: {one: {condition: service_completed_successfully}}}
            volumes: {data: }
            """);

        Status end = await pods.EndAsync(task);

        Assert.Equal((State.TaskFinished, "All containers of the pod have ended with status 0."), (end.State, end.Message));
        Assert.Equal(State.TaskStarting, pods.StatesOf(task)[0]);
        Assert.Contains("one | out\n", pods.Read("stdout"));
        Assert.Contains("two | data\ntwo | last\n", pods.Read("stdout"));
        Assert.Contains("one | err\n", pods.Read("stderr"));
        JsonNode data = JsonNode.Parse(end.Data.ToStringUtf8())!;
        Assert.Equal(["exited 0", "exited 0"], data["containers"]!.AsArray().Select(static one => $"{one!["state"]} {one["exitCode"]}"));
        await pods.ExitedAsync();
        Assert.True(pods.ExitCode == 0, pods.Read("stderr"));
    }

    [Fact]
    public async Task AService_Runs_UntilItIsKilled()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        pods.Agent.KillingCapability = true;
        int port = FreePort();
        string task = pods.Launch(
            """
            services:
              web: {image: IMAGE, container_name: front, command: ["sh", "-c", "echo ready; exec nc -ll -p 8080 -e echo hello"], ports: ["80:8080"], restart: always, stop_signal: SIGKILL}
              db: {image: IMAGE, command: ["sh", "-c", "FOREVER"]}
            """,
            [port]);

        Status running = await pods.RunningAsync(task);

        Assert.Equal("The pod runs with 2 containers.", running.Message);
        Assert.NotEmpty(running.ContainerStatus.NetworkInfos[0].IpAddresses);
        Assert.Equal("hello\n", await AskAsync(port));
        ContainerSummary web = await pods.ContainerAsync(task, "web");
        Assert.EndsWith("_front", web.Name);
        Assert.Equal((task, "E", "F", task), (web.Labels["taskId"], web.Labels["executorId"], web.Labels[PodLabels.Framework], web.Labels[PodLabels.Task]));

        pods.Agent.Kill(task, TimeSpan.FromSeconds(5));
        Status end = await pods.EndAsync(task);

        Assert.Equal((State.TaskKilled, "The pod was stopped by its framework."), (end.State, end.Message));
        Assert.Contains("web | ready\n", pods.Read("stdout"));
    }

    [Fact]
    public async Task TwoTasks_OfOneProject_RunSideBySide_OnOneExecutor()
    {
        const string Yaml = """
            services:
              web: {image: IMAGE, container_name: web-1, hostname: web, command: ["sh", "-c", "exec nc -ll -p 80 -e hostname"], ports: ["8080:80"], stop_grace_period: 0s}
              ask: {image: IMAGE, command: ["sh", "-c", "until nc web-1 80 < /dev/null; do sleep 0.1; done; sleep 1000"], stop_grace_period: 0s}
            networks: {default: {name: shop, driver_opts: {com.docker.network.bridge.name: br-shop}, ipam: {config: [{subnet: 10.251.7.0/24}]}}}
            volumes: {data: {name: shop-data}}
            """;
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        (int first, int second) = (FreePort(), FreePort());
        string one = pods.Launch(Yaml, [first]);
        string two = pods.Launch(Yaml, [second]);

        await pods.RunningAsync(one);
        await pods.RunningAsync(two);

        Assert.Equal(("web\n", "web\n"), (await AskAsync(first), await AskAsync(second)));
        pods.Agent.Kill(one, TimeSpan.Zero);
        Assert.Equal(State.TaskKilled, (await pods.EndAsync(one)).State);
        Assert.Equal("web\n", await AskAsync(second));
        Assert.Equal(2, (await pods.ContainersAsync(two)).Count);
        pods.Agent.Kill(two, TimeSpan.Zero);
        await pods.EndAsync(two);

        // Found by its written name.
        Assert.Contains("ask | web\n", pods.Read("stdout"));
    }

    [Fact]
    public async Task Health_IsWaitedFor_AndItsLossIsTheEnd()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(
            """
            services:
              web:
                image: IMAGE
                command: ["sh", "-c", "sleep 1; touch /tmp/ok; echo working; FOREVER"]
                healthcheck: {test: ["CMD", "test", "-e", "/tmp/ok"], interval: 500ms, retries: 2, start_period: 10s}
            """);

        Status running = await pods.RunningAsync(task);
        Assert.True(running.Healthy);
        await pods.Engine.ExecAsync((await pods.ContainerAsync(task, "web")).Id, new ExecSpec { Cmd = ["rm", "/tmp/ok"] }, 1000, CancellationToken.None);
        Status end = await pods.EndAsync(task);

        Assert.Equal(State.TaskFailed, end.State);
        Assert.Matches("^The container '.*web.*' of the service 'web' is unhealthy. Its last words: working$", end.Message);
        Assert.Contains(pods.Agent.Updates, static status => status.Message.Contains("to become healthy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unhealthy_MayOnlyBeTold()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(
            """services: {web: {image: IMAGE, command: ["sh", "-c", "FOREVER"], healthcheck: {test: "test ! -e /tmp/sick", interval: 300ms, retries: 1}}}""",
            labels: ("mesosdocker.pod.unhealthy", "report"));
        await pods.RunningAsync(task);
        string id = (await pods.ContainerAsync(task, "web")).Id;

        await pods.Engine.ExecAsync(id, new ExecSpec { Cmd = ["touch", "/tmp/sick"] }, 1000, CancellationToken.None);
        await pods.Agent.UpdateAsync(static status => status is { State: State.TaskRunning, Healthy: false });
        await pods.Engine.ExecAsync(id, new ExecSpec { Cmd = ["rm", "/tmp/sick"] }, 1000, CancellationToken.None);
        int count = pods.Agent.Updates.Count;
        await pods.Agent.UpdateAsync(status => status is { State: State.TaskRunning, Healthy: true } && pods.Agent.Updates.Count > count);
    }

    [Fact]
    public async Task ACrash_IsToldWithItsLastWords_AndEndsTheOthers()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(
            """
            services:
              web: {image: IMAGE, command: ["sh", "-c", "sleep 1; echo it is over; echo really >&2; exit 3"]}
              db: {image: IMAGE, command: ["sh", "-c", "FOREVER"]}
            """);

        Status end = await pods.EndAsync(task);

        Assert.Equal(State.TaskFailed, end.State);
        Assert.Matches("^The container '.*web.*' of the service 'web' exited with status 3. Its last words: (it is over / really|really / it is over)$", end.Message);
        Assert.False(end.HasReason);
        await pods.ExitedAsync();
    }

    [Fact]
    public async Task RestartPolicies_AreHonoured_AndAViolatedOneIsTheEnd()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(
            """services: {web: {image: IMAGE, restart: "on-failure:2", command: ["sh", "-c", "echo try; exit 7"]}}""");

        Status end = await pods.EndAsync(task);

        Assert.Matches("exited with status 7, after 2 restarts", end.Message);
        Assert.Equal(3, pods.Read("stdout").Split("web | try\n").Length - 1);
    }

    [Fact]
    public async Task OutOfMemory_IsTheReason()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(
            """services: {web: {image: IMAGE, mem_limit: 8m, memswap_limit: 8m, command: ["sh", "-c", "x=0123456789abcdef; while true; do x=$$x$$x; done"]}}""");

        Status end = await pods.EndAsync(task);

        Assert.Equal((State.TaskFailed, Status.Types.Reason.ContainerLimitationMemory), (end.State, end.Reason));
        Assert.Contains("It ran out of memory.", end.Message);
    }

    [Fact]
    public async Task AContainerRemovedByOthers_IsTheEnd()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch("""services: {web: {image: IMAGE, command: ["sh", "-c", "FOREVER"], restart: always}}""");
        await pods.RunningAsync(task);

        await engine.RemoveAsync((await pods.ContainerAsync(task, "web")).Id);
        Status end = await pods.EndAsync(task);

        Assert.Matches("is gone: somebody else removed it|somebody else has stopped it", end.Message);
    }

    [Fact]
    public async Task AMissingImage_IsTold_AndNothingStarts()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(
            "services: {web: {image: 'localhost:1/nowhere/nothing:1'}}", labels: ("mesosdocker.pod.pull-retries", "1"));

        Status end = await pods.EndAsync(task);

        Assert.Equal(State.TaskFailed, end.State);
        Assert.Contains("localhost:1/nowhere/nothing:1", end.Message);
        Assert.Contains(pods.Agent.Updates, static status => status.Message.Contains("Trying again in 1 second (1 of 1).", StringComparison.Ordinal));
        Assert.Empty(await pods.ContainersAsync(task));
    }

    [Fact]
    public async Task TooFewPorts_AreToldBeforeAnythingStarts()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch("services: {web: {image: IMAGE, ports: ['80', '443']}}", [31000]);

        Status end = await pods.EndAsync(task);

        Assert.Equal(State.TaskFailed, end.State);
        Assert.StartsWith("The pod publishes 2 ports, and the task was given 1 (31000)", end.Message);
        Assert.Empty(await pods.ContainersAsync(task));
    }

    [Fact]
    public async Task APortThatIsTaken_IsToldInComposesWords_AndAllIsRemoved()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Any, 0);
        taken.Start();
        int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch("""services: {web: {image: IMAGE, command: ["sh", "-c", "FOREVER"], ports: ['80']}}""", [port]);

        Status end = await pods.EndAsync(task);

        Assert.Equal(State.TaskFailed, end.State);
        Assert.Contains("docker-compose up' exited with status 1", end.Message);
        Assert.Matches("address already in use|port is already allocated", end.Message);
    }

    [Fact]
    public async Task AProjectThatIsNone_IsToldWithItsPlace()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch("services:\n  web:\n    imag: IMAGE\n");

        Status end = await pods.EndAsync(task);

        Assert.Equal(State.TaskFailed, end.State);
        Assert.Contains(".yml:3:", end.Message);
    }

    [Fact]
    public async Task NoFileAtAll_IsToldWithWhatToDo()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = PodFixture.NewTask();
        pods.LaunchTask(task);

        Assert.StartsWith("There is no compose file in the sandbox", (await pods.EndAsync(task)).Message);
    }

    internal static int FreePort()
    {
        using var probe = new TcpListener(System.Net.IPAddress.Any, 0);
        probe.Start();
        return ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>What a port answers, once it does.</summary>
    internal static async Task<string> AskAsync(int port)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(System.Net.IPAddress.Loopback, port, limit.Token);
                using var reader = new StreamReader(client.GetStream());
                string said = await reader.ReadToEndAsync(limit.Token);
                if (said.Length > 0)
                {
                    return said;
                }
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Not yet.
            }

            await Task.Delay(50, limit.Token);
        }
    }
}
