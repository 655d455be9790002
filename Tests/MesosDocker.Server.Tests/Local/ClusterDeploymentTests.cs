using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using HealthCheck = MesosDocker.Marathon.HealthCheck;

namespace MesosDocker.Server.Tests;

public sealed class ClusterDeploymentTests
{
    private static readonly HealthCheck s_check = new() { GracePeriodSeconds = 5, MaxConsecutiveFailures = 2 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ChangeAsync_IsOverAtOnce_WhenNothingChanges()
    {
        await using World world = await World.StartAsync();
        DeploymentResult first = await world.PutAsync(Web());
        await world.SettleAsync();

        DeploymentResult second = await world.PutAsync(Web());

        Assert.Empty(world.State.Deployments);
        Assert.Equal(first.Version, world.App("/web").Version);
        Assert.Single(world.State.Versions["/web"]);
        Assert.Contains(world.Events, happened => happened.EventType == "deployment_success" && happened.Id == second.DeploymentId);
    }

    [Fact]
    public async Task ChangeAsync_IsRefused_WhereADeploymentHoldsTheApp_AndBreaksItOff_WhenForced()
    {
        await using World world = await World.StartAsync();
        world.Agent.RunsAtOnce = false;
        DeploymentResult first = await world.PutAsync(Web());

        var refused = await Assert.ThrowsAsync<RefusedException>(() => world.PutAsync(Web("other")));
        await world.PutAsync(new App { Id = "/else", Cmd = "run" });
        DeploymentResult forced = await world.PutAsync(force: true, Web("other"));

        Assert.Equal(Refusal.Locked, refused.Refusal);
        Assert.Equal([first.DeploymentId!], refused.Deployments);
        Assert.Contains(world.State.Deployments, deployment => deployment.Id == forced.DeploymentId);
        Assert.DoesNotContain(world.State.Deployments, deployment => deployment.Id == first.DeploymentId);
        Assert.Contains(world.Events, happened => happened.EventType == "deployment_failed" && happened.Id == first.DeploymentId);
    }

    [Fact]
    public async Task ChangeAsync_HandsOnWhatTheChangeThrows_AndGoesOn()
    {
        await using World world = await World.StartAsync();

        await Assert.ThrowsAsync<FormatException>(() => world.Cluster.ChangeAsync(new ClusterChange((_, _) => throw new FormatException()), false, Token));
        await world.PutAsync(Web());
        await world.SettleAsync();

        Assert.Single(world.Agent.Tasks);
    }

    [Fact]
    public async Task Plan_ChangesNothing()
    {
        await using World world = await World.StartAsync();

        IReadOnlyList<DeploymentStep> steps = world.Cluster.Plan(World.Change(Web()));

        Assert.Equal(["StartApplication", "ScaleApplication"], steps.Select(static step => step.Actions!.Single().Action));
        Assert.Empty(world.State.Root.Apps!);
    }

    [Fact]
    public async Task Deployment_WaitsForHealth_AndForTheAppsThatItsAppsNeed()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(
            new App { Id = "/db", Cmd = "run", HealthChecks = [s_check] },
            new App { Id = "/web", Cmd = "run", Dependencies = ["db"], HealthChecks = [s_check] });
        await world.SettleAsync();

        Assert.Equal("/db", Assert.Single(world.Agent.Tasks).App.Id);

        await world.ProbeAsync(world.Agent.Tasks[0].TaskId, isAlive: true);
        await world.SettleAsync();
        string web = world.Instances("/web").Single().TaskId;

        Assert.Equal(3, world.State.Deployments.Single().CurrentStep);

        await world.ProbeAsync(web, isAlive: true);

        Assert.Empty(world.State.Deployments);
    }

