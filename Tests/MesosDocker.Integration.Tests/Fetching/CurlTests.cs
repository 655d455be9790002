using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using MesosDocker.Core.Tests.Fetching;
using MesosDocker.Io;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Fetching;

/// <summary>The real curl, against servers of ours.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CurlTests : IDisposable
{
    private readonly SandboxFixture _fixture = new();

    public CurlTests()
    {
        Assert.SkipUnless(ChildProcess.Find("curl", null) is not null, "there is no curl");
        _fixture.Options = _fixture.Options with { OwnTls = false };
    }

    [Fact]
    public async Task Fetch_ByFtp_SavesTheFile()
    {
        byte[] content = new byte[3_000_000];
        new Random(3).NextBytes(content);
        await using var server = new FtpServer(stream => stream.WriteAsync(content).AsTask());

        await _fixture.FetchAsync(server.Url("dir/x[1-2]{a,b}", "some%40body:se%3Acret@"));

        Assert.Equal(content, await File.ReadAllBytesAsync(_fixture.PathOf("x[1-2]{a,b}"), TestContext.Current.CancellationToken));
        Assert.Contains("USER some@body", server.Commands);
        Assert.Contains("PASS se:cret", server.Commands);
        Assert.Contains("RETR x[1-2]{a,b}", server.Commands);
    }

    [Fact]
    public async Task Fetch_ByFtp_OfAMissingFile_SaysWhatCurlSays()
    {
        await using var server = new FtpServer(_ => Task.CompletedTask);

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, server.Url("missing", "u:secret@"));

        Assert.Contains("curl exited with status 78", e.Message);
        Assert.DoesNotContain("secret", e.Message);
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public async Task Fetch_ByFtp_OfAnEndlessFile_EndsAtTheTasksDisk()
    {
        _fixture.SizeLimit = 5_000_000;
        await using var server = new FtpServer(async stream =>
        {
            byte[] buffer = new byte[100_000];
            while (true)
            {
                await stream.WriteAsync(buffer);
            }
        });

        MesosDockerException e = await _fixture.FailAsync(Fault.DiskFull, server.Url("x"));

        Assert.Contains("the task's disk of 5000000 bytes", e.Message);
    }

    [Fact]
    public async Task Fetch_ByFtp_ThatStalls_Ends()
    {
        _fixture.Options = _fixture.Options with { NoProgressTimeout = TimeSpan.FromSeconds(1) };
        using var stop = new CancellationTokenSource();
        await using var server = new FtpServer(async stream =>
        {
            await stream.WriteAsync("some"u8.ToArray());
            await Task.Delay(Timeout.Infinite, stop.Token);
        });

        await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));

        await stop.CancelAsync();
    }

    [Fact]
    public async Task Fetch_ByHttps_TrustsWhomTheMachineTrusts()
    {
        using var authority = new PrivateAuthority();
        using X509Certificate2 certificate = authority.Issue(IPAddress.Loopback);
        await using var server = new RawServer(request => request.WriteAsync(RawServer.Ok("safe")), certificate);

        await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));

        Trust(authority);
        await _fixture.FetchAsync(server.Url("x", "user:secret@"));
        Assert.Equal("safe", _fixture.Read("x"));
        Assert.Contains("Authorization: Basic " + Convert.ToBase64String("user:secret"u8), server.Requests.Last());
    }

    [Fact]
    public async Task Fetch_ByHttps_FollowsRedirections_AndNeverToHttp()
    {
        using var authority = new PrivateAuthority();
        using X509Certificate2 certificate = authority.Issue(IPAddress.Loopback);
        Trust(authority);
        await using var plain = new RawServer(RawServer.Ok("plain"));
        await using var safe = new RawServer(
            request => request.WriteAsync(request.Target switch
            {
                "/back" => RawServer.Redirect(plain.Url("x")),
                "/x" => RawServer.Redirect("/y"),
                _ => RawServer.Ok(request.Target),
            }),
            certificate);
        await using var up = new RawServer(RawServer.Redirect(safe.Url("x")));

        await _fixture.FetchAsync(up.Url("up"));
        Assert.Equal("/y", _fixture.Read("up"));

        await _fixture.FailAsync(Fault.FetchFailed, safe.Url("back"));
        Assert.Empty(plain.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", Fault.FetchFailed)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", Fault.FetchFailed)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1152921504606846976\r\n\r\n", Fault.DiskFull)]
    public async Task Fetch_ByHttps_MeetsTheSameTroubleAsOurOwn(string answer, Fault fault)
    {
        using var authority = new PrivateAuthority();
        using X509Certificate2 certificate = authority.Issue(IPAddress.Loopback);
        Trust(authority);
        await using var server = new RawServer(request => request.CloseAsync(answer), certificate);

        await _fixture.FailAsync(fault, server.Url("x"));

        Assert.Empty(_fixture.Files);
    }

    public void Dispose() => _fixture.Dispose();

    private void Trust(PrivateAuthority authority)
    {
        string file = _fixture.Make("authority.pem", authority.Root.ExportCertificatePem());
        var environment = new Dictionary<string, string>(_fixture.Options.Environment) { ["CURL_CA_BUNDLE"] = file };
        _fixture.Options = _fixture.Options with { Environment = environment };
    }
}
