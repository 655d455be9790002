using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using PortMapping = MesosDocker.Marathon.PortMapping;

namespace MesosDocker.Server.Tests.Agent;

/// <summary>Against what Marathon's own tests of its environment say (EnvironmentHelperTest, TaskBuilderTest).</summary>
public sealed class TaskEnvironmentTests
{
    private static readonly App s_app = new() { Id = "/shop/web", Version = "2026-01-02T03:04:05.678Z" };

    [Fact]
    public void Context_IsMarathons()
    {
        App app = s_app with { Cpus = 0.25, Mem = 64, Disk = 1.5, Gpus = 2, Container = new Container { Type = "DOCKER", Docker = new DockerContainer { Image = "nginx:1" } } };

        Dictionary<string, string> variables = Of(app);

        Assert.Equal("task.1", variables["MESOS_TASK_ID"]);
        Assert.Equal("/shop/web", variables["MARATHON_APP_ID"]);
        Assert.Equal("2026-01-02T03:04:05.678Z", variables["MARATHON_APP_VERSION"]);
        Assert.Equal("nginx:1", variables["MARATHON_APP_DOCKER_IMAGE"]);
        Assert.Equal("0.25", variables["MARATHON_APP_RESOURCE_CPUS"]);
        Assert.Equal("64.0", variables["MARATHON_APP_RESOURCE_MEM"]);
        Assert.Equal("1.5", variables["MARATHON_APP_RESOURCE_DISK"]);
        Assert.Equal("2", variables["MARATHON_APP_RESOURCE_GPUS"]);
        Assert.Equal("FALSE", variables["MARATHON_APP_ENFORCE_GROUP_ROLE"]);
        Assert.Equal("node1", variables["HOST"]);
    }

    [Fact]
    public void Context_HasDefaults_AndNoImageWithoutOne()
    {
        Dictionary<string, string> variables = Of(s_app);

        Assert.Equal("1.0", variables["MARATHON_APP_RESOURCE_CPUS"]);
        Assert.Equal("128.0", variables["MARATHON_APP_RESOURCE_MEM"]);
        Assert.Equal("0.0", variables["MARATHON_APP_RESOURCE_DISK"]);
        Assert.Equal("0", variables["MARATHON_APP_RESOURCE_GPUS"]);
        Assert.False(variables.ContainsKey("MARATHON_APP_DOCKER_IMAGE"));
        Assert.Equal("", variables["MARATHON_APP_LABELS"]);
    }

    [Fact]
    public void Labels_AreVariables_UnlessTheyAreTooLong()
    {
        App app = s_app with
        {
            Labels = new Dictionary<string, string>
            {
                ["HAPROXY_0_VHOST"] = "web.example",
                ["my.label-with/signs"] = "v",
                ["long"] = new string('x', 512),
                [new string('k', 493)] = "v",
                ["almost"] = new string('x', 511),
            },
        };

        Dictionary<string, string> variables = Of(app);

        Assert.Equal("HAPROXY_0_VHOST MY_LABEL_WITH_SIGNS ALMOST", variables["MARATHON_APP_LABELS"]);
        Assert.Equal("web.example", variables["MARATHON_APP_LABEL_HAPROXY_0_VHOST"]);
        Assert.Equal("v", variables["MARATHON_APP_LABEL_MY_LABEL_WITH_SIGNS"]);
        Assert.DoesNotContain(variables.Keys, static name => name.Contains("LONG") || name.Contains("KKK"));
    }

    [Fact]
    public void Ports_OfTheHost_AreNumberedNamedAndListed()
    {
        App app = s_app with
        {
            PortDefinitions = [new PortDefinition { Port = 10000, Name = "http" }, new PortDefinition { Port = 0, Name = "http-admin" }],
        };

        Dictionary<string, string> variables = Of(app, 31005, 31006);

        Assert.Equal(("31005", "31005", "31006", "31005,31006"), (variables["PORT"], variables["PORT0"], variables["PORT1"], variables["PORTS"]));
        Assert.Equal(("31005", "31006"), (variables["PORT_10000"], variables["PORT_31006"]));
        Assert.Equal(("31005", "31006"), (variables["PORT_HTTP"], variables["PORT_HTTP-ADMIN"]));
    }

    [Fact]
    public void Ports_OfMappings_AreCalledByTheContainersPort()
    {
        App app = Mapped(
            new PortMapping { ContainerPort = 80, HostPort = 0, Name = "web" },
            new PortMapping { ContainerPort = 0, HostPort = 0 },
            new PortMapping { ContainerPort = 9000, Name = "inner" });

        Dictionary<string, string> variables = Of(app, 31005, 31006);

        Assert.Equal(("31005", "31006", "9000"), (variables["PORT0"], variables["PORT1"], variables["PORT2"]));
        Assert.Equal(("31005", "31006", "9000"), (variables["PORT_80"], variables["PORT_31006"], variables["PORT_9000"]));
        Assert.Equal(("31005", "9000"), (variables["PORT_WEB"], variables["PORT_INNER"]));
        Assert.Equal(("31005", "31005,31006"), (variables["PORT"], variables["PORTS"]));
    }

    [Fact]
    public void Ports_ThatAreAny_AndLeadNowhere_AreInvented_TheSameEachTime()
    {
        App app = Mapped(new PortMapping { ContainerPort = 0 }, new PortMapping { ContainerPort = 0 });

        Dictionary<string, string> variables = Of(app);

        int first = int.Parse(variables["PORT0"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(first, 1025, 65535);
        Assert.NotEqual(variables["PORT0"], variables["PORT1"]);
        Assert.Equal(variables["PORT0"], variables[$"PORT_{first}"]);
        Assert.Equal($"{variables["PORT0"]},{variables["PORT1"]}", variables["PORTS"]);
        Assert.Equal(variables["PORT0"], Of(app)["PORT0"]);
    }

    [Fact]
    public void NoPorts_AreNotTold()
        => Assert.DoesNotContain(Of(s_app with { PortDefinitions = [] }).Keys, static name => name.StartsWith("PORT", StringComparison.Ordinal));

    [Fact]
    public void OwnVariables_Win()
    {
        App app = s_app with { Env = new Dictionary<string, EnvironmentValue> { ["HOST"] = "mine", ["PORT0"] = "7", ["EMPTY"] = "", ["MESOS_TASK_ID"] = "x" } };

        Dictionary<string, string> variables = Of(app, 31005);

        Assert.Equal(("mine", "7", "", "x"), (variables["HOST"], variables["PORT0"], variables["EMPTY"], variables["MESOS_TASK_ID"]));
    }

    [Fact]
    public void Secret_IsRefused()
    {
        App app = s_app with { Env = new Dictionary<string, EnvironmentValue> { ["KEY"] = new() { Secret = "s" } } };

        MesosDockerException e = Assert.Throws<MesosDockerException>(() => Of(app));

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.Contains("KEY", e.Message);
    }

    private static App Mapped(params PortMapping[] mappings) => s_app with
    {
        Networks = [new Network { Mode = "container", Name = "net" }],
        Container = new Container { Type = "DOCKER", Docker = new DockerContainer { Image = "nginx:1" }, PortMappings = mappings },
    };

    // Twice the same name would be an exception.
    private static Dictionary<string, string> Of(App app, params int[] given)
    {
        IReadOnlyList<EnvironmentVariable> variables = TaskEnvironment.For(app, "task.1", TaskPorts.Of(app, [.. given], "task.1"), "node1");
        return variables.ToDictionary(static variable => variable.Name, static variable => variable.Value);
    }
}
