using System.Text;
using System.Text.Json.Nodes;
using MesosDocker.Adapters.Yaml;
using MesosDocker.Compose;
using MesosDocker.Conversion;
using MesosDocker.Core.Tests.Compose;
using MesosDocker.Marathon;
using MesosDocker.Pods;

namespace MesosDocker.Core.Tests;

public sealed class ReturnConversionTests
{
    [Fact]
    public void OfGroup_MakesAServiceOfEachApp()
    {
        Converted<ComposePod> converted = OfGroup("""
            {"id":"/shop","apps":[
             {"id":"/shop/db","cpus":0.5,"mem":1024,"networks":[{"mode":"container","name":"overlay"}],
              "container":{"type":"DOCKER","docker":{"image":"postgres:16","parameters":[{"key":"network-alias","value":"db"},{"key":"network-alias","value":"sql"},
                {"key":"mount","value":"type=volume,source=shop_data,target=/var/lib/postgresql/data,volume-driver=rexray,volume-opt=size=20"}]},
                "volumes":[{"containerPath":"/etc/ssl","hostPath":"/etc/ssl","mode":"RO"}],"portMappings":[]},
              "healthChecks":[{"protocol":"COMMAND","command":{"value":"pg_isready -U app"},"gracePeriodSeconds":20,"intervalSeconds":5,"timeoutSeconds":3,"maxConsecutiveFailures":5}]},
             {"id":"web","args":["serve","--price","5$"],"instances":4,"cpus":0.1,"mem":256,"env":{"MODE":"live"},"labels":{"team":"shop"},
              "networks":[{"mode":"container/bridge"}],"dependencies":["../db"],"taskKillGracePeriodSeconds":60,
              "constraints":[["zone","CLUSTER","a"],["hostname","UNLIKE","old\\.example"],["hostname","UNIQUE"],["rack","GROUP_BY"]],
              "upgradeStrategy":{"minimumHealthCapacity":1,"maximumOverCapacity":0.5},"backoffSeconds":5,"backoffFactor":1,
              "container":{"type":"DOCKER","docker":{"image":"web:1","forcePullImage":true,"privileged":true,"parameters":[{"key":"cpus","value":"0.5"},{"key":"user","value":"1000:1000"},
                {"key":"memory-reservation","value":"67108864"},{"key":"ulimit","value":"nofile=1024:2048"}]},
                "portMappings":[{"containerPort":80,"hostPort":8080,"name":"http"},{"containerPort":53,"hostPort":0,"protocol":"udp"}]}},
             {"id":"/shop/jobs/tick","cmd":"while :; do date; done","instances":0,"networks":[{"mode":"host"}],"portDefinitions":[],"container":{"docker":{"image":"busybox"}}}
            ]}
            """);

        Assert.Equal(
            """
            name: shop
            services:
              db:
                image: postgres:16
                deploy:
                  resources:
                    reservations:
                      cpus: "0.5"
                mem_limit: "1024M"
                networks:
                  overlay:
                    aliases: [sql]
                volumes:
                  - /etc/ssl:/etc/ssl:ro
                  - type: volume
                    source: data
                    target: /var/lib/postgresql/data
                healthcheck:
                  test: [CMD-SHELL, pg_isready -U app]
                  interval: "5s"
                  timeout: "3s"
                  retries: 5
                  start_period: "20s"
                restart: always
              web:
                image: web:1
                pull_policy: always
                privileged: true
                command: [serve, "--price", "5$$"]
                cpus: 0.5
                deploy:
                  resources:
                    reservations:
                      cpus: "0.1"
                  replicas: 4
                  placement:
                    max_replicas_per_node: 1
                    constraints: ["node.hostname != old.example", node.labels.zone == a]
                    preferences:
                      - spread: node.labels.rack
                  update_config:
                    parallelism: 2
                    order: start-first
                  restart_policy:
                    condition: any
                    delay: "5s"
                mem_limit: "256M"
                environment:
                  MODE: live
                labels:
                  team: shop
                network_mode: bridge
                ports:
                  - name: http
                    target: 80
                    published: "8080"
                  - "53/udp"
                depends_on:
                  db:
                    condition: service_healthy
                stop_grace_period: "60s"
                user: "1000:1000"
                mem_reservation: "67108864"
                ulimits:
                  nofile:
                    soft: 1024
                    hard: 2048
              jobs-tick:
                image: busybox
                entrypoint: [/bin/sh, "-c"]
                command: ['while :; do date; done']
                deploy:
                  resources:
                    reservations:
                      cpus: "1"
                  replicas: 0
                mem_limit: "128M"
                network_mode: host
                restart: always
            networks:
              overlay:
                external: true
            volumes:
              data:
                driver: rexray
                driver_opts:
                  size: "20"

            """,
            converted.Result.Files[0].Text);
        Assert.Equal(["/shop/jobs/tick id"], converted.Losses.Select(static loss => $"{loss.File} {loss.Key}"));
    }

