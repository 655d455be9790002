using System.Text;
using MesosDocker.Docker;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>Images, networks, programs inside containers, and the machine.</summary>
public sealed class EngineMoreTests
{
    [Fact]
    public async Task InspectImageAsync_ReadsWhatContainersInherit()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /images/r.io:5000/me/app:1/json", FakeReply.Json(
            """
            {"Id":"sha256:ab","RepoTags":["r.io:5000/me/app:1"],"RepoDigests":[],"Created":"2024-01-01T00:00:00Z","Size":123,"Os":"linux",
            "Config":{"User":"nobody","ExposedPorts":{"80/tcp":{},"53/udp":{}},"Env":["A=b"],"Cmd":["sh"],"Entrypoint":["/init"],"Volumes":{"/data":{}},
            "WorkingDir":"/work","Labels":{"k":"v"},"StopSignal":"SIGQUIT"}}
            """));
        using DockerEngine client = engine.Client();

        ImageDetails image = await client.InspectImageAsync("r.io:5000/me/app:1", CancellationToken.None);

        Assert.Equal(("sha256:ab", 123L), (image.Id, image.Size));
        Assert.Equal(["53/udp", "80/tcp"], image.Config!.ExposedPorts.Order());
        Assert.Equal(("nobody", "/work", "SIGQUIT"), (image.Config.User, image.Config.WorkingDir, image.Config.StopSignal));
        Assert.Equal(("/init", "sh", "A=b"), (image.Config.Entrypoint![0], image.Config.Cmd![0], image.Config.Env[0]));
    }

    [Theory]
    [InlineData("localhost:5000/a/b:1")]
    [InlineData("a@sha256:0123")]
    [InlineData("[::1]:5000/a:1")]
    public async Task InspectImageAsync_AsksForAnyName(string name)
    {
        await using FakeEngine engine = FakeEngine.OnSocket();
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(Fault.ImageNotFound, () => client.InspectImageAsync(name, CancellationToken.None));

        Assert.Equal($"/v1.41/images/{name}/json", Uri.UnescapeDataString(Assert.Single(engine.Asked).Target));
    }

    [Fact]
    public async Task InspectImageAsync_SaysWhenThereIsNone()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(
            "GET /images/no/json", FakeReply.Refusal(404, "No such image: no"));
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(Fault.ImageNotFound, () => client.InspectImageAsync("no", CancellationToken.None));
    }

    [Fact]
    public async Task LoadImageAsync_SendsTheArchive_AndReadsWhatWasLoaded()
    {
        byte[] archive = [.. Enumerable.Range(0, 300_000).Select(static i => (byte)i)];
        await using FakeEngine engine = FakeEngine.OnSocket().On("POST /images/load", FakeReply.Chunked()
            .Chunk("""{"status":"Loading layer","progressDetail":{"current":1},"id":"a"}""")
            .Chunk("{\"stream\":\"Loaded image: busybox:1\\n\"}\r\n{\"stream\":\"Loaded image ID: sha256:ab\\n\"}").EndOfChunks());
        using DockerEngine client = engine.Client();
        using var stream = new MemoryStream(archive);

        Assert.Equal(["busybox:1", "sha256:ab"], await client.LoadImageAsync(stream, CancellationToken.None));

        FakeRequest request = Assert.Single(engine.Asked);
        Assert.Equal("application/x-tar", request.Headers["Content-Type"]);
        Assert.Equal(archive, request.Body);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task LoadImageAsync_SaysWhyNot()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("POST /images/load", FakeReply.Chunked()
            .Chunk("""{"errorDetail":{"message":"Error processing tar file: unexpected EOF"},"error":"x"}""").EndOfChunks());
        using DockerEngine client = engine.Client();

        Assert.Contains(
            "unexpected EOF",
            (await Engines.FailsAsync(
                Fault.EngineRejected, () => client.LoadImageAsync(new MemoryStream([1]), CancellationToken.None))).Message);
    }

    [Fact]
    public async Task LoadImageAsync_StopsWhenTheCallerDoes()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("POST /images/load", FakeReply.Nothing.ThenHang());
        using DockerEngine client = engine.Client();
        using var stop = new CancellationTokenSource();

        Task loading = client.LoadImageAsync(new MemoryStream([1]), stop.Token);
        while (engine.Asked.Count == 0)
        {
            await Task.Delay(1);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
    }

    [Fact]
    public async Task RemoveImageAsync_SaysWhenItIsUsed()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("DELETE /images/a/b:1", FakeReply.Refusal(409, "conflict: unable to remove repository reference"));
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(
            Fault.EngineConflict, () => client.RemoveImageAsync("a/b:1", force: true, CancellationToken.None));

        Assert.Equal("/v1.41/images/a/b:1?force=1", Assert.Single(engine.Asked).Target);
    }

    [Fact]
    public async Task Networks_AreMadeUsedAndRemoved()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("POST /networks/create", FakeReply.Json(201, """{"Id":"n1","Warning":""}"""))
            .On("GET /networks/my%20net", FakeReply.Json(
                """{"Id":"n1","Name":"my net","Driver":"bridge","IPAM":{"Config":[{"Subnet":"10.0.0.0/24"}]},"Containers":{"c1":{"Name":"web","IPv4Address":"10.0.0.2/24"}}}"""))
            .On("GET /networks", FakeReply.Json("""[{"Id":"n1","Name":"my net"}]"""))
            .On("POST /networks/n1/connect", FakeReply.Empty(200))
            .On("POST /networks/n1/disconnect", FakeReply.Empty(200))
            .On("DELETE /networks/n1", FakeReply.Empty(204));
        using DockerEngine client = engine.Client();

        Assert.Equal("n1", await client.CreateNetworkAsync(
            new NetworkSpec { Name = "my net", Labels = new Dictionary<string, string> { ["k"] = "v" } }, CancellationToken.None));
        NetworkDetails network = await client.InspectNetworkAsync("my net", CancellationToken.None);
        Assert.Equal("n1", Assert.Single(await client.ListNetworksAsync(["k"], ["my"], CancellationToken.None)).Id);
        await client.ConnectNetworkAsync("n1", "web", new EndpointSpec { Aliases = ["db"] }, CancellationToken.None);
        await client.DisconnectNetworkAsync("n1", "web", force: true, CancellationToken.None);
        await client.RemoveNetworkAsync("n1", CancellationToken.None);

        Assert.Equal(("10.0.0.0/24", "10.0.0.2/24"), (network.Pools[0].Subnet, network.Containers["c1"].IPv4Address));
        Assert.Equal("""{"Name":"my net","Labels":{"k":"v"},"CheckDuplicate":true}""", engine.Asked[0].Text);
        Assert.Equal("""{"label":["k"],"name":["my"]}""", engine.Asked[2].Query("filters"));
        Assert.Equal("""{"Container":"web","EndpointConfig":{"Aliases":["db"]}}""", engine.Asked[3].Text);
        Assert.Equal("""{"Container":"web","Force":true}""", engine.Asked[4].Text);
    }

    [Theory]
    [InlineData(404, "network n1 not found", Fault.NetworkNotFound)]
    [InlineData(404, "No such container: web", Fault.ContainerNotFound)]
    [InlineData(409, "network with name n1 already exists", Fault.EngineConflict)]
    public async Task Networks_TellWhatIsMissing(int status, string words, Fault fault)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("POST /networks/n1/connect", FakeReply.Refusal(status, words));
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(fault, () => client.ConnectNetworkAsync("n1", "web", null, CancellationToken.None));
        await Engines.FailsAsync(Fault.NetworkNotFound, () => client.InspectNetworkAsync("..", CancellationToken.None));
    }

    [Fact]
    public async Task Volumes_AreListedByLabels_AndRemoved()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("GET /volumes", FakeReply.Json("""{"Volumes":[{"Name":"v1","Driver":"local","Labels":{"k":"v"}},{"Name":"v2","Labels":null}],"Warnings":null}"""))
            .On("DELETE /volumes/v1", FakeReply.Empty(204))
            .On("DELETE /volumes/v2", FakeReply.Refusal(404, "get v2: no such volume"))
            .On("DELETE /volumes/v3", FakeReply.Refusal(409, "remove v3: volume is in use - [c1]"));
        using DockerEngine client = engine.Client();

        IReadOnlyList<VolumeDetails> volumes = await client.ListVolumesAsync(["k=v"], CancellationToken.None);
        await client.RemoveVolumeAsync("v1", CancellationToken.None);

        Assert.Equal(["v1", "v2"], volumes.Select(static volume => volume.Name));
        Assert.Equal("v", volumes[0].Labels["k"]);
        Assert.Equal("""{"label":["k=v"]}""", engine.Asked[0].Query("filters"));
        await Engines.FailsAsync(Fault.VolumeNotFound, () => client.RemoveVolumeAsync("v2", CancellationToken.None));
        await Engines.FailsAsync(Fault.VolumeNotFound, () => client.RemoveVolumeAsync("..", CancellationToken.None));
        await Engines.FailsAsync(Fault.EngineConflict, () => client.RemoveVolumeAsync("v3", CancellationToken.None));
    }

    [Fact]
    public async Task ExecAsync_RunsToTheEnd()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("POST /containers/x/exec", FakeReply.Json(201, """{"Id":"e1"}"""))
            .On("POST /exec/e1/start", FakeReply.Hijacked().Then(
                FakeReply.Frame(1, "out"), FakeReply.Frame(2, "err"), FakeReply.Frame(1, "put")))
            .On(
                "GET /exec/e1/json",
                FakeReply.Json("""{"Running":true,"ExitCode":null}"""),
                FakeReply.Json("""{"Running":false,"ExitCode":null}"""),
                FakeReply.Json("""{"Running":false,"ExitCode":7}"""));
        using DockerEngine client = engine.Client();

        ExecResult result = await client.ExecAsync(
            "x", new ExecSpec { Cmd = ["sh", "-c", "x"], User = "nobody", Env = ["A=b"] }, 1000, CancellationToken.None);

        Assert.Equal((7, "output", "err", false), (result.ExitCode, Text(result.Output), Text(result.Error), result.Truncated));
        Assert.Equal(
            """{"Cmd":["sh","-c","x"],"Env":["A=b"],"User":"nobody","Privileged":false,"Tty":false,"AttachStdout":true,"AttachStderr":true}""", engine.Asked[0].Text);
        Assert.Equal("""{"Detach":false,"Tty":false}""", engine.Asked[1].Text);
    }

    [Theory]
    [InlineData(0, "", "")]
    [InlineData(4, "abcd", "")]
    [InlineData(8, "abcdef", "gh")]
    public async Task ExecAsync_KeepsNoMoreThanItMay(int limit, string output, string error)
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("POST /containers/x/exec", FakeReply.Json(201, """{"Id":"e1"}"""))
            .On("POST /exec/e1/start", FakeReply.Hijacked().Then(
                FakeReply.Frame(1, "abcdef"), FakeReply.Frame(2, "ghi"), FakeReply.Frame(1, "j")))
            .On("GET /exec/e1/json", FakeReply.Json("""{"Running":false,"ExitCode":0}"""));
        using DockerEngine client = engine.Client();

        ExecResult result = await client.ExecAsync("x", new ExecSpec { Cmd = ["x"] }, limit, CancellationToken.None);

        Assert.Equal((output, error, true), (Text(result.Output), Text(result.Error), result.Truncated));
    }

    [Theory]
    [InlineData(404, "No such container: x", Fault.ContainerNotFound)]
    [InlineData(409, "Container x is not running", Fault.ContainerNotRunning)]
    [InlineData(409, "Container x is paused, unpause the container before exec", Fault.EngineConflict)]
    public async Task ExecAsync_SaysWhyNot(int status, string words, Fault fault)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("POST /containers/x/exec", FakeReply.Refusal(status, words));
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(fault, () => client.ExecAsync("x", new ExecSpec { Cmd = ["x"] }, 0, CancellationToken.None));
    }

    [Fact]
    public async Task InfoAsync_TellsOfTheMachine()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /info", FakeReply.Json(
            """{"ID":"7HFP","Name":"vm","NCPU":2,"MemTotal":25276366848,"Driver":"overlay2","CgroupDriver":"cgroupfs","CgroupVersion":"1","LiveRestoreEnabled":false,"Warnings":null}"""));
        using DockerEngine client = engine.Client();

        EngineInfo info = await client.InfoAsync(CancellationToken.None);

        Assert.Equal(("vm", 2, 25276366848L, "overlay2", "cgroupfs", "1"), (
            info.Name, info.Cpus, info.Memory, info.Driver, info.CgroupDriver, info.CgroupVersion));
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
