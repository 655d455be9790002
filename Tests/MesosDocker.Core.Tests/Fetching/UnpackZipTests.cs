using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Fetching;

[UnsupportedOSPlatform("windows")]
public sealed class UnpackZipTests : IDisposable
{
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;
    private const int Link = 0xa000;
    private const int PlainMode = Regular | 0b110_100_100;

    private readonly SandboxFixture _fixture = new();

    [Fact]
    public async Task Unpack_KeepsContentsModesAndTimes()
    {
        await UnpackAsync(Archives.Zip(
            ("bin/", "", Folder | 0b101_101_101),
            ("bin/run", "run", Regular | 0b100_111_101_000),
            ("deep/down/file", "deep", PlainMode),
            ("bin/link", "../deep/down", Link | 0b111_111_111),
            ("windows/", "", 0),
            ("windows/file", "w", 0)));

        Assert.Equal(["bin", "bin/run", "deep", "deep/down", "deep/down/file", "windows", "windows/file"], _fixture.Files);
        Assert.Equal(("run", "deep", "w"), (_fixture.Read("bin/run"), _fixture.Read("bin/link/file"), _fixture.Read("windows/file")));
        Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(_fixture.PathOf("bin/run")));
        Assert.Equal((UnixFileMode)0b101_101_101, File.GetUnixFileMode(_fixture.PathOf("bin")));
        Assert.Equal((UnixFileMode)0b110_100_100, File.GetUnixFileMode(_fixture.PathOf("windows/file")));
        Assert.Equal(Archives.Then.DateTime, File.GetLastWriteTime(_fixture.PathOf("bin/run")));
    }

    [Fact]
    public async Task Unpack_TakesSeparatorsOfWindows_WhereNoOthersAre()
    {
        await UnpackAsync(Archives.Zip((@"d\e\x", "1", 0), (@"unix\name", "2", PlainMode)));

        Assert.Equal(["d", "d/e", "d/e/x", @"unix\name"], _fixture.Files);
    }

    [Theory]
    [InlineData("../outside/secret", 0)]
    [InlineData(@"..\outside\secret", 0)]
    [InlineData("a/../../outside/secret", PlainMode)]
    [InlineData("/tmp/escaped", PlainMode)]
    [InlineData("../d/", Folder)]
    public async Task Unpack_RefusesANameThatLeadsOut(string name, int mode)
    {
        MesosDockerException e = await FailAsync(Archives.Zip(("before", "1", PlainMode), (name, "escaped", mode)), Fault.SandboxEscape);

        Assert.Contains("a.zip", e.Message);
        Assert.Empty(_fixture.Files);
        Assert.False(File.Exists("/tmp/escaped"));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    [InlineData("..")]
    public async Task Unpack_RefusesALinkThatLeadsOut(string target)
        => await FailAsync(Archives.Zip(("link", target, Link | 0b111_111_111)), Fault.SandboxEscape);

    [Fact]
    public async Task Unpack_RefusesToWriteThroughALink()
        => await FailAsync(Archives.Zip(("d/", "", Folder | 0b111_101_101), ("l", "d", Link), ("l/x", "1", PlainMode)), Fault.SandboxEscape);

    [Theory]
    [InlineData(0x2000, Fault.SandboxEscape)]
    [InlineData(0x6000, Fault.SandboxEscape)]
    [InlineData(0x1000, Fault.FetchFailed)]
    [InlineData(0xc000, Fault.FetchFailed)]
    public async Task Unpack_RefusesWhatIsNeitherFileNorDirectoryNorLink(int type, Fault fault)
        => await FailAsync(Archives.Zip(("x", "", type)), fault);

    [Fact]
    public async Task Unpack_OfTheSameNameTwice_LeavesTheLast()
    {
        await UnpackAsync(Archives.Zip(("x", "1", PlainMode), ("x", "2", PlainMode)));

        Assert.Equal("2", _fixture.Read("x"));
    }

    [Fact]
    public async Task Unpack_OfAFileWhereADirectoryIs_Fails()
        => await FailAsync(Archives.Zip(("x/y", "1", PlainMode), ("x", "2", PlainMode)), Fault.FetchFailed);

    [Fact]
    public async Task Unpack_OfADirectoryWhereAFileIs_Fails()
        => await FailAsync(Archives.Zip(("x", "1", PlainMode), ("x/y", "2", PlainMode)), Fault.FetchFailed);

    [Fact]
    public async Task Unpack_LeavesWhatIsInADirectoryAlready()
    {
        Directory.CreateDirectory(_fixture.PathOf("d/e"));
        await File.WriteAllTextAsync(_fixture.PathOf("d/e/old"), "old", TestContext.Current.CancellationToken);

        await UnpackAsync(Archives.Zip(("d/e/new", "new", PlainMode), ("d/f/x", "1", PlainMode)));

        Assert.Equal(["d", "d/e", "d/e/new", "d/e/old", "d/f", "d/f/x"], _fixture.Files);
    }

    [Fact]
    public async Task Unpack_ChecksTheSumOfEveryFile()
    {
        byte[] zip = Stored("content");
        zip[zip.AsSpan().IndexOf("content"u8)] ^= 0xff;

        MesosDockerException e = await FailAsync(zip, Fault.FetchFailed);

        Assert.Contains("it is no whole zip archive", e.Message);
        Assert.Empty(_fixture.Files);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    public async Task Unpack_OfHalfAnArchive_Fails(int missing)
    {
        byte[] zip = Archives.Zip(("x", new string('x', 100), PlainMode));

        await FailAsync(missing == 0 ? "no archive at all"u8.ToArray() : zip[..^missing], Fault.FetchFailed);
    }

    [Fact]
    public async Task Unpack_OfAnEncryptedFile_SaysSo()
    {
        Assert.SkipUnless(ChildProcess.Find("zip", null) is not null, "there is no zip program");
        var spec = new ChildSpec
        {
            Program = "zip",
            Arguments = ["-q", "-P", "password", "a.zip", "secret"],
            Environment = new Dictionary<string, string>(),
            WorkingDirectory = _fixture.Outside,
        };
        ChildResult made = await ChildProcess.RunAsync(spec, null, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.True(made.Status.IsSuccess, made.Error);

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, Path.Combine(_fixture.Outside, "a.zip"));

        Assert.Contains("'secret' in it is encrypted", e.Message);
    }

    [Fact]
    public async Task Unpack_UnderstandsWhatZipWrites()
    {
        Assert.SkipUnless(ChildProcess.Find("zip", null) is not null, "there is no zip program");
        string source = Directory.CreateDirectory(Path.Combine(_fixture.Outside, "source")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "umlaut-ü"), "1", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(Path.Combine(source, "umlaut-ü"), (UnixFileMode)0b111_000_000);
        File.CreateSymbolicLink(Path.Combine(source, "link"), "umlaut-ü");
        var spec = new ChildSpec
        {
            Program = "zip",
            Arguments = ["-q", "-r", "-y", "a.zip", "source"],
            Environment = new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8" },
            WorkingDirectory = _fixture.Outside,
        };
        ChildResult made = await ChildProcess.RunAsync(spec, null, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.True(made.Status.IsSuccess, made.Error);

        await _fixture.FetchAsync(Path.Combine(_fixture.Outside, "a.zip"));

        Assert.Equal("1", _fixture.Read("source/link"));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(_fixture.PathOf("source/umlaut-ü")));
    }

    [Fact]
    public async Task Unpack_OfABomb_EndsAtTheTasksDisk()
    {
        _fixture.SizeLimit = 10_000_000;

        MesosDockerException e = await FailAsync(Archives.Zip(("x", new string('0', 20_000_000), PlainMode)), Fault.DiskFull);

        Assert.Contains("needs 20000000 bytes", e.Message);
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public async Task Unpack_OfAnArchiveThatOnlyListsFiles_Fails()
    {
        // Entries of a hundred bytes, none with any content.
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            string padding = new('p', 80);
            for (int i = 0; i < 300_000; i++)
            {
                zip.CreateEntry($"{i}{padding}", CompressionLevel.NoCompression);
            }
        }

        MesosDockerException e = await FailAsync(bytes.ToArray(), Fault.FetchFailed);

        Assert.Contains("its list of entries", e.Message);
    }

    [Fact]
    public async Task Unpack_OfDamagedBytes_NeverDoesAnythingButFail()
    {
        const int Rounds = 1500;
        var random = new Random(20140609);
        byte[] zip = Archives.Zip(("d/", "", Folder), ("d/x", "content", PlainMode), ("l", "d/x", Link), ("y", new string('y', 1000), 0));
        _fixture.SizeLimit = 1_000_000;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = [.. zip];
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            string file = _fixture.Make("a.zip", random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged);
            try
            {
                await _fixture.FetchAsync(new CommandUri { Value = file });
            }
            catch (MesosDockerException e) when (e.Fault is Fault.FetchFailed or Fault.SandboxEscape or Fault.DiskFull)
            {
                Assert.Contains("a.zip", e.Message);
            }
        }
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xcbf43926u)]
    public void Crc32_IsTheOneOfZip(string text, uint value)
    {
        var crc = new Crc32();
        crc.Add(Encoding.ASCII.GetBytes(text));

        Assert.Equal(value, crc.Value);
    }

    public void Dispose() => _fixture.Dispose();

    private static byte[] Stored(string content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream stream = zip.CreateEntry("x", CompressionLevel.NoCompression).Open();
            stream.Write(Encoding.UTF8.GetBytes(content));
        }

        return bytes.ToArray();
    }

    private Task UnpackAsync(byte[] archive) => _fixture.FetchAsync(_fixture.Make("a.zip", archive));

    private Task<MesosDockerException> FailAsync(byte[] archive, Fault fault) => _fixture.FailAsync(fault, _fixture.Make("a.zip", archive));
}
