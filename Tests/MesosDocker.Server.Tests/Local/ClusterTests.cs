using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;

namespace MesosDocker.Server.Tests;

public sealed class ClusterTests
{
    [Fact]
    public async Task ChangeAsync_LaunchesWhatIsWanted()
    {
        await using World world = await World.StartAsync();

        DeploymentResult result = await world.PutAsync(new App { Id = "/shop/web", Cmd = "sleep 1", Instances = 3 });
        await world.SettleAsync();

        Assert.Equal(3, world.Agent.Tasks.Count);
        Assert.All(world.Instances("/shop/web"), static instance => Assert.Equal(InstanceCondition.Running, instance.Condition));
        Assert.Empty(world.State.Deployments);
        Assert.Equal(result.Version, world.App("/shop/web").Version);
        Assert.StartsWith("shop_web.instance-", world.Agent.Tasks[0].TaskId, StringComparison.Ordinal);
        Assert.EndsWith("._app.1", world.Agent.Tasks[0].TaskId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeAsync_ScalesWithoutTouchingWhatRuns_WhenOnlyInstancesChange()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(new App { Id = "/web", Cmd = "sleep 1", Instances = 2 });
        await world.SettleAsync();
        string[] first = [.. world.Agent.Tasks.Select(static task => task.TaskId)];

        await world.PutAsync(new App { Id = "/web", Cmd = "sleep 1", Instances = 4 });
        await world.SettleAsync();

        Assert.Equal(4, world.Agent.Tasks.Count);
        Assert.Empty(world.Agent.Killed);
        Assert.Superset(first.ToHashSet(), world.Agent.Tasks.Select(static task => task.TaskId).ToHashSet());
    }

    [Fact]
    public async Task ChangeAsync_ReplacesEverything_WhenTheAppIsAnother()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(new App { Id = "/web", Cmd = "sleep 1", Instances = 3 });
        await world.SettleAsync();

        DeploymentResult second = await world.PutAsync(new App { Id = "/web", Cmd = "sleep 2", Instances = 3 });
        await world.SettleAsync();

        Assert.Equal(3, world.Agent.Tasks.Count);
        Assert.All(world.Agent.Tasks, task => Assert.Equal(second.Version, task.App.Version));
        Assert.Empty(world.State.Deployments);
    }

    [Fact]
    public async Task StartAsync_AdoptsWhatRuns()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(new App { Id = "/web", Cmd = "sleep 1", Instances = 3 });
        await world.SettleAsync();
        string[] before = [.. world.Agent.Tasks.Select(static task => task.TaskId)];

        await world.RestartAsync();
        await world.SettleAsync();

        Assert.Equal(before, world.Agent.Tasks.Select(static task => task.TaskId));
        Assert.Equal(before.ToHashSet(), world.State.Instances.Keys.ToHashSet());
    }

    [Fact]
    public async Task Cluster_ReplacesATaskThatFailed_AfterItsDelay()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(new App { Id = "/web", Cmd = "false" });
        await world.SettleAsync();

        world.Agent.End(world.Agent.Tasks[0].TaskId, TaskState.Failed, "exit status 1");
        await world.SettleAsync();

        Assert.Empty(world.Agent.Tasks);
        Assert.Equal("exit status 1", world.State.LastFailures["/web"].Message);
        Assert.Equal(1, world.State.Waiting["/web"].Count);

        await world.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Single(world.Agent.Tasks);
        Assert.Empty(world.State.Waiting);
    }
}
