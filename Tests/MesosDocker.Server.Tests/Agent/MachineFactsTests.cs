using MesosDocker.Local;
using MesosDocker.Mesos;

namespace MesosDocker.Server.Tests.Agent;

public sealed class MachineFactsTests
{
    [Theory]
    [InlineData(16000, 14976)]
    [InlineData(2048, 1024)]
    [InlineData(2047, 1023)]
    [InlineData(100.9, 50)]
    public void Leave_KeepsTheSystemsPart(decimal total, decimal expected) => Assert.Equal(expected, MachineFacts.Leave(total, 2048, 1024));

    [Fact]
    public void Memory_IsInTheTable()
    {
        Assert.Equal(15927.965m, Math.Round(MachineFacts.MemoryIn(["MemFree: 1 kB", "MemTotal:       16310236 kB", "x"]), 3));
        Assert.Equal(0, MachineFacts.MemoryIn([]));
        Assert.Equal(0, MachineFacts.MemoryIn(["MemTotal: lots kB"]));
    }

    [Fact]
    public void Facts_AreThisMachines_UnlessTheyAreSaid()
    {
        using var files = new TestKit.TemporaryDirectory();
        var options = new AgentOptions { WorkDirectory = files.Root };

        AgentFacts found = MachineFacts.Of(options, "A");
        AgentFacts said = MachineFacts.Of(options with { Hostname = "h", Cpus = 3, Memory = 10, Disk = 20, Gpus = 1, Ports = [new PortRange(1, 2)] }, "A");

        Assert.Equal(Environment.ProcessorCount, found.Resources.Cpus);
        Assert.True(found.Resources is { Memory: > 0, Disk: > 0, Gpus: null });
        Assert.Equal("31000-32000", Assert.Single(found.Resources.Ports).ToString());
        Assert.NotEmpty(found.Hostname);
        Assert.Equal(("h", 3m, 10m, 20m, 1m), (said.Hostname, said.Resources.Cpus, said.Resources.Memory, said.Resources.Disk, said.Resources.Gpus));
        Assert.Equal("1-2", Assert.Single(said.Resources.Ports).ToString());
    }
}
