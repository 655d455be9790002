using System.Text;
using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;

namespace MesosDocker.Server.Tests.Agent;

/// <summary>Definitions as people write them, and what an agent's containerizer gets of them.</summary>
public sealed class TaskTranslationTests
{
    private static readonly PersistentVolumes s_volumes = new("/work/volumes");

    [Fact]
    public void Task_IsNamed_AsHostsAre()
    {
        TaskInfo task = Of("""{"id": "/shop/backend/web", "cmd": "x", "labels": {"a": "1"}, "taskKillGracePeriodSeconds": 7}""");

        Assert.Equal(("web.backend.shop", "t.1"), (task.Name, task.TaskId));
        Assert.Equal([new Label("a", "1")], task.Labels);
        Assert.Equal(TimeSpan.FromSeconds(7), task.KillGrace);
    }

    [Fact]
    public void Resources_AreThoseAskedFor_WithThePortsGiven()
    {
        TaskInfo task = Of("""{"id": "/a", "cmd": "x", "cpus": 0.1, "mem": 33.5, "disk": 10, "gpus": 1}""", 31001, 31009);

        Assert.Equal((0.1m, 33.5m, 10m, 1m), (task.Resources.Cpus, task.Resources.Memory, task.Resources.Disk, task.Resources.Gpus));
        Assert.Equal([31001, 31009], task.Resources.PortNumbers);
        Mesos.Resources plain = Of("""{"id": "/a", "cmd": "x"}""").Resources;
        Assert.Equal((1m, 128m, null, null), (plain.Cpus, plain.Memory, plain.Disk, plain.Gpus));
    }

    [Fact]
    public void Command_IsALineForTheShell()
    {
        CommandInfo command = Of("""{"id": "/a", "cmd": "echo $HOME"}""").Command!;

        Assert.Equal((true, "echo $HOME"), (command.Shell, command.Value));
        Assert.Empty(command.Arguments);
    }

    [Fact]
    public void Arguments_WithAnImage_AreItsEntryPoints()
    {
        CommandInfo command = Of("""{"id": "/a", "args": ["-v", "x y"], "container": {"docker": {"image": "i"}}}""").Command!;

        Assert.Equal((false, null), (command.Shell, command.Value));
        Assert.Equal(["-v", "x y"], command.Arguments);
    }

    [Fact]
    public void Arguments_WithoutAContainer_BeginWithTheProgram()
    {
        CommandInfo command = Of("""{"id": "/a", "args": ["sleep", "5"]}""").Command!;

        Assert.Equal((false, "sleep"), (command.Shell, command.Value));
        Assert.Equal(["sleep", "5"], command.Arguments);
    }

    [Fact]
    public void NoCommand_IsTheImagesOwn()
    {
        CommandInfo command = Of("""{"id": "/a", "container": {"docker": {"image": "i"}}}""").Command!;

        Assert.Equal((false, null), (command.Shell, command.Value));
        Assert.Empty(command.Arguments);
    }

    [Fact]
    public void Fetch_AndUser_AreTheCommands()
    {
        CommandInfo command = Of("""
            {"id": "/a", "cmd": "x", "user": "nobody", "fetch": [
              {"uri": "http://x/a.tgz"},
              {"uri": "http://x/b", "extract": false, "executable": true, "cache": true, "destPath": "bin/b"}]}
            """).Command!;

        Assert.Equal("nobody", command.User);
        Assert.Equal(
            [
                new CommandUri { Value = "http://x/a.tgz" },
                new CommandUri { Value = "http://x/b", Extract = false, Executable = true, Cache = true, OutputFile = "bin/b" },
            ],
            command.Uris);
    }

    [Fact]
    public void Uris_OfOlderApps_AreUnpackedByTheirNames()
    {
        CommandInfo command = Of("""{"id": "/a", "cmd": "x", "uris": ["http://x/a.tgz", "http://x/b.txt"]}""").Command!;

        Assert.Equal([true, false], command.Uris.Select(static uri => uri.Extract));
    }

