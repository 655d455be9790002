using MesosDocker.Docker;
using MesosDocker.Mesos;
using MesosDocker.Pods;

namespace MesosDocker.Core.Tests.Pods;

/// <summary>What the engine has only once is the task's own in its plan; everything else stays what it was.</summary>
public sealed class PodPlanTests
{
    private static readonly string s_pod = Plans.Task().Pod;

    [Fact]
    public void ContainerNames_GetThePodsName_AndAreStillFoundByTheirOwn()
    {
        PodPlan plan = Plans.Of(
            """
            services:
              web: {image: x, container_name: front, networks: [a, b]}
              db: {image: x, container_name: db}
              log: {image: x, container_name: logger, network_mode: none}
            networks: {a: , b: }
            """);

        Assert.Equal($"\"{s_pod}_front\"", Plans.Value(plan, "services/web/container_name"));
        Assert.Equal("""["front"]""", Plans.Value(plan, "services/web/networks/a/aliases"));
        Assert.Equal("""["front"]""", Plans.Value(plan, "services/web/networks/b/aliases"));

        // Its key is a name of it in any case, and without a network there is none.
        Assert.Equal("(none)", Plans.Value(plan, "services/db/networks/default/aliases"));
        Assert.Equal("(none)", Plans.Value(plan, "services/log/networks"));
    }

    [Fact]
    public void ReferencesToContainers_FollowTheirNames_AndStrangersStay()
    {
        PodPlan plan = Plans.Of(
            """
            services:
              base: {image: x, container_name: base-1}
              a: {image: x, network_mode: 'container:base-1', pid: 'container:base-1', ipc: 'container:base-1'}
              b: {image: x, volumes_from: ['container:base-1:ro', 'container:other', base], external_links: ['base-1:b', 'other:o', 'base-1']}
              c: {image: x, network_mode: 'container:other'}
            """);

        Assert.Equal($"\"container:{s_pod}_base-1\"", Plans.Value(plan, "services/a/network_mode"));
        Assert.Equal($"\"container:{s_pod}_base-1\"", Plans.Value(plan, "services/a/pid"));
        Assert.Equal($"\"container:{s_pod}_base-1\"", Plans.Value(plan, "services/a/ipc"));
        Assert.Equal($"""["container:{s_pod}_base-1:ro","container:other","base"]""", Plans.Value(plan, "services/b/volumes_from"));
        Assert.Equal($"""["{s_pod}_base-1:b","other:o","{s_pod}_base-1"]""", Plans.Value(plan, "services/b/external_links"));
        Assert.Equal("\"container:other\"", Plans.Value(plan, "services/c/network_mode"));
    }

    [Fact]
    public void ReferencesToServices_Stay_ForSoDoTheKeys()
    {
        PodPlan plan = Plans.Of(
            """
            services:
              base: {image: x, ports: ['80:80']}
              web: {image: x, network_mode: 'service:base', pid: 'service:base', ipc: 'service:base'}
              db: {image: x, links: ['base:b'], depends_on: [base], volumes_from: ['base:ro']}
            """,
            31000);

        Assert.Equal(["base", "web", "db"], plan.Services.Select(static service => service.Name));
        Assert.Equal("\"service:base\"", Plans.Value(plan, "services/web/network_mode"));
        Assert.Equal("\"service:base\"", Plans.Value(plan, "services/web/pid"));
        Assert.Equal("\"service:base\"", Plans.Value(plan, "services/web/ipc"));
        Assert.Equal("""["base:b"]""", Plans.Value(plan, "services/db/links"));
        Assert.Equal("""["base:ro"]""", Plans.Value(plan, "services/db/volumes_from"));
        Assert.Equal("""{"condition":"service_started"}""", Plans.Value(plan, "services/db/depends_on/base"));
        Assert.Equal(["base"], plan.Find("web")!.DependsOn);
    }

