using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Fetching;

[UnsupportedOSPlatform("windows")]
public sealed class FetcherHttpTests : IDisposable
{
    private readonly SandboxFixture _fixture = new();

    [Fact]
    public async Task Fetch_SavesTheBody()
    {
        await using var server = new RawServer(RawServer.Ok("hello"));

        await _fixture.FetchAsync(server.Url("a/b.txt?q=1#f"));

        Assert.Equal("hello", _fixture.Read("b.txt?q=1#f"));
        Assert.Equal((UnixFileMode)0b110_100_100, File.GetUnixFileMode(_fixture.PathOf("b.txt?q=1#f")));
        Assert.StartsWith("GET /a/b.txt?q=1 HTTP/1.1", server.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_SavesAnEmptyBody()
    {
        await using var server = new RawServer(RawServer.Ok(""));

        await _fixture.FetchAsync(server.Url("x"));

        Assert.Equal("", _fixture.Read("x"));
    }

    [Fact]
    public async Task Fetch_SavesAChunkedBody()
    {
        await using var server = new RawServer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

        await _fixture.FetchAsync(server.Url("x"));

        Assert.Equal("abcde", _fixture.Read("x"));
    }

    [Fact]
    public async Task Fetch_SavesABodyThatEndsWithItsConnection()
    {
        await using var server = new RawServer(request => request.CloseAsync("HTTP/1.0 200 OK\r\n\r\nold times"));

        await _fixture.FetchAsync(server.Url("x"));

        Assert.Equal("old times", _fixture.Read("x"));
    }

    [Fact]
    public async Task Fetch_DoesNotDecompressWhatTheServerSaysIsCompressed()
    {
        await using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nraw");

        await _fixture.FetchAsync(server.Url("x"));

        Assert.Equal("raw", _fixture.Read("x"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Fetch_FollowsRedirections_AndKeepsItsOwnName(int status)
    {
        await using var server = new RawServer(request => request.WriteAsync(
            request.Target == "/x" ? RawServer.Redirect("/elsewhere/y", status) : RawServer.Ok(request.Target)));

        await _fixture.FetchAsync(server.Url("x"));

        Assert.Equal("/elsewhere/y", _fixture.Read("x"));
    }

    [Fact]
    public async Task Fetch_StopsAtTooManyRedirections()
    {
        await using var server = new RawServer(RawServer.Redirect("/x"));

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));

        Assert.Contains("redirected more than 10 times", e.Message);
        Assert.Equal(11, server.Requests.Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://h/x")]
    public async Task Fetch_FollowsNoRedirectionToAnotherProtocol(string location)
    {
        await using var server = new RawServer(RawServer.Redirect(location));

        await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));
    }

    [Fact]
    public async Task Fetch_OfARedirectionToNowhere_Fails()
    {
        await using var server = new RawServer("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n");

        await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));
    }

    [Theory]
    [InlineData(404, "Not Found")]
    [InlineData(500, "Oh No")]
    [InlineData(206, "Partial")]
    [InlineData(204, "No Content")]
    public async Task Fetch_NamesTheStatus_AndLeavesNothing(int status, string reason)
    {
        await using var server = new RawServer($"HTTP/1.1 {status} {reason}\r\nContent-Length: 0\r\n\r\n");

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));

