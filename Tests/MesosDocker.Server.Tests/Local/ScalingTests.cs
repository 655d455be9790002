using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

public sealed class ScalingTests
{
    [Fact]
    public void Next_LaunchesWhatIsMissing()
    {
        App app = Any.App(3);

        AppStep step = Scaling.Next(app, [Any.Instance(app)], new HashSet<string>());

        Assert.Equal(2, step.Launches);
        Assert.Empty(step.Kills);
    }

    [Fact]
    public void Next_EndsWhatIsOfLeastUse()
    {
        App app = Any.App(2);
        Instance staging = Any.Instance(app, InstanceCondition.Staging);
        Instance young = Any.Instance(app, age: 1);
        Instance[] instances = [Any.Instance(app, age: 9), young, Any.Instance(app, age: 5), staging];

        Assert.Equal([staging, young], Scaling.Next(app, instances, new HashSet<string>()).Kills);
    }

    [Fact]
    public void Next_EndsWhatIsSentenced_AndReplacesWhatGoesBeyond()
    {
        App app = Any.App(2);
        Instance[] instances = [Any.Instance(app, age: 9), Any.Instance(app, age: 1)];

        AppStep step = Scaling.Next(app, instances, new HashSet<string> { instances[0].TaskId });

        Assert.Equal([instances[0]], step.Kills);
        Assert.Equal(1, step.Launches);
    }

    [Fact]
    public void Next_CountsWhatIsToBeReplaced_UntilItHasEnded()
    {
        App app = Any.App(1);
        Instance killing = Any.Instance(app) with { Condition = InstanceCondition.Killing };

        Assert.Equal(0, Scaling.Next(app, [killing], new HashSet<string>()).Launches);
        Assert.Equal(1, Scaling.Next(app, [killing with { IsDecommissioned = true }], new HashSet<string>()).Launches);
    }

    [Fact]
    public void Next_IsDone_WhenThoseOfThisVersionServe_HoweverTheOthersAre()
    {
        App app = Any.App(2) with { HealthChecks = [Any.Check] };
        Instance sickBefore = Any.Found(Any.Instance(app with { Version = Any.OlderVersion }), isAlive: false);
        Instance fresh = Any.Instance(app);

        Assert.False(Scaling.Next(app, [sickBefore, fresh], new HashSet<string>()).IsDone);
        Assert.True(Scaling.Next(app, [sickBefore, Any.Found(fresh, isAlive: true)], new HashSet<string>()).IsDone);
        Assert.False(Scaling.Next(app, [sickBefore], new HashSet<string>()).IsDone);
    }
}
