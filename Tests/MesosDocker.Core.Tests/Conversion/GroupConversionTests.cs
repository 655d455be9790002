using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Compose;
using MesosDocker.Conversion;
using MesosDocker.Core.Tests.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests;

public sealed class GroupConversionTests
{
    [Fact]
    public void Of_MakesOfAShop_AnAppForEachService()
    {
        Converted<Group> converted = Convert("""
            name: shop
            services:
              web:
                image: registry.example.com/shop/web:1.2
                command: ["serve", "--port", "80"]
                environment: { MODE: live, GREETING: "it's $$5" }
                ports: ["8080:80", "53/udp"]
                depends_on: { db: { condition: service_healthy } }
                networks: [front]
                labels: { team: shop }
                user: "1000:1000"
                stop_grace_period: 1m
                ulimits: { nofile: { soft: 1024, hard: 2048 } }
                deploy:
                  replicas: 4
                  update_config: { parallelism: 2, order: start-first }
                  placement: { constraints: [node.labels.zone == a, node.hostname != old], max_replicas_per_node: 1 }
                  resources: { limits: { cpus: "0.5", memory: 256M }, reservations: { cpus: "0.1", memory: 64M } }
              db:
                image: postgres:16
                volumes: ["data:/var/lib/postgresql/data", "/etc/ssl:/etc/ssl:ro"]
                networks: [front]
                mem_limit: 1g
                cpu_shares: 512
                restart: always
                healthcheck: { test: ["CMD-SHELL", "pg_isready -U app"], interval: 5s, timeout: 3s, retries: 5, start_period: 20s }
            networks: { front: { external: true, name: overlay } }
            volumes: { data: { driver: rexray, driver_opts: { size: "20" } } }
            """);

        Equal(
            """
            {"id":"/shop","apps":[
            {"id":"/shop/db","container":{"type":"DOCKER","docker":{"image":"postgres:16","parameters":[{"key":"network-alias","value":"db"},
              {"key":"mount","value":"type=volume,source=shop_data,target=/var/lib/postgresql/data,volume-driver=rexray,volume-opt=size=20"}]},
              "volumes":[{"containerPath":"/etc/ssl","hostPath":"/etc/ssl","mode":"RO"}],"portMappings":[]},
              "instances":1,"cpus":0.5,"mem":1024,"networks":[{"mode":"container","name":"overlay"}],
              "healthChecks":[{"protocol":"COMMAND","command":{"value":"pg_isready -U app"},"gracePeriodSeconds":20,"intervalSeconds":5,"timeoutSeconds":3,"maxConsecutiveFailures":5}]},
            {"id":"/shop/web","args":["serve","--port","80"],"container":{"type":"DOCKER","docker":{"image":"registry.example.com/shop/web:1.2","parameters":[
              {"key":"cpus","value":"0.5"},{"key":"network-alias","value":"web"},{"key":"user","value":"1000:1000"},{"key":"memory-reservation","value":"67108864"},{"key":"ulimit","value":"nofile=1024:2048"}]},
              "portMappings":[{"containerPort":80,"hostPort":0,"servicePort":8080},{"containerPort":53,"hostPort":0,"protocol":"udp"}]},
              "instances":4,"cpus":0.1,"mem":256,"env":{"MODE":"live","GREETING":"it's $5"},"labels":{"team":"shop"},
              "constraints":[["zone","CLUSTER","a"],["hostname","UNLIKE","old"],["hostname","UNIQUE"]],"networks":[{"mode":"container","name":"overlay"}],
              "dependencies":["/shop/db"],"taskKillGracePeriodSeconds":60,"upgradeStrategy":{"minimumHealthCapacity":1,"maximumOverCapacity":0.5}}
            ]}
            """,
            converted.Result);
        ConversionLoss loss = Assert.Single(converted.Losses);
        Assert.Equal(("web", "ports[0]", 7), (loss.Service, loss.Key, loss.Line));
        Assert.Contains("8080 is the service port", loss.ToString(), StringComparison.Ordinal);
        Assert.Empty(Convert("name: s\nservices: { a: { image: \"x:1\", ports: [\"8080:80\"] } }", new ConversionOptions { KeepsHostPorts = true }).Losses);
    }

