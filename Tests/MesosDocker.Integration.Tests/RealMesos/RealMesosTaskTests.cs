using System.Net.Sockets;
using System.Text.Json.Nodes;
using MesosDocker.Containerizer;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;

namespace MesosDocker.Integration.Tests.RealMesos;

/// <summary>Command tasks, from a framework's launch to what it is told, through a real master and agent.</summary>
public sealed class RealMesosTaskTests(EngineFixture engine)
{
    [Fact]
    public async Task Task_Finishes_WithItsOutputInTheSandbox()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);

        string task = await mesos.LaunchAsync(mesos.Command("echo out; echo err >&2; echo made > file; pwd"));
        await mesos.Framework.EndAsync(task);

        Assert.Equal(["TASK_RUNNING", "TASK_FINISHED"], mesos.Framework.Updates(task).Select(static u => u.State));
        Assert.All(mesos.Framework.Updates(task), static u => Assert.Equal("SOURCE_EXECUTOR", u.Source));
        Assert.Equal("out\n/tmp/mesos-sandbox\n", mesos.Sandbox(task, "stdout"));
        Assert.Equal("err\n", mesos.Sandbox(task, "stderr"));
        Assert.Equal("made\n", mesos.Sandbox(task, "file"));
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task Task_Fails_WithItsExitCode_OrWithWhatStandsInTheWay()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);

        string failing = await mesos.LaunchAsync(mesos.Command("exit 3"));
        TaskUpdate failed = await mesos.Framework.EndAsync(failing);
        string impossible = await mesos.LaunchAsync(mesos.Command(
            "true", static task => task["container"]!["docker"]!["image"] = "127.0.0.1:1/no/such:image"));
        TaskUpdate refused = await mesos.Framework.EndAsync(impossible);

        Assert.Equal("TASK_FAILED", failed.State);
        Assert.Contains("3", failed.Message);
        Assert.Equal(("TASK_FAILED", "REASON_CONTAINER_LAUNCH_FAILED"), (refused.State, refused.Reason));
        Assert.Contains("127.0.0.1:1/no/such:image", refused.Message);
        await mesos.AssertGoneAsync(failing);
        await mesos.AssertGoneAsync(impossible);
    }

    [Fact]
    public async Task Kill_ByTheFramework_IsPolite()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await mesos.LaunchAsync(mesos.Command("trap 'echo polite; exit 0' TERM; while :; do sleep 0.1; done"));
        await mesos.Framework.RunningAsync(task);

        await mesos.Framework.KillAsync(task);
        TaskUpdate end = await mesos.Framework.EndAsync(task);

        Assert.Equal("TASK_KILLED", end.State);
        Assert.Equal("polite\n", mesos.Sandbox(task, "stdout"));
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task Kill_OfOneThatDoesNotListen_TakesItsGrace()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await mesos.LaunchAsync(mesos.Command(
            "trap 'echo deaf' TERM; while :; do sleep 0.1; done",
            static task => task["kill_policy"] = new JsonObject { ["grace_period"] = new JsonObject { ["nanoseconds"] = 500_000_000 } }));
        await mesos.Framework.RunningAsync(task);

        await mesos.Framework.KillAsync(task);
        TaskUpdate end = await mesos.Framework.EndAsync(task);

        Assert.Equal("TASK_KILLED", end.State);
        Assert.Contains("SIGKILL", end.Message);
        Assert.Equal("deaf\n", mesos.Sandbox(task, "stdout"));
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task Framework_ThatDisappears_TakesItsTasksWithIt()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await mesos.LaunchAsync(mesos.Command("trap 'echo polite; exit 0' TERM; while :; do sleep 0.1; done"));
        await mesos.Framework.RunningAsync(task);

        await mesos.Framework.DisappearAsync();

        await HookFixture.UntilAsync(() => StateCleaner.IsOver(mesos.DirectoryOf(task)), "the container to be gone");
        Assert.Equal("polite\n", mesos.Sandbox(task, "stdout"));
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task LegacyContainer_IsPassedOn_AndMeansWhatItMeant()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);

        await mesos.Framework.LaunchLegacyAsync("legacy", "echo $GREETING; echo made > file", $"docker:///{engine.Image}", "--net=host", "--env=GREETING=hello");
        TaskUpdate end = await mesos.Framework.EndAsync("legacy");

        Assert.Equal("TASK_FINISHED", end.State);
        Assert.Equal("hello\n", mesos.Sandbox("legacy", "stdout"));
        Assert.Equal("made\n", mesos.Sandbox("legacy", "fs/file"));
    }

    [Fact]
    public async Task Container_KilledOrRemovedBySomebodyElse_IsAFailure()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string killed = await mesos.LaunchAsync(mesos.Command("sleep 600"));
        string removed = await mesos.LaunchAsync(mesos.Command("sleep 600"));
        await mesos.Framework.RunningAsync(killed);
        await mesos.Framework.RunningAsync(removed);

        await mesos.Engine.KillAsync(mesos.RecordOf(killed).EngineId!, "SIGKILL", CancellationToken.None);
        await mesos.Engine.RemoveAsync(mesos.RecordOf(removed).EngineId!, force: true, volumes: true, CancellationToken.None);

        TaskUpdate end = await mesos.Framework.EndAsync(killed);
        Assert.Equal("TASK_FAILED", end.State);
        Assert.Contains("SIGKILL", end.Message);
        Assert.Equal("TASK_FAILED", (await mesos.Framework.EndAsync(removed)).State);
        await mesos.AssertGoneAsync(killed);
        await mesos.AssertGoneAsync(removed);
    }

    [Fact]
    public async Task OutOfMemory_IsTheReason()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);

        string task = await mesos.LaunchAsync(mesos.Command("x=0123456789abcdef; while true; do x=$x$x; done"));
        TaskUpdate end = await mesos.Framework.EndAsync(task);

        Assert.Equal(("TASK_FAILED", "REASON_CONTAINER_LIMITATION_MEMORY"), (end.State, end.Reason));
        Assert.Contains("32 MB", end.Message);
    }

    [Fact]
    public async Task TwentyAtOnce_AllEndAsTheyShould()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        JsonObject[] tasks = [.. Enumerable.Range(0, 20).Select(i => mesos.Command(
            $"while [ ! -e go ]; do sleep 0.2; done; echo {i}; exit {i}", static task => task["resources"] = MesosFixture.Resources(0.1, 32)))];

        await mesos.Framework.LaunchAsync(tasks);
        string[] ids = [.. tasks.Select(MesosFixture.IdOf)];
        foreach (string id in ids)
        {
            await mesos.Framework.RunningAsync(id);
        }

        // All of them run now; an agent whose threads all wait for them would hear of nothing any more. More than once: now and then an
        // agent closes the pipe of a reply that it has not read.
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(20, (await mesos.AskAgentAsync("/monitor/statistics")).AsArray().Count);
        }

        foreach (string id in ids)
        {
            File.WriteAllText(Path.Combine(mesos.SandboxOf(id), "go"), "");
        }

        for (int i = 0; i < ids.Length; i++)
        {
            TaskUpdate end = await mesos.Framework.EndAsync(ids[i]);
            Assert.Equal(i == 0 ? "TASK_FINISHED" : "TASK_FAILED", end.State);
            Assert.Equal($"{i}\n", mesos.Sandbox(ids[i], "stdout"));
            Assert.Equal(i << 8, mesos.DirectoryOf(ids[i]).ReadTermination()?.Status?.Word);
        }
    }

    [Fact]
    public async Task SlowPull_OutlastsTheRegistrationTimeout()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine, agentFlags: "--executor_registration_timeout=1secs");
        using DockerRegistry registry = await DockerRegistry.StartAsync(locked: false);
        await registry.PushAsync(engine.Image, "slow/image:1");
        await using var relay = new SlowRelay(registry.Host, TimeSpan.FromSeconds(3));
        string image = $"{relay.Host}/slow/image:1";
        try
        {
            string task = await mesos.LaunchAsync(mesos.Command("true", task => task["container"]!["docker"]!["image"] = image));
            await mesos.Framework.EndAsync(task);

            string[] states = [.. mesos.Framework.Updates(task).Select(static u => u.State)];
            Assert.Equal("TASK_STARTING", states[0]);
            Assert.Equal(["TASK_RUNNING", "TASK_FINISHED"], states[^2..]);
        }
        finally
        {
            await RemoveAsync(image);
        }
    }

    [Fact]
    public async Task Kill_EndsAPullThatGetsNowhere()
    {
        await using var nowhere = new SlowRelay("127.0.0.1:1", TimeSpan.FromMinutes(10));
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await mesos.LaunchAsync(mesos.Command(
            "true", task => task["container"]!["docker"]!["image"] = $"{nowhere.Host}/no/where:1"));
        await mesos.Framework.UntilAsync(task, static update => update.State == "TASK_STARTING");

        await mesos.Framework.KillAsync(task);

        Assert.Equal("TASK_KILLED", (await mesos.Framework.EndAsync(task)).State);
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task Bridge_MapsTheOfferedPorts_AndTellsTheContainersAddress()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await mesos.LaunchAsync(mesos.Command("while true; do echo hello | nc -l -p 8080; done", static task =>
        {
            task["resources"]!.AsArray().Add(new JsonObject
            {
                ["name"] = "ports",
                ["type"] = "RANGES",
                ["ranges"] = new JsonObject { ["range"] = new JsonArray(new JsonObject { ["begin"] = 31050, ["end"] = 31050 }) },
            });
            JsonNode docker = task["container"]!["docker"]!;
            docker["network"] = "BRIDGE";
            docker["port_mappings"] = new JsonArray(new JsonObject { ["host_port"] = 31050, ["container_port"] = 8080, ["protocol"] = "tcp" });
        }));
        TaskUpdate running = await mesos.Framework.RunningAsync(task);

        Assert.Equal("hello", await ReadAsync(31050));
        Assert.Contains(mesos.RecordOf(task).EngineId!, running.Data);
        Assert.Contains(mesos.RecordOf(task).IpAddresses[0], running.Data);
        await mesos.Framework.KillAsync(task);
        await mesos.Framework.EndAsync(task);
    }

    [Fact]
    public async Task HealthCheck_IsReported_AndEndsATaskThatStaysUnhealthy()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await mesos.LaunchAsync(mesos.Command("sleep 600", static task => task["health_check"] = new JsonObject
        {
            ["command"] = new JsonObject { ["value"] = "test ! -e sick" },
            ["delay_seconds"] = 0,
            ["interval_seconds"] = 0.2,
            ["grace_period_seconds"] = 0,
            ["consecutive_failures"] = 2,
        }));
        await mesos.Framework.UntilAsync(task, static update => update.Healthy == true);

        File.WriteAllText(Path.Combine(mesos.SandboxOf(task), "sick"), "");

        TaskUpdate end = await mesos.Framework.EndAsync(task);
        Assert.Equal(("TASK_KILLED", (bool?)false), (end.State, end.Healthy));
        Assert.Contains(mesos.Framework.Updates(task), static update => update is { State: "TASK_RUNNING", Healthy: false });
        Assert.Contains("test ! -e sick", end.Message);
    }

    [Fact]
    public async Task Usage_IsInTheAgentsStatistics()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string task = await mesos.LaunchAsync(mesos.Command(
            "yes > /dev/null", static task => task["resources"] = MesosFixture.Resources(0.5, 64)));
        await mesos.Framework.RunningAsync(task);

        JsonNode? found = null;
        await HookFixture.UntilAsync(
            () =>
            {
                found = mesos.AskAgentAsync("/monitor/statistics").Result.AsArray().SingleOrDefault();
                return found?["statistics"] is { } s && (double)s["cpus_user_time_secs"]! + (double)s["cpus_system_time_secs"]! > 0;
            },
            "figures");

        JsonNode statistics = found!["statistics"]!;
        Assert.Equal(task, (string?)found["executor_id"]);
        Assert.Equal(0.5, (double)statistics["cpus_limit"]!);
        Assert.Equal(64L << 20, (long)statistics["mem_limit_bytes"]!);
        Assert.True((long)statistics["mem_rss_bytes"]! > 0);
        Assert.Equal(task, (string?)(await mesos.AskAgentAsync("/containers")).AsArray().Single()!["executor_id"]);
        await mesos.Framework.KillAsync(task);
        await mesos.Framework.EndAsync(task);
    }

    /// <summary>It may never have been pulled.</summary>
    private async Task RemoveAsync(string image)
    {
        try
        {
            await engine.Engine.RemoveImageAsync(image, force: true, CancellationToken.None);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.ImageNotFound)
        {
        }
    }

    private static async Task<string> ReadAsync(int port)
    {
        // The program may be a moment behind the task's RUNNING.
        for (int tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                string text = await new StreamReader(client.GetStream()).ReadLineAsync() ?? "";
                if (text.Length > 0 || tries > 100)
                {
                    return text;
                }
            }
            catch (Exception e) when (e is SocketException or IOException && tries < 100)
            {
            }

            await Task.Delay(50);
        }
    }
}
