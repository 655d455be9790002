using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>One specification, engines of many years.</summary>
public sealed class CreateBodyTests
{
    [Fact]
    public void For_LeavesWhatEveryEngineKnows_Alone()
    {
        var spec = new ContainerSpec
        {
            Image = "i",
            HostConfig = new HostConfig { Memory = 1, NetworkMode = "bridge", Binds = ["/a:/b"], CapAdd = ["NET_ADMIN"] },
        };

        foreach (int minor in Enumerable.Range(24, 28))
        {
            CreateBody body = CreateBody.For(new ApiVersion(1, minor), spec, null);

            Assert.Equivalent(spec, body.Spec, strict: true);
            Assert.Empty(body.Warnings);
            Assert.Empty(body.LaterNetworks);
        }
    }

    [Fact]
    public void For_PutsTheMacAddress_WhereTheVersionWantsIt()
    {
        var spec = new ContainerSpec { MacAddress = "02:00:00:00:00:01", HostConfig = new HostConfig { NetworkMode = "net" } };
        var onEndpoint = new ContainerSpec
        {
            HostConfig = new HostConfig { NetworkMode = "net" },
            NetworkingConfig = Networks(("net", new EndpointSpec { MacAddress = "02:00:00:00:00:02" })),
        };

        ContainerSpec old = For(43, spec).Spec;
        ContainerSpec @new = For(44, spec).Spec;
        ContainerSpec oldFromEndpoint = For(43, onEndpoint).Spec;

        Assert.Equal("02:00:00:00:00:01", old.MacAddress);
        Assert.Null(old.NetworkingConfig);
        Assert.Null(@new.MacAddress);
        Assert.Equal("02:00:00:00:00:01", @new.NetworkingConfig!.EndpointsConfig["net"].MacAddress);
        Assert.Equal("02:00:00:00:00:02", oldFromEndpoint.MacAddress);
        Assert.Null(oldFromEndpoint.NetworkingConfig!.EndpointsConfig["net"].MacAddress);
        Assert.Equal("02:00:00:00:00:02", For(44, onEndpoint).Spec.NetworkingConfig!.EndpointsConfig["net"].MacAddress);
    }

    [Theory]
    [InlineData(null, "default")]
    [InlineData("", "default")]
    [InlineData("bridge", "bridge")]
    public void For_PutsTheMacAddressOfAContainerWithoutNetwork_OnTheDefaultOne(string? mode, string network)
    {
        var spec = new ContainerSpec { MacAddress = "02:00:00:00:00:01", HostConfig = new HostConfig { NetworkMode = mode } };

        Assert.Equal([network], For(51, spec).Spec.NetworkingConfig!.EndpointsConfig.Keys);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("none")]
    [InlineData("container:x")]
    public void For_LeavesAMacAddress_ThatHasNoInterface_ToTheEngineToRefuse(string mode)
    {
        var spec = new ContainerSpec { MacAddress = "02:00:00:00:00:01", HostConfig = new HostConfig { NetworkMode = mode } };

        Assert.Equal("02:00:00:00:00:01", For(44, spec).Spec.MacAddress);
    }

    [Fact]
    public void For_CreatesWithOneNetwork_WhereOnlyOneIsTaken()
    {
        var spec = new ContainerSpec
        {
            HostConfig = new HostConfig { NetworkMode = "b" },
            NetworkingConfig = Networks(("a", new EndpointSpec { MacAddress = "m" }), ("b", new EndpointSpec()), ("c", new EndpointSpec())),
        };

        CreateBody old = For(43, spec);
        CreateBody @new = For(44, spec);

        Assert.Equal(["b"], old.Spec.NetworkingConfig!.EndpointsConfig.Keys);
        Assert.Equal(["a", "c"], old.LaterNetworks.Keys.Order());
        Assert.Contains("'a'", Assert.Single(old.Warnings));
        Assert.Equal(["a", "b", "c"], @new.Spec.NetworkingConfig!.EndpointsConfig.Keys.Order());
        Assert.Empty(@new.LaterNetworks);
        Assert.Empty(@new.Warnings);
    }

    [Fact]
    public void For_LeavesOutWithAWarning_WhatOnlyHelps()
    {
        AssertKept(25, new ContainerSpec { StopTimeout = 1 }, static spec => spec.StopTimeout);
        AssertKept(25, Host(new HostConfig { AutoRemove = true }), static spec => spec.HostConfig.AutoRemove);
        AssertKept(25, Host(new HostConfig { Init = true }), static spec => spec.HostConfig.Init);
        AssertKept(29, new ContainerSpec { Healthcheck = new HealthcheckSpec { StartPeriod = 1 } }, static spec => spec.Healthcheck!.StartPeriod);
        AssertKept(43, Host(new HostConfig { Annotations = new Dictionary<string, string>() }), static spec => spec.HostConfig.Annotations);
        AssertKept(44, new ContainerSpec { Healthcheck = new HealthcheckSpec { StartInterval = 1 } }, static spec => spec.Healthcheck!.StartInterval);
        AssertKept(
            48,
            new ContainerSpec { NetworkingConfig = Networks(("n", new EndpointSpec { GwPriority = 1 })) },
            static spec => spec.NetworkingConfig!.EndpointsConfig["n"].GwPriority);
    }

