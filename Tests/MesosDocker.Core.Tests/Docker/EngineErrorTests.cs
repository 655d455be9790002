using System.Net;
using System.Net.Sockets;
using MesosDocker.Docker;
using MesosDocker.TestKit;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>Every way in which an engine fails: not there, not letting in, not answering, not answering right, saying
/// no.</summary>
public sealed class EngineErrorTests
{
    private const string Inspect = "GET /containers/x/json";

    [Fact]
    public async Task NoSocket_IsUnreachable_AndNamed()
    {
        using DockerEngine client = Engines.At(null, "unix:///tmp/no/such.sock");

        MesosDockerException e = await InspectFailsAsync(client, Fault.EngineUnreachable);

        Assert.Contains("unix:///tmp/no/such.sock", e.Message);
        Assert.Contains("there is no such socket", e.Message);
        Assert.Contains("systemctl status docker", e.Message);
    }

    [Fact]
    public async Task ASocketThatNobodyListensOn_IsUnreachable()
    {
        using var directory = new TemporaryDirectory();
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(directory.PathOf("s")));
            File.Copy("/dev/null", directory.PathOf("plain"));
        }

        using DockerEngine plain = Engines.At(null, "unix://" + directory.PathOf("plain"));
        Assert.Contains("nothing listens", (await InspectFailsAsync(plain, Fault.EngineUnreachable)).Message);
    }

    [Fact]
    public async Task ATcpPortThatNobodyListensOn_IsUnreachable()
    {
        int port = FreePort();
        using DockerEngine client = Engines.At(null, $"tcp://127.0.0.1:{port}");

        Assert.Contains($"tcp://127.0.0.1:{port}", (await InspectFailsAsync(client, Fault.EngineUnreachable)).Message);
    }

    [Fact]
    public async Task AHostThatHasNoAddress_IsUnreachable()
    {
        using DockerEngine client = Engines.At(null, "tcp://engine.invalid");

        await InspectFailsAsync(client, Fault.EngineUnreachable);
    }

    [Fact]
    public void ASocketThatMayNotBeOpened_IsAccessDenied_WithTheGroupNamed()
    {
        // Tests may run as root, whom no socket refuses; so the kernel's word is given by hand.
        MesosDockerException e = EngineFailure.FromConnecting(
            new UnixEndpoint("unix:///var/run/docker.sock", "/var/run/docker.sock"), new SocketException((int)SocketError.AccessDenied));

        Assert.Equal(Fault.EngineAccessDenied, e.Fault);
        Assert.Contains("group", e.Message);
    }

    [Fact]
    public async Task SeveralHosts_AreTriedInOrder_AndTheOneThatLetsUsInIsKept()
    {
        await using FakeEngine first = FakeEngine.OnSocket().On(Inspect, FakeReply.Json(Containers.Inspected));
        await using FakeEngine second = FakeEngine.OnTcp().On(Inspect, FakeReply.Json(Containers.Inspected));
        using DockerEngine client = Engines.At(null, "unix:///tmp/no/such.sock", first.Host, second.Host);

        await client.InspectAsync("x", CancellationToken.None);
        await client.InspectAsync("x", CancellationToken.None);

        Assert.Equal((3, 0), (first.Requests.Count, second.Requests.Count));
    }

    [Fact]
    public async Task SeveralHosts_NoneOfWhichIsThere_AreAllNamed()
    {
        int port = FreePort();
        using DockerEngine client = Engines.At(null, "unix:///tmp/no/such.sock", $"tcp://127.0.0.1:{port}");

        string message = (await InspectFailsAsync(client, Fault.EngineUnreachable)).Message;

        Assert.Contains("unix:///tmp/no/such.sock", message);
        Assert.Contains($"tcp://127.0.0.1:{port}", message);
    }

    [Fact]
    public async Task AnEngineThatAnswersWrongly_IsNotPassedOver()
    {
        await using FakeEngine broken = FakeEngine.OnSocket().On("GET /_ping", FakeReply.Nothing.Then("SSH-2.0-OpenSSH_9\r\n").ThenClose());
        await using FakeEngine other = FakeEngine.OnSocket();
        using DockerEngine client = Engines.At(null, broken.Host, other.Host);

        await InspectFailsAsync(client, Fault.EngineAnswerInvalid);

        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task AnEngineThatNeverAnswers_IsUnreachable_AfterTheLimit()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Inspect, FakeReply.Nothing.ThenHang());
        using DockerEngine client = engine.Client(Engines.Impatient);

        MesosDockerException e = await InspectFailsAsync(client, Fault.EngineUnreachable);

        Assert.Contains("did not answer within 0.2 seconds", e.Message);
        Assert.Contains("inspect container 'x'", e.Message);
    }

    [Fact]
    public async Task AnEngineThatStopsWithinItsAnswer_IsUnreachable_AfterTheLimit()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Inspect, FakeReply.Nothing.Then("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Id\":").ThenHang());
        using DockerEngine client = engine.Client(Engines.Impatient);

        Assert.Contains("did not answer within", (await InspectFailsAsync(client, Fault.EngineUnreachable)).Message);
    }

    [Fact]
    public async Task ARefusalThatNeverEnds_IsUnreachable_AfterTheLimit()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Inspect, FakeReply.Nothing.Then("HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\n{").ThenHang());
        using DockerEngine client = engine.Client(Engines.Impatient);

        await InspectFailsAsync(client, Fault.EngineUnreachable);
    }

    [Fact]
    public async Task AnEngineThatDoesNotAnswerThePing_IsUnreachable_ForEverybodyWhoWaits()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /_ping", FakeReply.Nothing.ThenHang());
        using DockerEngine client = engine.Client(Engines.Impatient);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => InspectFailsAsync(client, Fault.EngineUnreachable)));
    }

    [Fact]
    public async Task ASocketWhoseQueueIsFull_IsTriedAgain_UntilTheLimit()
    {
        using var directory = new TemporaryDirectory();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(directory.PathOf("s")));
        listener.Listen(1);
        var waiting = new List<Socket>();
        try
        {
            while (TryConnect(directory.PathOf("s"), out Socket socket))
            {
                waiting.Add(socket);
            }

            using DockerEngine client = Engines.At(
                new EngineTimeouts { Connect = TimeSpan.FromMilliseconds(200) }, "unix://" + directory.PathOf("s"));
            Assert.Contains("wanted: connect", (await InspectFailsAsync(client, Fault.EngineUnreachable)).Message);
        }
        finally
        {
            waiting.ForEach(static socket => socket.Dispose());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Id\":\"x\"}")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"Id\":\"x\",\"State\":{\"Pid\":{}")]
    [InlineData("HTTP/1.1 301 Moved\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n")]
    public async Task GarbageOrHalfAnAnswer_IsInvalid(string answer)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Inspect, FakeReply.Nothing.Then(answer).ThenClose());
        using DockerEngine client = engine.Client();

        MesosDockerException e = await InspectFailsAsync(client, Fault.EngineAnswerInvalid);

        Assert.Contains(engine.Host, e.Message);
        Assert.Contains("inspect container 'x'", e.Message);
    }

    [Fact]
    public async Task EveryAnswerCutShort_IsInvalid()
    {
        string whole = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Containers.Inspected.Length}\r\n\r\n{Containers.Inspected}";
        for (int length = 0; length < whole.Length; length += 7)
        {
            await using FakeEngine engine = FakeEngine.OnSocket().On(Inspect, FakeReply.Nothing.Then(whole[..length]).ThenClose());
            using DockerEngine client = engine.Client();

            await InspectFailsAsync(client, Fault.EngineAnswerInvalid);
        }
    }

    [Fact]
    public async Task HeadersWithoutEnd_AreInvalid()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Inspect, FakeReply.Nothing.Then("HTTP/1.1 200 OK\r\nX: " + new string('a', 1_000_000)).ThenClose());
        using DockerEngine client = engine.Client();

        await InspectFailsAsync(client, Fault.EngineAnswerInvalid);
    }

    [Theory]
    [InlineData(404, "No such container: x", Fault.ContainerNotFound)]
    [InlineData(404, "page not found", Fault.ContainerNotFound)]
    [InlineData(400, "invalid reference format", Fault.EngineRejected)]
    [InlineData(409, "Conflict. The container name is already in use", Fault.EngineConflict)]
    [InlineData(409, "Container abc is not running", Fault.ContainerNotRunning)]
    [InlineData(500, "Cannot kill container x: Container abc is not running", Fault.ContainerNotRunning)]
    [InlineData(500, "driver failed programming external connectivity", Fault.EngineRejected)]
    [InlineData(503, "This node is not a swarm manager", Fault.EngineRejected)]
    [InlineData(401, "who are you", Fault.EngineAccessDenied)]
    [InlineData(403, "authorization denied by plugin", Fault.EngineAccessDenied)]
    public async Task ARefusal_IsAFaultWithTheEnginesWords(int status, string words, Fault fault)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("POST /containers/x/kill", FakeReply.Refusal(status, words));
        using DockerEngine client = engine.Client();

        MesosDockerException e = await Engines.FailsAsync(fault, () => client.KillAsync("x", "TERM", CancellationToken.None));

        Assert.Contains($"could not send a signal to container 'x': {words}", e.Message);
        Assert.Contains(engine.Host, e.Message);
    }

    [Theory]
    [InlineData("404 page not found\n", "404 page not found")]
    [InlineData("", "it answers 500 and no word")]
    [InlineData("{\"message\":\"\"}", "it answers 500 and no word")]
    [InlineData("{\"message\":null}", "it answers 500 and no word")]
    [InlineData("{\"message\":\"two\\nlines\\u001b[31m\"}", "two lines [31m")]
    [InlineData("\"only a string\"", "\"only a string\"")]
    [InlineData("null", ": null.")]
    public async Task ARefusalInAnyForm_IsOneLine(string body, string shown)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Inspect, FakeReply.Whole(500, "text/plain", body));
        using DockerEngine client = engine.Client();

        Assert.Contains(shown, (await InspectFailsAsync(client, Fault.EngineRejected)).Message);
    }

    [Fact]
    public async Task ARefusalWithoutEnd_IsCutShort()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Inspect, FakeReply.Whole(500, "text/plain", new string('a', 10_000_000)));
        using DockerEngine client = engine.Client();

        Assert.InRange((await InspectFailsAsync(client, Fault.EngineRejected)).Message.Length, 1000, 1500);
    }

    [Fact]
    public async Task ACallerWhoGivesUp_GetsHisOwnCancellation()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Inspect, FakeReply.Nothing.ThenHang());
        using DockerEngine client = engine.Client();
        using var stop = new CancellationTokenSource();

        Task asking = client.InspectAsync("x", stop.Token);
        await Until(() => engine.Asked.Count == 1);
        await stop.CancelAsync();

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(stop.Token, e.CancellationToken);
    }

    [Fact]
    public async Task ACallerWhoGivesUpWhileConnecting_GetsHisOwnCancellation()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using var certificates = new TestCertificates();
        using var client = new DockerEngine(EngineAddress.Resolve(
            new EngineOptions { Hosts = [$"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}"], TlsVerify = true },
            new Dictionary<string, string> { ["DOCKER_CERT_PATH"] = certificates.Root }));
        using var stop = new CancellationTokenSource();

        // The kernel accepts, nobody answers the beginning of TLS.
        Task asking = client.InspectAsync("x", stop.Token);
        using Socket accepted = await listener.AcceptAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task ACallerWhoGivesUp_DoesNotHarmTheNext()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("GET /_ping", FakeReply.Nothing.ThenHang(), FakeReply.Ping("1.41"))
            .On(Inspect, FakeReply.Json(Containers.Inspected));
        using DockerEngine client = engine.Client();
        using var stop = new CancellationTokenSource();

        Task asking = client.InspectAsync("x", stop.Token);
        await Until(() => engine.Requests.Count == 1);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        Assert.Equal("x1", (await client.InspectAsync("x", CancellationToken.None)).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("..")]
    [InlineData("../images/x")]
    [InlineData("x/../../y")]
    [InlineData("x?force=1")]
    [InlineData("x#y")]
    [InlineData("x\r\nHost: y")]
    [InlineData("%2e%2e")]
    public async Task ANameThatNoContainerCanHave_NeverReachesTheEngine(string name)
    {
        await using FakeEngine engine = FakeEngine.OnSocket();
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(Fault.ContainerNotFound, () => client.RemoveAsync(name, true, true, CancellationToken.None));

        Assert.Empty(engine.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../containers/x")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a?b")]
    public async Task ANameThatNoImageCanHave_NeverReachesTheEngine(string name)
    {
        await using FakeEngine engine = FakeEngine.OnSocket();
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(Fault.ImageNotFound, () => client.RemoveImageAsync(name, true, CancellationToken.None));

        Assert.Empty(engine.Requests);
    }

    private static Task<MesosDockerException> InspectFailsAsync(DockerEngine client, Fault fault)
        => Engines.FailsAsync(fault, () => client.InspectAsync("x", CancellationToken.None));

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1);
        }
    }

    private static bool TryConnect(string path, out Socket socket)
    {
        socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return false;
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
