using MesosDocker.Containerizer;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class ResourceLimitsTests
{
    private const long Megabyte = 1024 * 1024;

    private static readonly ContainerizerSettings s_settings = new();

    [Theory]
    [InlineData("0.5", 512)]
    [InlineData("2.5", 2560)]
    [InlineData("0.0005", 2)]
    [InlineData("0", null)]
    [InlineData(null, null)]
    public void Cpus_BecomeShares(string? cpus, int? shares)
        => Assert.Equal(shares, Of(new Resources { Cpus = Decimal(cpus) }).CpuShares);

    [Theory]
    [InlineData("64", 64 * Megabyte)]
    [InlineData("0.5", 6 * Megabyte)]
    [InlineData("0", null)]
    [InlineData(null, null)]
    public void Memory_BecomesALimit_ThatTheEngineTakes(string? memory, long? bytes)
        => Assert.Equal(bytes, Of(new Resources { Memory = Decimal(memory) }).Memory);

    [Fact]
    public void Memory_IsAtLeastMesosOwn_WithDockerInfo()
    {
        var info = new ContainerInfo { Type = ContainerType.Docker, Docker = new DockerInfo { Image = "x" } };
        TaskView task = TaskView.Of(Launch(new Resources { Memory = 8 }, info));

        Assert.Equal(32 * Megabyte, ResourceLimits.For(task, s_settings).Memory);
    }

    [Fact]
    public void Quota_IsSet_OnlyWhereConfigured()
    {
        var quota = new ContainerizerSettings { Containers = new ContainerSettings { CpuQuota = true } };
        TaskView task = TaskView.Of(Launch(new Resources { Cpus = 1.5m }));

        Assert.Null(ResourceLimits.For(task, s_settings).CpuQuota);
        Assert.Equal((150_000, 100_000), (ResourceLimits.For(task, quota).CpuQuota, ResourceLimits.For(task, quota).CpuPeriod));
    }

    [Fact]
    public void Update_OfACommandTask_TakesOffTheMadeUpExecutor()
    {
        Launch launch = Launch(new Resources { Cpus = 0.1m, Memory = 32 }) with
        {
            Executor = new ExecutorInfo { ExecutorId = "t", Resources = new Resources { Cpus = 0.2m, Memory = 64 } },
        };
        var update = new Update(launch.ContainerId, new Resources { Cpus = 0.6m, Memory = 96 });

        Limits limits = ResourceLimits.For(update, launch, s_settings);

        Assert.Equal((512, 64 * Megabyte), (limits.CpuShares, limits.Memory));
    }

    [Fact]
    public void Update_AtATasksEnd_LimitsNothing()
    {
        Launch launch = Launch(new Resources { Cpus = 0.1m, Memory = 32 }) with
        {
            Executor = new ExecutorInfo { ExecutorId = "t", Resources = new Resources { Cpus = 0.2m, Memory = 64 } },
        };

        Limits limits = ResourceLimits.For(new Update(launch.ContainerId, new Resources { Cpus = 0.1m, Memory = 32 }), launch, s_settings);

        Assert.Equal(new Limits(), limits);
    }

    [Fact]
    public void Change_IsNothing_WhereNothingChanges()
    {
        var limits = new Limits { CpuShares = 512, Memory = 64, MemoryReservation = 64 };

        Assert.Equal(new Limits(), ResourceLimits.Change(limits, limits, used: 1));
    }

    [Fact]
    public void Change_RaisesMemory_AndSwapWithIt()
    {
        Limits change = ResourceLimits.Change(new Limits { Memory = 64 }, new Limits { Memory = 128, MemoryReservation = 128 }, used: null);

        Assert.Equal((128, 256, 128), (change.Memory, change.MemorySwap, change.MemoryReservation));
    }

    [Theory]
    [InlineData(20L, 32L)]
    [InlineData(30L, null)]
    [InlineData(60L, null)]
    [InlineData(null, null)]
    public void Change_LowersMemory_OnlyWhereItFits(long? used, long? memory)
    {
        Limits change = ResourceLimits.Change(
            new Limits { Memory = 64, MemoryReservation = 64 }, new Limits { Memory = 32, MemoryReservation = 32 }, used);

        Assert.Equal(memory, change.Memory);
        Assert.Equal(32, change.MemoryReservation);
    }

    [Fact]
    public void Change_LeavesUnlimitedSwapAlone()
        => Assert.Equal(-1, ResourceLimits.Change(new Limits { Memory = 64, MemorySwap = -1 }, new Limits { Memory = 128 }, null).MemorySwap);

    private static Limits Of(Resources resources) => ResourceLimits.For(TaskView.Of(Launch(resources)), s_settings);

    private static Launch Launch(Resources resources, ContainerInfo? container = null) => new()
    {
        ContainerId = ContainerId.Parse("c1"),
        Task = new TaskInfo { Name = "t", TaskId = "t", Resources = resources, Container = container },
    };

    private static decimal? Decimal(string? text)
        => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
