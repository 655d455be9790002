using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

public sealed class RollingUpdateTests
{
    [Theory]
    [InlineData(4, 1.0, 1.0, 4, 4, 8)]
    [InlineData(4, 0.5, 0.0, 4, 2, 4)]
    [InlineData(3, 0.5, 0.5, 3, 2, 4)]
    [InlineData(10, 0.9, 0.1, 10, 9, 11)]
    [InlineData(1, 0.5, 0.5, 1, 1, 2)]
    [InlineData(3, 1.0, 0.0, 3, 3, 4)]
    [InlineData(3, 1.0, 0.0, 2, 3, 3)]
    [InlineData(2, 0.0, 0.0, 2, 0, 2)]
    public void Limits_ReadTheStrategyAsMarathonDoes(int instances, double minimum, double over, int healthy, int least, int most)
        => Assert.Equal((least, most), RollingUpdate.Limits(Any.App(instances, minimum, over), healthy));

    [Fact]
    public void Limits_LetOneGo_WhereAVolumeLeavesNoRoomForOneMore()
    {
        App app = Any.App(2, 1, 0) with { Container = new Container { Volumes = [new Volume { Persistent = new PersistentVolume { Size = 1 } }] } };

        Assert.Equal((1, 2), RollingUpdate.Limits(app, healthy: 2));
    }

    [Fact]
    public void Next_LaunchesBesideTheOld_WhereNoneMayGo()
    {
        App app = Any.App(2);
        Instance[] old = [Any.Instance(Any.Older(app)), Any.Instance(Any.Older(app))];

        AppStep step = RollingUpdate.Next(app, old);

        Assert.Empty(step.Kills);
        Assert.Equal(2, step.Launches);
        Assert.False(step.IsDone);
    }

    [Fact]
    public void Next_EndsOldOnesFirst_WhereThereIsNoRoom()
    {
        App app = Any.App(4, 0.5, 0);
        Instance[] old = [.. Enumerable.Range(0, 4).Select(_ => Any.Instance(Any.Older(app)))];

        AppStep step = RollingUpdate.Next(app, old);

        Assert.Equal(2, step.Kills.Length);
        Assert.Equal(0, step.Launches);
    }

    [Fact]
    public void Next_EndsAnOldOne_OnlyWhenANewOneServes()
    {
        App app = Any.App(1) with { HealthChecks = [Any.Check] };
        Instance old = Any.Found(Any.Instance(Any.Older(app)), isAlive: true);
        Instance fresh = Any.Instance(app);

        Assert.Empty(RollingUpdate.Next(app, [old, fresh]).Kills);
        Assert.Empty(RollingUpdate.Next(app, [old, Any.Found(fresh, isAlive: false)]).Kills);
        Assert.Equal([old], RollingUpdate.Next(app, [old, Any.Found(fresh, isAlive: true)]).Kills);
    }

    [Fact]
    public void Next_WaitsForReadiness()
    {
        App app = Any.App(1) with { ReadinessChecks = [new ReadinessCheck { Name = "ready" }] };
        Instance old = Any.Instance(Any.Older(app) with { ReadinessChecks = [] });
        Instance fresh = Any.Instance(app);

        Assert.Empty(RollingUpdate.Next(app, [old, fresh with { Readiness = new ReadinessResult { Ready = false } }]).Kills);
        Assert.Equal([old], RollingUpdate.Next(app, [old, fresh with { Readiness = new ReadinessResult { Ready = true } }]).Kills);
    }

    [Fact]
    public void Next_EndsWhatIsNotHealthy_WhereNothingElseCanGoOn()
    {
        App app = Any.App(2, 1, 0) with { HealthChecks = [Any.Check] };
        Instance sick = Any.Found(Any.Instance(Any.Older(app)), isAlive: false);
        Instance well = Any.Found(Any.Instance(Any.Older(app)), isAlive: true);

        Assert.Equal([sick], RollingUpdate.Next(app, [well, sick]).Kills);
        Assert.Empty(RollingUpdate.Next(app, [well, sick with { Condition = InstanceCondition.Killing }]).Kills);
    }

