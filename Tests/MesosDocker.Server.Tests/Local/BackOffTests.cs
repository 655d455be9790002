using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

public sealed class BackOffTests
{
    private static readonly App s_app = Any.App() with { BackoffSeconds = 2, BackoffFactor = 3, MaxLaunchDelaySeconds = 10 };

    [Fact]
    public void After_GrowsByTheFactor_UpToTheLongest()
    {
        DateTimeOffset now = Any.Now;
        LaunchDelay? delay = null;
        List<double> seconds = [];
        for (int i = 0; i < 4; i++)
        {
            delay = BackOff.After(s_app, delay, startedAt: null, now);
            Assert.Equal(now + delay.Delay, delay.Until);
            seconds.Add(delay.Delay.TotalSeconds);
            now = delay.Until.AddSeconds(1);
        }

        Assert.Equal([2, 6, 10, 10], seconds);
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(6, 10)]
    [InlineData(7, 2)]
    [InlineData(null, 10)]
    public void After_BeginsAnew_WhenTheTaskLivedLongerThanItsDelay(int? lived, int expected)
    {
        var before = new LaunchDelay(TimeSpan.FromSeconds(6), Any.Now.AddSeconds(-8));

        Assert.Equal(expected, BackOff.After(s_app, before, lived is { } seconds ? Any.Now.AddSeconds(-seconds) : null, Any.Now).Delay.TotalSeconds);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(11, 2)]
    [InlineData(-5, 10)]
    public void After_BeginsAnew_WhenTheLastFailureIsLongAgo(int ago, int expected)
    {
        var before = new LaunchDelay(TimeSpan.FromSeconds(6), Any.Now.AddSeconds(-ago));

        Assert.Equal(expected, BackOff.After(s_app, before, startedAt: null, Any.Now).Delay.TotalSeconds);
    }

    [Fact]
    public void After_TakesAnyNumbers()
    {
        App app = s_app with { BackoffSeconds = int.MaxValue, BackoffFactor = double.MaxValue, MaxLaunchDelaySeconds = int.MaxValue };
        LaunchDelay first = BackOff.After(app, null, null, DateTimeOffset.MaxValue.AddDays(-1));

        Assert.Equal(DateTimeOffset.MaxValue, first.Until);
        Assert.Equal(int.MaxValue, BackOff.After(app, first, null, DateTimeOffset.MaxValue).Delay.TotalSeconds);
    }

    [Fact]
    public void After_IsNever_LongerThanTheLongest() => Assert.Equal(1, BackOff.After(s_app with { MaxLaunchDelaySeconds = 1 }, null, null, Any.Now).Delay.TotalSeconds);
}