    [Theory]
    [InlineData("""{"cmd":"a $b"}""", "entrypoint: [/bin/sh, \"-c\"]\ncommand: [a $$b]", "")]
    [InlineData("""{"args":["a","b c"]}""", "command: [a, b c]", "")]
    [InlineData("""{"cmd":"x","args":["a"]}""", "command: [a]", "cmd")]
    [InlineData("""{"cmd":"serve $PORT0"}""", "command: [serve $$PORT0]", "cmd")]
    [InlineData("""{"args":["${MESOS_SANDBOX}/a"]}""", "", "args")]
    [InlineData("""{"args":["$PORTAL"]}""", "", "")]
    [InlineData("""{"gpus":2}""", "devices:\n- capabilities: [gpu]\ncount: 2", "")]
    [InlineData("""{"resourceLimits":{"cpus":2,"mem":"unlimited"}}""", "cpus: 2", "")]
    [InlineData("""{"tty":true}""", "tty: true", "")]
    [InlineData("""{"executor":"//cmd"}""", "", "")]
    [InlineData("""{"role":"*","acceptedResourceRoles":["*"],"backoffSeconds":1,"backoffFactor":1.15,"killSelection":"YOUNGEST_FIRST"}""", "restart: always", "")]
    [InlineData("""{"role":"team","acceptedResourceRoles":["*","team"]}""", "", "role")]
    [InlineData("""{"backoffSeconds":0,"backoffFactor":1}""", "restart: always", "backoffSeconds backoffFactor")]
    [InlineData("""{"disk":100}""", "", "disk")]
    [InlineData("""{"backoffSeconds":3,"backoffFactor":2}""", "restart: always", "backoffSeconds backoffFactor")]
    [InlineData("""{"upgradeStrategy":{"minimumHealthCapacity":0.5,"maximumOverCapacity":0.5},"instances":4}""", "parallelism: 2\norder: stop-first", "upgradeStrategy")]
    [InlineData("""{"constraints":[["rack","LIKE","a|b"],["hostname","MAX_PER","2"],["hostname","UNIQUE"],["rack","LIKE","a\\.b"]]}""",
        "max_replicas_per_node: 2\nconstraints: [node.labels.rack == a.b]", "constraints[1] constraints[3]")]
    [InlineData("""{"healthChecks":[{"protocol":"HTTP","path":"/ping"},{"protocol":"COMMAND","command":{"value":"ok"},"maxConsecutiveFailures":0}]}""",
        "test: [CMD-SHELL, ok]", "healthChecks[0] healthChecks[1].maxConsecutiveFailures")]
    [InlineData("""{"container":{"docker":{"image":"x","parameters":[{"key":"env","value":"A=b"},{"key":"label","value":"c=d"},{"key":"rm","value":"true"},{"key":"user","value":"a"},{"key":"user","value":"b"}]}}}""",
        "environment:\nA: b\nlabels:\nc: d", "container.docker.parameters[2] container.docker.parameters[4]")]
    [InlineData("""{"container":{"docker":{"image":"x"},"portMappings":[{"containerPort":80,"servicePort":8080},{"containerPort":81,"servicePort":10001},{"containerPort":53,"protocol":"udp,tcp"},{"hostPort":0}]}}""",
        "ports: [\"8080:80\", \"81\", \"53/udp\", \"53\"]", "container.portMappings[1].servicePort container.portMappings[2].protocol container.portMappings[3]")]
    [InlineData("""{"networks":[{"mode":"container","name":"n"}],"container":{"docker":{"image":"x"},"portMappings":[{"containerPort":80,"name":"http"}]}}""",
        "expose: [\"80\"]", "container.portMappings[0].name")]
    [InlineData("""{"networks":[{"mode":"container"}]}""", "network_mode: bridge", "networks[0]")]
    [InlineData("""{"container":{"docker":{"image":"x"},"volumes":[{"containerPath":"data","persistent":{"size":7}},{"containerPath":"/d","hostPath":"s","mode":"RO"}]}}""",
        "volumes: ['web-data:/mnt/mesos/sandbox/data']", "container.volumes[0].persistent container.volumes[1]")]
    [InlineData("""{"container":{"docker":{"image":"x","parameters":[{"key":"volume","value":"own:/o:ro"},{"key":"volume","value":"/a:/b:/c:/d"},{"key":"ulimit","value":"no"}]},"volumes":[{"containerPath":"/v","external":{"name":"my/vol","provider":"dvdi","options":{"dvdi/driver":"rexray"}}}]}}""",
        "volumes:\nmy-vol:\nname: my/vol\ndriver: rexray\nown:\nname: own", "container.docker.parameters[1] container.docker.parameters[2]")]
    [InlineData("""{"unknownField":1,"dependencies":["db","/p/web"]}""", "", "dependencies[0] dependencies[1] unknownField")]
    public void OfApps_SaysTheSame_OrTellsWhatIsLost(string fields, string expected, string lost)
    {
        var json = (JsonObject)JsonNode.Parse(fields)!;
        json["id"] = "/p/web";
        json["container"] ??= JsonNode.Parse("""{"docker":{"image":"x"}}""");
        json["networks"] ??= JsonNode.Parse("""[{"mode":"container/bridge"}]""");

        Converted<ComposePod> converted = Return().OfApps("/p", [App.FromJson(Encoding.UTF8.GetBytes(json.ToJsonString()))]);

        string text = string.Join('\n', converted.Result.Files[0].Text.Split('\n').Select(static line => line.Trim()));
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Equal(lost.Split(' ', StringSplitOptions.RemoveEmptyEntries), converted.Losses.Select(static loss => loss.Key));
    }