    [Fact]
    public void Next_PrefersToEndWhatHasTheFixedPort()
    {
        App app = Any.App(2, 0.5, 0) with { RequirePorts = true, PortDefinitions = [new PortDefinition { Port = 31002 }] };
        Instance other = Any.Instance(Any.Older(app), age: 1) with { Ports = [31000] };
        Instance inTheWay = Any.Instance(Any.Older(app), age: 100) with { Ports = [31002] };

        Assert.Equal([inTheWay], RollingUpdate.Next(app, [other, inTheWay]).Kills);
    }

    [Theory]
    [InlineData(KillOrder.YoungestFirst, 1)]
    [InlineData(KillOrder.OldestFirst, 100)]
    public void Next_FollowsTheKillSelection(string selection, int age)
    {
        App app = Any.App(2, 0.5, 0) with { KillSelection = selection };
        Instance[] old = [Any.Instance(Any.Older(app), age: 1), Any.Instance(Any.Older(app), age: 100)];

        Instance killed = Assert.Single(RollingUpdate.Next(app, old).Kills);

        Assert.Equal(Any.Now.AddSeconds(-age), killed.StartedAt);
    }

    [Fact]
    public void Next_IsDone_WhenThereIsNothingButServingNewOnes()
    {
        App app = Any.App(2);
        Instance[] fresh = [Any.Instance(app), Any.Instance(app)];

        Assert.True(RollingUpdate.Next(app, fresh).IsDone);
        Assert.False(RollingUpdate.Next(app, [.. fresh, Any.Instance(Any.Older(app), InstanceCondition.Killing)]).IsDone);
        Assert.False(RollingUpdate.Next(app, [fresh[0], Any.Instance(app, InstanceCondition.Starting)]).IsDone);
        Assert.False(RollingUpdate.Next(app, [fresh[0]]).IsDone);
    }

    /// <summary>Any strategy, any number before and after, in any order of what happens: it ends, and on the way the strategy holds.</summary>
    [Fact]
    public void Next_KeepsToTheStrategyAndComesToItsEnd_Always()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            Roll(new Random(seed), $"seed {seed}");
        }
    }

    private static void Roll(Random random, string what)
    {
        int wanted = random.Next(1, 8);
        App app = Any.App(wanted, random.Next(5) / 4.0, random.Next(5) / 4.0) with { HealthChecks = [Any.Check] };
        List<Instance> instances = [.. Enumerable.Range(0, random.Next(10)).Select(_
            => Any.Found(Any.Instance(Any.Older(app), age: random.Next(9)), isAlive: random.Next(4) > 0))];
        (int minimum, int maximum) = RollingUpdate.Limits(app, int.MaxValue);
        int before = instances.Count;
        for (int turn = 0; turn < 500; turn++)
        {
            int healthy = instances.Count(InstanceHealth.IsServing);
            AppStep step = RollingUpdate.Next(app, instances);
            if (step.IsDone)
            {
                Assert.Equal(wanted, instances.Count);
                return;
            }

            int left = healthy - step.Kills.Count(InstanceHealth.IsServing);
            Assert.True(left >= Math.Min(healthy, minimum), $"{left} of {minimum} are left: {what}");
            Assert.True(instances.Count + step.Launches <= Math.Max(before, maximum), $"{instances.Count} and {step.Launches} of {maximum}: {what}");
            instances = [.. instances.Select(instance => step.Kills.Contains(instance) ? instance with { Condition = InstanceCondition.Killing } : instance)];
            instances.AddRange(Enumerable.Range(0, step.Launches).Select(_ => Any.Instance(app, InstanceCondition.Staging)));
            Happen(instances, random);
        }

        Assert.Fail($"It never ends: {what}");
    }

    private static void Happen(List<Instance> instances, Random random)
    {
        foreach (Instance instance in instances.Where(_ => random.Next(2) == 0).ToArray())
        {
            int at = instances.IndexOf(instance);
            switch (instance.Condition)
            {
                case InstanceCondition.Killing:
                    instances.RemoveAt(at);
                    break;

                case InstanceCondition.Staging:
                    instances[at] = instance with { Condition = InstanceCondition.Running, StartedAt = Any.Now };
                    break;

                default:
                    instances[at] = instance.Version == Any.Version ? Any.Found(instance, isAlive: true) : instance;
                    break;
            }
        }
    }
}
