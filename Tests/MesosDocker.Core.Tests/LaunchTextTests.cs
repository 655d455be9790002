using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests;

/// <summary>Ports, port mappings and volumes as people write them.</summary>
public sealed class LaunchTextTests
{
    [Theory]
    [InlineData("31000", "31000")]
    [InlineData("31000-31003", "31000,31001,31002,31003")]
    [InlineData("31000-31001, 31010", "31000,31001,31010")]
    [InlineData("1,65535", "1,65535")]
    public void PortRangeParseList_ReadsPortsAndRanges(string text, string ports)
        => Assert.Equal(ports, string.Join(',', PortRange.ParseList(text).SelectMany(static range => range.Ports)));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("5-4")]
    [InlineData("1-2-3")]
    [InlineData("-5")]
    [InlineData("5-")]
    [InlineData("+5")]
    [InlineData("5,")]
    [InlineData("٥")]
    [InlineData("99999999999999999999")]
    public void PortRangeParseList_RefusesEverythingElse(string text) => AssertRefused(text, () => PortRange.ParseList(text));

    [Theory]
    [InlineData("31000:80", 31000, 80, null)]
    [InlineData("31000:0", 31000, 0, null)]
    [InlineData("31000:80/tcp", 31000, 80, "tcp")]
    [InlineData("1:65535/UDP", 1, 65535, "udp")]
    public void PortMappingParse_ReadsHostContainerAndProtocol(string text, int host, int container, string? protocol)
        => Assert.Equal(new PortMapping(host, container, protocol), PortMapping.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("0:80")]
    [InlineData("31000:")]
    [InlineData(":80")]
    [InlineData("31000:80:90")]
    [InlineData("31000:80/")]
    [InlineData("31000:80/sctp")]
    [InlineData("31000:80/tcp/tcp")]
    [InlineData("31000:65536")]
    public void PortMappingParse_RefusesEverythingElse(string text) => AssertRefused(text, () => PortMapping.Parse(text));

    [Theory]
    [InlineData("/a:/b", "/a", "/b", false)]
    [InlineData("/a:/b:ro", "/a", "/b", true)]
    [InlineData("/a:/b:rw", "/a", "/b", false)]
    [InlineData("data:/b", "data", "/b", false)]
    [InlineData("/b", null, "/b", false)]
    [InlineData("/b:ro", null, "/b", true)]
    public void VolumeParse_ReadsHostContainerAndMode(string text, string? host, string container, bool readOnly)
        => Assert.Equal(new Volume { HostPath = host, ContainerPath = container, ReadOnly = readOnly }, Volume.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("b")]
    [InlineData("/a:b")]
    [InlineData(":/b")]
    [InlineData("/a:/b:z")]
    [InlineData("/a:/b:ro:ro")]
    public void VolumeParse_RefusesEverythingElse(string text) => AssertRefused(text, () => Volume.Parse(text));

    [Theory]
    [InlineData("31000:80")]
    [InlineData("31000:80/udp")]
    public void PortMapping_IsWrittenAsItIsRead(string text) => Assert.Equal(text, PortMapping.Parse(text).ToString());

    [Theory]
    [InlineData("/a:/b")]
    [InlineData("/a:/b:ro")]
    [InlineData("/b:ro")]
    public void Volume_IsWrittenAsItIsRead(string text) => Assert.Equal(text, Volume.Parse(text).ToString());

    [Fact]
    public void Resources_ReadAsASentence()
        => Assert.Equal(
            "0.5 CPU, 64 MB, ports 31000-31001,31010",
            new Resources { Cpus = 0.5m, Memory = 64, Ports = PortRange.ParseList("31000-31001,31010") }.ToString());

    private static void AssertRefused(string text, Func<object> parse)
    {
        MesosDockerException e = Assert.Throws<MesosDockerException>(parse);
        Assert.Equal(Fault.OptionValueInvalid, e.Fault);
        Assert.Contains($"'{text.Split(',')[^1]}'", e.Message);
    }
}
