using MesosDocker.Io;
using MesosDocker.Local;
using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests.Agent;

/// <summary>Calls that a killed server left behind, told from what only looks like them.</summary>
public sealed class LeftoversTests : IDisposable
{
    private const string UntilGo = "while [ ! -e go ]; do sleep 0.02; done";

    private readonly TemporaryDirectory _files = new();
    private readonly List<RunningProgram> _programs = [];

    private string Work => _files.PathOf("work");

    public void Dispose()
    {
        _files.Write("go", "");
        _programs.ForEach(static program => program.Dispose());
        _files.Dispose();
    }

    [Fact]
    public async Task Waits_AreEnded_OfWhicheverExecutable()
    {
        RunningProgram now = Start("hook", "wait", Work);
        RunningProgram before = Start("older hook", "wait", Work);

        await EndAsync("hook", "older hook");

        await Until.TrueAsync(() => now.HasExited && before.HasExited, "both to end");
    }

    [Fact]
    public async Task Launches_AreWaitedFor()
    {
        RunningProgram launch = Start("older hook", "launch", Work);

        Task ending = EndAsync("hook", "older hook");
        await Task.Delay(100, TestContext.Current.CancellationToken);
        bool isEarly = ending.IsCompleted || launch.HasExited;
        _files.Write("go", "");
        await ending;

        Assert.False(isEarly, "The launch was not waited for.");
        await Until.TrueAsync(() => launch.HasExited, "the launch to end");
        Assert.Equal(0, launch.ExitCode);
    }

    [Theory]
    [InlineData("hook", "wait", "elsewhere")]
    [InlineData("hook", "destroy", "work")]
    [InlineData("docker", "wait", "work")]
    public async Task OtherPrograms_LiveOn(string program, string verb, string work)
    {
        RunningProgram other = Start(program, verb, _files.PathOf(work));

        await EndAsync("hook");
        await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.False(other.HasExited, other.Output);
    }

    [Fact]
    public async Task ExecutablesOfBefore_AreRemembered()
    {
        string older = PathOf("older hook");
        var options = new AgentOptions { WorkDirectory = Work, HookPath = older, Port = ListeningAgent.FreePort() };
        await LocalAgent.Open(options, Log.Nowhere()).DisposeAsync();

        using AgentHome home = AgentHome.Open(options);

        Assert.Equal([older, "/new"], home.RememberHook("/new"));
        Assert.Equal([older, "/new"], home.RememberHook(older));
    }

    private Task EndAsync(params string[] hooks) => Leftovers.EndAsync([.. hooks.Select(PathOf)], Work, CancellationToken.None);

    private string PathOf(string name) => _files.PathOf(name);

    private RunningProgram Start(string name, string verb, string work)
    {
        string program = _files.WriteProgram(name, $"cd '{_files.Root}'; {UntilGo}");
        var running = RunningProgram.Start(program, [verb], new Dictionary<string, string> { ["MESOS_WORK_DIRECTORY"] = work });
        _programs.Add(running);
        return running;
    }
}
