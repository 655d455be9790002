using System.Net;
using System.Net.Sockets;
using MesosDocker.Local;

namespace MesosDocker.Server.Tests.Agent;

public sealed class AgentHomeTests
{
    [Fact]
    public void Identity_StaysTheSame()
    {
        using var files = new TestKit.TemporaryDirectory();
        var options = new AgentOptions { WorkDirectory = files.PathOf("a", "b") };

        AgentIdentity first = Open(options);
        using var taken = new TcpListener(IPAddress.Loopback, first.Port);
        taken.Start();

        // Somebody else there now does not send executors elsewhere.
        Assert.Equal(first, Open(options));
        Assert.InRange(first.Port, AgentPorts.First, AgentPorts.First + AgentPorts.Count - 1);
        Assert.Equal(7001, Open(options with { Port = 7001 }).Port);
        Assert.Equal(first with { Port = 7001 }, Open(options));
    }

    [Fact]
    public void Port_IsTheDirectorysOwn()
    {
        int port = AgentPorts.OwnOf("/var/lib/mesos-docker/local/agent");

        Assert.InRange(port, AgentPorts.First, AgentPorts.First + AgentPorts.Count - 1);
        Assert.Equal(port, AgentPorts.OwnOf("/var/lib/mesos-docker/local/agent"));
        Assert.NotEqual(port, AgentPorts.OwnOf("/var/lib/mesos-docker/other/agent"));
    }

    [Fact]
    public void Port_IsOneThatIsFree()
    {
        using var files = new TestKit.TemporaryDirectory();
        using var taken = new TcpListener(IPAddress.Loopback, AgentPorts.OwnOf(files.Root));
        taken.Start();

        Assert.NotEqual(AgentPorts.OwnOf(files.Root), Open(new AgentOptions { WorkDirectory = files.Root }).Port);
    }

    [Fact]
    public void Identity_ThatIsDamaged_IsNotMadeUpAnew()
    {
        using var files = new TestKit.TemporaryDirectory();
        var options = new AgentOptions { WorkDirectory = files.Root };
        _ = Open(options);
        files.Write("meta/agent.json", "{\"agentId\":");

        MesosDockerException e = Assert.Throws<MesosDockerException>(() => Open(options));

        Assert.Equal(Fault.StateUnusable, e.Fault);
        Assert.Contains("agent.json", e.Message);
    }

    [Fact]
    public void Memory_IsNobodyElsesToRead()
    {
        using var files = new TestKit.TemporaryDirectory();
        _ = Open(new AgentOptions { WorkDirectory = files.Root });

        const UnixFileMode Ours = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(Ours, File.GetUnixFileMode(files.PathOf("meta")));
        Assert.Equal(Ours, File.GetUnixFileMode(files.PathOf("meta", "runs")));
    }

    private static AgentIdentity Open(AgentOptions options)
    {
        using AgentHome home = AgentHome.Open(options);
        return home.Identity;
    }
}