    [Fact]
    public void OfApps_ReadsTheOlderContainerMessage()
    {
        Converted<ComposePod> converted = Return().OfApps("/p", [App.FromJson("""
            {"id":"/p/web","cmd":"x","container":{"image":"docker:///web:1","options":["-v","/a:/b","--ulimit","nofile=5","-e","A=old","-e","B=c","//","serve","-v"]},"env":{"A":"b"},"ports":[0],"cpus":0.5,"mem":64}
            """u8.ToArray())]);

        ComposeService service = converted.Result.Project!.Services["web"];
        Assert.Equal(("web:1", "bridge"), (service.Image, service.NetworkMode));
        Assert.Equal(["serve", "-v"], service.Command);
        Assert.Equal(["A=b", "B=c"], service.Environment.Select(static pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(new ComposeUlimit(5, 5), service.Ulimits["nofile"]);
        Assert.Equal(["container", "ports"], converted.Losses.Select(static loss => loss.Key));
    }

    [Fact]
    public void OfGroup_WaitsForWhatItsGroupsNeed()
    {
        Converted<ComposePod> converted = OfGroup("""
            {"id":"/p","groups":[{"id":"front","dependencies":["/p/back"],"apps":[{"id":"web","container":{"docker":{"image":"x"}}}]},
             {"id":"back","apps":[{"id":"db","container":{"docker":{"image":"x"}}},{"id":"cache","container":{"docker":{"image":"x"}}}]}],"pods":[{"id":"/p/pod"}],"enforceRole":true}
            """);

        Assert.Equal(["back-db", "back-cache"], converted.Result.Project!.Services["front-web"].DependsOn.Keys);
        Assert.Equal(["id", "id", "id", "pods", "enforceRole"], converted.Losses.Select(static loss => loss.Key));
    }

    [Fact]
    public void OfGroup_TakesPodsByThemselves()
    {
        App pod = AppOfPod.Of(PodResources.Measure(Projects.Read("name: own\nservices: { a: { image: x } }"), new MeasureOptions()), new ConversionOptions { Id = "/p/pod" }).Result;
        var web = App.FromJson("""{"id":"/p/web","container":{"docker":{"image":"x"}}}"""u8.ToArray());

        Assert.Equal(["p", "own"], Return().OfGroup(new Group { Id = "/p", Apps = [pod, web] }).Select(static one => one.Result.Name));
    }

    [Theory]
    [InlineData("/", "/web", "web", "id")]
    [InlineData("/shop", "/shop/web", "shop", "")]
    [InlineData("/a/shop", "/a/shop/web", "shop", "id")]
    [InlineData("/a.b", "/a.b/web", "a-b", "id")]
    [InlineData("/shop", "/shop/a.b", "shop", "id")]
    public void Id_IsLost_WhereItIsMoreThanAProjectAndAService(string group, string id, string name, string lost)
    {
        Converted<ComposePod> converted = Return().OfApps(group, [new App { Id = id, Container = new Container { Docker = new DockerContainer { Image = "x" } } }]);

        Assert.Equal(name, converted.Result.Name);
        Assert.Equal(lost, string.Join(' ', converted.Losses.Select(static loss => loss.Key)));
    }

    [Fact]
    public void OfPod_SharesOneNetwork()
    {
        Converted<ComposePod> converted = Return().OfPod(Pod.FromJson("""
            {"id":"/pods/shop","containers":[
              {"name":"web","image":{"kind":"DOCKER","id":"web:1"},"resources":{"cpus":0.5,"mem":64},"exec":{"command":{"argv":["serve"]},"overrideEntrypoint":true},
               "endpoints":[{"name":"http","containerPort":80,"hostPort":8080}],"volumeMounts":[{"name":"tmp","mountPath":"/t"},{"name":"key","mountPath":"/run/key"}]},
              {"name":"side","image":{"kind":"DOCKER","id":"side:1","forcePull":true},"resources":{"cpus":0.1,"mem":32},"user":"app","environment":{"A":"c"},
               "endpoints":[{"name":"metrics","containerPort":9000,"hostPort":0,"protocol":["udp"]}],"lifecycle":{"killGracePeriodSeconds":1.5},
               "healthCheck":{"http":{"endpoint":"metrics"}}}],
             "environment":{"A":"b","B":"c"},"user":"root","labels":{"team":"shop"},"volumes":[{"name":"tmp"},{"name":"key","secret":"k"}],"secrets":{"k":{"source":"/path/k"}},
             "networks":[{"mode":"container","name":"overlay"}],"scaling":{"kind":"fixed","instances":3},
             "scheduling":{"backoff":{"backoff":5,"backoffFactor":1},"upgrade":{"minimumHealthCapacity":1},"placement":{"constraints":[{"fieldName":"zone","operator":"IS","value":"a"}]}}}
            """u8.ToArray()));

        ComposeProject project = converted.Result.Project!;
        (ComposeService web, ComposeService side) = (project.Services["web"], project.Services["side"]);
        Assert.Equal(["overlay"], web.Networks.Keys);
        Assert.Equal("service:web", side.NetworkMode);
        Assert.Equal(["8080:80", "9000/udp"], web.Ports.Select(static port => port.ToString()));
        Assert.Equal(("root", "app"), (web.User, side.User));
        Assert.Equal(("c", "c", "b"), (side.Environment["A"], side.Environment["B"], web.Environment["A"]));
        Assert.Equal(["serve"], web.Entrypoint);
        Assert.Equal("always", side.PullPolicy);
        Assert.Equal(TimeSpan.FromSeconds(1.5), side.StopGracePeriod);
        Assert.Equal(TimeSpan.FromSeconds(5), side.Restart!.Delay);
        Assert.Equal(["node.labels.zone == a"], web.Deploy!.Constraints);
        Assert.Equal(("k", "/run/key"), (web.Secrets[0].Source, web.Secrets[0].Target));
        Assert.Equal("/path/k", project.Secrets["k"].Name);
        Assert.Equal(
            ["side healthCheck", " volumes[0]", " scaling.instances", " scheduling.upgrade", " id"],
            converted.Losses.Select(static loss => $"{loss.Service} {loss.Key}"));
    }

    [Theory]
    [InlineData("services: { a: { image: x } }")]
    [InlineData("services: { a: { image: \"x:${TAG}\" }, b: { image: y, profiles: [p] } }\n--- environment\nTAG=7\n--- arguments\nprofile p")]
    [InlineData("services: { a: { extends: { file: sub/base.yaml, service: base } } }\n--- sub/base.yaml\nservices: { base: { image: b, env_file: b.env } }\n--- sub/b.env\nX=1")]
    [InlineData("services: { a: { image: x, cpus: 1 } }\n--- over.yaml\nservices: { a: { cpus: 2, ports: [\"80\"] } }\n--- arguments\nfile compose.yaml\nfile over.yaml")]
    public void OfPodApp_HasTheProjectThatWasPacked(string text)
    {
        ComposePod pod = PodResources.Measure(Projects.Read(text), new MeasureOptions());
        App app = AppOfPod.Of(pod, new ConversionOptions { Id = "/p" }).Result;

        Converted<ComposePod> converted = Return().OfPodApp(app);

        Assert.Empty(converted.Losses);
        Assert.Equal(
            Encoding.UTF8.GetString(ComposeFileWriter.Json(pod.Project!.Document)), Encoding.UTF8.GetString(ComposeFileWriter.Json(converted.Result.Project!.Document)));
        Assert.Equal(app.ToJson(), AppOfPod.Of(converted.Result, new ConversionOptions { Id = "/p" }).Result.ToJson());

        // And as one file that needs no other, and no variable.
        ComposeProject one = Projects.Read(Return().Text(converted.Result));
        Assert.Equal(converted.Result.Project.Services.Values.Select(static service => (service.Image, service.Environment.Count)), one.Services.Values.Select(static service => (service.Image, service.Environment.Count)));
    }

    [Fact]
    public void OfPodApp_TellsWhatTheAppSaysBesides()
    {
        App app = AppOfPod.Of(PodResources.Measure(Projects.Read("services: { a: { image: x, deploy: { placement: { constraints: [node.labels.a == b] } } } }"), new MeasureOptions()), new ConversionOptions { Id = "/p" }).Result;
        App more = app with { Instances = 4, Env = new Dictionary<string, EnvironmentValue> { ["NEW"] = "1" }, Constraints = [["hostname", "UNIQUE"]], Cpus = 9 };

        Assert.Equal(["constraints[0]", "cpus", "env", "instances"], Return().OfPodApp(more).Losses.Select(static loss => loss.Key).Order());
    }

    [Theory]
    [InlineData("a.yml", "a.yml,./a.yml", null)]
    [InlineData("http://files.example.com/a.yml", "a.yml", null)]
    [InlineData(null, "compose.yaml,compose.override.yml", null)]
    [InlineData(null, "a.yml", "carries none of the files compose.yaml")]
    [InlineData("b.yml", "a.yml", "names the compose file 'b.yml'")]
    [InlineData("../a.yml", "a.yml", "names the compose file '../a.yml'")]
    [InlineData("/etc/passwd", "a.yml", "names the compose file '/etc/passwd'")]
    [InlineData("a\0.yml", "a.yml", "names the compose file")]
    public void OfPodApp_FindsFilesAsTheExecutorDoes(string? label, string packed, string? refusal)
    {
        byte[] project = Encoding.UTF8.GetBytes("services: { a: { image: x } }");
        Dictionary<string, string> labels = new() { [PodFiles.Label] = PodFiles.Pack([.. packed.Split(',').Select(name => new PackedFile(name, project))]) };
        if (label is not null)
        {
            labels["fileName"] = label;
        }

        var app = new App { Id = "/p", Executor = AppOfPod.UsualExecutor, Labels = labels };

        if (refusal is null)
        {
            Assert.Equal("p", Return().OfPodApp(app).Result.Name);
        }
        else
        {
            var e = Assert.Throws<MesosDockerException>(() => Return().OfPodApp(app));
            Assert.Equal(Fault.DefinitionInvalid, e.Fault);
            Assert.Contains(refusal, e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"id":"/a","cmd":"x"}""", Fault.DefinitionInvalid, "runs no image")]
    [InlineData("""{"container":{"docker":{"image":"x"}}}""", Fault.DefinitionInvalid, "no id")]
    [InlineData("""{"id":"/a","container":{"image":"docker:///x","options":["--no-such"]}}""", Fault.OptionUnknown, "no-such")]
    public void OfApps_RefusesWhatIsNoContainer(string json, Fault fault, string part)
    {
        var e = Assert.Throws<MesosDockerException>(() => Return().OfApps("/", [App.FromJson(Encoding.UTF8.GetBytes(json))]));

        Assert.Equal(fault, e.Fault);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"/p"}""", "no container")]
    [InlineData("""{"id":"/p","containers":[{"name":"a"}]}""", "'a'")]
    public void OfPod_RefusesWhatHasNoImage(string json, string part)
        => Assert.Contains(part, Assert.Throws<MesosDockerException>(() => Return().OfPod(Pod.FromJson(Encoding.UTF8.GetBytes(json)))).Message, StringComparison.Ordinal);

    internal static Converted<ComposePod> OfGroup(string json) => OfGroup(Group.FromJson(Encoding.UTF8.GetBytes(json)));

    internal static Converted<ComposePod> OfGroup(Group group) => Assert.Single(Return().OfGroup(group));

    internal static ProjectReturn Return() => new(new YamlText(), new ReturnOptions { Directory = Projects.Directory });
}