        Assert.Contains($"{status} {reason}", e.Message);
        Assert.Contains(server.Url("x"), e.Message);
        Assert.Empty(_fixture.Files);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort")]
    public async Task Fetch_OfATruncatedBody_FailsAndLeavesNothing(string answer)
    {
        await using var server = new RawServer(request => request.CloseAsync(answer));

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));

        Assert.Contains("closed the connection before the end", e.Message);
        Assert.Empty(_fixture.Files);
    }

    [Theory]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot hex\r\n")]
    public async Task Fetch_FromWhatDoesNotSpeakHttp_Fails(string answer)
    {
        await using var server = new RawServer(request => request.CloseAsync(answer));

        await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome")]
    public async Task Fetch_EndsWhenNothingArrives(string before)
    {
        _fixture.Options = _fixture.Options with { NoProgressTimeout = TimeSpan.FromMilliseconds(200) };
        await using var server = new RawServer(async request =>
        {
            await request.WriteAsync(before);
            await request.HangAsync();
        });

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));

        Assert.Contains("nothing has arrived for 0.2 seconds", e.Message);
    }

    [Fact]
    public async Task Fetch_GoesOnWhileAnythingArrives_HoweverLongItTakes()
    {
        const int Letters = 20;
        var limit = TimeSpan.FromSeconds(1);
        _fixture.Options = _fixture.Options with { NoProgressTimeout = limit };
        await using var server = new RawServer(async request =>
        {
            await request.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Letters}\r\n\r\n");
            for (int i = 0; i < Letters; i++)
            {
                // In all longer than the limit, each far below it.
                await Task.Delay(limit / 10, request.Stopped);
                await request.WriteAsync("x");
            }
        });

        await _fixture.FetchAsync(server.Url("x"));

        Assert.Equal(Letters, _fixture.Read("x").Length);
    }

    [Fact]
    public async Task Fetch_OfMoreThanTheDiskHas_FailsBeforeTheFirstByte()
    {
        long announced = 1L << 60;
        await using var server = new RawServer($"HTTP/1.1 200 OK\r\nContent-Length: {announced}\r\n\r\n");

        MesosDockerException e = await _fixture.FailAsync(Fault.DiskFull, server.Url("x"));

        Assert.Contains($"needs {announced} bytes", e.Message);
        Assert.Matches("has [0-9]+ bytes to give", e.Message);
    }

    [Fact]
    public async Task Fetch_OfAnEndlessBody_EndsAtTheTasksDisk()
    {
        _fixture.SizeLimit = 1_000_000;
        string chunk = $"10000\r\n{new string('x', 0x10000)}\r\n";
        await using var server = new RawServer(async request =>
        {
            await request.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true)
            {
                await request.WriteAsync(chunk);
            }
        });

        MesosDockerException e = await _fixture.FailAsync(Fault.DiskFull, server.Url("x"));

        Assert.Contains("the task's disk of 1000000 bytes", e.Message);
    }

    [Fact]
    public async Task Fetch_SendsThePasswordToItsOwnHostOnly_AndShowsItToNobody()
    {
        await using var other = new RawServer(RawServer.Redirect("/gone", 500));
        await using var server = new RawServer(request => request.WriteAsync(
            RawServer.Redirect(request.Target == "/x" ? "/again" : other.Url("there"))));

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, server.Url("x", "us%40er:s%3Acret@"));

        string expected = "Authorization: Basic " + Convert.ToBase64String("us@er:s:cret"u8);
        Assert.All(server.Requests, head => Assert.Contains(expected, head));
        Assert.Equal(2, server.Requests.Count);
        Assert.DoesNotContain("Authorization", Assert.Single(other.Requests));
        Assert.DoesNotContain("cret", e.Message);
        Assert.Contains("***@", e.Message);
    }

    [Fact]
    public async Task Fetch_ThatNeedsAPassword_SaysSo()
    {
        await using var server = new RawServer("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n");

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));

        Assert.Contains("USER:PASSWORD@", e.Message);
    }

    [Fact]
    public async Task Fetch_FromAClosedPort_SaysThatTheConnectionIsRefused()
    {
        string url;
        await using (var server = new RawServer(""))
        {
            url = server.Url("x");
        }

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, url);

        Assert.Contains("the connection is refused", e.Message);
    }

    [Fact]
    public async Task Fetch_FromAHostThatIsNotThere_SaysSo()
    {
        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, "http://no-such-host.invalid/x");

        Assert.Contains("no-such-host.invalid", e.Message);
        Assert.Matches("no such host|cannot be resolved", e.Message);
    }

    [Theory]
    [InlineData("http:///x")]
    [InlineData("http://[::1/x")]
    [InlineData("http://h:port/x")]
    public async Task Fetch_OfWhatIsNoUrl_Fails(string uri) => await _fixture.FailAsync(Fault.FetchFailed, uri);

    [Fact]
    public async Task Fetch_SpeaksTls_AndTrustsTheMachinesAuthoritiesOnly()
    {
        using var authority = new PrivateAuthority();
        using X509Certificate2 certificate = authority.Issue(IPAddress.Loopback);
        await using var server = new RawServer(request => request.WriteAsync(RawServer.Ok("safe")), certificate);

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));
        Assert.Contains("signed by nobody whom this machine trusts", e.Message);

        _fixture.Options = _fixture.Options with { TrustedRoots = [authority.Root] };
        await _fixture.FetchAsync(server.Url("x"));
        Assert.Equal("safe", _fixture.Read("x"));
    }

    [Fact]
    public async Task Fetch_RefusesACertificateForAnotherName()
    {
        using var authority = new PrivateAuthority();
        using X509Certificate2 certificate = authority.Issue(IPAddress.Parse("127.9.9.9"));
        await using var server = new RawServer(request => request.WriteAsync(RawServer.Ok("safe")), certificate);
        _fixture.Options = _fixture.Options with { TrustedRoots = [authority.Root] };

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, server.Url("x"));

        Assert.Contains("for another name", e.Message);
    }

    [Fact]
    public async Task Fetch_FollowsFromHttpToHttps_AndNeverBack()
    {
        using var authority = new PrivateAuthority();
        using X509Certificate2 certificate = authority.Issue(IPAddress.Loopback);
        _fixture.Options = _fixture.Options with { TrustedRoots = [authority.Root] };
        await using var plain = new RawServer(RawServer.Ok("plain"));
        await using var safe = new RawServer(
            request => request.WriteAsync(request.Target == "/back" ? RawServer.Redirect(plain.Url("x")) : RawServer.Ok("safe")), certificate);
        await using var up = new RawServer(RawServer.Redirect(safe.Url("x")));

        await _fixture.FetchAsync(up.Url("up"));
        Assert.Equal("safe", _fixture.Read("up"));

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, safe.Url("back"));
        Assert.Contains("from https to http", e.Message);
        Assert.Empty(plain.Requests);
    }

    [Fact]
    public async Task Fetch_OfSeveral_RunsThemTogetherWithinTheLimit()
    {
        const int Together = 3;
        using var arrived = new CountdownEvent(Together);
        int most = 0;
        int now = 0;
        await using var server = new RawServer(async request =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));

            // Nobody is served before as many are waiting as may: fewer at a time would hang.
            if (!arrived.IsSet)
            {
                arrived.Signal();
                await Task.Run(() => arrived.Wait(request.Stopped));
            }

            Interlocked.Decrement(ref now);
            await request.WriteAsync(RawServer.Ok(request.Target));
        });
        _fixture.Options = _fixture.Options with { Parallelism = Together };

        await _fixture.FetchAsync([.. Enumerable.Range(0, 12).Select(number => server.Url($"{number}"))]);

        Assert.Equal(Together, most);
        Assert.Equal(12, _fixture.Files.Length);
        Assert.All(_fixture.Files, name => Assert.Equal("/" + name, _fixture.Read(name)));
    }

    [Fact]
    public async Task Fetch_ThatFails_StopsTheOthersAtOnce()
    {
        await using var slow = new RawServer(request => request.HangAsync());
        await using var broken = new RawServer("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, slow.Url("first"), broken.Url("second"));

        Assert.Contains("second", e.Message);
        Assert.Empty(_fixture.Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome")]
    public async Task Fetch_CanBeCancelledAtAnyTime_AndLeavesNothing(string before)
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new RawServer(async request =>
        {
            await request.WriteAsync(before);
            await cancel.CancelAsync();
            await request.HangAsync();
        });
        CommandUri[] uris = [.. Enumerable.Range(0, 8).Select(number => new CommandUri { Value = server.Url($"{number}") })];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _fixture.FetchAsync(uris, null, cancel.Token));

        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public async Task Fetch_OfALargeBody_KeepsEveryByte()
    {
        byte[] body = new byte[5_000_001];
        new Random(1).NextBytes(body);
        await using var server = new RawServer(async request =>
        {
            await request.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"));
            await request.WriteAsync(body);
        });

        await _fixture.FetchAsync(server.Url("x"));

        Assert.Equal(body, await File.ReadAllBytesAsync(_fixture.PathOf("x"), TestContext.Current.CancellationToken));
    }

    public void Dispose() => _fixture.Dispose();

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while (value > (seen = most) && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
