using MesosDocker.Docker;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>Networks, images and the machine, of a real engine.</summary>
public sealed class NetworkAndImageTests(EngineFixture fixture)
{
    private DockerEngine Engine => fixture.Engine;

    [Fact]
    public async Task ANetwork_IsMadeUsedAndRemoved()
    {
        string name = fixture.NewName("net");
        string second = fixture.NewName("net");
        string id = await Engine.CreateNetworkAsync(fixture.Network(name), CancellationToken.None);
        await Engine.CreateNetworkAsync(fixture.Network(second), CancellationToken.None);
        await EngineFixture.FailsAsync(
            Fault.EngineConflict, () => Engine.CreateNetworkAsync(fixture.Network(name), CancellationToken.None));

        string container = await fixture.StartAsync(fixture.Spec("sleep", "1000") with
        {
            HostConfig = new HostConfig { NetworkMode = name },
            NetworkingConfig = new NetworkingConfig
            {
                EndpointsConfig = new Dictionary<string, EndpointSpec>
                {
                    [name] = new() { Aliases = ["web"] },
                    [second] = new() { Aliases = ["db"] },
                },
            },
        });
        NetworkDetails network = await Engine.InspectNetworkAsync(name, CancellationToken.None);
        ContainerDetails details = await Engine.InspectAsync(container, CancellationToken.None);

        Assert.Equal((id, name, "bridge"), (network.Id, network.Name, network.Driver));
        Assert.NotNull(Assert.Single(network.Pools).Subnet);
        Assert.StartsWith(details.NetworkSettings!.Networks![name].IpAddress!, network.Containers[container].IPv4Address);
        Assert.Equal([name, second], details.NetworkSettings.Networks.Keys.Order());
        Assert.Contains("web", details.NetworkSettings.Networks[name].Aliases!);
        Assert.Contains("db", details.NetworkSettings.Networks[second].Aliases!);
        Assert.Equal(name, Assert.Single(await Engine.ListNetworksAsync([fixture.Label], [name], CancellationToken.None)).Name);

        await EngineFixture.FailsAsync(Fault.EngineAccessDenied, () => Engine.RemoveNetworkAsync(name, CancellationToken.None));
        await Engine.DisconnectNetworkAsync(second, container, force: false, CancellationToken.None);
        Assert.Empty((await Engine.InspectNetworkAsync(second, CancellationToken.None)).Containers);
        await Engine.ConnectNetworkAsync(second, container, null, CancellationToken.None);
        Assert.Single((await Engine.InspectNetworkAsync(second, CancellationToken.None)).Containers);

        await fixture.RemoveAsync(container);
        await Engine.RemoveNetworkAsync(name, CancellationToken.None);
        await Engine.RemoveNetworkAsync(second, CancellationToken.None);
        await EngineFixture.FailsAsync(Fault.NetworkNotFound, () => Engine.InspectNetworkAsync(name, CancellationToken.None));
        await EngineFixture.FailsAsync(Fault.NetworkNotFound, () => Engine.RemoveNetworkAsync(name, CancellationToken.None));
    }

    [Fact]
    public async Task ASecondNetworkThatIsNotThere_IsNamed()
    {
        string name = fixture.NewName("c");
        ContainerSpec spec = fixture.Spec("true") with
        {
            HostConfig = new HostConfig { NetworkMode = "bridge" },
            NetworkingConfig = new NetworkingConfig
            {
                EndpointsConfig = new Dictionary<string, EndpointSpec> { ["bridge"] = new(), [fixture.NewName("missing")] = new() },
            },
        };

        // Some engines look when the container is created, and nothing is left of it then; some when it starts.
        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(async () =>
        {
            string id = (await Engine.CreateAsync(spec, name, null, CancellationToken.None)).Id;
            MesosDockerException atStart = await EngineFixture.FailsAsync(
                Fault.EngineRejected, () => Engine.StartAsync(id, CancellationToken.None));
            await fixture.RemoveAsync(id);
            throw atStart;
        });

        Assert.Contains("missing", e.Message);
        await EngineFixture.FailsAsync(Fault.ContainerNotFound, () => Engine.InspectAsync(name, CancellationToken.None));
    }

