using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using PortMapping = MesosDocker.Marathon.PortMapping;

namespace MesosDocker.Server.Tests;

public sealed class HostPortsTests
{
    private static readonly PortRange[] s_ranges = [new(31000, 31003), new(32000, 32000)];

    [Theory]
    [InlineData("0", "", 0, "31000")]
    [InlineData("0", "31000", 0, "31001")]
    [InlineData("0", "", 31001, "31002")]
    [InlineData("0 0", "", 31003, "32000 31000")]
    [InlineData("0", "", 40000, "31000")]
    [InlineData("31002 0", "", 0, "31002 31000")]
    [InlineData("0 31000", "", 0, "31001 31000")]
    [InlineData("none 0 none", "", 0, "0 31000 0")]
    [InlineData("0 0 0 0 0", "", 0, "31000 31001 31002 31003 32000")]
    [InlineData("0 0 0 0 0 0", "", 0, null)]
    [InlineData("31002", "31002", 0, null)]
    [InlineData("8080", "", 0, null)]
    [InlineData("31002 31002", "", 0, null)]
    [InlineData("", "", 0, "")]
    public void Take_GivesEachWhatItAsksFor(string wanted, string taken, int last, string? expected)
        => Assert.Equal(expected, Text(HostPorts.Take(Numbers(wanted), s_ranges, new PortsInUse(port => Numbers(taken).Contains(port), static _ => false, last))));

    [Theory]
    [InlineData("0 0", "31000 31001", "31002 31003")]
    [InlineData("0 0 0 0", "31000 31001", "31002 31003 32000 31000")]
    [InlineData("31000", "31000", "31000")]
    public void Take_SparesWhatOthersMustHave(string wanted, string kept, string expected)
        => Assert.Equal(expected, Text(HostPorts.Take(Numbers(wanted), s_ranges, new PortsInUse(static _ => false, port => Numbers(kept).Contains(port), 0))));

    [Fact]
    public void Wanted_IsOfTheHost_OnlyWhereItIsRequired()
    {
        App app = Any.App() with { PortDefinitions = [new PortDefinition { Port = 8080 }, new PortDefinition { Port = 0 }] };

        Assert.Equal([0, 0], HostPorts.Wanted(app));
        Assert.Equal([8080, 0], HostPorts.Wanted(app with { RequirePorts = true }));
    }

    [Fact]
    public void Wanted_IsWhatMappingsSay()
    {
        PortMapping[] mappings = [new PortMapping { HostPort = 80 }, new PortMapping { HostPort = 0 }, new PortMapping()];
        App app = Any.App() with { Container = new Container { PortMappings = mappings } };

        Assert.Equal([80, 0, null], HostPorts.Wanted(app));
    }

    private static int?[] Numbers(string text)
        => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static number => number == "none" ? (int?)null : int.Parse(number))];

    private static string? Text(System.Collections.Immutable.ImmutableArray<int>? ports) => ports is { } numbers ? string.Join(' ', numbers) : null;
}
