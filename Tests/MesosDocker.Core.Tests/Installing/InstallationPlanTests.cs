using System.Text;
using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Installing;

public sealed class InstallationPlanTests
{
    private const string Containerizers = "/etc/mesos-slave/containerizers";
    private const string Program = "/etc/mesos-slave/containerizer_path";
    private const string Timeout = "/etc/mesos-slave/executor_registration_timeout";
    private const string Variables = "/etc/default/mesos-slave";
    private const string DropIn = "/etc/systemd/system/mesos-slave.service.d/mesos-docker.conf";

    [Fact]
    public void Create_PlansEveryFileWithItsReason_OnAFreshAgent()
    {
        InstallationPlan plan = new FakeMachine().Plan();

        Assert.Equal(["/usr/local/bin/mesos-docker", "/usr/local/bin/mesos-docker-executor", Program, Containerizers, Timeout, Variables, DropIn], plan.Files.Select(static file => file.Path));
        Assert.All(plan.Files, static file => Assert.EndsWith(".", file.Reason, StringComparison.Ordinal));
        Assert.All(plan.Files, static file => Assert.False(file.IsRight));
        Assert.Equal("/usr/local/bin/mesos-docker\n", After(plan, Program));
        Assert.Equal("external\n", After(plan, Containerizers));
        Assert.Equal("5mins\n", After(plan, Timeout));
        Assert.Contains("\nKillMode=process\n", After(plan, DropIn), StringComparison.Ordinal);
        Assert.Contains(plan.Notes, static note => note.Contains("systemctl daemon-reload && systemctl restart mesos-slave", StringComparison.Ordinal));
    }

    [Fact]
    public void Create_SaysThatTheExecutorIsMissing_WhereItIsNotAtHand()
    {
        InstallationPlan plan = new FakeMachine { Executor = null }.Plan();

        Assert.DoesNotContain(plan.Files, static file => file.Path.EndsWith("executor", StringComparison.Ordinal));
        Assert.Contains(plan.Notes, static note => note.StartsWith("'mesos-docker-executor' does not lie beside this program", StringComparison.Ordinal));
    }

    [Fact]
    public void Create_ChangesNothing_WhenAllIsThere()
    {
        InstallationPlan plan = new FakeMachine().Install().Plan();

        Assert.All(plan.Files, static file => Assert.True(file.IsRight));
        Assert.Equal(["All of it is there already; there is nothing to change."], plan.Notes);
    }

    [Theory]
    [InlineData("docker,mesos", "external\n")]
    [InlineData("docker,external\n", "external\n")]
    [InlineData("", "external\n")]
    [InlineData("externals", "external\n")]
    [InlineData("external", "external")]
    [InlineData("external\n\n", "external\n\n")]
    [InlineData("external,docker,mesos\n", "external,docker,mesos\n")]
    public void Create_LeavesContainerizersThatGiveUsEverything_AndChangesOthers(string before, string after)
        => Assert.Equal(after, After(new FakeMachine { Files = { [Containerizers] = before } }.Plan(), Containerizers));

    [Theory]
    [InlineData("/usr/local/bin/deimos\n", "/usr/local/bin/mesos-docker\n")]
    [InlineData("/usr/local/bin/mesos-docker-2\n", "/usr/local/bin/mesos-docker\n")]
    [InlineData("/usr/local/bin/mesos-docker --config '/etc/a b.cfg'\n", "/usr/local/bin/mesos-docker --config '/etc/a b.cfg'\n")]
    public void Create_KeepsOptionsThatSomebodyGaveTheProgram(string before, string after)
        => Assert.Equal(after, After(new FakeMachine { Files = { [Program] = before } }.Plan(), Program));

    [Fact]
    public void Create_KeepsARegistrationTimeout_WhereverItIsSet()
    {
        Assert.Equal("2hrs", After(new FakeMachine { Files = { [Timeout] = "2hrs" } }.Plan(), Timeout));

        var inVariables = new FakeMachine { Files = { ["/etc/default/mesos"] = "export MESOS_EXECUTOR_REGISTRATION_TIMEOUT=2hrs\n" } };
        Assert.DoesNotContain(inVariables.Plan().Files, static file => file.Path == Timeout);
    }

    [Theory]
    [InlineData("MASTER=`cat /etc/mesos/zk`", "LIBPROCESS_NUM_WORKER_THREADS=256")]
    [InlineData("LIBPROCESS_NUM_WORKER_THREADS=16\n", "LIBPROCESS_NUM_WORKER_THREADS=256")]
    [InlineData("LIBPROCESS_NUM_WORKER_THREADS=many\n", "LIBPROCESS_NUM_WORKER_THREADS=256")]
    [InlineData("LIBPROCESS_NUM_WORKER_THREADS=512\n", "LIBPROCESS_NUM_WORKER_THREADS=512")]
    public void Create_RaisesTheWorkerThreads_AndNeverLowersThem(string before, string expected)
        => Assert.Contains(expected, After(new FakeMachine { Files = { [Variables] = before } }.Plan(), Variables).Split('\n'));

