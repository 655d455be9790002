using System.Runtime.Versioning;
using MesosDocker.Fetching;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Fetching;

[UnsupportedOSPlatform("windows")]
public sealed class FetcherLocalTests : IDisposable
{
    private const uint Nobody = 65534;

    private readonly SandboxFixture _fixture = new();

    [Fact]
    public async Task Fetch_OfNothing_DoesNothing()
    {
        await Fetcher.FetchAsync([], new FetchTarget { Directory = "/no/such" }, _fixture.Options, null, TestContext.Current.CancellationToken);

        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public async Task Fetch_CopiesPlainPathsAndFileUris()
    {
        string one = _fixture.Make("one", "1");
        string two = _fixture.Make("two words", "22");

        await _fixture.FetchAsync(one, "file://" + two);

        Assert.Equal(["one", "two words"], _fixture.Files);
        Assert.Equal("22", _fixture.Read("two words"));
    }

    [Fact]
    public async Task Fetch_CopiesAFileWithoutALength()
    {
        await _fixture.FetchAsync("/proc/self/status");

        Assert.Contains("Pid:", _fixture.Read("status"));
    }

    [Fact]
    public async Task Fetch_KeepsTheModeOfALocalFile_LessWhatOthersMayWrite()
    {
        string script = _fixture.Make("script", "x");
        File.SetUnixFileMode(script, (UnixFileMode)0b110_111_111_111);

        await _fixture.FetchAsync(script);

        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(_fixture.PathOf("script")));
    }