    [Fact]
    public async Task Deployment_WaitsForReadiness()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with
        {
            PortDefinitions = [new PortDefinition { Port = 0, Name = "http-api" }],
            ReadinessChecks = [new ReadinessCheck()],
        });
        await world.SettleAsync();
        string id = world.Agent.Tasks.Single().TaskId;

        await world.Cluster.ReportAsync(id, new ReadinessResult { TaskId = id, Ready = false }, Token);
        Assert.Single(world.State.Deployments);
        await world.Cluster.ReportAsync(id, new ReadinessResult { TaskId = id, Ready = true }, Token);

        Assert.Empty(world.State.Deployments);
    }

    [Fact]
    public async Task Deployment_TellsWhatItDoes()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(new App { Id = "/shop/web", Cmd = "run", HealthChecks = [s_check] });
        await world.HealAsync();
        await world.RemoveAsync("/shop/web");
        await world.SettleAsync();

        Assert.Equal(
            [
                "group_change_success", "deployment_info", "add_health_check_event", "deployment_step_success", "deployment_info", "instance_changed_event",
                "status_update_event", "instance_changed_event", "status_update_event", "instance_changed_event",
                "health_status_changed_event", "instance_health_changed_event", "deployment_step_success", "deployment_success",
                "group_change_success", "deployment_info", "status_update_event", "instance_changed_event", "app_terminated_event",
                "remove_health_check_event", "deployment_step_success", "deployment_success",
            ],
            world.EventTypes());
        Assert.Equal("/shop", world.Events.First().GroupId);
        Assert.Empty(world.State.Versions);
    }

    [Fact]
    public async Task CancelAsync_LeadsBack_AndLeavesAloneWhatStillIsAsItWas()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with { Instances = 3, HealthChecks = [s_check] });
        await world.HealAsync();
        string[] good = [.. world.State.Instances.Keys.Order()];
        DeploymentResult bad = await world.PutAsync(Web("broken") with { Instances = 3, HealthChecks = [s_check] });
        await world.SettleAsync();
        Assert.Equal(6, world.Agent.Tasks.Count);

        DeploymentResult? back = await world.Cluster.CancelAsync(bad.DeploymentId!, force: false, Token);
        await world.SettleAsync();

        Assert.Equal(good, world.State.Instances.Keys.Order());
        Assert.Equal("run", world.App("/web").Cmd);
        Assert.Equal(back!.Version, world.App("/web").Version);
        Assert.Empty(world.State.Deployments);
        Assert.Contains(world.Events, happened => happened.EventType == "deployment_failed" && happened.Id == bad.DeploymentId);
    }

    [Fact]
    public async Task CancelAsync_TakesAwayWhatWasNew_AndItsGroup()
    {
        await using World world = await World.StartAsync();
        world.Agent.RunsAtOnce = false;
        DeploymentResult added = await world.PutAsync(new App { Id = "/shop/web", Cmd = "run" });

        await world.Cluster.CancelAsync(added.DeploymentId!, force: false, Token);
        await world.SettleAsync();

        Assert.Empty(world.State.Root.Groups!);
        Assert.Empty(world.Agent.Tasks);
        Assert.Empty(world.State.Deployments);
    }

    [Fact]
    public async Task CancelAsync_BringsBackWhatWasRemoved()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web());
        await world.SettleAsync();
        world.Agent.KillsAtOnce = false;
        DeploymentResult removal = await world.RemoveAsync("/web");
        await world.SettleAsync();

        await world.Cluster.CancelAsync(removal.DeploymentId!, force: false, Token);
        world.Agent.End(world.Agent.Killed[0], TaskState.Killed);
        await world.SettleAsync();

        Assert.Single(world.Agent.Tasks);
        Assert.Equal(1, world.App("/web").Instances);
        Assert.Empty(world.State.Deployments);
    }

    [Fact]
    public async Task CancelAsync_LeavesEverythingAsItIs_WhenForced()
    {
        await using World world = await World.StartAsync();
        world.Agent.RunsAtOnce = false;
        DeploymentResult first = await world.PutAsync(Web());

        Assert.Null(await world.Cluster.CancelAsync(first.DeploymentId!, force: true, Token));

        Assert.Empty(world.State.Deployments);
        Assert.Equal("run", world.App("/web").Cmd);
        Assert.Equal(
            Refusal.NotFound,
            (await Assert.ThrowsAsync<RefusedException>(() => world.Cluster.CancelAsync(first.DeploymentId!, force: true, Token))).Refusal);
    }

    [Fact]
    public async Task ChangeAsync_BringsTogetherWhatABrokenOffDeploymentLeft_EvenIfItOnlyScales()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with { Instances = 2, HealthChecks = [s_check] });
        await world.HealAsync();
        DeploymentResult upgrade = await world.PutAsync(Web("other") with { Instances = 2, HealthChecks = [s_check] });
        await world.SettleAsync();
        await world.Cluster.CancelAsync(upgrade.DeploymentId!, force: true, Token);

        await world.PutAsync(Web("other") with { Instances = 3, HealthChecks = [s_check] });
        await world.HealAsync();

        Assert.Equal(3, world.Agent.Tasks.Count);
        Assert.All(world.Agent.Tasks, static task => Assert.Equal("other", task.App.Cmd));
    }

    [Fact]
    public async Task ChangeAsync_MakesAllTasksAnew_WhenAnAppIsRestarted()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with { Instances = 2 });
        await world.SettleAsync();
        string[] before = [.. world.State.Instances.Keys];

        DeploymentResult restart = await world.RestartAppAsync("/web");
        await world.SettleAsync();

        Assert.Equal(2, world.Agent.Tasks.Count);
        Assert.Empty(world.State.Instances.Keys.Intersect(before));
        Assert.Equal(restart.Version, world.App("/web").Version);
    }

    [Fact]
    public async Task ChangeAsync_KeepsTwentyFiveVersions_EachLaterThanTheOneBefore()
    {
        await using World world = await World.StartAsync();
        for (int i = 0; i < 30; i++)
        {
            await world.PutAsync(Web($"run {i}") with { Instances = 0 });
            await world.SettleAsync();
        }

        string[] versions = [.. world.State.Versions["/web"].Select(static app => app.Version!)];

        Assert.Equal(25, versions.Length);
        Assert.Equal(versions.Order(StringComparer.Ordinal).Distinct(), versions);
        Assert.Equal("run 29", world.State.Versions["/web"][^1].Cmd);
        Assert.Equal("run 5", world.State.Versions["/web"][0].Cmd);
    }

    [Fact]
    public async Task StartAsync_GoesOnWithADeployment()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with { Instances = 3, HealthChecks = [s_check] });
        await world.HealAsync();
        DeploymentResult upgrade = await world.PutAsync(Web("other") with { Instances = 3, HealthChecks = [s_check] });
        await world.SettleAsync();

        await world.RestartAsync();

        Assert.Equal(upgrade.DeploymentId, Assert.Single(world.State.Deployments).Id);
        Assert.Equal("run", GroupTree.Of(world.State.Deployments[0].Original).Apps["/web"].Cmd);
        Assert.Equal(6, world.Agent.Tasks.Count);
        await world.HealAsync();
        Assert.Equal(3, world.Agent.Tasks.Count);
        Assert.All(world.Agent.Tasks, static task => Assert.Equal("other", task.App.Cmd));
        Assert.Empty(world.State.Deployments);
    }

    private static App Web(string command = "run") => new() { Id = "/web", Cmd = command };
}