    [Fact]
    public void PlainCommand_HasNoContainer()
    {
        TaskInfo task = Of("""{"id": "/a", "cmd": "x"}""", 31001);

        Assert.Null(task.Container);
        Assert.Null(task.Command!.Container);
    }

    [Theory]
    [InlineData("""[{"mode": "host"}]""", DockerNetwork.Host, null)]
    [InlineData("""[{"mode": "container/bridge"}]""", DockerNetwork.Bridge, null)]
    [InlineData("""[{"mode": "container", "name": "dcos"}]""", DockerNetwork.User, "dcos")]
    public void Networks_AreTheEngines(string networks, DockerNetwork expected, string? name)
    {
        ContainerInfo container = Of($$$"""{"id": "/a", "container": {"docker": {"image": "i"}}, "networks": {{{networks}}} }""").Container!;

        Assert.Equal((expected, name), (container.Docker!.Network, container.NetworkName));
    }

    [Fact]
    public void Mappings_ArePaired_WithBothProtocols_AndWithoutThoseThatLeadNowhere()
    {
        ContainerInfo container = Of(
            """
            {"id": "/a", "networks": [{"mode": "container", "name": "n"}], "container": {"docker": {"image": "i"}, "portMappings": [
              {"containerPort": 80, "hostPort": 0},
              {"containerPort": 8125},
              {"containerPort": 53, "hostPort": 0, "protocol": "udp,tcp"},
              {"containerPort": 0, "hostPort": 0, "protocol": "udp"}]}}
            """,
            31001,
            31002,
            31003).Container!;

        Assert.Equal(["31001:80/tcp", "31002:53/udp", "31002:53/tcp", "31003:31003/udp"], container.Docker!.PortMappings.Select(static m => m.ToString()));
    }

    [Fact]
    public void OlderSpelling_OfABridge_IsTheSame()
    {
        ContainerInfo container = Of(
            """{"id": "/a", "container": {"type": "DOCKER", "docker": {"image": "i", "network": "BRIDGE", "portMappings": [{"containerPort": 80, "hostPort": 0}]}}}""",
            31001).Container!;

        Assert.Equal(DockerNetwork.Bridge, container.Docker!.Network);
        Assert.Equal("31001:80/tcp", Assert.Single(container.Docker.PortMappings).ToString());
    }

    [Fact]
    public void DockersSwitches_ArePassedOn_AndTheTaskIsALabel()
    {
        DockerInfo docker = Of("""
            {"id": "/a", "resourceLimits": {"cpus": 1.5, "mem": 256}, "container": {"docker": {
              "image": "reg:5000/a/b:1", "privileged": true, "forcePullImage": true, "parameters": [{"key": "hostname", "value": "h"}]}}}
            """).Container!.Docker!;

        Assert.Equal(("reg:5000/a/b:1", true, true), (docker.Image, docker.Privileged, docker.ForcePullImage));
        Assert.Equal(
            ["hostname=h", "memory=256m", "cpu-period=100000", "cpu-quota=150000", "label=MESOS_TASK_ID=t.1"],
            docker.Parameters.Select(static p => $"{p.Key}={p.Value}"));
    }

    [Fact]
    public void UnlimitedMemory_HasNoLimit()
        => Assert.Contains(
            new Parameter("memory", "0"),
            Of("""{"id": "/a", "resourceLimits": {"mem": "unlimited", "cpus": "unlimited"}, "container": {"docker": {"image": "i"}}}""").Container!.Docker!.Parameters);

    [Fact]
    public void MesosContainerizersImage_RunsOnTheEngine_AndNoneIsTheDefault()
    {
        ContainerInfo image = Of("""{"id": "/a", "container": {"type": "MESOS", "docker": {"image": "i"}}}""").Container!;
        ContainerInfo none = Of("""{"id": "/a", "cmd": "x", "container": {"type": "MESOS", "volumes": [{"containerPath": "/x", "hostPath": "/y", "mode": "RO"}]}}""").Container!;

        Assert.Equal((ContainerType.Docker, "i"), (image.Type, image.Docker!.Image));
        Assert.Equal((ContainerType.Docker, ""), (none.Type, none.Docker!.Image));
        Assert.Equal("/y:/x:ro", Assert.Single(none.Volumes).ToString());
    }

