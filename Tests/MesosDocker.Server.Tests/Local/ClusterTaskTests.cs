using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using HealthCheck = MesosDocker.Marathon.HealthCheck;
using Resources = MesosDocker.Mesos.Resources;

namespace MesosDocker.Server.Tests;

public sealed class ClusterTaskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TaskState.Failed, true, true)]
    [InlineData(TaskState.Error, true, true)]
    [InlineData(TaskState.Finished, true, false)]
    [InlineData(TaskState.Lost, false, true)]
    [InlineData(TaskState.Killed, false, false)]
    public async Task ATaskThatEnds_IsReplaced(TaskState state, bool isDelayed, bool isFailure)
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web());
        await world.SettleAsync();
        string first = world.Agent.Tasks[0].TaskId;

        world.Agent.End(first, state, "why");
        await world.SettleAsync();

        Assert.Equal(isDelayed, world.Agent.Tasks.Count == 0);
        Assert.Equal(isFailure, world.State.LastFailures.TryGetValue("/web", out TaskFailure? failure));
        Assert.Equal(isFailure ? first : null, failure?.TaskId);
        await world.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, Assert.Single(world.Agent.Tasks).TaskId);
    }

    [Fact]
    public async Task ATaskThatCannotBeLaunched_Failed()
    {
        await using World world = await World.StartAsync();
        world.Agent.LaunchFailure = new MesosDockerException(Fault.DiskFull, "The disk is full.");
        await world.PutAsync(Web());
        await world.SettleAsync();

        Assert.Equal("The disk is full.", world.State.LastFailures["/web"].Message);
        Assert.Empty(world.State.Instances);

        world.Agent.LaunchFailure = null;
        await world.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Single(world.Agent.Tasks);
        Assert.Empty(world.State.Deployments);
    }

    [Fact]
    public async Task ResetDelayAsync_LaunchesAtOnce()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with { BackoffSeconds = 100 });
        await world.SettleAsync();
        world.Agent.End(world.Agent.Tasks[0].TaskId, TaskState.Failed);
        await world.SettleAsync();
        Assert.Empty(world.Agent.Tasks);

        await world.Cluster.ResetDelayAsync("/web", Token);
        await world.SettleAsync();

        Assert.Single(world.Agent.Tasks);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => world.Cluster.ResetDelayAsync("/nobody", Token));
        Assert.Equal(Refusal.NotFound, refused.Refusal);
    }

    [Fact]
    public async Task ANewConfiguration_ForgetsTheDelay()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with { BackoffSeconds = 100 });
        await world.SettleAsync();
        world.Agent.End(world.Agent.Tasks[0].TaskId, TaskState.Failed);
        await world.SettleAsync();

        await world.PutAsync(Web() with { BackoffSeconds = 100, Cmd = "better" });
        await world.SettleAsync();

        Assert.Equal("better", Assert.Single(world.Agent.Tasks).App.Cmd);
    }

    [Theory]
    [InlineData(false, false, 2)]
    [InlineData(false, true, 2)]
    [InlineData(true, false, 1)]
    public async Task KillAsync_EndsTasks_AndReplacesThem_UnlessItScales(bool scale, bool wipe, int left)
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with { Instances = 2 });
        await world.SettleAsync();
        string victim = world.Agent.Tasks[0].TaskId;

        var request = new KillRequest([victim, "nobody"], scale, wipe, Force: false);
        (IReadOnlyList<Instance> killed, DeploymentResult? deployment) = await world.Cluster.KillAsync(request, Token);
        await world.SettleAsync();

        Assert.Equal(victim, Assert.Single(killed).TaskId);
        Assert.Equal(scale, deployment is not null);
        Assert.Equal(left, world.Agent.Tasks.Count);
        Assert.Equal(left, world.App("/web").Instances);
        Assert.DoesNotContain(world.Agent.Tasks, task => task.TaskId == victim);
        Assert.Equal([victim], world.Agent.Killed);
    }

    [Theory]
    [InlineData(null, 13)]
    [InlineData(30, 40)]
    public async Task AKill_IsRepeated_WhenNothingIsHeard(int? grace, int seconds)
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with { TaskKillGracePeriodSeconds = grace });
        await world.SettleAsync();
        world.Agent.KillsAtOnce = false;
        await world.RemoveAsync("/web");
        await world.SettleAsync();

        await world.AdvanceAsync(TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal(1, world.Agent.Kills);
        world.Agent.KillsAtOnce = true;
        await world.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(2, world.Agent.Kills);
        Assert.Empty(world.Agent.Tasks);
        Assert.Empty(world.State.Deployments);
    }

    [Fact]
    public async Task AKill_IsRepeated_AfterARestart()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web());
        await world.SettleAsync();
        world.Agent.KillsAtOnce = false;
        await world.RemoveAsync("/web");
        await world.SettleAsync();

        world.Agent.KillsAtOnce = true;
        await world.RestartAsync();
        await world.SettleAsync();

        Assert.Empty(world.Agent.Tasks);
        Assert.Empty(world.State.Deployments);
    }

    [Fact]
    public async Task ATaskThatFailsItsChecksTooOften_IsEndedAndReplaced()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with { HealthChecks = [new HealthCheck { GracePeriodSeconds = 0, MaxConsecutiveFailures = 2 }] });
        await world.HealAsync();
        string sick = world.Agent.Tasks[0].TaskId;

        await world.ProbeAsync(sick, isAlive: false);
        Assert.Empty(world.Agent.Killed);
        Assert.False(world.State.Instances[sick].Health[0].Alive);
        await world.ProbeAsync(sick, isAlive: false);
        await world.SettleAsync();

        Assert.Equal([sick], world.Agent.Killed);
        Assert.Single(world.Agent.Tasks);
        Assert.Contains(world.Events, static happened => happened is { EventType: "unhealthy_instance_kill_event", Reason: "503 Service Unavailable" });
        Assert.Contains("unhealthy_task_kill_event", world.EventTypes());
        Assert.Equal(2, world.EventTypes().Count(static type => type == "failed_health_check_event"));
    }

    [Fact]
    public async Task HealthThatTheAgentTells_IsThatOfItsChecks()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with
        {
            HealthChecks =
            [
                new HealthCheck { GracePeriodSeconds = 0, PortIndex = 0 },
                new HealthCheck { Protocol = "COMMAND", GracePeriodSeconds = 0, Command = new CommandValue { Value = "true" } },
            ],
        });
        await world.SettleAsync();
        string id = world.Agent.Tasks[0].TaskId;

        world.Agent.Tell(world.Agent.News(id, TaskState.Running) with { Healthy = true });
        await world.SettleAsync();
        Assert.Equal([1], world.State.Instances[id].Health.Keys);
        Assert.Single(world.State.Deployments);
        await world.ProbeAsync(id, isAlive: true);
        Assert.Empty(world.State.Deployments);

        world.Agent.Tell(world.Agent.News(id, TaskState.Running) with { Healthy = false });
        await world.SettleAsync();
        Assert.False(InstanceHealth.Of(world.State.Instances[id]));
        Assert.Empty(world.Agent.Killed);
    }

    [Fact]
    public async Task WhatDoesNotFit_WaitsWithItsReason_UntilThereIsRoom()
    {
        await using World world = await World.StartAsync(static time => new SimulatedAgent(time)
        {
            Facts = Any.Agent with { Resources = new Resources { Cpus = 2, Memory = 1000, Ports = [new(31000, 31009)] } },
        });
        await world.PutAsync(Web() with { Instances = 3 });
        await world.SettleAsync();

        WaitingApp waiting = world.State.Waiting["/web"];
        Assert.Equal((1, "InsufficientCpus"), (waiting.Count, string.Join(',', waiting.Reasons)));
        Assert.Equal(0, waiting.LastOffer!.Resources!.Single(static resource => resource.Name == "cpus").Scalar);
        Assert.Equal(
            [(31002L, 31009L)],
            waiting.LastOffer.Resources!
                .Single(static resource => resource.Name == "ports").Ranges!
                .Select(static range => (range.Begin!.Value, range.End!.Value)));

        await world.PutAsync(force: true, Web() with { Instances = 3, Cpus = 0.5 });
        await world.SettleAsync();
        Assert.NotEmpty(world.State.Waiting);
        var oldFirst = new UpgradeStrategy { MinimumHealthCapacity = 0, MaximumOverCapacity = 0 };
        await world.PutAsync(force: true, Web() with { Instances = 3, Cpus = 0.5, UpgradeStrategy = oldFirst });
        await world.SettleAsync();

        Assert.Empty(world.State.Waiting);
        Assert.Equal(3, world.Agent.Tasks.Count);
    }

    [Fact]
    public async Task ASecondTaskThatIsToBeAlone_Waits()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web() with { Instances = 2, Constraints = [["hostname", "UNIQUE"]] });
        await world.SettleAsync();

        Assert.Single(world.Agent.Tasks);
        Assert.Equal(["UnfulfilledConstraint"], world.State.Waiting["/web"].Reasons);
    }

    [Fact]
    public async Task UpdatesOfTasksThatNobodyKnows_AreTaken_AndWhatRunsIsEnded()
    {
        await using World world = await World.StartAsync();

        world.Agent.Tell(world.Agent.News("a_b.instance-1._app.1", TaskState.Failed));
        world.Agent.Tell(world.Agent.News("c.instance-2._app.1", TaskState.Running));
        await world.SettleAsync();

        Assert.Equal(["c.instance-2._app.1"], world.Agent.Killed);
        Assert.Contains(
            world.Events,
            static happened => happened is { EventType: "unknown_instance_terminated_event", RunSpecId: "/a/b", InstanceId: "a_b.instance-1" });
    }

    [Fact]
    public async Task AnUpdateThatComesTwice_CountsOnce()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(Web());
        await world.SettleAsync();
        string id = world.Agent.Tasks[0].TaskId;
        DateTimeOffset? started = world.State.Instances[id].StartedAt;
        int told = world.Events.Count;
        world.Time.Advance(TimeSpan.FromSeconds(5));

        world.Agent.Tell(world.Agent.News(id, TaskState.Starting));
        world.Agent.Tell(world.Agent.News(id, TaskState.Running));
        await world.SettleAsync();

        Assert.Equal(started, world.State.Instances[id].StartedAt);
        Assert.Equal(InstanceCondition.Running, world.State.Instances[id].Condition);
        Assert.Equal(told, world.Events.Count);
    }

    private static App Web() => new() { Id = "/web", Cmd = "run" };
}
