using System.Runtime.Versioning;
using System.Text;
using MesosDocker.Core.Tests.Fetching;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Fetching;

/// <summary>A sandbox on a file system of 8 MB.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FullDiskTests : IAsyncLifetime
{
    private const int Size = 8 * 1024 * 1024;
    private const int Files = 100;

    private readonly SandboxFixture _fixture = new();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Posix.IsRoot, "only root may mount a file system");
        string limits = $"size={Size},nr_inodes={Files},mode=0755";
        ChildResult result = await RunAsync("mount", "-t", "tmpfs", "-o", limits, "mesos-docker-test", _fixture.Root);
        Assert.SkipUnless(result.Status.IsSuccess, $"no file system can be mounted: {result.Error}");
    }

    [Fact]
    public async Task Fetch_OfMoreThanThereIs_FailsBefore_AndNamesBothNumbers()
    {
        string file = _fixture.Make("x", new byte[Size]);

        MesosDockerException e = await _fixture.FailAsync(Fault.DiskFull, file);

        Assert.Contains($"needs {Size} bytes", e.Message);
        Assert.Contains(_fixture.Root, e.Message);
        AssertFree();
    }

    [Fact]
    public async Task Fetch_OfSeveralThatFitOnlyAlone_Fails()
    {
        string file = _fixture.Make("x", new byte[Size / 2]);

        await _fixture.FailAsync(
            Fault.DiskFull, [.. Enumerable.Range(0, 3).Select(number => new CommandUri { Value = file, OutputFile = $"{number}" })]);

        // What was whole and in its place before may stay.
        Assert.True(_fixture.Files is [] or ["0"], string.Join(' ', _fixture.Files));
    }

    [Fact]
    public async Task Fetch_OfAnEndlessBody_FillsTheDiskAndEmptiesItAgain()
    {
        string chunk = $"10000\r\n{new string('x', 0x10000)}\r\n";
        await using var server = new RawServer(async request =>
        {
            await request.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true)
            {
                await request.WriteAsync(chunk);
            }
        });

        await _fixture.FailAsync(Fault.DiskFull, server.Url("x"));

        AssertFree();
    }

    [Fact]
    public async Task Fetch_ThroughCurl_FillsTheDiskAndEmptiesItAgain()
    {
        Assert.SkipUnless(ChildProcess.Find("curl", null) is not null, "there is no curl");
        await using var server = new FtpServer(async stream =>
        {
            byte[] buffer = new byte[100_000];
            while (true)
            {
                await stream.WriteAsync(buffer);
            }
        });

        await _fixture.FailAsync(Fault.DiskFull, server.Url("x"));

        AssertFree();
    }

    [Fact]
    public async Task Unpack_OfABomb_FillsTheDiskAndEmptiesItAgain()
    {
        byte[] tar = Archives.Tar(Archives.File("a", new string('a', Size / 2)), Archives.File("b", new string('b', Size)));

        await _fixture.FailAsync(Fault.DiskFull, _fixture.Make("a.tar.gz", Archives.Gzip(tar)));

        AssertFree();
    }

    [Fact]
    public async Task Unpack_OfMoreFilesThanTheDiskCanHold_Fails()
    {
        byte[] tar = Archives.Tar([.. Enumerable.Range(0, 2 * Files).Select(number => Archives.File($"{number}", ""))]);

        await _fixture.FailAsync(Fault.DiskFull, _fixture.Make("a.tar.gz", Archives.Gzip(tar)));

        AssertFree();
    }

    [Fact]
    public async Task Fetch_OntoAFullDisk_SaysSo()
    {
        await Assert.ThrowsAsync<IOException>(() => File.WriteAllBytesAsync(
            _fixture.PathOf("all"), new byte[Size + 1], TestContext.Current.CancellationToken));

        MesosDockerException e = await _fixture.FailAsync(Fault.DiskFull, _fixture.Make("x", Encoding.ASCII.GetBytes("some")));

        Assert.Contains("has 0 bytes to give", e.Message);
        Assert.Equal(["all"], _fixture.Files);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", _fixture.Root);
        _fixture.Dispose();
    }

    private static Task<ChildResult> RunAsync(string program, params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin" };
        var spec = new ChildSpec { Program = program, Arguments = arguments, Environment = environment };
        return ChildProcess.RunAsync(spec, null, TimeSpan.FromMinutes(1), CancellationToken.None);
    }

    // A child that another test starts at this very moment holds our files until it runs its program; their blocks are freed after that.
    private void AssertFree()
    {
        Assert.Empty(_fixture.Files);
        SpinWait.SpinUntil(() => Free >= Size - 65536, TimeSpan.FromSeconds(20));
        Assert.InRange(Free, Size - 65536, Size);
    }

    private long Free => new DriveInfo(_fixture.Root).AvailableFreeSpace;
}