    [Fact]
    public void Volumes_OfTheHost_OfADriver_AndOfTheInstance()
    {
        ContainerInfo container = Of("""
            {"id": "/a", "container": {"docker": {"image": "i"}, "volumes": [
              {"containerPath": "/a", "hostPath": "/b", "mode": "RW"},
              {"containerPath": "data/x", "mode": "RW", "persistent": {"size": 10}},
              {"containerPath": "/c", "mode": "RO", "external": {"name": "vol", "provider": "dvdi", "options": {"dvdi/driver": "rexray"}}}]}}
            """).Container!;

        Assert.Equal(
            [
                new Mesos.Volume { ContainerPath = "/a", HostPath = "/b" },
                new Mesos.Volume { ContainerPath = "data/x", HostPath = "/work/volumes/t.1/v-data_x" },
                new Mesos.Volume { ContainerPath = "/c", HostPath = "vol", Driver = "rexray", ReadOnly = true },
            ],
            container.Volumes);
    }

    [Theory]
    [InlineData("""{"containerPath": "/a", "secret": "s"}""", "secret store")]
    [InlineData("""{"containerPath": "/a", "mode": "RW", "external": {"name": "v", "provider": "csi", "options": {}}}""", "/a")]
    public void Volumes_ThatCannotBe_AreRefused(string volume, string word)
    {
        MesosDockerException e = Assert.Throws<MesosDockerException>(
            () => Of($$$"""{"id": "/a", "container": {"docker": {"image": "i"}, "volumes": [{{{volume}}}]}}"""));

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.Contains(word, e.Message);
    }

    [Fact]
    public void PersistentVolume_StaysWithTheInstance()
    {
        Assert.Equal(s_volumes.PathOf("a.instance-1._app.1", "/x"), s_volumes.PathOf("a.instance-1._app.2", "x"));
        Assert.NotEqual(s_volumes.PathOf("a.instance-1._app.1", "x"), s_volumes.PathOf("a.instance-2._app.1", "x"));
        Assert.Equal("/work/volumes/i/v-.._.._etc", s_volumes.PathOf("i", "../../etc"));
    }

    [Fact]
    public void OldContainerMessage_IsLeftToTheContainerizer()
    {
        TaskInfo task = Of("""{"id": "marketing", "container": {"image": "docker:///registry.int/marketing:latest", "options": ["-v", "/srv:/srv"]}, "cmd": "start.sh"}""");

        Assert.Null(task.Container);
        Assert.Equal("docker:///registry.int/marketing:latest", task.Command!.Container!.Image);
        Assert.Equal(["-v", "/srv:/srv"], task.Command.Container.Options);
        Assert.Equal("start.sh", task.Command.Value);
    }

    [Fact]
    public void CommandHealthCheck_HasItsTimes()
    {
        Mesos.HealthCheck check = Of("""
            {"id": "/a", "cmd": "x", "healthChecks": [{"protocol": "HTTP", "path": "/"}, {"protocol": "COMMAND", "command": {"value": "test 1"},
              "delaySeconds": 1, "intervalSeconds": 2, "timeoutSeconds": 3, "gracePeriodSeconds": 4, "maxConsecutiveFailures": 5}]}
            """).HealthCheck!;

        Assert.Equal("test 1", check.Command!.Value);
        Assert.Equal(
            (1, 2, 3, 4, 5),
            (check.Delay.TotalSeconds, check.Interval.TotalSeconds, check.Timeout.TotalSeconds, check.GracePeriod.TotalSeconds, check.ConsecutiveFailures));
    }

