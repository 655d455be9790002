using MesosDocker.Containerizer;
using MesosDocker.Core.Tests.Docker;
using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Containerizer;

/// <summary>The end of a real process, with an engine that says what it likes of it, or nothing.</summary>
public sealed class ContainerWatchTests
{
    private const string Wait = "POST /containers/x/wait";
    private const string Inspect = "GET /containers/x/json";

    /// <summary>The engine has taken the wait on, and then stands still: the end is told without it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Engine_ThatStandsStill_DoesNotKeepTheEnd(bool stopped)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Wait, FakeReply.Chunked().ThenHang());
        using DockerEngine client = engine.Client();
        ProcessIdentity process = StartSleeping();
        ContainerWatch watch = Watch(client, ProcessWatch.Start(process, cgroups: null), isStopped: stopped);
        using ContainerWait begun = await client.BeginWaitAsync("x", WaitCondition.NotRunning, CancellationToken.None);
        Task<WatchedEnd> ending = watch.WaitAsync(begun, CancellationToken.None);

        process.Signal(Libc.SignalKill);
        Collect(process);
        WatchedEnd end = await ending;

        // Before Linux 6.15 nobody knows how.
        Assert.True(end.Status == new WaitStatus(Libc.SignalKill) || (end.Status is null && end.Unknown!.Contains("did not answer")));
    }

    [Fact]
    public async Task Engine_ThatAnswers_IsBelieved()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Wait, FakeReply.Refusal(500, "not now"), FakeReply.Json("""{"StatusCode":3}"""))
            .On(Inspect, FakeReply.Refusal(500, "no"));
        using DockerEngine client = engine.Client();
        int returned = 0;
        ContainerWatch watch = Watch(client, process: null, isStopped: false, () => returned++);

        WatchedEnd end = await watch.WaitAsync(first: null, CancellationToken.None);

        Assert.Equal(3, end.Status?.ExitCode);
        Assert.Equal(1, returned);
    }

    [Fact]
    public async Task Container_ThatIsGone_EndedNobodyKnowsHow()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Wait, FakeReply.Refusal(404, "No such container: x"));
        using DockerEngine client = engine.Client();

        WatchedEnd end = await Watch(client, process: null, isStopped: false).WaitAsync(first: null, CancellationToken.None);

        Assert.Null(end.Status);
        Assert.Contains("gone from the engine", end.Unknown);
    }

    private static ContainerWatch Watch(DockerEngine client, ProcessWatch? process, bool isStopped, Action? returned = null)
        => new(
            client,
            "x",
            process,
            () =>
            {
                returned?.Invoke();
                return Task.CompletedTask;
            },
            () => isStopped,
            Log.Nowhere())
        {
            EnginePatience = TimeSpan.FromMilliseconds(50), RestartPatience = TimeSpan.FromMilliseconds(100),
        };

    private static ProcessIdentity StartSleeping()
    {
        var spec = new ChildSpec
        {
            Program = "sleep",
            Arguments = ["600"],
            Environment = new Dictionary<string, string>(),
        };
        return ProcessIdentity.Of(ChildProcess.Spawn(spec, input: null, output: null, error: null, []))!;
    }

    private static void Collect(ProcessIdentity process) => _ = ChildProcess.Wait(process.Pid);
}