    [Fact]
    public void For_LeavesOutAKernelMemoryLimit_SinceThereIsNone()
    {
        ContainerSpec spec = Host(new HostConfig { KernelMemory = 5 });

        Assert.Equal(5, For(41, spec).Spec.HostConfig.KernelMemory);
        Assert.Null(For(42, spec).Spec.HostConfig.KernelMemory);
        Assert.Contains("KernelMemory", Assert.Single(For(42, spec).Warnings));
    }

    [Fact]
    public void For_Refuses_WhatWouldRunAsSomethingElse()
    {
        AssertRefused(25, Host(Mount(new MountSpec { Type = "bind", Target = "/x" })), "/x");
        AssertRefused(28, Host(new HostConfig { DeviceCgroupRules = ["c 1:1 r"] }), "DeviceCgroupRules");
        AssertRefused(40, Host(new HostConfig { DeviceRequests = [new DeviceRequest()] }), "--gpus");
        AssertRefused(40, Host(Mount(new MountSpec { Type = "bind", BindOptions = new BindOptions { NonRecursive = true } })), "NonRecursive");
        AssertRefused(41, Host(new HostConfig { CgroupnsMode = "private" }), "cgroupns");
        AssertRefused(
            44, Host(Mount(new MountSpec { Type = "bind", BindOptions = new BindOptions { ReadOnlyForceRecursive = true } })), "ReadOnlyForceRecursive");
        AssertRefused(45, Host(Mount(new MountSpec { Type = "volume", VolumeOptions = new VolumeOptions { Subpath = "p" } })), "Subpath");
        AssertRefused(46, Host(Mount(new MountSpec { Type = "tmpfs", TmpfsOptions = new TmpfsOptions { Options = [["noexec"]] } })), "tmpfs");
        AssertRefused(48, Host(Mount(new MountSpec { Type = "image", Source = "i" })), "image");
        Assert.Contains("1.41", Engines.Fails(Fault.EngineTooOld, () => CreateBody.For(new ApiVersion(1, 40), new ContainerSpec(), "linux")).Message);
    }

    [Fact]
    public void For_SaysNothing_OfWhatOldEnginesDoAnyway()
    {
        ContainerSpec spec = Host(Mount(new MountSpec { Type = "bind", BindOptions = new BindOptions { ReadOnlyNonRecursive = true } }));
        ContainerSpec host = Host(new HostConfig { CgroupnsMode = "host" });

        Assert.Null(For(43, spec).Spec.HostConfig.Mounts![0].BindOptions!.ReadOnlyNonRecursive);
        Assert.Empty(For(43, spec).Warnings);
        Assert.Null(For(40, host).Spec.HostConfig.CgroupnsMode);
        Assert.Empty(For(40, host).Warnings);
    }

    [Fact]
    public void For_SaysCpusAsAQuota_ToEnginesThatDoNotCountThem()
    {
        HostConfig old = For(24, Host(new HostConfig { NanoCpus = 1_500_000_000 })).Spec.HostConfig;

        Assert.Equal((null, 100_000L, 150_000L), (old.NanoCpus, old.CpuPeriod, old.CpuQuota));
        Assert.Equal(1_500_000_000, For(25, Host(new HostConfig { NanoCpus = 1_500_000_000 })).Spec.HostConfig.NanoCpus);
    }

    [Fact]
    public void UpdateBody_SpeaksTheVersion()
    {
        (ResourceUpdate old, IReadOnlyList<string> warnings) = UpdateBody.For(
            new ApiVersion(1, 27), new ResourceUpdate { NanoCpus = 250_000_000, PidsLimit = 5, Memory = 7 });
        (ResourceUpdate @new, IReadOnlyList<string> none) = UpdateBody.For(
            new ApiVersion(1, 40), new ResourceUpdate { NanoCpus = 250_000_000, PidsLimit = 5 });

        Assert.Equal(new ResourceUpdate { CpuPeriod = 100_000, CpuQuota = 25_000, Memory = 7 }, old);
        Assert.Contains("PidsLimit", Assert.Single(warnings));
        Assert.Equal(new ResourceUpdate { NanoCpus = 250_000_000, PidsLimit = 5 }, @new);
        Assert.Empty(none);
    }

    private static void AssertKept(int since, ContainerSpec spec, Func<ContainerSpec, object?> field)
    {
        CreateBody before = For(since - 1, spec);

        Assert.Null(field(before.Spec));
        Assert.Contains($"1.{since}", Assert.Single(before.Warnings));
        Assert.NotNull(field(For(since, spec).Spec));
        Assert.Empty(For(since, spec).Warnings);
    }

    private static void AssertRefused(int since, ContainerSpec spec, string named)
    {
        MesosDockerException e = Engines.Fails(Fault.EngineTooOld, () => For(since - 1, spec));

        Assert.Contains(named, e.Message);
        Assert.Contains($"1.{since}", e.Message);
        Assert.Empty(For(since, spec).Warnings);
    }

    private static CreateBody For(int minor, ContainerSpec spec) => CreateBody.For(new ApiVersion(1, minor), spec, null);

    private static ContainerSpec Host(HostConfig host) => new() { HostConfig = host };

    private static HostConfig Mount(MountSpec mount) => new() { Mounts = [mount] };

    private static NetworkingConfig Networks(params (string Name, EndpointSpec Endpoint)[] endpoints)
        => new() { EndpointsConfig = endpoints.ToDictionary(static one => one.Name, static one => one.Endpoint) };
}
