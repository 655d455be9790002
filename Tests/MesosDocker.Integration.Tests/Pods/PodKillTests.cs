using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.TestKit;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;
using Status = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.Integration.Tests.Pods;

/// <summary>A pod may be killed at any moment, and so may its executor: the right thing is told, and nothing is left.</summary>
public sealed class PodKillTests(EngineFixture engine)
{
    private const int Rounds = 20;

    // More at once would only wait for each other.
    private const int AtOnce = 4;

    private const string Pod = """
        services:
          web: {image: IMAGE, command: ["sh", "-c", "FOREVER"], volumes: ["data:/data"], ports: ["80"], restart: always}
          db: {image: IMAGE, command: ["sh", "-c", "FOREVER"], depends_on: [web], networks: [default, back]}
        networks: {back: }
        volumes: {data: }
        """;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    public enum Phase
    {
        Fetching,
        Pulling,
        Starting,
        Running,
        Stopping,
    }

    [Theory]
    [InlineData(Phase.Fetching)]
    [InlineData(Phase.Pulling)]
    [InlineData(Phase.Starting)]
    [InlineData(Phase.Running)]
    [InlineData(Phase.Stopping)]
    public async Task Kill_IsObeyed_InEveryPhase(Phase phase)
    {
        await using var silent = new RawServer(static request => request.HangAsync());
        await using var registry = new SlowRegistry("127.0.0.1:1");
        await using PodFixture pods = await PodFixture.StartAsync(engine, variables: ("MESOS_DOCKER_EXECUTOR_LINGER", "10m"));
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        var random = new Random(4);
        int[] moments = [.. Enumerable.Range(0, Rounds).Select(_ => random.Next(MostMilliseconds(phase)))];

        await Parallel.ForAsync(0, Rounds, options, async (round, _) =>
        {
            string task = phase switch
            {
                Phase.Fetching => pods.Launch(Pod, [PodLifeTests.FreePort()], s_grace, ("mesosdocker.pod.uris", silent.Url($"file{round}"))),
                Phase.Pulling => pods.Launch(Pod.Replace("IMAGE", $"{registry.Host}/slow/image:{round}", StringComparison.Ordinal), [PodLifeTests.FreePort()], s_grace),
                _ => pods.Launch(Pod, [PodLifeTests.FreePort()], s_grace),
            };
            await ReachAsync(pods, task, phase);
            await Task.Delay(moments[round]);
            pods.Agent.Kill(task, s_grace);
            if (phase == Phase.Stopping)
            {
                await Task.Delay(moments[^(round + 1)]);
                pods.Agent.Kill(task, TimeSpan.Zero);
            }

            Status end = await pods.EndAsync(task);

            Assert.Equal((State.TaskKilled, "The pod was stopped by its framework."), (end.State, end.Message));
            Assert.Empty(await pods.ContainersAsync(task));
        });
    }

    /// <summary>The executor alone, as the kernel's killer of processes would; whatever it had begun goes on without it.</summary>
    [Fact]
    public async Task Executor_Killed_AtAnyMoment_LeavesNothing()
    {
        var random = new Random(5);
        int[] moments = [.. Enumerable.Range(0, Rounds).Select(_ => random.Next(3000))];

        await Parallel.ForAsync(0, Rounds, new ParallelOptions { MaxDegreeOfParallelism = Rounds }, async (round, _) =>
        {
            await using PodFixture pods = await PodFixture.StartAsync(engine);
            pods.Launch(Pod, [PodLifeTests.FreePort()]);
            await Task.Delay(moments[round]);

            pods.Kill();
            await pods.ExitedAsync();
            await pods.GoneAsync();
        });
    }

    [Fact]
    public async Task Executor_Killed_WhileItsPodRuns_LeavesNothing()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(Pod, [PodLifeTests.FreePort()]);
        await pods.RunningAsync(task);

        pods.Kill();
        await pods.ExitedAsync();
        await pods.GoneAsync();
    }

    /// <summary>As an agent kills: everything that descends from the executor, with their sessions.</summary>
    [Fact]
    public async Task Reaper_IsNobodysChild_AndSmall()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(Pod, [PodLifeTests.FreePort()]);
        await pods.RunningAsync(task);
        int reaper = pods.ReaperPid();

        (int parent, int session) = ProcessIdentity.PlaceOf(reaper)!.Value;

        Assert.NotEqual(pods.Process.Pid, parent);
        Assert.NotEqual(ProcessIdentity.PlaceOf(pods.Process.Pid)!.Value.Session, session);
        Assert.InRange(HookFixture.ProportionalKilobytes(reaper), 1, 6 * 1024);
    }

    [Fact]
    public async Task Shutdown_EndsAllPods_WithinTheAgentsGrace()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string one = pods.Launch(Pod, [PodLifeTests.FreePort()]);
        string two = pods.Launch(Pod.Replace("FOREVER", "trap : TERM; while true; do sleep 0.1; done", StringComparison.Ordinal), [PodLifeTests.FreePort()]);
        await pods.RunningAsync(one);
        await pods.RunningAsync(two);

        pods.Agent.Shutdown();

        Assert.Equal((State.TaskKilled, "The pod was stopped by the agent."), ((await pods.EndAsync(one)).State, (await pods.EndAsync(one)).Message));
        Assert.Equal(State.TaskKilled, (await pods.EndAsync(two)).State);
        await pods.ExitedAsync();
    }

    [Fact]
    public async Task ASignal_EndsThePods_AndIsTold()
    {
        await using PodFixture pods = await PodFixture.StartAsync(engine);
        string task = pods.Launch(Pod, [PodLifeTests.FreePort()]);
        await pods.RunningAsync(task);

        Assert.True(pods.Process.Signal(Libc.SignalTerminate));

        Assert.Equal("The pod was stopped by a signal to its executor (SIGTERM).", (await pods.EndAsync(task)).Message);
        await pods.ExitedAsync();
    }

    private static int MostMilliseconds(Phase phase) => phase switch
    {
        Phase.Starting => 2000,
        Phase.Stopping => 400,
        _ => 300,
    };

    private static async Task ReachAsync(PodFixture pods, string task, Phase phase)
    {
        string words = phase switch
        {
            Phase.Fetching => "Fetching 1 file.",
            Phase.Pulling => "Pulling the image",
            _ => "Starting the pod by",
        };
        if (phase is Phase.Running or Phase.Stopping)
        {
            await pods.RunningAsync(task);
        }
        else
        {
            await pods.Agent.UpdateAsync(status => status.TaskId.Value == task && status.Message.StartsWith(words, StringComparison.Ordinal));
        }
    }
}