    [Fact]
    public void Labels_AreTheTasks_AndTheExecutors()
    {
        PodTask task = Plans.Task() with
        {
            Labels =
            [
                new Label("team", "blue"), new Label("mesosdocker.pod.kind", "batch"), new Label("com.docker.compose.project", "x"),
                new Label("org.apache.aurora.metadata.mesosdocker.pod.files", "xyz"), new Label("money", "$1"),
            ],
        };
        PodPlan plan = Plans.Of("services: {web: {image: x, labels: {own: '1', team: red}}}", task);

        Assert.Equal(
            """
            {"own":"1","team":"blue","money":"$$1","mesosdocker.pod":"POD","mesosdocker.run":"r1","taskId":"shop_web.instance-1","mesosdocker.task":"shop_web.instance-1","executorId":"marathon-shop_web.instance-1","mesosdocker.executor":"marathon-shop_web.instance-1","mesosdocker.framework":"F","mesosdocker.sandbox":"/sandbox"}
            """.Replace("POD", task.Pod, StringComparison.Ordinal),
            Plans.Value(plan, "services/web/labels"));
    }

    [Fact]
    public void NetworksAndVolumes_AreMarked_NamedAnew_AndExternalOnesLeftAlone()
    {
        PodPlan plan = Plans.Of(
            """
            services: {web: {image: x, networks: [default, named, theirs], volumes: ['data:/a', 'shared:/b', 'out:/c']}}
            networks:
              named: {name: my-net}
              theirs: {external: true, name: corp}
            volumes:
              data:
              shared: {name: my-data, labels: {keep: 'no'}}
              out: {external: true}
            """);
        string marks = $$"""{"mesosdocker.pod":"{{s_pod}}","mesosdocker.run":"r1"}""";

        Assert.Equal(marks, Plans.Value(plan, "networks/default/labels"));
        Assert.Equal($"\"{s_pod}_my-net\"", Plans.Value(plan, "networks/named/name"));
        Assert.Equal(marks, Plans.Value(plan, "networks/named/labels"));
        Assert.Equal("(none)", Plans.Value(plan, "networks/theirs/labels"));
        Assert.Equal("\"corp\"", Plans.Value(plan, "networks/theirs/name"));
        Assert.Equal(marks, Plans.Value(plan, "volumes/data/labels"));
        Assert.Equal($"\"{s_pod}_my-data\"", Plans.Value(plan, "volumes/shared/name"));
        Assert.Equal("\"no\"", Plans.Value(plan, "volumes/shared/labels/keep"));
        Assert.Equal("(none)", Plans.Value(plan, "volumes/out/labels"));
    }

    [Fact]
    public void NamesOfBridges_AreThePods_AndShortEnough()
    {
        PodPlan plan = Plans.Of("services: {web: {image: x}}\nnetworks: {default: {driver_opts: {com.docker.network.bridge.name: br-shop, mtu: '1400'}}}");

        string name = Plans.Value(plan, "networks/default/driver_opts/com.docker.network.bridge.name").Trim('"');
        Assert.Matches("^md[0-9a-f]{12}$", name);
        Assert.NotEqual(name, PodNames.OfBridge("other", "default"));
        Assert.Equal("\"1400\"", Plans.Value(plan, "networks/default/driver_opts/mtu"));
    }

    [Fact]
    public void Subnets_AreLeftToTheEngine_WhereNobodyHasAFixedAddress()
    {
        PodPlan plan = Plans.Of(
            """
            services: {web: {image: x, networks: {free: , fixed: {ipv4_address: 10.9.0.5}, far: }}}
            networks:
              free: {ipam: {config: [{subnet: 10.8.0.0/24}]}}
              fixed: {ipam: {config: [{subnet: 10.9.0.0/24}]}}
              far: {driver: macvlan, ipam: {config: [{subnet: 10.7.0.0/24}]}}
            """);

        Assert.Equal("{}", Plans.Value(plan, "networks/free/ipam"));
        Assert.Contains("10.9.0.0/24", Plans.Value(plan, "networks/fixed/ipam"));
        Assert.Contains("10.7.0.0/24", Plans.Value(plan, "networks/far/ipam"));
        Assert.Collection(
            plan.Warnings,
            static warning => Assert.Contains("subnet of the network 'free' is left to Docker", warning),
            static warning => Assert.Contains("'web' has a fixed address in the network 'fixed'", warning));
    }

