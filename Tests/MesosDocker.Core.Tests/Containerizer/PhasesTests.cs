using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class PhasesTests
{
    [Fact]
    public void Advance_GoesThroughAWholeLife()
    {
        Phase phase = Phase.Launched;
        foreach (Phase next in Enum.GetValues<Phase>().Skip(1))
        {
            phase = Phases.Advance(phase, next);
        }

        Assert.Equal(Phase.Cleaned, phase);
    }

    [Theory]
    [InlineData(Phase.Creating, Phase.Fetching)]
    [InlineData(Phase.Pulling, Phase.Pulling)]
    [InlineData(Phase.Fetching, Phase.Ended)]
    [InlineData(Phase.Starting, Phase.Ended)]
    [InlineData(Phase.Ended, Phase.Ended)]
    public void Advance_LetsAnotherSupervisorBeginAgain_AndAnEndComeAnyTime(Phase from, Phase to)
        => Assert.Equal(to, Phases.Advance(from, to));

    [Theory]
    [InlineData(Phase.Running, Phase.Fetching)]
    [InlineData(Phase.Running, Phase.Starting)]
    [InlineData(Phase.Starting, Phase.Pulling)]
    [InlineData(Phase.Launched, Phase.Running)]
    [InlineData(Phase.Pulling, Phase.Starting)]
    [InlineData(Phase.Ended, Phase.Running)]
    [InlineData(Phase.Running, Phase.Cleaned)]
    [InlineData(Phase.Cleaned, Phase.Ended)]
    public void Advance_RefusesWhatCannotBe_NamingBoth(Phase from, Phase to)
    {
        var e = Assert.Throws<MesosDockerException>(() => Phases.Advance(from, to));

        Assert.Equal(Fault.StateTransitionInvalid, e.Fault);
        Assert.Contains(from.ToString(), e.Message);
        Assert.Contains(to.ToString(), e.Message);
    }
}