    [Theory]
    [InlineData("command: [a, 'b c']", """{"args":["a","b c"]}""")]
    [InlineData("command: sh -c 'echo hi'", """{"args":["sh","-c","echo hi"]}""")]
    [InlineData("entrypoint: /e", """{"entrypoint":"/e"}""")]
    [InlineData("entrypoint: [/e, -x], command: [a]", """{"entrypoint":"/e","args":["-x","a"]}""")]
    [InlineData("entrypoint: [], command: [a]", """{"entrypoint":"","args":["a"]}""")]
    [InlineData("entrypoint: /e, command: []", """{"entrypoint":"/e"}""")]
    [InlineData("entrypoint: [/bin/sh, -c], command: ['echo $$PORT0']", """{"cmd":"echo $PORT0"}""")]
    [InlineData("entrypoint: /bin/sh, command: [-c, ls]", """{"cmd":"ls"}""")]
    [InlineData("entrypoint: /bin/sh, command: [-c, w]", """{"entrypoint":"/bin/sh","args":["-c","w"]}""")]
    [InlineData("entrypoint: null, command: null", "{}")]
    public void Command_RunsTheSame(string keys, string expected)
    {
        App app = Web(keys, out IReadOnlyList<ConversionLoss> losses);

        var said = new JsonObject();
        if (app.Cmd is not null)
        {
            said["cmd"] = app.Cmd;
        }

        if (Parameters(app).TryGetValue("entrypoint", out string? entrypoint))
        {
            said["entrypoint"] = entrypoint;
        }

        if (app.Args is not null)
        {
            said["args"] = JsonSerializer.SerializeToNode(app.Args);
        }

        Assert.Equal(expected, said.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Empty(losses);
    }

    [Theory]
    [InlineData("test: [CMD, curl, -f, 'http://localhost/?a b']", "curl -f 'http://localhost/?a b'|0|30|30|3")]
    [InlineData("test: curl -f localhost || exit 1", "curl -f localhost || exit 1|0|30|30|3")]
    [InlineData("test: [CMD-SHELL, ping], interval: 1m30s, timeout: 10s, retries: 7, start_period: 2m", "ping|120|90|10|7")]
    [InlineData("test: [CMD-SHELL, ping], interval: 1500ms, timeout: 500ms, retries: 0", "ping|0|2|1|3")]
    [InlineData("test: [NONE]", "none")]
    [InlineData("disable: true", "none")]
    public void Healthcheck_IsMadeByTheAgent(string check, string expected)
    {
        App app = Web($"healthcheck: {{ {check} }}", out IReadOnlyList<ConversionLoss> losses);

        string found = app.HealthChecks is [var one]
            ? $"{one.Command!.Value}|{one.GracePeriodSeconds}|{one.IntervalSeconds}|{one.TimeoutSeconds}|{one.MaxConsecutiveFailures}"
            : Parameters(app).ContainsKey("no-healthcheck") ? "none" : "nothing";
        Assert.Equal(expected, found);
        Assert.Equal(
            check.Contains("ms", StringComparison.Ordinal) ? ["healthcheck.interval", "healthcheck.timeout"] : [],
            losses.Select(static loss => loss.Key).Order());
    }

    [Theory]
    [InlineData("node.labels.zone == a", "zone,CLUSTER,a")]
    [InlineData("node.labels.zone==a b", "zone,CLUSTER,a b")]
    [InlineData("node.labels.zone != a.b", @"zone,UNLIKE,a\.b")]
    [InlineData("engine.labels.gpu == k80", "gpu,CLUSTER,k80")]
    [InlineData("node.hostname == agent-1.example.com", "hostname,CLUSTER,agent-1.example.com")]
    [InlineData("node.role == manager", null)]
    [InlineData("node.id == 5", null)]
    [InlineData("node.platform.os == linux", null)]
    [InlineData("node.labels. == a", null)]
    [InlineData("zone", null)]
    public void Placement_BecomesConstraints(string constraint, string? expected)
    {
        App app = Web($"deploy: {{ placement: {{ constraints: [\"{constraint}\"] }} }}", out IReadOnlyList<ConversionLoss> losses);

        Assert.Equal(expected, app.Constraints is [var one] ? string.Join(',', one) : null);
        Assert.Equal(expected is null ? ["deploy.placement.constraints[0]"] : [], losses.Select(static loss => loss.Key));
    }

    /// <summary>By the arithmetic of Marathon itself, for every number of replicas there usually is.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UpdateConfig_TakesAndAddsAsManyAsItSays(bool startsFirst)
    {
        for (int replicas = 1; replicas <= 300; replicas++)
        {
            for (int parallelism = 0; parallelism <= replicas + 1; parallelism++)
            {
                int meant = parallelism is 0 ? replicas : Math.Min(parallelism, replicas);
                UpgradeStrategy strategy = ServiceUpdate.Strategy(replicas, parallelism, startsFirst);
                int stay = (int)Math.Ceiling(replicas * strategy.MinimumHealthCapacity!.Value);
                int most = (int)(replicas * (1 + strategy.MaximumOverCapacity!.Value));

                Assert.Equal(startsFirst ? (replicas, replicas + meant) : (replicas - meant, replicas), (stay, most));
                Assert.Equal((meant, startsFirst, true), ServiceUpdate.Read(replicas, strategy));
            }
        }

        Assert.Equal((0.6, 0), (ServiceUpdate.Strategy(3, 1, false).MinimumHealthCapacity, ServiceUpdate.Strategy(3, 1, false).MaximumOverCapacity));
        Assert.Equal((1, 0.4), (ServiceUpdate.Strategy(3, 1, true).MinimumHealthCapacity, ServiceUpdate.Strategy(3, 1, true).MaximumOverCapacity));
    }

    [Theory]
    [InlineData("/srv:/srv", "/srv:/srv:RW")]
    [InlineData("/srv:/srv:ro", "/srv:/srv:RO")]
    [InlineData("/srv:/srv:ro,z", "volume=/srv:/srv:ro,z")]
    [InlineData("/srv:/srv:rshared", "volume=/srv:/srv:rshared")]
    [InlineData("data:/d", "volume=p_data:/d")]
    [InlineData("data:/d:ro", "volume=p_data:/d:ro")]
    [InlineData("there:/d", "volume=real:/d")]
    [InlineData("plug:/d", "mount=type=volume,source=p_plug,target=/d,volume-driver=d,volume-label=l=m,volume-opt=a=b,volume-opt=c=d e")]
    [InlineData("/anonymous", "volume=/anonymous")]
    [InlineData("{ type: tmpfs, target: /t, tmpfs: { size: 64m, mode: 01777 } }", "mount=type=tmpfs,target=/t,tmpfs-size=64m,tmpfs-mode=1777")]
    [InlineData("{ type: image, source: i, target: /t, image: { subpath: s } }", "mount=type=image,source=i,target=/t,image-subpath=s")]
    [InlineData("{ type: volume, source: data, target: /t, volume: { nocopy: true, subpath: s } }", "mount=type=volume,source=p_data,target=/t,volume-nocopy,volume-subpath=s")]
    [InlineData("{ type: bind, source: \"/a:b\", target: /t, read_only: true }", "mount=type=bind,source=/a:b,target=/t,readonly")]
    public void Volumes_AreMountedTheSame(string mount, string expected)
    {
        App app = Web(
            $"volumes: [{(mount.StartsWith('{') ? mount : $"\"{mount}\"")}]",
            out _,
            "volumes: { data: , there: { external: true, name: real }, plug: { driver: d, driver_opts: { a: b, c: d e }, labels: { l: m } } }");

        string found = app.Container!.Volumes is [var volume]
            ? $"{volume.HostPath}:{volume.ContainerPath}:{volume.Mode}"
            : string.Join(' ', app.Container.Docker!.Parameters!.Select(static parameter => $"{parameter.Key}={parameter.Value}"));
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("./conf:/conf", "volumes[0]", "belongs to the project's directory")]
    [InlineData("data:/d", "volumes.data", "Each agent has a volume of that name of its own")]
    [InlineData("there:/d", null, null)]
    [InlineData("/srv:/srv", null, null)]
    public void Volumes_ThatATaskMayNotFindAgain_AreTold(string mount, string? key, string? reason)
    {
        Web($"volumes: [\"{mount}\"]", out IReadOnlyList<ConversionLoss> losses, "volumes: { data: , there: { external: true } }");

        Assert.Equal(key is null ? [] : [key], losses.Select(static loss => loss.Key));
        Assert.All(losses, loss => Assert.Contains(reason!, loss.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"80\"", "80:0", "")]
    [InlineData("\"8080:80\"", "80:0/8080", "ports[0]")]
    [InlineData("\"127.0.0.1:8080:80/udp\"", "80/udp:0/8080", "ports[0] ports[0]")]
    [InlineData("\"8000-8001:80-81\"", "80:0/8000 81:0/8001", "ports[0] ports[1]")]
    [InlineData("{ target: 80, published: \"8000-8010\" }", "80:0", "ports[0]")]
    [InlineData("{ target: 80, name: Web_UI, mode: host }", "web-ui=80:0", "ports[0].name")]
    [InlineData("{ target: 80, protocol: sctp }", "", "ports[0]")]
    [InlineData("\"53:53\", \"53:53/udp\"", "53:0/53 53/udp:0/53", "ports[0] ports[1]")]
    public void Ports_BecomeServicePorts(string ports, string expected, string losses)
    {
        App app = Web($"ports: [{ports}]", out IReadOnlyList<ConversionLoss> found);

        Assert.Equal(expected, string.Join(' ', app.Container!.PortMappings!.Select(Port)));
        Assert.Equal(losses, string.Join(' ', found.Select(static loss => loss.Key)));
    }

    [Fact]
    public void Ports_AreKept_WhereTheyAreToBe()
    {
        Converted<Group> converted = Convert(
            "services: { web: { image: \"x:1\", ports: [\"8080:80\", \"9000-9010:90\", \"70\"] } }", new ConversionOptions { KeepsHostPorts = true });

        Assert.Equal("80:8080 90:0 70:0", string.Join(' ', converted.Result.Apps![0].Container!.PortMappings!.Select(Port)));
        Assert.Equal("ports[1]", Assert.Single(converted.Losses).Key);
    }

    [Theory]
    [InlineData("network_mode: host, ports: [\"80:80\"]", "", null, "host", "ports")]
    [InlineData("network_mode: bridge", "", null, "container/bridge", "")]
    [InlineData("network_mode: none", "", null, "container/bridge", "network_mode")]
    [InlineData("network_mode: \"service:db\"", "", null, "container/bridge", "network_mode")]
    [InlineData("", "", null, "container/bridge", "networks.default")]
    [InlineData("", "", "net", "container net", "")]
    [InlineData("networks: [n]", "networks: { n: { external: true, name: real } }", null, "container real", "")]
    [InlineData("networks: [n]", "networks: { n: { external: true, name: real } }", "net", "container real", "")]
    [InlineData("networks: [n]", "networks: { n: }", null, "container/bridge", "networks.n")]
    [InlineData("networks: [n]", "networks: { n: { driver: overlay } }", "net", "container net", "networks.default networks.n")]
    [InlineData("networks: { n: { priority: 1 }, m: { priority: 2 } }", "networks: { n: { external: true }, m: { external: true } }", null, "container m", "networks.n")]
    [InlineData("", "networks: { default: { external: true, name: real } }", null, "container real", "")]
    [InlineData("networks: [n]", "networks: { n: { external: true, name: host } }", null, "host", "")]
    [InlineData("networks: [n]", "networks: { n: { external: true, name: bridge } }", null, "container/bridge", "")]
    [InlineData("networks: { n: { aliases: [a] } }", "networks: { n: { external: true, name: bridge } }", null, "container/bridge", "networks.n.aliases")]
    [InlineData("networks: [n]", "networks: { n: { external: true, name: My_Net } }", null, "container/bridge", "networks.n")]
    public void Networks_ThatAreThere_AreUsed(string keys, string top, string? network, string expected, string losses)
    {
        string web = $"image: \"x:1\"{(keys.Length > 0 ? ", " + keys : "")}";
        Converted<Group> converted = Convert($"services: {{ web: {{ {web} }}, db: {{ image: \"y:1\" }} }}\n{top}", new ConversionOptions { Network = network });
        App app = converted.Result.Apps!.First(static app => app.Id!.EndsWith("web", StringComparison.Ordinal));

        Assert.Equal(expected, string.Join(' ', new[] { app.Networks![0].Mode, app.Networks[0].Name }.OfType<string>()));
        Assert.Equal(losses, string.Join(' ', converted.Losses.Where(static loss => loss.Service != "db").Select(static loss => loss.Key).Order().Distinct()));
        if (app.Networks[0].Name is not null)
        {
            Assert.Equal("web", Parameters(app)["network-alias"]);
        }
    }

    [Fact]
    public void Dependencies_ComeFirst_AndJobsDoNotRunByThemselves()
    {
        Converted<Group> converted = Convert("""
            services:
              web: { image: "x:1", depends_on: { migrate: { condition: service_completed_successfully }, Cache_1: { condition: service_started } }, links: ["db:database"] }
              migrate: { image: "x:1", depends_on: [db] }
              db: { image: "x:1" }
              Cache_1: { image: "x:1" }
            """);

        Assert.Equal(["/p/db", "/p/cache-1", "/p/web", "/p/migrate"], converted.Result.Apps!.Select(static app => app.Id!));
        Assert.Equal(["/p/cache-1", "/p/db"], converted.Result.Apps![2].Dependencies!);
        Assert.Equal([1, 1, 1, 0], converted.Result.Apps.Select(static app => app.Instances ?? 1));
        Assert.Equal(
            ["web depends_on.migrate.condition", "web links[0]", " networks.default"],
            converted.Losses.Select(static loss => $"{loss.Service} {loss.Key}"));
        Assert.Contains("'migrate' has no instances", converted.Losses[0].Instead, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("depends_on: { db: { condition: service_healthy } }", "depends_on.db.condition")]
    [InlineData("depends_on: { db: { condition: service_started, restart: true } }", "depends_on.db.restart")]
    [InlineData("depends_on: { db: { condition: service_started, required: false } }", "depends_on.db.required")]
    [InlineData("depends_on: { db: { condition: service_started } }", "")]
    [InlineData("links: [db]", "")]
    [InlineData("volumes_from: [db]", "volumes_from")]
    public void Dependencies_ThatMeanMore_AreTold(string keys, string losses)
    {
        Converted<Group> converted = Convert($"services: {{ web: {{ image: \"x:1\", {keys} }}, db: {{ image: \"y:1\" }} }}");

        Assert.Equal(["/p/db"], converted.Result.Apps![1].Dependencies!);
        Assert.Equal(losses, string.Join(' ', converted.Losses.Where(static loss => loss.Service == "web").Select(static loss => loss.Key)));
    }

    [Theory]
    [InlineData("restart: always", null, "")]
    [InlineData("restart: unless-stopped", null, "")]
    [InlineData("restart: \"no\"", null, "restart")]
    [InlineData("restart: on-failure:3", null, "restart")]
    [InlineData("deploy: { restart_policy: { condition: any, delay: 1500ms, max_attempts: 3 } }", 2, "deploy.restart_policy.delay deploy.restart_policy.max_attempts")]
    [InlineData("deploy: { restart_policy: { delay: 5s } }, restart: \"no\"", 5, "")]
    [InlineData("deploy: { restart_policy: { condition: none } }", null, "deploy.restart_policy.condition")]
    public void Restarts_AreMarathonsOwn(string keys, int? backoff, string losses)
    {
        App app = Web(keys, out IReadOnlyList<ConversionLoss> found);

        Assert.Equal((backoff, backoff is null ? null : 1d), (app.BackoffSeconds, app.BackoffFactor));
        Assert.Equal(losses, string.Join(' ', found.Select(static loss => loss.Key)));
    }

    [Theory]
    [InlineData("cpus: 0.5, mem_limit: 100m", 0.5, 100, "cpus=0.5")]
    [InlineData("cpus: 2, cpu_shares: 512", 0.5, 64, "cpus=2")]
    [InlineData("deploy: { resources: { limits: { cpus: \"2\", memory: 512M }, reservations: { cpus: \"0.25\", memory: 128M } } }", 0.25, 512, "cpus=2 memory-reservation=134217728")]
    [InlineData("mem_reservation: 128m", 0.25, 128, "memory-reservation=134217728")]
    [InlineData("cpu_quota: 150000", 1.5, 64, "cpu-quota=150000")]
    [InlineData("cpus: 0.0001", 0.001, 64, "cpus=0.0001")]
    [InlineData("", 0.25, 64, "")]
    public void Resources_AreWhatAContainerNeeds(string keys, double cpus, double memory, string parameters)
    {
        App app = Web(keys, out IReadOnlyList<ConversionLoss> losses);

        Assert.Equal((cpus, memory), (app.Cpus, app.Mem));
        Assert.Equal(parameters, string.Join(' ', Parameters(app).Select(static pair => $"{pair.Key}={pair.Value}")));
        Assert.Empty(losses);
    }

    [Theory]
    [InlineData("/p/compose.yaml", "", null, "/", "/p")]
    [InlineData("/p/shop.yml", "", null, "/", "/shop")]
    [InlineData("/p/shop.yml", "name: other", null, "/", "/other")]
    [InlineData("/p/My_Shop.yml", "", null, "/all/", "/all/my-shop")]
    [InlineData("/p/shop.yml", "", "mine", "/all", "/all/mine")]
    [InlineData("/p/shop.yml", "", "/mine/own", "/all", "/mine/own")]
    [InlineData("text", "", null, "/", "/p")]
    [InlineData("/p/tasks.yml", "", null, "/", "/tasks-app")]
    public void Id_IsTheProjects_OrTheFiles(string path, string top, string? id, string group, string expected)
    {
        ComposeProject project = new ComposeReader(new Adapters.Yaml.YamlText(), ComposeFilesInMemory.None).Read(new ComposeRequest
        {
            Files = [new Io.DocumentText(path, $"services: {{ web: {{ image: \"x:1\" }} }}\n{top}")],
            Directory = "/p",
        });

        Group made = GroupOfProject.Of(PodResources.Measure(project, new MeasureOptions()), new ConversionOptions { Id = id, Group = group }).Result;

        Assert.Equal((expected, expected + "/web"), (made.Id, made.Apps![0].Id));
    }

    [Theory]
    [InlineData("services: { web: { build: . } }", Fault.DefinitionInvalid, "Build-MesosDockerImage -Push")]
    [InlineData("services: { web: { provider: { type: t } } }", Fault.DefinitionInvalid, "-Profile")]
    [InlineData("services: { web: { image: x, profiles: [p] } }", Fault.DefinitionInvalid, "-Profile")]
    [InlineData("services: { web: { image: x, uts: host, hostname: h } }", Fault.OptionConflict, "--uts=host and --hostname")]
    public void Of_RefusesWhatCannotBe(string text, Fault fault, string part)
    {
        var e = Assert.Throws<MesosDockerException>(() => Convert(text));

        Assert.Equal(fault, e.Fault);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RefusesAPodThatHasLostItsProject()
    {
        ComposePod pod = PodResources.Measure(Projects.Read("services: { web: { image: x } }"), new MeasureOptions()) with { Project = null };

        Assert.Equal(Fault.UsageInvalid, Assert.Throws<MesosDockerException>(() => GroupOfProject.Of(pod, new ConversionOptions())).Fault);
    }

    internal static Converted<Group> Convert(string text, ConversionOptions? options = null)
    {
        Converted<Group> converted = GroupOfProject.Of(PodResources.Measure(Projects.Read(text), new MeasureOptions()), options ?? new ConversionOptions());
        Assert.DoesNotContain(converted.Result.Judge(null), static finding => finding.Severity == Severity.Error);
        return converted;
    }

    private static App Web(string keys, out IReadOnlyList<ConversionLoss> losses, string top = "")
    {
        Converted<Group> converted = Convert($"services: {{ web: {{ image: \"x:1\"{(keys.Length > 0 ? ", " + keys : "")} }} }}\n{top}");
        losses = converted.Losses;
        return Assert.Single(converted.Result.Apps!);
    }

    private static Dictionary<string, string> Parameters(App app)
        => (app.Container!.Docker!.Parameters ?? []).ToDictionary(static parameter => parameter.Key!, static parameter => parameter.Value!);

    private static string Port(PortMapping port)
        => $"{(port.Name is null ? "" : port.Name + "=")}{port.ContainerPort}{(port.Protocol is null ? "" : "/" + port.Protocol)}:{port.HostPort}{(port.ServicePort is null ? "" : "/" + port.ServicePort)}";

    private static void Equal(string json, Group group)
        => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(group.ToJson())), System.Text.Encoding.UTF8.GetString(group.ToJson(indented: true)));
}
