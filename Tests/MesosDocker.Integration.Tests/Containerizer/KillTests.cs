using System.Diagnostics;
using MesosDocker.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>
/// SIGKILL of what watches a container, at every point of its life, and the takeover by every verb that finds it so: the end that is told
/// is the true one, the task has run once, and nothing is left.
/// </summary>
public sealed class KillTests(EngineFixture engine)
{
    private const int ExitCode = 7;
    private const int StopSignal = 19;

    // It runs until the test lets it end, and leaves a line for every time that it was started.
    private const string Command = "echo started; while [ ! -e go ]; do sleep 0.02; done; exit 7";

    /// <summary>Where the supervisor is killed.</summary>
    public enum Moment
    {
        Fetching,
        Pulling,
        Creating,
        Starting,
        Running,
        Exited,
        Cleaning,
    }

    public static TheoryData<Moment, string> Cases()
    {
        var cases = new TheoryData<Moment, string>();
        foreach (Moment moment in Enum.GetValues<Moment>())
        {
            foreach (string verb in (string[])["wait", "recover", "destroy", "sweep"])
            {
                cases.Add(moment, verb);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Supervisor_Killed_IsReplaced(Moment moment, string verb)
    {
        var reached = new TaskCompletionSource();
        var killed = new TaskCompletionSource();
        int inspections = 0;
        await using var faulty = new FaultyEngine(call => HoldAsync(moment, call, ref inspections, reached, killed.Task));
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_CONTAINERS_GRACE_SECONDS"] = "0";
        await using var server = new RawServer(request => FetchAsync(request, moment, reached, killed.Task));
        hook.Environment_["DOCKER_HOST"] = faulty.Host;
        Launch launch = hook.Executor(Command, executor => moment == Moment.Fetching
            ? executor with { Command = executor.Command! with { Uris = [new CommandUri { Value = server.Url("file") }] } }
            : executor);

        await hook.LaunchAsync(launch);
        if (moment is Moment.Running or Moment.Exited or Moment.Cleaning)
        {
            await hook.RunningAsync(launch);
        }

        if (moment is Moment.Exited or Moment.Cleaning)
        {
            LetGo(launch);
        }

        if (moment != Moment.Running)
        {
            await reached.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        }

        await KillSupervisorAsync(hook, launch);
        killed.SetResult();
        Termination end = await EndAsync(hook, launch, verb);

        bool ended = moment is Moment.Exited or Moment.Cleaning;
        bool stopped = verb == "destroy" && moment != Moment.Cleaning;
        Assert.Equal(stopped ? TaskState.Killed : TaskState.Failed, end.State);
        Assert.Equal(ended || !stopped ? ExitCode << 8 : end.Status?.Word, end.Status?.Word);
        (int Least, int Most) starts = verb != "destroy" ? (1, 1) : (moment > Moment.Starting ? 1 : 0, moment < Moment.Starting ? 0 : 1);
        Assert.InRange(Starts(launch), starts.Least, starts.Most);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Fact]
    public async Task Supervisor_ThatDiesAgainAndAgain_IsGivenUp()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("sleep 600");
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        Task<Termination> waiting = hook.WaitAsync(launch.ContainerId);
        int last = 0;
        while (!waiting.IsCompleted)
        {
            if (hook.Store.Find(launch.ContainerId).FindSupervisor() is { } supervisor && supervisor.Pid != last && hook.Store.Find(launch.ContainerId).ReadTermination() is null)
            {
                last = supervisor.Pid;
                supervisor.Signal(Libc.SignalKill);
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Termination end = await waiting;

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("have died one after the other", end.Message);
        await HookFixture.UntilAsync(() => hook.LeftOfAsync(launch.ContainerId).Result.Count == 0, "the container to be removed");
    }

    /// <summary>The hook itself, killed at many different moments of a launch: either the task runs as it should, or it never did.</summary>
    [Fact]
    public async Task Launch_Killed_IsWholeOrNothing()
    {
        await using var hook = new HookFixture(engine);
        const int Tries = 40;
        for (int i = 0; i < Tries; i++)
        {
            Launch launch = hook.Executor("echo started; exit 7");
            hook.WillLaunch(launch);
            using (Process process = hook.Start("launch", launch.Directory, HookFixture.EnvironmentOf(launch)))
            {
                Frames.Write(process.StandardInput.BaseStream, MesosCodec.EncodeLaunch(launch));

                // The moments are spread over what a launch takes.
                SpinWait.SpinUntil(() => process.HasExited, TimeSpan.FromMicroseconds(400 * i));
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            Termination end = await hook.WaitAsync(launch.ContainerId);

            Assert.Equal(TaskState.Failed, end.State);
            bool ran = end.Status is not null;
            Assert.Equal(ran ? ExitCode << 8 : null, end.Status?.Word);
            Assert.Equal(ran ? 1 : 0, Starts(launch));
            Assert.True(ran || end.Message.Contains("interrupted", StringComparison.Ordinal) || end.Message.Contains("not known", StringComparison.Ordinal), end.Message);
            await hook.AssertGoneAsync(launch.ContainerId);
        }

        // What launches that were killed left beside the containers is swept up in a minute.
        string containers = Path.Combine(hook.StateRoot, "mesos");
        foreach (string half in Directory.EnumerateDirectories(containers, ".*"))
        {
            Directory.SetLastWriteTimeUtc(half, DateTime.UtcNow.AddMinutes(-2));
        }

        Assert.Equal(0, (await hook.CallAsync("sweep", null)).Status);
        Assert.Empty(Directory.EnumerateDirectories(containers, ".*"));
    }

    [Fact]
    public async Task Wait_Killed_HarmsNothing_AndAnotherAnswers()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor(Command);
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        int supervisor = hook.SupervisorOf(launch);
        using (Process wait = hook.Start("wait"))
        {
            Frames.Write(wait.StandardInput.BaseStream, MesosCodec.EncodeContainerId(launch.ContainerId));
            await HookFixture.UntilAsync(() => Sleeps(wait.Id), "wait to sleep on the lock");
            wait.Kill(entireProcessTree: true);
            await wait.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(supervisor, hook.SupervisorOf(launch));
        LetGo(launch);
        Assert.Equal(ExitCode << 8, (await hook.WaitAsync(launch.ContainerId)).Status?.Word);
    }

    /// <summary>Whoever takes over may be killed with its whole tree at once, as an agent does it.</summary>
    [Fact]
    public async Task Wait_KilledWhileItTakesOver_LeavesASupervisorOrNone()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor(Command);
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        for (int i = 0; i < 3; i++)
        {
            hook.Store.Find(launch.ContainerId).FindSupervisor()?.Signal(Libc.SignalKill);
            await HookFixture.UntilAsync(() => !hook.Store.Find(launch.ContainerId).HasSupervisor, "the supervisor to end");
            using Process wait = hook.Start("wait");
            Frames.Write(wait.StandardInput.BaseStream, MesosCodec.EncodeContainerId(launch.ContainerId));
            SpinWait.SpinUntil(() => wait.HasExited, TimeSpan.FromMilliseconds(3 * i));
            wait.Kill(entireProcessTree: true);
            await wait.WaitForExitAsync(TestContext.Current.CancellationToken);
            await HookFixture.UntilAsync(
                () => !hook.Store.Find(launch.ContainerId).HasSupervisor || hook.Store.Find(launch.ContainerId).FindSupervisor() is not null, "a supervisor or none");
        }

        LetGo(launch);
        Assert.Equal(ExitCode << 8, (await hook.WaitAsync(launch.ContainerId)).Status?.Word);
        Assert.Equal(1, Starts(launch));
    }

    /// <summary>The supervisor stands still: an agent waits for its destroy without a limit.</summary>
    [Fact]
    public async Task Destroy_EndsAContainerWhoseSupervisorStandsStill()
    {
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_CONTAINERS_GRACE_SECONDS"] = "0";
        Launch launch = hook.Executor(Command);
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        Assert.True(ProcessIdentity.Of(hook.SupervisorOf(launch))!.Signal(StopSignal));

        Assert.Equal(0, (await hook.DestroyAsync(launch.ContainerId)).Status);

        Assert.Equal(9, (await hook.WaitAsync(launch.ContainerId)).Status?.Word);
        await HookFixture.UntilAsync(() => hook.LeftOfAsync(launch.ContainerId).Result.Count == 0, "the container to be removed");
    }

    [Fact]
    public async Task Configuration_BrokenMeanwhile_DoesNotLoseARunningContainer()
    {
        await using var hook = new HookFixture(engine);
        string config = hook.Files.Write("a.cfg", "[log]\nmax_files: 2\n");
        hook.Environment_["MESOS_DOCKER_CONFIG_FILE"] = config;
        Launch launch = hook.Executor(Command);
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        File.WriteAllText(config, "[log]\nmax_files: many\n");
        await KillSupervisorAsync(hook, launch);

        Task<Termination> waiting = hook.WaitAsync(launch.ContainerId);
        await HookFixture.UntilAsync(() => hook.Store.Find(launch.ContainerId).FindSupervisor() is not null, "a new supervisor");
        LetGo(launch);

        Assert.Equal(ExitCode << 8, (await waiting).Status?.Word);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    [Theory]
    [InlineData("request", "wait")]
    [InlineData("request", "destroy")]
    [InlineData("context.json", "wait")]
    [InlineData("context.json", "recover")]
    public async Task Files_TornByALossOfPower_EndTheContainerWithASentence(string file, string verb)
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor(Command);
        await hook.LaunchAsync(launch);
        await hook.RunningAsync(launch);
        await KillSupervisorAsync(hook, launch);
        string path = Path.Combine(hook.Store.Find(launch.ContainerId).Path, file);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..10]);

        Assert.Equal(0, (await hook.CallAsync(verb, verb == "recover" ? null : MesosCodec.EncodeContainerId(launch.ContainerId))).Status);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.Equal(TaskState.Failed, end.State);
        Assert.Contains("lost from the disk", end.Message);
        await hook.AssertGoneAsync(launch.ContainerId);
    }

    private static Task<Treatment> HoldAsync(
        Moment moment, EngineCall call, ref int inspections, TaskCompletionSource reached, Task killed)
    {
        bool here = (moment, call.Route) switch
        {
            (Moment.Pulling, var route) => route.StartsWith("GET /images/", StringComparison.Ordinal),
            (Moment.Creating, "POST /containers/create") => true,
            (Moment.Starting, "POST /containers/*/start") => true,
            (Moment.Cleaning, "DELETE /containers/*") => true,


            // The first is at the start; the second when the engine has told the end.
            (Moment.Exited, "GET /containers/*/json") => ++inspections > 1,
            _ => false,
        };
        return !here || killed.IsCompleted ? Task.FromResult(Treatment.Pass) : HoldAsync(reached, killed);
    }

    /// <summary>What a supervisor had asked for before it was killed is carried out late.</summary>
    private static async Task<Treatment> HoldAsync(TaskCompletionSource reached, Task killed)
    {
        reached.TrySetResult();
        await killed;
        return Treatment.LoseAnswer;
    }

    private static async Task FetchAsync(RawRequest request, Moment moment, TaskCompletionSource reached, Task killed)
    {
        if (moment == Moment.Fetching && !killed.IsCompleted)
        {
            await request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthe beginning");
            reached.TrySetResult();
            await killed;
        }
        else
        {
            await request.WriteAsync(RawServer.Ok("whole"));
        }
    }

    private static async Task KillSupervisorAsync(HookFixture hook, Launch launch)
    {
        ContainerDirectory directory = hook.Store.Find(launch.ContainerId);
        await HookFixture.UntilAsync(() => directory.FindSupervisor() is not null, "the supervisor to say who it is");
        Assert.True(directory.FindSupervisor()!.Signal(Libc.SignalKill));
        await HookFixture.UntilAsync(() => !directory.HasSupervisor, "the supervisor to end");
    }

    /// <summary>Lets one verb find the container, and then an agent wait for it.</summary>
    private static async Task<Termination> EndAsync(HookFixture hook, Launch launch, string verb)
    {
        if (verb == "wait")
        {
            LetGo(launch);
        }
        else
        {
            byte[]? message = verb == "destroy" ? MesosCodec.EncodeContainerId(launch.ContainerId) : null;
            Assert.Equal(0, (await hook.CallAsync(verb, message)).Status);
            await HookFixture.UntilAsync(
                () => hook.Store.Find(launch.ContainerId) is { } it && (it.HasSupervisor || it.ReadTermination() is not null), "another supervisor");
            if (verb != "destroy")
            {
                LetGo(launch);
            }
        }

        return await hook.WaitAsync(launch.ContainerId);
    }

    private static void LetGo(Launch launch)
    {
        string sandbox = HookFixture.Sandbox(launch, "fs");
        Directory.CreateDirectory(sandbox);
        File.WriteAllText(Path.Combine(sandbox, "go"), "");
    }

    private static int Starts(Launch launch)
    {
        string path = HookFixture.Sandbox(launch, "stdout");
        return File.Exists(path) ? File.ReadAllLines(path).Count(static line => line == "started") : 0;
    }

    private static bool Sleeps(int pid) => File.ReadAllText($"/proc/{pid}/wchan").Contains("lock", StringComparison.Ordinal);
}
