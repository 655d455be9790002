using System.Text.Json;
using MesosDocker.Docker;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>What is asked of the engine for a container, and what its answers mean.</summary>
public sealed class EngineContainerTests
{
    private static readonly ContainerSpec s_spec = new()
    {
        Image = "busybox",
        Cmd = ["sleep", "1"],
        HostConfig = new HostConfig { Memory = 1024, NetworkMode = "host" },
    };

    [Fact]
    public async Task CreateAsync_SendsWhatIsSet_AndNothingElse()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("POST /containers/create", FakeReply.Json(201, """{"Id":"abc","Warnings":["no swap"]}"""));
        using DockerEngine client = engine.Client();

        CreatedContainer created = await client.CreateAsync(s_spec, "web", "linux/amd64", CancellationToken.None);

        Assert.Equal("abc", created.Id);
        Assert.Equal(["no swap"], created.Warnings);
        FakeRequest request = Assert.Single(engine.Asked);
        Assert.Equal("/v1.41/containers/create?name=web&platform=linux%2Famd64", request.Target);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal(
            """{"Cmd":["sleep","1"],"Image":"busybox","HostConfig":{"NetworkMode":"host","Memory":1024}}""", request.Text);
    }

    [Theory]
    [InlineData(404, "No such image: busybox:latest", Fault.ImageNotFound)]
    [InlineData(404, "No such container: other", Fault.ContainerNotFound)]
    [InlineData(404, "something else is not there", Fault.EngineRejected)]
    [InlineData(409, "Conflict. The container name \\\"/web\\\" is already in use", Fault.EngineConflict)]
    [InlineData(400, "invalid restart policy", Fault.EngineRejected)]
    public async Task CreateAsync_TellsWhatIsMissing(int status, string words, Fault fault)
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("POST /containers/create", FakeReply.Json(status, $$"""{"message":"{{words}}"}"""));
        using DockerEngine client = engine.Client();

        MesosDockerException e = await Engines.FailsAsync(
            fault, () => client.CreateAsync(s_spec, "web", null, CancellationToken.None));

        Assert.Contains("create container 'web' of image 'busybox'", e.Message);
    }

    [Fact]
    public async Task CreateAsync_JoinsFurtherNetworks_OfAnEngineThatTakesOne()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("POST /containers/create", FakeReply.Json(201, """{"Id":"abc"}"""))
            .On("POST /networks/two/connect", FakeReply.Empty(200));
        using DockerEngine client = engine.Client();

        await client.CreateAsync(InTwoNetworks(), null, null, CancellationToken.None);

        Assert.Equal(["POST /containers/create", "POST /networks/two/connect"], engine.Asked.Select(static one => one.Route));
        Assert.Contains("\"one\":{", engine.Asked[0].Text);
        Assert.DoesNotContain("\"two\":{", engine.Asked[0].Text);
        Assert.Equal("""{"Container":"abc","EndpointConfig":{"Aliases":["b"]}}""", engine.Asked[1].Text);
    }

    [Fact]
    public async Task CreateAsync_LeavesNoContainerBehind_ThatCouldNotJoin()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("POST /containers/create", FakeReply.Json(201, """{"Id":"abc"}"""))
            .On("POST /networks/two/connect", FakeReply.Refusal(404, "network two not found"))
            .On("DELETE /containers/abc", FakeReply.Empty(204));
        using DockerEngine client = engine.Client();

        MesosDockerException e = await Engines.FailsAsync(
            Fault.NetworkNotFound, () => client.CreateAsync(InTwoNetworks(), null, null, CancellationToken.None));

        Assert.Contains("network two not found", e.Message);
        Assert.Equal("/v1.41/containers/abc?force=1&v=1", engine.Asked[^1].Target);
    }

    [Fact]
    public async Task CreateAsync_SaysTheFirstFailure_EvenIfCleaningUpFailsToo()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("POST /containers/create", FakeReply.Json(201, """{"Id":"abc"}"""))
            .On("POST /networks/two/connect", FakeReply.Refusal(404, "network two not found"))
            .On("DELETE /containers/abc", FakeReply.Refusal(500, "no"));
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(
            Fault.NetworkNotFound, () => client.CreateAsync(InTwoNetworks(), null, null, CancellationToken.None));
    }

    [Fact]
    public async Task CreateAsync_HandsOurWarningsOn()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On("POST /containers/create", FakeReply.Json(201, """{"Id":"abc","Warnings":null}"""));
        using DockerEngine client = engine.Client();
        ContainerSpec spec = s_spec with { HostConfig = new HostConfig { Annotations = new Dictionary<string, string> { ["a"] = "b" } } };

        CreatedContainer created = await client.CreateAsync(spec, null, null, CancellationToken.None);

        Assert.Contains("Annotations", Assert.Single(created.Warnings));
        Assert.DoesNotContain("Annotations", engine.Asked[0].Text);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task StartAsync_IsFine_WhenItRuns(int status)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("POST /containers/x/start", FakeReply.Empty(status));
        using DockerEngine client = engine.Client();

        await client.StartAsync("x", CancellationToken.None);

        Assert.Equal("0", Assert.Single(engine.Asked).Headers["Content-Length"]);
    }

    /// <summary>A container that ends at once would be run again and again.</summary>
    [Fact]
    public async Task StartAsync_IsSentOnce_WhenItsAnswerIsLost()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("POST /containers/x/start", FakeReply.Nothing.ThenClose());
        using DockerEngine client = engine.Client();

        await Assert.ThrowsAsync<MesosDockerException>(() => client.StartAsync("x", CancellationToken.None));

        Assert.Single(engine.Asked);
    }

    [Theory]
    [InlineData(404, "No such container: x", Fault.ContainerNotFound)]
    [InlineData(404, "network backend not found", Fault.EngineRejected)]
    [InlineData(500, "Bind for 0.0.0.0:80 failed: port is already allocated", Fault.EngineRejected)]
    [InlineData(400, "OCI runtime create failed: exec: nope: executable file not found in $PATH", Fault.EngineRejected)]
    public async Task StartAsync_SaysWhyItDoesNotStart(int status, string words, Fault fault)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("POST /containers/x/start", FakeReply.Refusal(status, words));
        using DockerEngine client = engine.Client();

        Assert.Contains(words, (await Engines.FailsAsync(fault, () => client.StartAsync("x", CancellationToken.None))).Message);
    }

    [Theory]
    [InlineData(2.9, "2")]
    [InlineData(0, "0")]
    [InlineData(-5, "0")]
    [InlineData(1e10, "2147483647")]
    public async Task StopAsync_SendsWholeSeconds(double seconds, string sent)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("POST /containers/x/stop", FakeReply.Empty(304));
        using DockerEngine client = engine.Client();

        await client.StopAsync("x", TimeSpan.FromSeconds(seconds), CancellationToken.None);

        Assert.Equal(sent, Assert.Single(engine.Asked).Query("t"));
    }

    [Fact]
    public async Task InspectAsync_ReadsARealAnswer()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(
            "GET /containers/web/json", FakeReply.Json(Containers.InspectedWhole).InPiecesOf(997));
        using DockerEngine client = engine.Client();

        ContainerDetails details = await client.InspectAsync("/web", CancellationToken.None);

        Assert.Equal(("/web", 1, "sleep"), (details.Name, details.RestartCount, details.Path));
        Assert.Equal(
            (true, 4711, 0, "running"), (details.State.Running, details.State.Pid, details.State.ExitCode, details.State.Status));
        Assert.Equal("2024-02-14T12:31:01.1234567+00:00", details.Created!.Value.ToString("O"));
        Assert.Equal(new DateTimeOffset(2024, 2, 14, 12, 31, 1, 500, TimeSpan.Zero), details.State.StartedAt);
        Assert.Null(details.State.FinishedAt);
        Assert.Equal(2, details.State.Health!.FailingStreak);
        Assert.Equal(("/mesos", 512L, 33554432L), (
            details.HostConfig!.CgroupParent, details.HostConfig.CpuShares, details.HostConfig.Memory));
        Assert.Equal("1m", details.HostConfig.LogConfig!.Config!["max-size"]);
        Assert.Equal(("SIGTERM", false, "me"), (details.Config!.StopSignal, details.Config.Tty, details.Config.Labels["who"]));
        Assert.Equal(["A=b", "PATH=/bin"], details.Config.Env);
        Assert.Equal(["80/tcp"], details.Config.ExposedPorts);
        Assert.Equal("172.17.0.2", details.NetworkSettings!.Networks!["bridge"].IpAddress);
        Assert.Equal("8080", details.NetworkSettings.Ports!["80/tcp"]![0].HostPort);
        Assert.Null(details.NetworkSettings.Ports["443/tcp"]);
        Assert.False(Assert.Single(details.Mounts!).Writable);
        Assert.Equal(Containers.InspectedWhole, System.Text.Encoding.UTF8.GetString(details.Raw.Span));
    }

    [Fact]
    public async Task ListAsync_FiltersAndReads()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /containers/json", FakeReply.Json(
            """
            [{"Id":"a","Names":["/other/link","/web"],"Image":"busybox","ImageID":"sha256:1","Command":"sleep","Created":1700000000,"State":"running",
            "Status":"Up 2 seconds","Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},{"PrivatePort":443,"Type":"tcp"}],
            "Labels":{"k":"v"}},{"Id":"b","Names":null,"Labels":null,"Created":0}]
            """));
        using DockerEngine client = engine.Client();

        IReadOnlyList<ContainerSummary> list = await client.ListAsync(
            new ContainerFilter { All = true, Labels = ["k=v", "é"], Ids = ["a"], Names = ["^/web$"], States = ["running"] }, CancellationToken.None);

        FakeRequest request = Assert.Single(engine.Asked);
        Assert.Equal("1", request.Query("all"));
        Assert.Equal(
            ["k=v", "é"],
            JsonSerializer.Deserialize<Dictionary<string, string[]>>(request.Query("filters")!)!["label"]);
        Assert.Equal(("web", "v", 8080), (list[0].Name, list[0].Labels["k"], list[0].Ports[0].PublicPort));
        Assert.Null(list[0].Ports[1].PublicPort);
        Assert.Equal(2023, list[0].Created.Year);
        Assert.Equal("", list[1].Name);
    }

    [Fact]
    public async Task ListAsync_AsksForTheRunningOnes_UnlessTold()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /containers/json", FakeReply.Json("[]"));
        using DockerEngine client = engine.Client();

        Assert.Empty(await client.ListAsync(new ContainerFilter(), CancellationToken.None));

        Assert.Equal("/v1.41/containers/json", Assert.Single(engine.Asked).Target);
    }

    [Fact]
    public async Task UpdateAsync_SendsWhatChanges()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(
            "POST /containers/x/update", FakeReply.Json("""{"Warnings":["w"]}"""));
        using DockerEngine client = engine.Client();

        IReadOnlyList<string> warnings = await client.UpdateAsync(
            "x", new ResourceUpdate { CpuShares = 2, Memory = 3, MemorySwap = -1 }, CancellationToken.None);

        Assert.Equal(["w"], warnings);
        Assert.Equal("""{"CpuShares":2,"Memory":3,"MemorySwap":-1}""", Assert.Single(engine.Asked).Text);
    }

    [Fact]
    public async Task RemoveAsync_SaysWhatItIsTold()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("DELETE /containers/x", FakeReply.Empty(204));
        using DockerEngine client = engine.Client();

        await client.RemoveAsync("x", force: false, volumes: false, CancellationToken.None);
        await client.RemoveAsync("x", force: true, volumes: true, CancellationToken.None);

        Assert.Equal(["/v1.41/containers/x", "/v1.41/containers/x?force=1&v=1"], engine.Asked.Select(static one => one.Target));
    }

    [Fact]
    public async Task ABaseThatAProxyAdds_IsKept()
    {
        await using FakeEngine engine = FakeEngine.OnTcp()
            .On("GET /docker/_ping", FakeReply.Ping("1.41"))
            .On("POST /docker/v1.41/containers/x/kill", FakeReply.Empty(204));
        using DockerEngine client = Engines.At(null, engine.Host + "/docker/");

        await client.KillAsync("x", "SIGKILL", CancellationToken.None);

        Assert.Equal("/docker/v1.41/containers/x/kill?signal=SIGKILL", engine.Requests[^1].Target);
        Assert.Equal(engine.Host["tcp://".Length..], engine.Requests[^1].Headers["Host"]);
    }

    [Fact]
    public async Task NothingIsLeftOpen_AfterRequests()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On("GET /containers/x/json", FakeReply.Json(Containers.Inspected));
        using DockerEngine client = engine.Client();

        for (int i = 0; i < 5; i++)
        {
            await client.InspectAsync("x", CancellationToken.None);
        }

        // A connection each: none lingers between requests.
        Assert.Equal(engine.Requests.Count, engine.Connections);
    }

    private static ContainerSpec InTwoNetworks() => s_spec with
    {
        HostConfig = new HostConfig { NetworkMode = "one" },
        NetworkingConfig = new NetworkingConfig
        {
            EndpointsConfig = new Dictionary<string, EndpointSpec>
            {
                ["two"] = new() { Aliases = ["b"] },
                ["one"] = new() { Aliases = ["a"] },
            },
        },
    };
}
