using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

public sealed class HealthCountTests
{
    private static readonly Instance s_instance = Any.Instance(Any.App() with { HealthChecks = [Any.Check] }, age: 60);

    [Fact]
    public void Of_RemembersTheFirstAndTheLastSuccess()
    {
        HealthResult first = Count(null, isAlive: true, 0).Result!;
        HealthResult second = Count(first, isAlive: true, 5).Result!;

        Assert.Equal(Moments.Text(Any.Now), second.FirstSuccess);
        Assert.Equal(Moments.Text(Any.Now.AddSeconds(5)), second.LastSuccess);
        Assert.True(second.Alive);
    }

    [Fact]
    public void Of_CountsFailuresInARow_UntilTheyAreTooMany()
    {
        HealthCount first = Count(null, isAlive: false, 0);
        HealthCount second = Count(first.Result, isAlive: false, 1);
        HealthCount third = Count(second.Result, isAlive: false, 2);

        Assert.Equal([1, 2, 3], new[] { first, second, third }.Select(static count => count.Result!.ConsecutiveFailures!.Value));
        Assert.Equal([false, false, true], new[] { first, second, third }.Select(static count => count.IsTooMuch));
        Assert.Equal("refused", third.Result!.LastFailureCause);
    }

    [Fact]
    public void Of_BeginsAgain_AfterASuccess()
    {
        HealthResult twice = Count(Count(null, isAlive: false, 0).Result, isAlive: false, 1).Result!;

        Assert.Equal(0, Count(twice, isAlive: true, 2).Result!.ConsecutiveFailures);
    }

    [Theory]
    [InlineData(9, false, false)]
    [InlineData(10, false, true)]
    [InlineData(9, true, true)]
    public void Of_LeavesFailuresOut_InTheGracePeriod_UntilItWasAliveOnce(int age, bool wasAlive, bool isCounted)
    {
        Instance young = Any.Instance(s_instance.App, age: age);
        HealthResult? before = wasAlive ? new HealthResult { FirstSuccess = Moments.Text(Any.Now), Alive = true } : null;

        Assert.Equal(isCounted, HealthCount.Of(young, Any.Check, before, isAlive: false, Any.Now, "refused").Result is not null);
    }

    [Theory]
    [InlineData("HTTP", 0, false)]
    [InlineData("TCP", 1, true)]
    [InlineData("COMMAND", 1, false)]
    [InlineData("MESOS_HTTP", 1, false)]
    public void Of_EndsNothing_WhereItIsToldNotTo_OrTheAgentSeesToIt(string protocol, int most, bool isTooMuch)
    {
        HealthCheck check = Any.Check with { Protocol = protocol, MaxConsecutiveFailures = most };

        Assert.Equal(isTooMuch, HealthCount.Of(s_instance, check, null, isAlive: false, Any.Now, null).IsTooMuch);
    }

    [Theory]
    [InlineData(InstanceCondition.Staging)]
    [InlineData(InstanceCondition.Starting)]
    [InlineData(InstanceCondition.Killing)]
    public void Of_IsOfTasksThatRun(object condition)
        => Assert.Null(HealthCount.Of(s_instance with { Condition = (InstanceCondition)condition }, Any.Check, null, isAlive: true, Any.Now, null).Result);

    private static HealthCount Count(HealthResult? before, bool isAlive, int seconds)
        => HealthCount.Of(s_instance, Any.Check, before, isAlive, Any.Now.AddSeconds(seconds), isAlive ? null : "refused");
}
