using System.Globalization;
using System.Text.Json.Nodes;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Integration.Tests.Pods;
using MesosDocker.Io;
using MesosDocker.Pods;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.RealMesos;

/// <summary>Pods at a real agent, whose own containerizer runs the executor as a process, in control groups or without.</summary>
public sealed class RealMesosPodTests(EngineFixture engine)
{
    private const string Forever = "trap 'exit 0' TERM; while true; do sleep 0.1; done";

    private const string Service = """
        services:
          web:
            image: IMAGE
            command: ["sh", "-c", "echo serving; FOREVER"]
            ports: ["80"]
            volumes: ["data:/data"]
            restart: always
          db: {image: IMAGE, command: ["sh", "-c", "FOREVER"], depends_on: [web]}
        volumes:
          data:
        """;

    private static int s_pods;

    /// <summary>How the agent accounts for its executors, and whether they are in control groups of their own.</summary>
    public enum Isolation
    {
        Posix,
        Cgroups,
    }

    [Theory]
    [InlineData(Isolation.Posix)]
    [InlineData(Isolation.Cgroups)]
    public async Task Pod_Runs_AndIsKilled(Isolation isolation)
    {
        await using Pods pods = await Pods.StartAsync(engine, isolation);

        string task = await pods.LaunchAsync(Service, port: 31050);
        TaskUpdate running = await pods.Mesos.Framework.RunningAsync(task);

        Assert.Equal("SOURCE_EXECUTOR", running.Source);
        Assert.Contains("\"service\":\"web\"", running.Data);
        Assert.Contains("31050", running.Data);
        ContainerSummary web = (await pods.ContainersAsync(task)).Single(static container => container.Labels[PodLabels.ComposeService] == "web");
        ContainerDetails details = await engine.Engine.InspectAsync(web.Id, CancellationToken.None);
        string parent = details.HostConfig?.CgroupParent ?? "";
        Assert.Equal(isolation == Isolation.Cgroups, parent.StartsWith($"/{pods.CgroupRoot}/", StringComparison.Ordinal));
        await HookFixture.UntilAsync(() => pods.Output(task).Contains("web | serving\n", StringComparison.Ordinal), "its output");

        await pods.Mesos.Framework.KillAsync(task);

        TaskUpdate end = await pods.Mesos.Framework.EndAsync(task);
        Assert.Equal(("TASK_KILLED", "SOURCE_EXECUTOR"), (end.State, end.Source));
        await pods.GoneAsync();
    }

    [Fact]
    public async Task BatchPod_EndsAsItsServicesDo()
    {
        await using Pods pods = await Pods.StartAsync(engine, Isolation.Posix);

        string good = await pods.LaunchAsync("""services: {one: {image: IMAGE, command: "true"}, two: {image: IMAGE, command: ["sh", "-c", "echo said"]}}""");
        Assert.Equal("TASK_FINISHED", (await pods.Mesos.Framework.EndAsync(good)).State);
        Assert.Contains("two | said\n", pods.Output(good));

        string bad = await pods.LaunchAsync("""services: {one: {image: IMAGE, command: ["sh", "-c", "echo why; exit 7"]}}""");
        TaskUpdate end = await pods.Mesos.Framework.EndAsync(bad);
        Assert.Equal("TASK_FAILED", end.State);
        Assert.Contains("7", end.Message);
        Assert.Contains("why", end.Message);
        await pods.GoneAsync();
    }

    /// <summary>The agent destroys what is in the executor's groups, or descends from it; the reaper is not among them.</summary>
    [Theory]
    [InlineData(Isolation.Posix)]
    [InlineData(Isolation.Cgroups)]
    public async Task Executor_Killed_LeavesNothing(Isolation isolation)
    {
        await using Pods pods = await Pods.StartAsync(engine, isolation);
        string task = await pods.LaunchAsync(Service, port: 31051);
        await pods.Mesos.Framework.RunningAsync(task);

        Assert.True(ProcessIdentity.Of(pods.ExecutorPid())!.Signal(Libc.SignalKill));

        Assert.Equal("TASK_FAILED", (await pods.Mesos.Framework.EndAsync(task)).State);
        await pods.GoneAsync();
    }