    [Fact]
    public async Task Fetch_MakesExecutable_AndDoesNotUnpackThen()
    {
        string file = _fixture.Make("a.tar", "no archive at all");

        await _fixture.FetchAsync(new CommandUri { Value = file, Executable = true });

        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(_fixture.PathOf("a.tar")));
    }

    [Fact]
    public async Task Fetch_PutsAnOutputFileIntoDirectoriesThatItMakes()
    {
        string file = _fixture.Make("x", "1");

        await _fixture.FetchAsync(new CommandUri { Value = file, OutputFile = "a/b/c" }, new CommandUri { Value = file, OutputFile = "a/d" });

        Assert.Equal(["a", "a/b", "a/b/c", "a/d"], _fixture.Files);
    }

    [Fact]
    public async Task Fetch_OfTwoFilesOfOneName_LeavesTheLast()
    {
        string[] files = [.. Enumerable.Range(0, 20).Select(number => _fixture.Make($"{number}", $"{number}"))];

        await _fixture.FetchAsync([.. files.Select(file => new CommandUri { Value = file, OutputFile = "same" })]);

        Assert.Equal("19", _fixture.Read("same"));
    }

    [Fact]
    public async Task Fetch_OfAMissingFile_NamesItAndTheCause()
    {
        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, _fixture.Secret, "/no/such/file");

        Assert.Contains("/no/such/file", e.Message);
        Assert.Contains("No such file", e.Message);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/tmp")]
    public async Task Fetch_OfWhatIsNoFile_Fails(string path) => await _fixture.FailAsync(Fault.FetchFailed, path);

    [Fact]
    public async Task Fetch_OfAPipe_FailsAndDoesNotWaitForAWriter()
    {
        string pipe = Path.Combine(_fixture.Outside, "pipe");
        using var made = System.Diagnostics.Process.Start("mkfifo", pipe);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        await _fixture.FailAsync(Fault.FetchFailed, pipe);
    }

    [Fact]
    public async Task Fetch_OntoADirectory_Fails()
    {
        Directory.CreateDirectory(_fixture.PathOf("secret"));

        await _fixture.FailAsync(Fault.FetchFailed, _fixture.Secret);
    }

    [Fact]
    public async Task Fetch_ReplacesALinkThatIsInItsPlace_AndNotWhatItPointsTo()
    {
        string file = _fixture.Make("x", "new");
        File.CreateSymbolicLink(_fixture.PathOf("x"), _fixture.Secret);

        await _fixture.FetchAsync(file);

        Assert.Equal("new", _fixture.Read("x"));
        Assert.Null(new FileInfo(_fixture.PathOf("x")).LinkTarget);
    }

    [Fact]
    public async Task Fetch_ReplacesAHardLinkThatIsInItsPlace_AndNotItsOtherName()
    {
        string file = _fixture.Make("x", "new");
        using DirectoryHandle outside = DirectoryHandle.Open(_fixture.Outside);
        using DirectoryHandle sandbox = DirectoryHandle.Open(_fixture.Root);
        outside.MakeHardLink("secret", sandbox, "x");

        await _fixture.FetchAsync(file);

        Assert.Equal("new", _fixture.Read("x"));
    }

    [Fact]
    public async Task Fetch_ThroughAPlantedDirectoryLink_IsRefused()
    {
        Directory.CreateSymbolicLink(_fixture.PathOf("sub"), _fixture.Outside);

        MesosDockerException e = await _fixture.FailAsync(
            Fault.SandboxEscape, new CommandUri { Value = _fixture.Make("x", "new"), OutputFile = "sub/secret" });

        Assert.Contains("'sub' is a link", e.Message);
    }

    [Fact]
    public async Task Fetch_WhileSomebodySwapsDirectoriesForLinks_NeverLeavesTheSandbox()
    {
        const int Rounds = 200;
        using var stop = new CancellationTokenSource();
        string file = _fixture.Make("x", "escaped");
        string tar = _fixture.Make("a.tar", Archives.Tar(Archives.Folder("sub"), Archives.File("sub/secret", "escaped"), Archives.Folder("sub/d")));
        Task swapping = Task.Run(() => Swap(_fixture.PathOf("sub"), _fixture.Outside, stop.Token));
        for (int round = 0; round < Rounds; round++)
        {
            try
            {
                await _fixture.FetchAsync(new CommandUri { Value = file, OutputFile = "sub/secret" }, new CommandUri { Value = tar });
            }
            catch (MesosDockerException e) when (e.Fault is Fault.SandboxEscape or Fault.FetchFailed)
            {
                // The swap was faster, and seen.
            }
        }

        await stop.CancelAsync();
        await swapping;
        Assert.Equal(["a.tar", "secret", "x"], Directory.EnumerateFileSystemEntries(_fixture.Outside).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Fetch_IntoASandboxThatIsALink_IsRefused()
    {
        Directory.Delete(_fixture.Root);
        Directory.CreateSymbolicLink(_fixture.Root, _fixture.Outside);
        string file = _fixture.Make("x", "1");
        File.Delete(file);

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => Fetcher.FetchAsync(
            [new CommandUri { Value = "/etc/hosts" }],
            new FetchTarget { Directory = _fixture.Root },
            _fixture.Options,
            null,
            TestContext.Current.CancellationToken));

        Assert.Equal(Fault.FetchFailed, e.Fault);
        Assert.Equal(["secret"], Directory.EnumerateFileSystemEntries(_fixture.Outside).Select(Path.GetFileName));
        Directory.Delete(_fixture.Root);
        Directory.CreateDirectory(_fixture.Root);
    }

    [Fact]
    public async Task Fetch_AgainAfterAKill_RemovesWhatWasLeft()
    {
        string left = Directory.CreateDirectory(_fixture.PathOf(".fetching-0123")).FullName;
        Directory.CreateDirectory(Path.Combine(left, "3.program"));
        File.WriteAllText(Path.Combine(left, "3.program", "file"), "half");
        Directory.CreateSymbolicLink(Path.Combine(left, "link"), _fixture.Outside);

        await _fixture.FetchAsync(_fixture.Make("x", "1"));

        Assert.Equal(["x"], _fixture.Files);
    }

    [Fact]
    public async Task Fetch_ToASharedSandbox_LeavesAloneWhatAnotherIsAt()
    {
        string others = Directory.CreateDirectory(_fixture.PathOf(".fetching-0123")).FullName;
        var target = new FetchTarget { Directory = _fixture.Root, IsShared = true };
        var uri = new CommandUri { Value = _fixture.Make("x", "1") };

        await Fetcher.FetchAsync([uri], target, _fixture.Options, progress: null, TestContext.Current.CancellationToken);

        Assert.True(File.Exists(_fixture.PathOf("x")));
        Assert.True(Directory.Exists(others));
        Directory.Delete(others);
    }

    [Fact]
    public async Task Fetch_OverTheTasksDisk_IsRefusedWithBothNumbers()
    {
        _fixture.SizeLimit = 1000;
        string half = _fixture.Make("half", new byte[600]);
        string rest = _fixture.Make("rest", new byte[601]);
        _fixture.Options = _fixture.Options with { Parallelism = 1 };

        MesosDockerException e = await _fixture.FailAsync(Fault.DiskFull, half, rest);

        Assert.Contains("601 bytes", e.Message);
        Assert.Contains("400 are left", e.Message);
    }

    [Fact]
    public async Task Fetch_TellsItsProgress()
    {
        var told = new List<FetchProgress>();
        string file = _fixture.Make("x", new byte[300_000]);

        await _fixture.FetchAsync([new CommandUri { Value = file }], new Told(told), TestContext.Current.CancellationToken);

        Assert.Equal(new FetchProgress(file, FetchPhase.Downloading, 0, null), told[0]);
        Assert.Equal(new FetchProgress(file, FetchPhase.Done, 300_000, 300_000), told[^1]);
    }

    [Fact]
    public async Task Fetch_GivesEverythingToTheOwner()
    {
        Assert.SkipUnless(Posix.IsRoot, "only root may give files away");
        _fixture.Owner = new SandboxOwner(1234, 5678, "somebody");
        string file = _fixture.Make("x", "1");

        await _fixture.FetchAsync(new CommandUri { Value = file, OutputFile = "a/b/x" });

        foreach (string name in _fixture.Files)
        {
            FileOwner? owner = Posix.OwnerOf(_fixture.PathOf(name));
            Assert.Equal((1234u, 5678u), (owner!.Value.User, owner.Value.Group));
        }
    }

    [Theory]
    [InlineData(0b110_000_000, 0, false)]
    [InlineData(0b110_100_000, 0, false)]
    [InlineData(0b110_100_000, Nobody, true)]
    [InlineData(0b110_100_100, 0, true)]
    public async Task Fetch_ReadsLocalFilesWithTheOwnersRights(int mode, uint group, bool allowed)
    {
        Assert.SkipUnless(Posix.IsRoot, "only root may read as somebody else");
        _fixture.Owner = new SandboxOwner(Nobody, Nobody, "nobody");
        string file = _fixture.Make("x", "1");
        File.SetUnixFileMode(file, (UnixFileMode)mode);
        _ = Libc.ChangeOwner(file, 0, group);

        if (allowed)
        {
            await _fixture.FetchAsync(file);
            Assert.Equal(["x"], _fixture.Files);
        }
        else
        {
            MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, file);
            Assert.Contains("as user nobody: Permission denied", e.Message);
        }

        // Nobody else's thread has become nobody.
        Assert.Equal("untouched", File.ReadAllText(_fixture.Secret));
    }

    public void Dispose() => _fixture.Dispose();

    private static void Swap(string path, string outside, CancellationToken stopped)
    {
        for (int round = 0; !stopped.IsCancellationRequested; round++)
        {
            // Each may fail, as the fetch makes and replaces the same name.
            Try(() => Directory.Move(path, $"{path}-{round}"));
            Try(() => Directory.CreateSymbolicLink(path, outside));
            Try(() => File.Delete(path));
        }
    }

    private static void Try(Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private sealed class Told(List<FetchProgress> told) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value)
        {
            lock (told)
            {
                told.Add(value);
            }
        }
    }
}
