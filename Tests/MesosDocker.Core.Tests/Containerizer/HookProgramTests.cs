using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Containerizer;

/// <summary>A program that is called as the executable is, with scripts in its place.</summary>
public sealed class HookProgramTests : IDisposable
{
    private static readonly ContainerId s_id = ContainerId.Parse("c1");

    private readonly TemporaryDirectory _files = new();

    [Fact]
    public async Task CallAsync_SaysVerbAndOptions_AndPassesTheFrame()
    {
        HookProgram program = Program($"echo \"$0 $*|$A\" > {_files.PathOf("said")}; pwd >> {_files.PathOf("said")}; cat > {_files.PathOf("frame")}");
        program = program with { StateRoot = "/a root", ConfigPath = "/c", Environment = With("A", "B"), WorkingDirectory = "/usr" };

        Assert.Null(await CallAsync(program, HookRequest.Of(HookVerb.Destroy, s_id)));

        Assert.Equal($"{program.Path} destroy --root /a root --config /c|B\n/usr\n", File.ReadAllText(_files.PathOf("said")));
        using FileStream frame = File.OpenRead(_files.PathOf("frame"));
        Assert.Equal(s_id, MesosCodec.DecodeContainerId(Frames.Read(frame)));
        Assert.Equal(frame.Length, frame.Position);
    }

    [Fact]
    public async Task CallAsync_SendsNothing_WhereTheVerbHasNoRequest()
    {
        HookProgram program = Program($"cat > {_files.PathOf("frame")}; printf '\\0\\0\\0\\0'");

        byte[]? reply = await CallAsync(program, HookRequest.Of(HookVerb.Containers));

        Assert.Equal(0, reply?.Length);
        Assert.Empty(File.ReadAllBytes(_files.PathOf("frame")));
    }

    [Fact]
    public async Task CallAsync_ReadsTheReply()
    {
        HookProgram program = Program("printf '\\003\\0\\0\\0abc'");

        Assert.Equal("abc"u8.ToArray(), await CallAsync(program, HookRequest.Of(HookVerb.Usage, s_id)));
    }

    [Theory]
    [InlineData("echo 'mesos-docker: ContainerUnknown: There is no container.' >&2; exit 1", Fault.ContainerUnknown, "There is no container.")]
    [InlineData("echo noise >&2; echo 'mesos-docker: DiskFull: /a: b.' >&2; exit 1", Fault.DiskFull, "/a: b.")]
    [InlineData("echo 'mesos-docker: DiskFull: see mesos-docker: x: y' >&2; exit 64", Fault.DiskFull, "see mesos-docker: x: y")]
    public async Task CallAsync_ThrowsTheProgramsOwnFault(string script, Fault fault, string message)
    {
        MesosDockerException e = await FaultOfAsync(Program(script), HookVerb.Usage);

        Assert.Equal(fault, e.Fault);
        Assert.Equal(message, e.Message);
    }

    [Theory]
    [InlineData("exit 3", "exited with status 3 and said nothing")]
    [InlineData("echo 'mesos-docker: 7: x' >&2; exit 1", "'mesos-docker: 7: x'")]
    [InlineData("echo 'mesos-docker: Nonsense: x' >&2; exit 1", "Nonsense")]
    [InlineData("printf 'a\\033[2Jb' >&2; exit 1", "'a\\x1b[2Jb'")]
    [InlineData("kill -9 $$", "ended by signal 9 (SIGKILL)")]
    public async Task CallAsync_SaysWhatIsKnown_WhereTheProgramNamesNoFault(string script, string said)
    {
        MesosDockerException e = await FaultOfAsync(Program(script), HookVerb.Usage);

        Assert.Equal(Fault.ProgramFailed, e.Fault);
        Assert.Contains(said, e.Message);
    }

    [Theory]
    [InlineData("true", Fault.FrameTruncated)]
    [InlineData("printf 'ab'", Fault.FrameTruncated)]
    [InlineData("printf '\\377\\377\\377\\377'", Fault.FrameTooLarge)]
    [InlineData("printf '\\004\\0\\0\\0abc'", Fault.FrameTruncated)]
    public async Task CallAsync_RefusesAReplyThatIsNone(string script, Fault fault)
        => Assert.Equal(fault, (await FaultOfAsync(Program(script), HookVerb.Wait)).Fault);

    [Fact]
    public async Task CallAsync_EndsTheProgram_WhenItIsCancelled()
    {
        HookProgram program = Program($"echo $$ > {_files.PathOf("pid")}; exec sleep 600");
        using var stop = new CancellationTokenSource();
        Task<byte[]?> call = program.CallAsync(HookRequest.Of(HookVerb.Wait, s_id), stop.Token);
        int pid;
        while (!File.Exists(_files.PathOf("pid")) || !int.TryParse(File.ReadAllText(_files.PathOf("pid")), out pid))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Null(ProcessIdentity.Of(pid));
    }

    [Fact]
    public async Task CallAsync_GivesUp_AndNamesTheContainer()
    {
        HookProgram program = Program("exec sleep 600") with { Limit = TimeSpan.FromMilliseconds(100) };

        MesosDockerException e = await FaultOfAsync(program, HookVerb.Wait);

        Assert.Equal(Fault.ProgramTimedOut, e.Fault);
        Assert.StartsWith("'wait' for the container 'c1' was given up after 0.1 seconds", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallAsync_SaysHowToGetAProgramThatIsNotThere()
    {
        HookProgram program = Program("") with { Path = _files.PathOf("none") };

        MesosDockerException e = await FaultOfAsync(program, HookVerb.Wait);

        Assert.Equal(Fault.ProgramMissing, e.Fault);
        Assert.Contains("build.sh", e.Message);
    }

    [Fact]
    public async Task CallAsync_KeepsCallsApart_ThatRunAtOnce()
    {
        HookProgram program = Program("cat");

        byte[]?[] replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(i
            => CallAsync(program, HookRequest.Of(HookVerb.Usage, ContainerId.Parse($"c{i}")))));

        Assert.Equal(Enumerable.Range(0, 30).Select(static i => $"c{i}"), replies.Select(static reply => MesosCodec.DecodeContainerId(reply).Value));
    }

    public void Dispose() => _files.Dispose();

    private static Dictionary<string, string> With(string name, string value)
        => new() { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin", [name] = value };

    private static Task<byte[]?> CallAsync(HookProgram program, HookRequest request)
        => program.CallAsync(request, TestContext.Current.CancellationToken);

    private static Task<MesosDockerException> FaultOfAsync(HookProgram program, HookVerb verb)
        => Assert.ThrowsAsync<MesosDockerException>(() => CallAsync(program, HookRequest.Of(verb, s_id)));

    private HookProgram Program(string script)
        => new() { Path = _files.WriteProgram("hook", script), Environment = With("A", "") };
}