    [Theory]
    [InlineData(Isolation.Posix)]
    [InlineData(Isolation.Cgroups)]
    public async Task Agent_StartedAgain_FindsTheSamePod(Isolation isolation)
    {
        await using Pods pods = await Pods.StartAsync(engine, isolation);
        string task = await pods.LaunchAsync(Service, port: 31052);
        await pods.Mesos.Framework.RunningAsync(task);
        string[] before = [.. (await pods.ContainersAsync(task)).Select(static container => container.Id).Order()];

        await pods.Mesos.KillAgentAsync();
        await pods.Mesos.StartAgentAsync("--recover=reconnect");
        await HookFixture.UntilAsync(pods.HasRecoveredAsync, "the agent to have recovered");
        Assert.Equal(before, (await pods.ContainersAsync(task)).Select(static container => container.Id).Order());
        Assert.All(await pods.ContainersAsync(task), static container => Assert.Equal("running", container.State));

        await HookFixture.UntilAsync(
            async () =>
            {
                // The master drops a kill for an agent that has not come back yet.
                await pods.Mesos.Framework.KillAsync(task);
                await Task.Delay(200);
                return pods.Mesos.Framework.Updates(task).Any(static update => update.IsEnd);
            },
            "a kill to arrive");
        Assert.Equal("TASK_KILLED", (await pods.Mesos.Framework.EndAsync(task)).State);
        await pods.GoneAsync();
    }

    [Fact]
    public async Task AFrameworkThatGoes_TakesItsPodsAlong()
    {
        await using Pods pods = await Pods.StartAsync(engine, Isolation.Posix);
        string task = await pods.LaunchAsync(Service, port: 31053);
        await pods.Mesos.Framework.RunningAsync(task);

        await pods.Mesos.Framework.TearDownAsync();

        await pods.GoneAsync();
    }

    /// <summary>One agent and what is left of its pods.</summary>
    private sealed class Pods : IAsyncDisposable
    {
        private readonly EngineFixture _engine;

        private Pods(EngineFixture engine, MesosFixture mesos, string cgroupRoot) => (_engine, Mesos, CgroupRoot) = (engine, mesos, cgroupRoot);

        public MesosFixture Mesos { get; }

        public string CgroupRoot { get; }

        public static async Task<Pods> StartAsync(EngineFixture engine, Isolation isolation)
        {
            Assert.SkipUnless(File.Exists(PodFixture.Executable), $"There is no '{PodFixture.Executable}'; run build.sh.");
            Assert.SkipUnless(RunningProgram.Find("docker-compose") is not null, "There is no docker-compose.");
            Assert.SkipUnless(
                isolation == Isolation.Posix || Directory.Exists("/sys/fs/cgroup/freezer"), "The control groups of this machine are not those that this Mesos knows.");
            string root = string.Create(CultureInfo.InvariantCulture, $"mesos-pods-{Environment.ProcessId}-{Interlocked.Increment(ref s_pods)}");
            string[] flags = isolation == Isolation.Posix
                ? ["--launcher=posix", "--isolation=posix/cpu,posix/mem"]
                : ["--launcher=linux", "--isolation=cgroups/cpu,cgroups/mem", $"--cgroups_root={root}"];
            return new Pods(engine, await MesosFixture.StartOwnAsync(engine, agentFlags: [.. flags, "--executor_shutdown_grace_period=10secs"]), root);
        }

        public async Task<string> LaunchAsync(string yaml, int? port = null)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"pod-{Environment.ProcessId}.{Interlocked.Increment(ref s_pods)}");
            string file = Path.Combine(Mesos.WorkDirectory, $"{id}.yml");
            await File.WriteAllTextAsync(
                file, yaml.Replace("IMAGE", _engine.Image, StringComparison.Ordinal).Replace("FOREVER", Forever, StringComparison.Ordinal));
            JsonArray resources = MesosFixture.Resources(0.1, 64);
            if (port is { } number)
            {
                resources.Add(new JsonObject
                {
                    ["name"] = "ports",
                    ["type"] = "RANGES",
                    ["ranges"] = new JsonObject { ["range"] = new JsonArray(new JsonObject { ["begin"] = number, ["end"] = number }) },
                });
            }

