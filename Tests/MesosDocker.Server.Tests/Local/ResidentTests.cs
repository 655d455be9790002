using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using Volume = MesosDocker.Marathon.Volume;

namespace MesosDocker.Server.Tests;

/// <summary>Apps with persistent volumes: their instances outlive their tasks.</summary>
public sealed class ResidentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TaskState.Failed)]
    [InlineData(TaskState.Finished)]
    [InlineData(TaskState.Lost)]
    public async Task ATaskThatEnds_IsFollowedByOneOfTheSameInstance(TaskState end)
    {
        await using World world = await World.StartAsync();
        string first = await PutAsync(world);

        world.Agent.End(first, end);
        await world.SettleAsync();
        await world.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(TaskId.Next(first), Assert.Single(world.Agent.Tasks).TaskId);
        Assert.EndsWith("._app.2", TaskId.Next(first), StringComparison.Ordinal);
        Assert.Equal([TaskId.InstanceOf(first)], world.Agent.Volumes);
        Assert.Empty(world.State.Resting);
    }

    [Fact]
    public async Task AKill_KeepsTheInstance_AndAWipeDoesNot()
    {
        await using World world = await World.StartAsync();
        string first = await PutAsync(world);

        await KillAsync(world, first, wipe: false);
        string second = Assert.Single(world.Agent.Tasks).TaskId;
        await KillAsync(world, second, wipe: true);
        string third = Assert.Single(world.Agent.Tasks).TaskId;

        Assert.Equal(TaskId.Next(first), second);
        Assert.NotEqual(TaskId.InstanceOf(first), TaskId.InstanceOf(third));
        Assert.Equal([TaskId.InstanceOf(third)], world.Agent.Volumes);
        Assert.Empty(world.State.Resting);
    }

    [Fact]
    public async Task AWipe_ThatComesWhileTheTaskIsEnding_Counts()
    {
        await using World world = await World.StartAsync();
        string first = await PutAsync(world);
        world.Agent.KillsAtOnce = false;
        await KillAsync(world, first, wipe: false);

        await KillAsync(world, first, wipe: true);
        world.Agent.End(first, TaskState.Killed);
        await world.SettleAsync();

        Assert.DoesNotContain(TaskId.InstanceOf(first), world.Agent.Volumes);
        Assert.Empty(world.State.Resting);
    }

    [Fact]
    public async Task AnAppThatIsScaledDown_FindsItsInstancesAgain()
    {
        await using World world = await World.StartAsync();
        await PutAsync(world, instances: 3);
        string[] before = [.. world.Agent.Tasks.Select(static task => TaskId.InstanceOf(task.TaskId)).Order()];

        await PutAsync(world, instances: 1);
        Assert.Equal(2, world.State.Resting["/db"].Count);
        Assert.All(world.State.Resting["/db"], static instance => Assert.Equal("TASK_KILLED", instance.EndedAs));
        Assert.Equal(before, world.Agent.Volumes.Order());

        await PutAsync(world, instances: 3);

        Assert.Equal(before, world.Agent.Tasks.Select(static task => TaskId.InstanceOf(task.TaskId)).Order());
        Assert.Equal(2, world.Agent.Tasks.Count(static task => task.TaskId.EndsWith(".2", StringComparison.Ordinal)));
        Assert.Empty(world.State.Resting);
    }

    [Fact]
    public async Task AnInstanceAtRest_IsWiped()
    {
        await using World world = await World.StartAsync();
        await PutAsync(world, instances: 2);
        await PutAsync(world, instances: 1);
        Instance resting = world.State.Resting["/db"][0];

        await KillAsync(world, resting.TaskId, wipe: false);
        Assert.Equal([resting], world.State.Resting["/db"]);
        await KillAsync(world, resting.TaskId, wipe: true);

        Assert.Empty(world.State.Resting);
        Assert.DoesNotContain(resting.InstanceId, world.Agent.Volumes);
        Assert.Single(world.Agent.Volumes);
    }

    [Fact]
    public async Task AnUpgrade_KeepsTheInstances()
    {
        await using World world = await World.StartAsync();
        await PutAsync(world, instances: 2);
        string[] before = [.. world.Agent.Tasks.Select(static task => TaskId.InstanceOf(task.TaskId)).Order()];

        await world.PutAsync(Database(2) with { Cmd = "better" });
        await world.SettleAsync();

        Assert.Equal(before, world.Agent.Tasks.Select(static task => TaskId.InstanceOf(task.TaskId)).Order());
        Assert.All(world.Agent.Tasks, static task => Assert.Equal("better", task.App.Cmd));
        Assert.Equal(before, world.Agent.Volumes.Order());
    }

    [Fact]
    public async Task ARemovedApp_LeavesNoVolume_AndIsNotMistakenForTheNextOfItsName()
    {
        await using World world = await World.StartAsync();
        await PutAsync(world, instances: 2);
        await PutAsync(world, instances: 1);
        world.Agent.KillsAtOnce = false;
        string old = Assert.Single(world.Agent.Tasks).TaskId;

        await world.RemoveAsync("/db");
        await world.SettleAsync();
        Assert.Equal([TaskId.InstanceOf(old)], world.Agent.Volumes);
        await world.PutAsync(force: true, Database(1));
        world.Agent.End(old, TaskState.Killed);
        await world.SettleAsync();

        string now = Assert.Single(world.Agent.Tasks).TaskId;
        Assert.NotEqual(TaskId.InstanceOf(old), TaskId.InstanceOf(now));
        Assert.Equal([TaskId.InstanceOf(now)], world.Agent.Volumes);
    }

    [Theory]
    [InlineData(1024 * 1024)]
    [InlineData(1)]
    public async Task WhatRests_IsRemembered_AndVolumesOfNobodyAreRemoved_AfterARestart(long longestJournal)
    {
        await using World world = await World.StartAsync();
        world.LongestJournal = longestJournal;
        await world.RestartAsync();
        await PutAsync(world, instances: 2);
        await PutAsync(world, instances: 1);
        Instance resting = world.State.Resting["/db"][0];
        world.Agent.Volumes.Add("db.instance-of-nobody");

        await world.RestartAsync();
        await world.SettleAsync();

        Assert.Equal(resting.TaskId, world.State.Resting["/db"][0].TaskId);
        Assert.Equal("TASK_KILLED", world.State.Resting["/db"][0].EndedAs);
        Assert.Equal(2, world.Agent.Volumes.Count);
        await PutAsync(world, instances: 2);
        Assert.Contains(world.Agent.Tasks, task => task.TaskId == TaskId.Next(resting.TaskId));
    }

    [Theory]
    [InlineData("cpus")]
    [InlineData("mem")]
    [InlineData("size")]
    [InlineData("more")]
    [InlineData("none")]
    public async Task WhatInstancesHave_CannotBeChanged(string what)
    {
        await using World world = await World.StartAsync();
        await PutAsync(world);
        App changed = what switch
        {
            "cpus" => Database(1) with { Cpus = 2 },
            "mem" => Database(1) with { Mem = 99 },
            "size" => Database(1, VolumeOf("data", 11)),
            "more" => Database(1, VolumeOf("data", 10), VolumeOf("log", 10)),
            _ => Database(1) with { Container = null },
        };

        var refused = await Assert.ThrowsAsync<RefusedException>(() => world.PutAsync(changed));

        Assert.Equal(Refusal.Invalid, refused.Refusal);
        Assert.Single(refused.Findings);
        await world.PutAsync(Database(1) with { Cmd = "may change" });
    }

    [Fact]
    public async Task Volumes_AreDiskThatIsTaken()
    {
        await using World world = await World.StartAsync(static time => new SimulatedAgent(time) { Facts = Any.Agent });

        await world.PutAsync(Database(1, VolumeOf("data", 101)) with { Mem = 1 });
        await world.SettleAsync();

        Assert.Equal([OfferMatch.Disk], world.State.Waiting["/db"].Reasons);
    }

    private static Task KillAsync(World world, string taskId, bool wipe) => KillAsync(world, new KillRequest([taskId], Scale: false, wipe, Force: false));

    private static async Task KillAsync(World world, KillRequest request)
    {
        (IReadOnlyList<Instance> killed, _) = await world.Cluster.KillAsync(request, Token);
        Assert.Equal(request.TaskIds, killed.Select(static instance => instance.TaskId));
        await world.SettleAsync();
    }

    private static async Task<string> PutAsync(World world, int instances = 1)
    {
        await world.PutAsync(Database(instances));
        await world.SettleAsync();
        Assert.Empty(world.State.Deployments);
        return world.Agent.Tasks[0].TaskId;
    }

    private static App Database(int instances, params Volume[] volumes) => new()
    {
        Id = "/db",
        Cmd = "run",
        Instances = instances,
        UpgradeStrategy = new UpgradeStrategy { MinimumHealthCapacity = 0.5, MaximumOverCapacity = 0 },
        Container = new Container { Type = "DOCKER", Volumes = volumes.Length > 0 ? volumes : [VolumeOf("data", 10)] },
    };

    private static Volume VolumeOf(string path, long size)
        => new() { ContainerPath = path, Mode = "RW", Persistent = new PersistentVolume { Size = size } };
}
