using System.Runtime.Versioning;
using MesosDocker.Fetching;
using MesosDocker.Core.Tests.Fetching;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Fetching;

/// <summary>A real <c>mesos-fetcher</c>, whose path is in <c>MESOS_FETCHER</c>; and that ours does the same.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MesosFetcherTests : IDisposable
{
    private readonly SandboxFixture _fixture = new();
    private readonly string? _program = Environment.GetEnvironmentVariable("MESOS_FETCHER");

    public MesosFetcherTests() => Assert.SkipWhen(_program is null, "MESOS_FETCHER names no mesos-fetcher");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_ByMesosAndByUs_IsTheSame(bool byMesos)
    {
        UseMesos(byMesos);
        await using var server = new RawServer(request => request.WriteAsync(request.Target switch
        {
            "/to" => RawServer.Redirect("/there"),
            var target => RawServer.Ok(target),
        }));
        string tar = _fixture.Make("a.tar.gz", Archives.Gzip(Archives.Tar(Archives.File("in/tar", "1"))));
        string zip = _fixture.Make("b.zip", Archives.Zip(("in/zip", "2", 0x81a4)));
        string packed = _fixture.Make("c.tar", Archives.Tar(Archives.File("not/seen", "3")));
        string gzip = _fixture.Make("d.txt.gz", Archives.Gzip("4"u8.ToArray()));

        await _fixture.FetchAsync(
            new CommandUri { Value = server.Url("plain?x=1") },
            new CommandUri { Value = server.Url("to") },
            new CommandUri { Value = server.Url("run"), Executable = true },
            new CommandUri { Value = server.Url("named"), OutputFile = "deep/down/name" },
            new CommandUri { Value = server.Url("first"), OutputFile = "twice" },
            new CommandUri { Value = server.Url("second"), OutputFile = "twice" },
            new CommandUri { Value = tar },
            new CommandUri { Value = "file://" + zip },
            new CommandUri { Value = packed, Extract = false },
            new CommandUri { Value = gzip, OutputFile = "deep/d.txt.gz" });

        Assert.Equal(
            [
                "a.tar.gz", "b.zip", "c.tar", "d.txt", "deep", "deep/d.txt.gz", "deep/down", "deep/down/name", "in", "in/tar", "in/zip",
                "plain?x=1", "run", "to", "twice",
            ],
            _fixture.Files.Where(name => name is not ("stdout" or "stderr")));
        Assert.Equal(
            ["/plain?x=1", "/there", "/second", "1", "2", "4"],
            ((string[])["plain?x=1", "to", "twice", "in/tar", "in/zip", "d.txt"]).Select(_fixture.Read));
        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(_fixture.PathOf("run")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_ByMesosAndByUs_IsTheUsersWork(bool byMesos)
    {
        Assert.SkipUnless(Posix.IsRoot, "only root may be somebody else");
        UseMesos(byMesos);
        FileOwner nobody = new(65534, 65534, 0, 0, 0, 0);
        _fixture.Owner = new SandboxOwner(nobody.User, nobody.Group, "nobody");
        _ = Libc.ChangeOwner(_fixture.Root, nobody.User, nobody.Group);
        string file = _fixture.Make("x", "1");

        await _fixture.FetchAsync(file);
        FileOwner made = Posix.OwnerOf(_fixture.PathOf("x"))!.Value;
        Assert.Equal((nobody.User, nobody.Group), (made.User, made.Group));

        File.SetUnixFileMode(file, (UnixFileMode)0b110_000_000);
        await _fixture.FailAsync(Fault.FetchFailed, new CommandUri { Value = file, OutputFile = "y" });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_ByMesosAndByUs_FailsWithTheUri(bool byMesos)
    {
        UseMesos(byMesos);
        await using var server = new RawServer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, server.Url("missing", "user:secret@"));

        Assert.Contains("missing", e.Message);
        Assert.Contains("404", e.Message);
        Assert.DoesNotContain("secret", e.Message);
    }

    public void Dispose() => _fixture.Dispose();

    private void UseMesos(bool byMesos) => _fixture.Options = _fixture.Options with
    {
        MesosFetcher = byMesos ? _program : null,
        KeepArchives = true,
        UnpackSingleFiles = true,
    };
}
