using System.Net;
using MesosDocker.Local;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests;

public sealed class LocalOptionsTests
{
    [Fact]
    public void Parse_TakesEverything_InBothForms()
    {
        LocalOptions options = LocalOptions.Parse(
        [
            "--listen", "127.0.0.1:9000", "--agent-port=5099", "--work-dir", "/tmp/x/", "--cpus", "1.5", "--memory=2048", "--disk", "100",
            "--ports", "31000-31100,40000-40000", "--attribute", "rack:a:b", "--attribute=disk:ssd", "--hostname", "here", "--hook", "/bin/true",
            "--config", "/etc/x.cfg", "--no-token",
        ]);

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 9000), options.Listen);
        Assert.Equal(5099, options.AgentPort);
        Assert.Equal("/tmp/x", options.WorkDirectory);
        Assert.Equal((1.5m, 2048m, 100m), (options.Cpus, options.Memory, options.Disk));
        Assert.Equal([new PortRange(31000, 31100), new PortRange(40000, 40000)], options.Ports);
        Assert.Equal("a:b", options.Attributes["rack"]);
        Assert.Equal("ssd", options.Attributes["disk"]);
        Assert.Equal(("here", "/bin/true", "/etc/x.cfg", true), (options.Hostname, options.Hook, options.Configuration, options.NoToken));
    }

    [Fact]
    public void Parse_ListensOnTheLoopback_WhenNothingIsSaid()
    {
        LocalOptions options = LocalOptions.Parse([]);

        Assert.Equal("127.0.0.1:8080", options.Listen.ToString());
        Assert.Equal("/var/lib/mesos-docker/local", options.WorkDirectory);
        Assert.False(options.NoToken);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("word")]
    [InlineData("--listen")]
    [InlineData("--listen", "8080")]
    [InlineData("--listen", "name:8080")]
    [InlineData("--listen", "127.0.0.1:99999")]
    [InlineData("--ports", "5-1")]
    [InlineData("--ports", "0-10")]
    [InlineData("--ports", "")]
    [InlineData("--cpus", "-1")]
    [InlineData("--cpus", "1e5")]
    [InlineData("--memory", "1g")]
    [InlineData("--agent-port", "0")]
    [InlineData("--attribute", "rack")]
    [InlineData("--work-dir", "")]
    [InlineData("--tls-certificate", "/x")]
    [InlineData("--listen", "0.0.0.0:8080")]
    [InlineData("--listen", "0.0.0.0:8080", "--credentials", "/c")]
    [InlineData("--listen", "0.0.0.0:8080", "--tls-certificate", "/c", "--tls-key", "/k", "--no-token")]
    public void Parse_Refuses(params string[] words)
        => Assert.Equal(Fault.UsageInvalid, Assert.Throws<MesosDockerException>(() => LocalOptions.Parse(words)).Fault);

    [Fact]
    public void Parse_ListensToOthers_WithTlsAndSomethingToShow()
    {
        string[] open = ["--listen", "[::]:8443", "--tls-certificate", "/c", "--tls-key", "/k"];

        Assert.Equal(IPAddress.IPv6Any, LocalOptions.Parse(open).Listen.Address);
        Assert.Equal("/u", LocalOptions.Parse([.. open, "--no-token", "--credentials", "/u"]).Credentials);
    }

    [Fact]
    public void WorkDirectory_SaysWhoHasIt()
    {
        using var directory = new TemporaryDirectory();
        string root = directory.PathOf("work");
        using WorkDirectory held = WorkDirectory.Take(root);

        MesosDockerException refused = Assert.Throws<MesosDockerException>(() => WorkDirectory.Take(root));

        Assert.Equal(Fault.DirectoryInUse, refused.Fault);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(root));
    }

    [Fact]
    public void WorkDirectory_GoesWithEverything_ButNotWithWhatIsLinked()
    {
        using var directory = new TemporaryDirectory();
        string root = directory.PathOf("work");
        string outside = directory.Write("outside/file", "stays");
        using WorkDirectory held = WorkDirectory.Take(root);
        Directory.CreateDirectory(Path.Combine(root, "agent", "deep"));
        Directory.CreateSymbolicLink(Path.Combine(root, "cluster"), directory.PathOf("outside"));
        Directory.CreateSymbolicLink(Path.Combine(root, "agent", "deep", "link"), directory.PathOf("outside"));

        held.Remove();

        Assert.False(Directory.Exists(root));
        Assert.True(File.Exists(outside));
    }
}
