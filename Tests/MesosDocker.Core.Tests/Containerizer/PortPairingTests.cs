using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class PortPairingTests
{
    [Fact]
    public void Pair_LeadsOfferedPorts_ToExposedOnesInOrder()
    {
        IReadOnlyList<PublishedPort> ports = PortPairing.Pair([31000, 31001, 31002], ["443/tcp", "53/udp"], out IReadOnlyList<string> unpaired);

        Assert.Equal([new PublishedPort(31000, 53, "udp"), new(31001, 443, "tcp"), new(31002, 31002, "tcp")], ports);
        Assert.Empty(unpaired);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/tcp")]
    [InlineData("http/tcp")]
    [InlineData("65536/tcp")]
    [InlineData("-1/tcp")]
    [InlineData("99999999999999999999")]
    [InlineData("80-90/tcp")]
    [InlineData("\u001b[2J/tcp")]
    public void Pair_SaysWhatIsWrong_WhereAnImageExposesWhatIsNoPort(string exposed)
    {
        var e = Assert.Throws<MesosDockerException>(() => PortPairing.Pair([31000], [exposed], out _));

        Assert.Equal(Fault.OptionImpossible, e.Fault);
        Assert.DoesNotContain("\u001b", e.Message);
    }
}