    [Fact]
    public void Create_NeedsNoFileOfItsOwn_WhenTheSharedOneHasThreadsEnough()
    {
        var machine = new FakeMachine { Files = { ["/etc/default/mesos"] = "LIBPROCESS_NUM_WORKER_THREADS=\"1024\"\n" } };

        Assert.DoesNotContain(machine.Plan().Files, static file => file.Path == Variables);
    }

    [Fact]
    public void Create_KeepsBytesThatAreNoText()
    {
        PlannedFile file = new FakeMachine { Files = { [Variables] = "A=\u00ff\u0080\n" } }.Plan().Files.Single(static file => file.Path == Variables);

        Assert.Equal(file.Before, file.After![..file.Before!.Length]);
    }

    [Fact]
    public void Create_UsesIsolation_BeforeThereWereContainerizers()
    {
        InstallationPlan plan = new FakeMachine { Version = new Version(0, 19, 1), Files = { ["/etc/mesos-slave/isolation"] = "cgroups/cpu" } }.Plan();

        Assert.Equal("external\n", After(plan, "/etc/mesos-slave/isolation"));
        Assert.DoesNotContain(plan.Files, static file => file.Path == Containerizers);
    }

    [Fact]
    public void Create_MakesNoDropIn_WithoutSystemd()
    {
        InstallationPlan plan = new FakeMachine { WithUnit = [] }.Plan();

        Assert.DoesNotContain(plan.Files, static file => file.Path == DropIn);
        Assert.Contains(plan.Notes, static note => note.EndsWith(": service mesos-slave restart", StringComparison.Ordinal));
    }

    [Fact]
    public void Create_ConfiguresAgentsByBothNames()
    {
        string[] paths = [.. new FakeMachine { Agents = [FakeMachine.Slave, FakeMachine.Agent], WithUnit = [FakeMachine.Agent] }.Plan().Files.Select(static file => file.Path)];

        Assert.Contains("/etc/mesos-agent/containerizers", paths);
        Assert.Contains("/etc/default/mesos-agent", paths);
        Assert.Contains("/etc/systemd/system/mesos-agent.service.d/mesos-docker.conf", paths);
        Assert.Contains(Containerizers, paths);
        Assert.Equal(paths.Length, paths.Distinct().Count());
    }

    [Fact]
    public void Create_SaysNothingOfARestart_WhenOnlyTheProgramIsNew()
    {
        FakeMachine machine = new FakeMachine().Install();
        machine.Files["/usr/local/bin/mesos-docker"] = "an older program";

        Assert.Equal(["The agent need not be restarted: its next call runs the new program."], machine.Plan().Notes);
    }

    [Fact]
    public void Create_SaysNothingOfARestart_ForAnImage()
        => Assert.Empty(new FakeMachine { IsThisMachine = false }.Plan().Notes);

    [Fact]
    public void Create_SaysThatThreadsStayFew_BeforeTheyCouldBeRaised()
        => Assert.Contains(new FakeMachine { Version = new Version(0, 28, 2) }.Plan().Notes, static note => note.Contains("0.28.2", StringComparison.Ordinal));

    [Fact]
    public void Create_SaysWhichReleasesItNeeds_WhenItCannotTell()
        => Assert.Contains(new FakeMachine { Version = null }.Plan().Notes, static note => note.Contains("0.19 to 1.0", StringComparison.Ordinal));

    [Theory]
    [InlineData("1.1.0", Fault.AgentTooNew)]
    [InlineData("1.11.0", Fault.AgentTooNew)]
    [InlineData("0.18.2", Fault.AgentTooOld)]
    public void Create_RefusesReleasesWithoutAnExternalContainerizer(string version, Fault fault)
    {
        var e = Assert.Throws<MesosDockerException>(() => new FakeMachine { Version = Version.Parse(version) }.Plan());

        Assert.Equal(fault, e.Fault);
        Assert.Contains(version, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_SaysWhichFlagsToGiveByHand_WithoutAPackage()
    {
        var e = Assert.Throws<MesosDockerException>(() => new FakeMachine { Agents = [] }.Plan());

        Assert.Equal(Fault.AgentNotFound, e.Fault);
        Assert.All(
            ["/etc/mesos-slave", "/etc/mesos-agent", "--containerizers=external", "--containerizer_path=", "LIBPROCESS_NUM_WORKER_THREADS=", "KillMode=process"],
            words => Assert.Contains(words, e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Create_RefusesAContainerLogger_WithWhichTheAgentWouldNotStart()
    {
        var e = Assert.Throws<MesosDockerException>(() => new FakeMachine { Files = { ["/etc/mesos-slave/container_logger"] = "x" } }.Plan());

        Assert.Equal(Fault.ConfigurationInvalid, e.Fault);
        Assert.Contains("/etc/mesos-slave/container_logger", e.Message, StringComparison.Ordinal);
    }

    private static string After(InstallationPlan plan, string path)
        => Encoding.Latin1.GetString(plan.Files.Single(file => file.Path == path).After!);
}
