using System.Formats.Tar;
using System.Text;
using MesosDocker.Docker;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Docker.Build;

public sealed class BuildContextTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public BuildContextTests() => _directory.Write("Dockerfile", "FROM scratch\n");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task WriteAsync_KeepsModesLinksAndEmptyDirectories()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        File.SetUnixFileMode(_directory.Write("run.sh", "#!/bin/sh\n"), (UnixFileMode)0b111_101_000);
        Directory.CreateDirectory(_directory.PathOf("empty"), (UnixFileMode)0b111_000_000);
        File.CreateSymbolicLink(_directory.PathOf("link"), "no/where");
        Directory.CreateSymbolicLink(_directory.PathOf("up"), "..");

        Dictionary<string, TarEntry> entries = await ReadAsync(BuildContext.Open(_directory.Root, null));

        Assert.Equal(["Dockerfile", "empty/", "link", "run.sh", "up"], entries.Keys);
        Assert.Equal((UnixFileMode)0b111_101_000, entries["run.sh"].Mode);
        Assert.Equal((UnixFileMode)0b111_000_000, entries["empty/"].Mode);
        Assert.Equal((TarEntryType.SymbolicLink, "no/where"), (entries["link"].EntryType, entries["link"].LinkName));
        Assert.Equal((TarEntryType.SymbolicLink, ".."), (entries["up"].EntryType, entries["up"].LinkName));
        Assert.All(entries.Values, static entry => Assert.Equal((0, 0, ""), (entry.Uid, entry.Gid, ((PosixTarEntry)entry).UserName)));
    }

    [Theory]
    [InlineData("secret\nb", "Dockerfile a .dockerignore")]
    [InlineData("*\n!b/c/keep", "Dockerfile .dockerignore b/ b/c/ b/c/keep")]
    [InlineData("*\n!b\nb/c/other", "Dockerfile .dockerignore b/ b/c/ b/c/keep")]
    [InlineData("**/keep", "Dockerfile a secret .dockerignore b/ b/c/ b/c/other")]
    [InlineData("Dockerfile\n.dockerignore\na\nsecret\nb", "Dockerfile .dockerignore")]
    public async Task WriteAsync_LeavesOutWhatIsIgnored_ButWhatTheEngineReads(string rules, string expected)
    {
        _directory.Write(".dockerignore", rules);
        foreach (string name in (string[])["a", "secret", "b/c/keep", "b/c/other"])
        {
            _directory.Write(name, name);
        }

        Dictionary<string, TarEntry> entries = await ReadAsync(BuildContext.Open(_directory.Root, null));

        Assert.Equal(expected.Split(' ').Order(), entries.Keys.Order());
    }

    [Fact]
    public async Task Open_FindsADockerfileBelow_ThoughItsDirectoryIsIgnored()
    {
        _directory.Write("docker/app.Dockerfile", "FROM scratch");
        _directory.Write("docker/notes", "");
        _directory.Write(".dockerignore", "docker");

        BuildContext context = BuildContext.Open(_directory.Root, "docker/app.Dockerfile");

        Assert.Equal("docker/app.Dockerfile", context.Dockerfile);
        Assert.Equal([".dockerignore", "Dockerfile", "docker/", "docker/app.Dockerfile"], (await ReadAsync(context)).Keys.Order());
    }

    [Fact]
    public async Task Open_TakesADockerfileFromElsewhere_AndLeavesItOutOfCopies()
    {
        using var elsewhere = new TemporaryDirectory();
        string dockerfile = elsewhere.Write("Other", "FROM scratch\nCOPY . /\n");
        _directory.Write("a", "");

        BuildContext context = BuildContext.Open(_directory.Root, dockerfile);
        Dictionary<string, TarEntry> entries = await ReadAsync(context);

        Assert.True(context.IsDockerfileOutside);
        Assert.Equal([".dockerignore", "Dockerfile", "a", context.Dockerfile], entries.Keys.Order().OrderBy(name => name == context.Dockerfile));
        IgnorePatterns rules = IgnorePatterns.Parse(Text(entries[".dockerignore"]), "sent");
        Assert.True(rules.Excludes(context.Dockerfile));
        Assert.True(rules.Excludes(".dockerignore"));
        Assert.False(rules.Excludes("a"));
    }

    [Fact]
    public async Task Open_PrefersTheDockerfilesOwnRules()
    {
        _directory.Write("a", "");
        _directory.Write("b", "");
        _directory.Write(".dockerignore", "a");
        _directory.Write("Dockerfile.dockerignore", "b");

        Assert.DoesNotContain("b", (await ReadAsync(BuildContext.Open(_directory.Root, null))).Keys);
        Assert.Contains("a", (await ReadAsync(BuildContext.Open(_directory.Root, null))).Keys);
    }

    [Fact]
    public void Open_SaysWhatIsMissing()
    {
        Assert.Contains("no directory", Engines.Fails(Fault.FileUnreadable, () => BuildContext.Open(_directory.PathOf("no"), null)).Message);
        Assert.Contains("no Dockerfile", Engines.Fails(Fault.FileUnreadable, () => BuildContext.Open(_directory.Root, "no")).Message);
        _directory.Write("huge", new string('#', 2_000_000));
        Engines.Fails(Fault.FileUnreadable, () => BuildContext.Open(_directory.Root, "huge"));
    }

    [Fact]
    public async Task WriteAsync_WritesNoEnd_WhenAFileBecomesShorter()
    {
        string path = _directory.Write("z", new string('z', 1_000_000));
        using var archive = new MemoryStream();
        bool cut = false;

        MesosDockerException e = await Engines.FailsAsync(Fault.FileUnreadable, () => ContextArchive.WriteAsync(
            BuildContext.Open(_directory.Root, null),
            new Interrupted(archive, () =>
            {
                if (!cut)
                {
                    cut = true;
                    File.WriteAllText(path, "short");
                }
            }),
            static _ => { },
            CancellationToken.None));

        Assert.Contains("/z'", e.Message);
        Assert.NotEqual(new byte[1024], archive.ToArray()[^1024..]);
    }

    [Fact]
    public async Task WriteAsync_LeavesOutWhatIsNoFile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs Linux.");
        await RunningProgram.RunAsync("mkfifo", [_directory.PathOf("pipe")], new Dictionary<string, string>());

        Assert.Equal(["Dockerfile"], (await ReadAsync(BuildContext.Open(_directory.Root, null))).Keys);
    }

    [Fact]
    public async Task WriteAsync_TellsWhatIsSent()
    {
        _directory.Write("a", new string('a', 300_000));
        long last = 0;

        await ContextArchive.WriteAsync(BuildContext.Open(_directory.Root, null), Stream.Null, sent => last = sent, CancellationToken.None);

        Assert.Equal(300_013, last);
    }

    private static string Text(TarEntry entry)
    {
        using var reader = new StreamReader(entry.DataStream!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static async Task<Dictionary<string, TarEntry>> ReadAsync(BuildContext context)
    {
        var archive = new MemoryStream();
        await ContextArchive.WriteAsync(context, archive, static _ => { }, CancellationToken.None);
        archive.Position = 0;
        var reader = new TarReader(archive);
        var entries = new Dictionary<string, TarEntry>();
        while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
        {
            entries.Add(entry.Name, entry);
        }

        return entries;
    }

    /// <summary>Does something before each write.</summary>
    private sealed class Interrupted(MemoryStream inner, Action before) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            before();
            inner.Write(buffer, offset, count);
        }
    }
}
