using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class ContainerRecordTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch.AddYears(60);

    [Fact]
    public void Begun_CountsSupervisors_ThatDieSoonAfterEachOther()
    {
        ContainerRecord record = new ContainerRecord().Begun(first: true, s_now);
        Assert.Equal(1, record.Supervisors);

        for (int i = 1; i < 8; i++)
        {
            record = record.Begun(first: false, s_now.AddSeconds(i));
        }

        Assert.Equal(8, record.Supervisors);
    }

    /// <summary>A service of years has seen many restarts of its machine's agent, each of which may have killed its supervisor.</summary>
    [Fact]
    public void Begun_ForgetsThoseOfLongAgo()
    {
        ContainerRecord record = new ContainerRecord().Begun(first: true, s_now);
        for (int day = 1; day < 100; day++)
        {
            record = record.Begun(first: false, s_now.AddDays(day));
        }

        Assert.Equal(2, record.Supervisors);
    }

    /// <summary>The record of the one before could not be written; it has been there all the same.</summary>
    [Fact]
    public void Begun_IsNotTheFirst_WhereARecordIsMissing()
        => Assert.Equal(2, new ContainerRecord().Begun(first: false, s_now).Supervisors);
}
