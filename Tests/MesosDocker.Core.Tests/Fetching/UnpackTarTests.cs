using System.Diagnostics;
using System.Formats.Tar;
using System.Runtime.Versioning;
using System.Text;
using MesosDocker.Fetching;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Fetching;

[UnsupportedOSPlatform("windows")]
public sealed class UnpackTarTests : IDisposable
{
    private readonly SandboxFixture _fixture = new();

    [Fact]
    public async Task Unpack_KeepsContentsModesAndTimes()
    {
        byte[] tar = Archives.Tar(
            Archives.Folder("./", 0b111_000_000),
            Archives.Folder("bin/", 0b101_101_101),
            Archives.File("bin/run", "run", 0b111_101_000),
            Archives.File("deep/down/file", "deep"),
            Archives.Link("bin/link", "../deep/down"),
            Archives.Link("hard", "bin/run", TarEntryType.HardLink),
            Archives.File("empty", ""));
        UnixFileMode sandboxMode = File.GetUnixFileMode(_fixture.Root);

        await UnpackAsync("a.tar", tar);

        Assert.Equal(["bin", "bin/run", "deep", "deep/down", "deep/down/file", "empty", "hard"], _fixture.Files);
        Assert.Equal(
            ["run", "deep", "run", ""],
            [_fixture.Read("bin/run"), _fixture.Read("bin/link/file"), _fixture.Read("hard"), _fixture.Read("empty")]);
        Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(_fixture.PathOf("bin/run")));
        Assert.Equal((UnixFileMode)0b101_101_101, File.GetUnixFileMode(_fixture.PathOf("bin")));
        Assert.Equal(sandboxMode, File.GetUnixFileMode(_fixture.Root));
        Assert.Equal(Archives.Then, File.GetLastWriteTimeUtc(_fixture.PathOf("bin/run")));
        Assert.Equal(Archives.Then, Directory.GetLastWriteTimeUtc(_fixture.PathOf("bin")));
        Assert.Equal(Archives.Then, new FileInfo(_fixture.PathOf("bin/link")).LastWriteTimeUtc);
        Assert.Equal("../deep/down", new FileInfo(_fixture.PathOf("bin/link")).LinkTarget);
    }

    [Theory]
    [InlineData("a.tar", "")]
    [InlineData("a.tgz", "gzip")]
    [InlineData("A.TAR.GZ", "gzip")]
    [InlineData("a.tbz2", "bzip2")]
    [InlineData("a.tar.bz2", "bzip2")]
    [InlineData("a.txz", "xz")]
    [InlineData("a.tar.xz", "xz")]
    public async Task Unpack_KnowsEveryCompression(string name, string program)
    {
        SkipWithout(program);
        byte[] tar = Archives.Tar(Archives.File("x", "content"), Archives.File("big", new string('b', 3_000_000)));

        await UnpackAsync(name, await CompressAsync(program, tar));

        Assert.Equal(["big", "x"], _fixture.Files);
        Assert.Equal("content", _fixture.Read("x"));
        Assert.Equal(3_000_000, new FileInfo(_fixture.PathOf("big")).Length);
    }

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    public async Task Unpack_KnowsEveryFormat(TarEntryFormat format)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, format, leaveOpen: true))
        {
            string source = _fixture.Make("source", "content");
            writer.WriteEntry(source, "d/x");
            if (format == TarEntryFormat.Gnu)
            {
                writer.WriteEntry(source, new string('n', 150) + "/" + new string('m', 150));
            }
        }

        await UnpackAsync("a.tar", bytes.ToArray());

        Assert.Equal("content", _fixture.Read("d/x"));
    }

    [Theory]
    [InlineData(true, new[] { "a.tar", "x" })]
    [InlineData(false, new[] { "x" })]
    public async Task Unpack_KeepsTheArchive_WhereMesosDoes(bool keep, string[] files)
    {
        _fixture.Options = _fixture.Options with { KeepArchives = keep };

        await UnpackAsync("a.tar", Archives.Tar(Archives.File("x", "1")));

        Assert.Equal(files, _fixture.Files);
    }

    [Fact]
    public async Task Unpack_GoesToTheTopOfTheSandbox_WhereverTheArchiveGoes()
    {
        _fixture.Options = _fixture.Options with { KeepArchives = true };
        string file = _fixture.Make("a.tar", Archives.Tar(Archives.File("x", "1")));

        await _fixture.FetchAsync(new CommandUri { Value = file, OutputFile = "sub/b.tar" });

        Assert.Equal(["sub", "sub/b.tar", "x"], _fixture.Files);
    }

    [Fact]
    public async Task Unpack_OfASingleCompressedFile_IsAnOption()
    {
        byte[] gzip = Archives.Gzip("content"u8.ToArray());
        await UnpackAsync("a.txt.gz", gzip);
        Assert.Equal(["a.txt.gz"], _fixture.Files);

        _fixture.Options = _fixture.Options with { KeepArchives = true, UnpackSingleFiles = true };
        await UnpackAsync("a.txt.gz", gzip);
        Assert.Equal("content", _fixture.Read("a.txt"));
        Assert.Equal(["a.txt", "a.txt.gz"], _fixture.Files);
    }

    [Fact]
    public async Task Unpack_Twice_IsTheSame()
    {
        byte[] tar = Archives.Tar(
            Archives.Folder("d", 0b111_101_000),
            Archives.File("d/x", "1"),
            Archives.Link("l", "d"),
            Archives.Link("h", "d/x", TarEntryType.HardLink));

        await UnpackAsync("a.tar", tar);
        await UnpackAsync("a.tar", tar);

        Assert.Equal(["d", "d/x", "h"], _fixture.Files);
        Assert.Equal("1", _fixture.Read("h"));
    }

    [Fact]
    public async Task Unpack_GivesEverythingToTheOwner()
    {
        Assert.SkipUnless(Posix.IsRoot, "only root may give files away");
        _fixture.Owner = new SandboxOwner(1234, 5678, null);
        byte[] tar = Archives.Tar(Archives.Folder("d"), Archives.File("d/x", "1"), Archives.File("e/f/g", "2"), Archives.Link("l", "d"));

        await UnpackAsync("a.tar", tar);

        foreach (string name in (string[])["d", "d/x", "e", "e/f", "e/f/g", "l"])
        {
            FileOwner owner = Posix.OwnerOf(_fixture.PathOf(name))!.Value;
            Assert.Equal((name, 1234u, 5678u), (name, owner.User, owner.Group));
        }
    }

    [Fact]
    public async Task Unpack_DropsSpecialBits()
    {
        await UnpackAsync("a.tar", Archives.Tar(Archives.File("x", "1", 0b111_111_101_101), Archives.Folder("d", 0b111_111_111_111)));

        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(_fixture.PathOf("x")));
        Assert.Equal((UnixFileMode)0b111_111_111, File.GetUnixFileMode(_fixture.PathOf("d")));
    }

    [Theory]
    [InlineData("../outside/secret")]
    [InlineData("a/../../outside/secret")]
    [InlineData("/tmp/escaped")]
    [InlineData("//tmp/escaped")]
    [InlineData("..")]
    public async Task Unpack_RefusesANameThatLeadsOut(string name)
    {
        MesosDockerException e = await RefuseAsync(Archives.File("before", "1"), Archives.File(name, "escaped"));

        Assert.Contains(name, e.Message);
        Assert.Contains("a.tar", e.Message);
        Assert.False(File.Exists("/tmp/escaped"));
    }

    [Fact]
    public async Task Unpack_RefusesADirectoryThatLeadsOut() => await RefuseAsync(Archives.Folder("../new"));

    [Theory]
    [InlineData("/etc")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("./../outside")]
    [InlineData("d/../../outside")]
    public async Task Unpack_RefusesALinkThatLeadsOut(string target)
        => await RefuseAsync(Archives.Folder("d"), Archives.Link("link", target));

    [Fact]
    public async Task Unpack_RefusesALinkThatLeadsOutByAnother()
        => await RefuseAsync(Archives.Folder("a/b"), Archives.Link("a/b/up", "../.."), Archives.Link("out", "a/b/up/../outside"));

    [Theory]
    [InlineData("../outside/secret")]
    [InlineData("/etc/passwd")]
    public async Task Unpack_RefusesAHardLinkThatLeadsOut(string target)
    {
        await RefuseAsync(Archives.Link("link", target, TarEntryType.HardLink), Archives.File("link", "escaped"));
    }

    [Fact]
    public async Task Unpack_RefusesToWriteThroughALinkFromTheArchive()
    {
        MesosDockerException e = await RefuseAsync(Archives.Folder("d"), Archives.Link("link", "d"), Archives.File("link/x", "through"));

        Assert.Contains("through a link", e.Message);
    }

    [Theory]
    [InlineData("planted/secret", TarEntryType.RegularFile)]
    [InlineData("planted/new/deep", TarEntryType.RegularFile)]
    [InlineData("planted", TarEntryType.Directory)]
    [InlineData("planted/d", TarEntryType.Directory)]
    [InlineData("planted/l", TarEntryType.SymbolicLink)]
    [InlineData("planted/h", TarEntryType.HardLink)]
    public async Task Unpack_RefusesToWriteThroughALinkThatSomebodyPlanted(string name, TarEntryType type)
    {
        Directory.CreateSymbolicLink(_fixture.PathOf("planted"), _fixture.Outside);
        var entry = new PaxTarEntry(type, name) { Mode = (UnixFileMode)0b111_111_111 };
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            entry.LinkName = "before";
        }

        await RefuseAsync(Archives.File("before", "1"), entry);

        Assert.Equal(["a.tar", "secret"], Directory.EnumerateFileSystemEntries(_fixture.Outside).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Unpack_LinksOnlyToWhatTheArchiveItselfHolds()
    {
        Directory.CreateSymbolicLink(_fixture.PathOf("planted"), _fixture.Outside);

        await FailAsync("a.tar", Archives.Tar(Archives.Link("mine", "planted/secret", TarEntryType.HardLink)));

        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public async Task Unpack_ReplacesALinkByTheFileOfItsName_AndNotWhatItPointsTo()
    {
        File.CreateSymbolicLink(_fixture.PathOf("x"), _fixture.Secret);

        await UnpackAsync("a.tar", Archives.Tar(Archives.File("x", "new")));

        Assert.Equal("new", _fixture.Read("x"));
    }

    [Theory]
    [InlineData(TarEntryType.BlockDevice)]
    [InlineData(TarEntryType.CharacterDevice)]
    public async Task Unpack_RefusesDevices(TarEntryType type)
        => await RefuseAsync(new PaxTarEntry(type, "dev") { DeviceMajor = 1, DeviceMinor = 3 });

    [Fact]
    public async Task Unpack_RefusesPipes()
    {
        MesosDockerException e = await FailAsync("a.tar", Archives.Tar(new PaxTarEntry(TarEntryType.Fifo, "pipe")));

        Assert.Contains("'pipe' in it is a named pipe", e.Message);
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public async Task Unpack_RefusesSparseFiles_RatherThanWriteWhatTheyAreNot()
    {
        string file = Path.Combine(_fixture.Outside, "holes");
        await using (FileStream holes = File.Create(file))
        {
            holes.Position = 10_000_000;
            holes.WriteByte(1);
        }

        foreach (string format in (string[])["gnu", "pax"])
        {
            string tar = Path.Combine(_fixture.Outside, "a.tar");
            await RunAsync("tar", "--sparse", $"--format={format}", "-C", _fixture.Outside, "-cf", tar, "holes");

            MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, tar);

            Assert.Contains("a sparse file", e.Message);
        }
    }

    [Fact]
    public async Task Unpack_UnderstandsWhatTarWrites()
    {
        string source = Path.Combine(_fixture.Outside, "source");
        Directory.CreateDirectory(Path.Combine(source, "d", new string('n', 200)));
        await File.WriteAllTextAsync(Path.Combine(source, "d", new string('n', 200), "umlaut-ü"), "1", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(source, "d", "link"), new string('n', 200) + "/umlaut-ü");
        foreach (string format in (string[])["gnu", "pax"])
        {
            await RunAsync("tar", $"--format={format}", "-C", source, "-czf", Path.Combine(_fixture.Outside, "a.tgz"), ".");

            await _fixture.FetchAsync(Path.Combine(_fixture.Outside, "a.tgz"));

            Assert.Equal("1", _fixture.Read("d/link"));
            Directory.Delete(_fixture.PathOf("d"), recursive: true);
        }
    }

    [Theory]
    [InlineData("a.tar", "")]
    [InlineData("a.tar.gz", "")]
    [InlineData("a.tar.bz2", "bzip2")]
    [InlineData("a.tar.xz", "xz")]
    public async Task Unpack_OfWhatIsNoArchive_SaysSo(string name, string program)
    {
        SkipWithout(program);
        string page = "<html>" + new string('x', 5000) + "</html>";

        MesosDockerException e = await FailAsync(name, Encoding.UTF8.GetBytes(page));

        Assert.Contains("it is no whole tar archive", e.Message);
        Assert.Empty(_fixture.Files);
    }

    [Theory]
    [InlineData("a.tar", "")]
    [InlineData("a.tar.gz", "gzip")]
    [InlineData("a.tar.bz2", "bzip2")]
    [InlineData("a.tar.xz", "xz")]
    public async Task Unpack_OfHalfAnArchive_Fails(string name, string program)
    {
        SkipWithout(program);
        byte[] noise = new byte[200_000];
        new Random(2).NextBytes(noise);
        byte[] whole = await CompressAsync(program, Archives.Tar(
            Archives.File("x", "1"),
            new PaxTarEntry(TarEntryType.RegularFile, "noise") { DataStream = new MemoryStream(noise) }));

        MesosDockerException e = await FailAsync(name, whole[..(whole.Length / 2)]);

        Assert.Contains("it is no whole tar archive", e.Message);
    }

    [Fact]
    public async Task Unpack_ChecksTheSumOfACompressedArchive()
    {
        byte[] gzip = Archives.Gzip(Archives.Tar(Archives.File("x", "1")));
        gzip[^5] ^= 0xff;

        await FailAsync("a.tar.gz", gzip);
    }

    [Fact]
    public async Task Unpack_WithoutTheProgramItNeeds_NamesIt()
    {
        SkipWithout("xz");
        byte[] xz = await CompressAsync("xz", Archives.Tar(Archives.File("x", "1")));
        _fixture.Options = _fixture.Options with { Environment = new Dictionary<string, string> { ["PATH"] = "/nowhere" } };

        MesosDockerException e = await FailAsync("a.tar.xz", xz);

        Assert.Contains("needs the program 'xz'", e.Message);
    }

    [Fact]
    public async Task Unpack_OfABomb_EndsAtTheTasksDisk()
    {
        _fixture.SizeLimit = 10_000_000;

        MesosDockerException e = await FailAsync("a.tar.gz", await BombAsync(), Fault.DiskFull);

        Assert.Contains("10000000 bytes", e.Message);
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public async Task Unpack_OfAFileThatIsAnnouncedLargerThanTheDisk_FailsBeforeItIsWritten()
    {
        byte[] tar = Archives.Tar(Archives.File("x", "1"));

        // The size field of the header of the file itself, which follows its attributes.
        int header = FindHeader(tar, "x");
        "77777777777"u8.CopyTo(tar.AsSpan(header + 124));
        FixChecksum(tar.AsSpan(header, 512));
        _fixture.SizeLimit = 1_000_000;

        MesosDockerException e = await FailAsync("a.tar", tar, Fault.DiskFull);

        Assert.Contains("needs 8589934591 bytes", e.Message);
    }

    [Theory]
    [InlineData('L', "ustar  ")]
    [InlineData('x', "ustar\0" + "00")]
    [InlineData('g', "ustar\0" + "00")]
    public async Task Unpack_OfAHeaderThatWantsAllMemory_Fails(char type, string magic)
    {
        // A gigabyte of nothing, in a megabyte: what a reader must not take into memory.
        byte[] header = new byte[512];
        "x"u8.CopyTo(header);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        "07777777777"u8.CopyTo(header.AsSpan(124));
        header[156] = (byte)type;
        Encoding.ASCII.GetBytes(magic).CopyTo(header, 257);
        FixChecksum(header);
        string file = _fixture.Make("a.tar.gz", []);
        await using (var gzip = new System.IO.Compression.GZipStream(File.Create(file), System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(header);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1024; i++)
            {
                gzip.Write(zeros);
            }
        }

        long before = PeakMemory();
        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, file);

        Assert.Contains("a header of", e.Message);
        Assert.InRange(PeakMemory() - before, 0, 500_000_000);
    }

    [Fact]
    public async Task Unpack_CanBeCancelled_AndEndsItsFilter()
    {
        using var cancel = new CancellationTokenSource();
        string pid = Path.Combine(_fixture.Outside, "pid");
        _fixture.MakeProgram("xz", $"echo $$ > {pid}.new; mv {pid}.new {pid}; exec sleep 1000");
        string archive = _fixture.Make("a.tar.xz", [1]);
        Task fetch = _fixture.FetchAsync([new CommandUri { Value = archive }], null, cancel.Token);
        while (!File.Exists(pid))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(pid).Trim()}"));
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public async Task Unpack_OfDamagedBytes_NeverDoesAnythingButFail()
    {
        const int Rounds = 1500;
        var random = new Random(20140609);
        byte[] tar = Archives.Tar(
            Archives.Folder("d"),
            Archives.File("d/x", "content"),
            Archives.Link("l", "d/x"),
            Archives.Link("h", "d/x", TarEntryType.HardLink),
            Archives.File("y", new string('y', 1000)));
        _fixture.SizeLimit = 1_000_000;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = Mutate(random, tar);
            string file = _fixture.Make("a.tar", damaged);
            try
            {
                await _fixture.FetchAsync(file);
            }
            catch (MesosDockerException e) when (e.Fault is Fault.FetchFailed or Fault.SandboxEscape or Fault.DiskFull)
            {
                Assert.Contains("a.tar", e.Message);
            }
        }
    }

    public void Dispose() => _fixture.Dispose();

    internal static byte[] Mutate(Random random, byte[] bytes)
    {
        byte[] damaged = [.. bytes[..random.Next(random.Next(4) == 0 ? 1 : bytes.Length, bytes.Length + 1)]];
        for (int i = random.Next(1, 8); i > 0 && damaged.Length > 0; i--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        // Half of the headers stay valid, so that what is behind the check sum is met too.
        for (int header = 0; header + 512 <= damaged.Length; header += 512)
        {
            if (damaged[header + 257] == 'u' && random.Next(2) == 0)
            {
                FixChecksum(damaged.AsSpan(header, 512));
            }
        }

        return damaged;
    }

    private static void SkipWithout(string program)
        => Assert.SkipUnless(program.Length == 0 || ChildProcess.Find(program, null) is not null, $"there is no {program}");

    private static long PeakMemory()
    {
        using var us = Process.GetCurrentProcess();
        return us.PeakWorkingSet64;
    }

    private static int FindHeader(byte[] tar, string name)
    {
        for (int header = 0; ; header += 512)
        {
            if (Encoding.ASCII.GetString(tar, header, name.Length + 1) == name + "\0")
            {
                return header;
            }
        }
    }

    private static void FixChecksum(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte value in header)
        {
            sum += value;
        }

        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
    }

    private static async Task<byte[]> BombAsync()
    {
        using var bytes = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(bytes, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        await using (var writer = new TarWriter(gzip))
        {
            for (int i = 0; i < 20; i++)
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "same") { DataStream = new MemoryStream(new byte[1_000_000]) });
            }
        }

        return bytes.ToArray();
    }

    private static async Task<byte[]> CompressAsync(string program, byte[] content)
    {
        if (program.Length == 0)
        {
            return content;
        }

        var spec = new ChildSpec { Program = program, Arguments = ["-c"], Environment = new Dictionary<string, string>() };
        ChildResult result = await ChildProcess.RunAsync(spec, content, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.True(result.Status.IsSuccess, result.Error);
        return result.Output;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private Task UnpackAsync(string name, byte[] archive) => _fixture.FetchAsync(_fixture.Make(name, archive));

    private Task<MesosDockerException> FailAsync(string name, byte[] archive, Fault fault = Fault.FetchFailed)
        => _fixture.FailAsync(fault, _fixture.Make(name, archive));

    /// <summary>Of an archive with one bad entry nothing is unpacked at all.</summary>
    private async Task<MesosDockerException> RefuseAsync(params TarEntry[] entries)
    {
        MesosDockerException e = await FailAsync("a.tar", Archives.Tar(entries), Fault.SandboxEscape);
        Assert.Empty(_fixture.Files);
        return e;
    }
}