            return await Mesos.LaunchAsync(new JsonObject
            {
                ["name"] = "pod",
                ["task_id"] = new JsonObject { ["value"] = id },
                ["resources"] = resources,
                ["labels"] = new JsonObject { ["labels"] = new JsonArray(new JsonObject { ["key"] = "fileName", ["value"] = $"{id}.yml" }) },
                ["executor"] = new JsonObject
                {
                    ["executor_id"] = new JsonObject { ["value"] = $"{id}-executor" },
                    ["command"] = new JsonObject
                    {
                        ["value"] = $"exec {PodFixture.Executable} run",
                        ["uris"] = new JsonArray(new JsonObject { ["value"] = file, ["extract"] = false }),
                    },
                    ["resources"] = MesosFixture.Resources(0.1, 64),
                },
            });
        }

        public Task<IReadOnlyList<ContainerSummary>> ContainersAsync(string task) => _engine.Engine.ListAsync(
            new ContainerFilter { All = true, Labels = [$"{PodLabels.Task}={task}"] }, CancellationToken.None);

        /// <summary>The agent has its executor back.</summary>
        public async Task<bool> HasRecoveredAsync()
        {
            try
            {
                JsonNode state = await Mesos.AskAgentAsync("/state");
                return state["frameworks"]!.AsArray().SelectMany(static framework => framework!["executors"]!.AsArray()).Any();
            }
            catch (HttpRequestException)
            {
                // 503 until it knows.
                return false;
            }
        }

        public string Output(string task)
        {
            string? file = Directory.EnumerateFiles(Path.Combine(Mesos.WorkDirectory, "slaves"), "stdout", SearchOption.AllDirectories)
                .FirstOrDefault(path => path.Contains($"/{task}-executor/runs/", StringComparison.Ordinal));
            return file is null ? "" : File.ReadAllText(file);
        }

        public int ExecutorPid() => Processes().Single(static process => process.Command.EndsWith("mesos-docker-executor run", StringComparison.Ordinal)).Pid;

        /// <summary>No executor, no reaper, no container, network or volume of any of its pods, and no group.</summary>
        public async Task GoneAsync()
        {
            await HookFixture.UntilAsync(() => !Processes().Any(), "the executors and reapers to end: " + string.Join("; ", Processes()));
            string[] left =
            [
                .. (await _engine.Engine.ListAsync(new ContainerFilter { All = true, Labels = [PodLabels.Sandbox] }, CancellationToken.None))
                    .Where(container => container.Labels[PodLabels.Sandbox].StartsWith(Mesos.WorkDirectory, StringComparison.Ordinal)).Select(static one => one.Name),
                .. (await _engine.Engine.ListNetworksAsync([PodLabels.Run], [], CancellationToken.None)).Select(static one => one.Name).Where(IsOurs),
                .. (await _engine.Engine.ListVolumesAsync([PodLabels.Run], CancellationToken.None)).Select(static one => one.Name).Where(IsOurs),
            ];
            Assert.Empty(left);
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await Mesos.Framework.TearDownAsync();
                await GoneAsync();
            }
            finally
            {
                await Mesos.DisposeAsync();
                RemoveCgroups();
            }
        }

        private static bool IsOurs(string name)
            => name.StartsWith(string.Create(CultureInfo.InvariantCulture, $"pod-{Environment.ProcessId}"), StringComparison.Ordinal);

        private IEnumerable<(int Pid, string Command)> Processes() => Directory.EnumerateDirectories("/proc")
            .Select(static folder => int.TryParse(Path.GetFileName(folder), out int pid) ? pid : 0)
            .Where(pid => pid > 0 && EnvironmentOf(pid).Contains($"{Mesos.WorkDirectory}/", StringComparison.Ordinal))
            .Select(static pid => (pid, ProcessIdentity.CommandOf(pid) ?? ""))
            .Where(static process => process.Item2.Contains("mesos-docker-executor", StringComparison.Ordinal));

        private static string EnvironmentOf(int pid)
        {
            try
            {
                return File.ReadAllText($"/proc/{pid}/environ");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }

        /// <summary>What the agent leaves of its own: groups without processes.</summary>
        private void RemoveCgroups()
        {
            foreach (string root in Directory.EnumerateDirectories("/sys/fs/cgroup").Select(mount => Path.Combine(mount, CgroupRoot)).Where(Directory.Exists))
            {
                foreach (string group in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).OrderByDescending(static path => path.Length).Append(root))
                {
                    Directory.Delete(group);
                }
            }
        }
    }
}
