using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

public sealed class ProbeScheduleTests
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData(1, 0, false, 0.25)]
    [InlineData(2, 0, false, 0.5)]
    [InlineData(5, 10, false, 4)]
    [InlineData(50, 10, false, 5)]
    [InlineData(1, 0, true, 60)]
    [InlineData(1, 300, false, 60)]
    public void Next_IsSoon_UntilItSucceedsWithinTheGrace(int asked, int secondsAfterStart, bool hasSucceeded, double expected)
    {
        var check = new HealthCheck { GracePeriodSeconds = 300, IntervalSeconds = 60 };
        DateTimeOffset now = s_start.AddSeconds(secondsAfterStart);

        Assert.Equal(now.AddSeconds(expected), ProbeSchedule.Next(Started(check), check, asked, hasSucceeded, now));
    }

    [Theory]
    [InlineData(2, 50, false, 2)]
    [InlineData(0, 50, true, 1)]
    public void Next_IsNeverLaterThanTheInterval_NorAtOnce(int interval, int asked, bool hasSucceeded, double expected)
    {
        var check = new HealthCheck { IntervalSeconds = interval };

        Assert.Equal(s_start.AddSeconds(expected), ProbeSchedule.Next(Started(check), check, asked, hasSucceeded, s_start));
    }

    private static Instance Started(HealthCheck check) => new()
    {
        TaskId = "a",
        AppId = "/a",
        App = new App { Id = "/a", HealthChecks = [check] },
        Condition = InstanceCondition.Running,
        StagedAt = s_start,
        StartedAt = s_start,
    };
}