    [Theory]
    [InlineData("""{"protocol": "MESOS_HTTP", "path": "/up", "portIndex": 0}""", "http 31001 /up")]
    [InlineData("""{"protocol": "MESOS_HTTPS", "portIndex": 1}""", "https 31002 /")]
    [InlineData("""{"protocol": "MESOS_HTTP", "port": 99}""", "http 99 /")]
    [InlineData("""{"protocol": "MESOS_TCP", "portIndex": 1}""", "tcp 31002")]
    [InlineData("""{"protocol": "MESOS_TCP", "portIndex": 9}""", "none")]
    [InlineData("""{"protocol": "HTTP", "path": "/", "portIndex": 0}""", "none")]
    public void ProbesOfTheAgent_AreOfThePort(string check, string expected)
    {
        Mesos.HealthCheck? made = Of(
            $$"""{"id": "/a", "cmd": "x", "portDefinitions": [{"port": 10000}, {"port": 10001}], "healthChecks": [{{check}}]}""", 31001, 31002).HealthCheck;

        Assert.Equal(expected, made switch
        {
            { Http: { } http } => $"{http.Scheme} {http.Port} {http.Path}",
            { Tcp: { } tcp } => $"tcp {tcp.Port}",
            _ => "none",
        });
    }

    [Fact]
    public void ProbesOfTheAgent_AreOfTheContainersPort_WhereItHasANetworkOfItsOwn()
    {
        Mesos.HealthCheck made = Of(
            """
            {"id": "/a", "networks": [{"mode": "container/bridge"}], "healthChecks": [{"protocol": "MESOS_TCP", "portIndex": 0}],
             "container": {"docker": {"image": "i"}, "portMappings": [{"containerPort": 8080}]}}
            """,
            31001).HealthCheck!;

        Assert.Equal(8080, made.Tcp!.Port);
    }

    [Fact]
    public void Launch_IsWhatARealAgentSends()
    {
        // The frame of a real agent, for the same task.
        byte[] recorded = File.ReadAllBytes(TestKit.TestData.PathOf("ecp", "command-task", "0001-launch", "request.frame"));
        Launch real = MesosCodec.DecodeLaunch(recorded.AsSpan(sizeof(uint)));
        AgentTask task = new("t", Read("""{"id": "/t", "cmd": "echo hi; sleep 3", "cpus": 0.1, "mem": 32, "portDefinitions": []}"""), [], real.Executor!.FrameworkId!);
        TaskInfo translated = TaskTranslation.TaskOf(task, "node1", s_volumes) with { Command = real.Task!.Command };
        ExecutorInfo executor = TaskTranslation.ExecutorOf(task, translated, "/opt/mesos/libexec/mesos");

        Assert.Equal(MesosCodec.EncodeLaunch(real), MesosCodec.EncodeLaunch(real with { Task = translated, Executor = executor }));
        Assert.True(TaskTranslation.IsCommandTask(executor, translated));
    }

    [Fact]
    public void OwnExecutor_GetsTheCommand_AndItsResources()
    {
        AgentTask task = new("t.1", Read("""{"id": "/a", "cmd": "one two", "executor": "/opt/ex", "executorResources": {"cpus": 0.5, "mem": 10}}"""), [], "F");
        TaskInfo translated = TaskTranslation.TaskOf(task, "node1", s_volumes);

        ExecutorInfo executor = TaskTranslation.ExecutorOf(task, translated, "/libexec");

        Assert.Equal("marathon-t.1", executor.ExecutorId);
        Assert.Equal("chmod ug+rx '/opt/ex' && exec '/opt/ex' one two", executor.Command!.Value);
        Assert.Equal((1.5m, 138m), (executor.Resources.Cpus, executor.Resources.Memory));
        Assert.False(TaskTranslation.IsCommandTask(executor, translated));
    }

    private static App Read(string json) => App.FromJson(Encoding.UTF8.GetBytes(json));

    private static TaskInfo Of(string json, params int[] ports) => TaskTranslation.TaskOf(new AgentTask("t.1", Read(json), [.. ports], "F"), "node1", s_volumes);
}