    [Fact]
    public void CgroupParent_AndBoundedLogs_AreTheExecutors()
    {
        PodPlan plan = Plans.Of(
            "services: {web: {image: x, cgroup_parent: /own}, db: {image: x, logging: {driver: none}}}", Plans.Task(), cgroupParent: "/mesos/c1", boundLogs: true);

        Assert.Equal("\"/mesos/c1\"", Plans.Value(plan, "services/web/cgroup_parent"));
        Assert.Equal("\"/mesos/c1\"", Plans.Value(plan, "services/db/cgroup_parent"));
        Assert.Equal("\"local\"", Plans.Value(plan, "services/web/logging/driver"));
        Assert.Equal("\"10m\"", Plans.Value(plan, "services/web/logging/options/max-size"));
        Assert.Equal("\"none\"", Plans.Value(plan, "services/db/logging/driver"));
        Assert.Equal("\"/own\"", Plans.Value(Plans.Of("services: {web: {image: x, cgroup_parent: /own}}"), "services/web/cgroup_parent"));
    }

    [Fact]
    public void UnknownKeys_AndRestartPolicies_AreKept()
    {
        PodPlan plan = Plans.Of(
            """
            x-top: {a: 1}
            services: {web: {image: x, restart: 'on-failure:3', x-own: [1], stop_grace_period: 3s, command: echo $$HOME}}
            """);

        Assert.Equal("""{"a":1}""", Plans.Value(plan, "x-top"));
        Assert.Equal("[1]", Plans.Value(plan, "services/web/x-own"));
        Assert.Equal("\"on-failure:3\"", Plans.Value(plan, "services/web/restart"));
        Assert.Equal("\"echo $$HOME\"", Plans.Value(plan, "services/web/command"));
        Assert.Equal(TimeSpan.FromSeconds(3), plan.Services[0].StopGrace);
    }

    [Fact]
    public void PullPolicies_AreTheExecutors()
    {
        PodPlan plan = Plans.Of("services: {a: {image: x, pull_policy: always}, b: {image: x, pull_policy: never}, c: {image: x}, d: {build: {context: .}}}");

        Assert.Equal([PullPolicy.Always, PullPolicy.Never, null, null], plan.Services.Select(static service => service.Pull));
        Assert.Equal("(none)", Plans.Value(plan, "services/a/pull_policy"));
        PodPlan set = Plans.Of("services: {a: {image: x, pull_policy: always}}", Plans.Task(), new PodSettings { Pull = PullPolicy.Missing });
        Assert.Equal(PullPolicy.Missing, set.Services[0].Pull);
    }

    [Fact]
    public void Builds_WithoutANameOfTheirOwn_AreRemovedWithThePod()
    {
        PodPlan plan = Plans.Of("services: {a: {build: {context: .}}, b: {build: {context: .}, image: named}}");

        Assert.Equal($"\"{s_pod}\"", Plans.Value(plan, "services/a/build/labels/mesosdocker.pod"));
        Assert.Equal("(none)", Plans.Value(plan, "services/b/build/labels"));
        Assert.All(plan.Services, static service => Assert.True(service.IsBuilt));
    }

    [Theory]
    [InlineData("services: {a: {image: x}}", "Batch")]
    [InlineData("services: {a: {image: x, restart: on-failure}}", "Batch")]
    [InlineData("services: {a: {image: x}, b: {image: x, restart: always}}", "Service")]
    [InlineData("services: {a: {image: x, restart: unless-stopped}}", "Service")]
    public void Kind_FollowsFromTheRestartPolicies_UnlessItIsSet(string yaml, string expected)
    {
        Assert.Equal(expected, Plans.Of(yaml).Kind.ToString());
        Assert.Equal(PodKind.Service, Plans.Of(yaml, Plans.Task(), new PodSettings { Kind = PodKind.Service }).Kind);
        Assert.Equal(PodKind.Batch, Plans.Of(yaml, Plans.Task(), new PodSettings { Kind = PodKind.Batch }).Kind);
    }

    [Fact]
    public void AProjectWithoutServices_IsRefused()
    {
        var e = Assert.Throws<MesosDockerException>(() => Plans.Of("services: {web: {image: x, profiles: [debug]}}"));

        Assert.Contains("no service that is active", e.Message);
    }

    [Fact]
    public void Stopping_BeginsWithWhatDependsOnOthers()
    {
        PodPlan plan = Plans.Of(
            """
            services:
              db: {image: x}
              cache: {image: x}
              api: {image: x, depends_on: [db, cache]}
              web: {image: x, depends_on: [api], network_mode: 'service:cache'}
              lone: {image: x}
            """);

        Assert.Equal(
            ["web lone", "api", "db cache"],
            PodOrder.Stopping(plan.Services).Select(static level => string.Join(' ', level.Select(static service => service.Name))));
    }
}