    [Fact]
    public async Task PublishedPorts_AreSeen()
    {
        string id = await fixture.StartAsync(fixture.Spec("sleep", "1000") with
        {
            HostConfig = new HostConfig
            {
                NetworkMode = "bridge",
                PortBindings = new Dictionary<string, IReadOnlyList<PortBinding>> { ["80/tcp"] = [new PortBinding { HostIp = "127.0.0.1" }] },
            },
        });

        NetworkSettings settings = (await Engine.InspectAsync(id, CancellationToken.None)).NetworkSettings!;
        ContainerSummary listed = Assert.Single(
            await Engine.ListAsync(new ContainerFilter { Ids = [id] }, CancellationToken.None));

        PortBinding binding = Assert.Single(settings.Ports!["80/tcp"]!);
        Assert.Equal("127.0.0.1", binding.HostIp);
        Assert.Null(settings.Ports["53/udp"]);
        PortSummary port = Assert.Single(listed.Ports, static one => one.PublicPort is not null);
        Assert.Equal((binding.HostPort, 80, "tcp"), ($"{port.PublicPort}", port.PrivatePort, port.Type));
        await fixture.RemoveAsync(id);
    }

    [Fact]
    public async Task AnImage_IsLoadedInspectedAndRemoved()
    {
        string name = fixture.NewName("image") + ":1";
        _ = Engine;
        await fixture.LoadAsync(name);

        ImageDetails image = await Engine.InspectImageAsync(name, CancellationToken.None);
        ImageDetails byId = await Engine.InspectImageAsync(image.Id, CancellationToken.None);

        Assert.StartsWith("sha256:", image.Id);
        Assert.Equal(image.Id, byId.Id);
        Assert.Contains(name, image.RepoTags);
        Assert.Equal(["53/udp", "80/tcp"], image.Config!.ExposedPorts.Order());
        Assert.Equal(["PATH=/bin", "FROM_IMAGE=yes"], image.Config.Env);
        Assert.Equal(("/tmp", "SIGTERM", name), (image.Config.WorkingDir, image.Config.StopSignal, image.Config.Labels["name"]));
        Assert.Equal(["sh"], image.Config.Cmd);
        Assert.True(image.Size > 100_000);

        await Engine.RemoveImageAsync(name, force: false, CancellationToken.None);
        await EngineFixture.FailsAsync(Fault.ImageNotFound, () => Engine.InspectImageAsync(name, CancellationToken.None));
        await EngineFixture.FailsAsync(
            Fault.ImageNotFound, () => Engine.RemoveImageAsync(name, force: true, CancellationToken.None));
    }

    [Fact]
    public async Task AnImageThatIsUsed_IsNotRemoved()
    {
        string name = fixture.NewName("image") + ":1";
        _ = Engine;
        await fixture.LoadAsync(name);
        string container = await fixture.CreateAsync(fixture.Spec("true") with { Image = name });

        await EngineFixture.FailsAsync(
            Fault.EngineConflict, () => Engine.RemoveImageAsync(name, force: false, CancellationToken.None));

        await fixture.RemoveAsync(container);
        await Engine.RemoveImageAsync(name, force: false, CancellationToken.None);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task AnArchiveThatIsNone_IsRefused(int length)
    {
        using var garbage = new MemoryStream(new byte[length].Select(static (_, i) => (byte)(i * 7)).ToArray());

        // An empty archive is no image either; some engines say so, some load nothing.
        Task<IReadOnlyList<string>> loading = Engine.LoadImageAsync(garbage, CancellationToken.None);
        Exception? e = await Record.ExceptionAsync(() => loading);

        Assert.True(e is MesosDockerException { Fault: Fault.EngineRejected } || (length == 0 && (await loading).Count == 0), e?.ToString());
    }

    [Fact]
    public async Task TheMachine_IsDescribed()
    {
        EngineInfo info = await Engine.InfoAsync(CancellationToken.None);
        EngineVersion version = await Engine.VersionAsync(CancellationToken.None);

        Assert.True(info.Cpus > 0);
        Assert.True(info.Memory > 100 << 20);
        Assert.Contains(info.CgroupDriver, (string[])["cgroupfs", "systemd", "none"]);
        Assert.Contains(info.CgroupVersion, (string?[])["1", "2", null]);
        Assert.NotEmpty(info.Driver!);
        Assert.True(ApiVersion.TryParse(version.ApiVersion, out ApiVersion newest));
        Assert.True(await Engine.NegotiateAsync(CancellationToken.None) <= newest);
    }
}
