using System.Text;
using System.Text.Json.Nodes;
using MesosDocker.Adapters.Yaml;
using MesosDocker.Compose;
using MesosDocker.Conversion;
using MesosDocker.Core.Tests.Compose;
using MesosDocker.Core.Tests.Pods;
using MesosDocker.Io;
using MesosDocker.Marathon;
using MesosDocker.Pods;

namespace MesosDocker.Core.Tests;

public sealed class PodAppConversionTests
{
    private const string Sandbox = "/sandbox";

    [Fact]
    public void Of_MakesAnAppThatRunsThePod()
    {
        Converted<App> converted = Convert("""
            name: shop
            services:
              web:
                image: "web:${TAG}"
                ports: ["8080:80", "53/udp"]
                depends_on: [db]
                stop_grace_period: 5s
                deploy: { replicas: 2, placement: { constraints: [node.labels.zone == a] }, update_config: { order: start-first }, resources: { limits: { cpus: "0.5", memory: 64M } } }
              db: { image: "db:1", cpus: 1, mem_limit: 100m, stop_grace_period: 20s }
            --- environment
            TAG=2
            UNUSED=x
            """);

        JsonNode json = JsonNode.Parse(converted.Result.ToJson())!;
        string packed = (string)json["labels"]!["mesosdocker.pod.files"]!;
        json["labels"]!["mesosdocker.pod.files"] = "...";
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""
                    {"id":"/shop","cmd":"run","cpus":2.1,"mem":260,"executor":"/usr/local/bin/mesos-docker-executor","env":{"TAG":"2"},
                     "labels":{"fileName":"compose.yaml","mesosdocker.pod.files":"..."},"constraints":[["zone","CLUSTER","a"]],
                     "portDefinitions":[{"port":0,"name":"web-80"},{"port":0,"protocol":"udp","name":"web-53"},{"port":0,"name":"web-2-80"},{"port":0,"protocol":"udp","name":"web-2-53"}],
                     "taskKillGracePeriodSeconds":25,"upgradeStrategy":{"minimumHealthCapacity":1,"maximumOverCapacity":1}}
                    """),
                json),
            json.ToJsonString());
        Assert.Equal("compose.yaml", Assert.Single(PodFiles.Unpack(packed)).Name);
        Assert.Equal("web ports[0]", string.Join(' ', converted.Losses.Select(static loss => $"{loss.Service} {loss.Key}")));
    }

    /// <summary>What the executor reads on its agent is the very project that was measured here.</summary>
    [Theory]
    [InlineData("services: { web: { image: x, environment: { A: \"${A:-none}\", B: \"$$5\" } } }")]
    [InlineData("services: { web: { image: \"x:${TAG:?}\", environment: [NAME, GONE] } }\n--- environment\nTAG=7\nNAME=n")]
    [InlineData("services: { web: { image: \"x:${TAG}\" } }\n--- .env\nTAG=7")]
    [InlineData("services: { web: { image: \"x:${TAG}\" } }\n--- sub/prod.env\nTAG=8\n--- arguments\nenv sub/prod.env")]
    [InlineData("services: { web: { image: x, env_file: [a.env, sub/b.env], label_file: a.labels } }\n--- a.env\nA=1\nB=${C}\n--- sub/b.env\nB=2\n--- a.labels\nl=m\n--- environment\nC=3")]
    [InlineData("services: { web: { extends: { file: base/base.yaml, service: base } } }\n--- base/base.yaml\nservices: { base: { image: b, env_file: b.env, volumes: [\"./d:/d\"] } }\n--- base/b.env\nX=1")]
    [InlineData("include: [sub/inner.yaml]\nservices: { web: { image: x } }\n--- sub/inner.yaml\nservices: { in: { image: \"i:${TAG}\" } }\n--- sub/.env\nTAG=5")]
    [InlineData("services: { web: { image: x } }\n--- over.yaml\nservices: { web: { image: y } }\n--- arguments\nfile compose.yaml\nfile over.yaml")]
    [InlineData("services: { web: { image: x } }\n--- ../all.yaml\nservices: { web: { command: [a] } }\n--- arguments\nfile compose.yaml\nfile ../all.yaml")]
    [InlineData("services: { web: { image: x }, debug: { image: y, profiles: [debug] }, other: { image: z, profiles: [other] } }\n--- arguments\nprofile debug")]
    [InlineData("services: { web: { image: x }, debug: { image: y, profiles: [debug] } }\n--- environment\nCOMPOSE_PROFILES=debug")]
    [InlineData("web: { image: x, mem_limit: 10m }")]
    public void TheExecutor_ReadsTheSameProject(string text)
    {
        ComposeProject project = Projects.Read(text);
        App app = AppOfPod.Of(PodResources.Measure(project, new MeasureOptions()), new ConversionOptions()).Result;

        Assert.Equal(Text(project, Projects.Directory), Text(ReadByExecutor(app), Sandbox));
    }

    /// <summary>One port less would be too few, and one more is one that leads nowhere.</summary>
    [Theory]
    [InlineData("services: { web: { image: x, ports: [\"8080:80\", \"53:53\", \"53:53/udp\", 90] }, db: { image: y, ports: [5432] } }", "web-80 web-53/udp,tcp web-90 db-5432")]
    [InlineData("services: { web: { image: x, scale: 3, ports: [80] } }", "web-80 web-2-80 web-3-80")]
    [InlineData("services: { web: { image: x, ports: [{ target: 80, name: UI }, \"81/udp\"] }, Web: { image: y, ports: [80] } }", "ui web-81/udp web-80")]
    [InlineData("services: { web: { image: x, ports: [\"80:80\"] }, a.b: { image: y, ports: [\"80:80\"] }, a_b: { image: y, ports: [\"81:80\"] } }", "web-80 a-b-80 a-b-80-2")]
    [InlineData("services: { web: { image: x, network_mode: host, ports: [80] }, off: { image: y, scale: 0, ports: [80] } }", "")]
    [InlineData("services: { web: { image: x } }", "")]
    public void Ports_AreThoseThatTheExecutorTakes(string text, string expected)
    {
        App app = Convert(text).Result;
        int[] offered = [.. Enumerable.Range(31000, app.PortDefinitions!.Count)];

        Assert.Equal(expected, string.Join(' ', app.PortDefinitions.Select(static port => $"{port.Name}{(port.Protocol is null ? "" : "/" + port.Protocol)}")));
        PodPlan plan = Plans.Of(text, offered);
        Assert.Equal(offered, plan.Ports.Select(static port => port.Host).Distinct().Order());
        if (offered.Length > 0)
        {
            Assert.Equal(Fault.PortsTooFew, Assert.Throws<MesosDockerException>(() => Plans.Of(text, offered[..^1])).Fault);
        }

        for (int i = 0; i < offered.Length; i++)
        {
            Assert.All(plan.Ports.Where(port => port.Host == offered[i]), port => Assert.Contains(
                app.PortDefinitions[i].Name!, (string[])["ui", .. new[] { port.Service.ToLowerInvariant().Replace('.', '-').Replace('_', '-') }.SelectMany(service => new[] { $"{service}-{port.Target}", $"{service}-{port.Target}-2" })]));
        }
    }

    [Theory]
    [InlineData("http://h/compose.yaml", "compose.yaml", "http://h/compose.yaml", 0)]
    [InlineData("http://h/other.yml", "other.yml", "http://h/other.yml", 0)]
    [InlineData("http://h/shop.tgz", "compose.yaml", "http://h/shop.tgz", 0)]
    [InlineData("http://h/shop/", "compose.yaml", "http://h/shop/compose.yaml", 0)]
    [InlineData("/srv/pods/compose.yaml", "compose.yaml", "/srv/pods/compose.yaml", 0)]
    public void Fetch_OfOneFile(string uris, string fileName, string fetched, int losses)
        => CheckFetch("services: { web: { image: x } }", uris, fileName, fetched, losses);

    [Theory]
    [InlineData("http://h/compose.yaml http://h/over.yaml http://h/web.env", "http://h/compose.yaml http://h/over.yaml>conf/over.yaml http://h/web.env>conf/web.env", 0)]
    [InlineData("http://h/compose.yaml http://h/over.yaml", "http://h/compose.yaml http://h/over.yaml>conf/over.yaml", 1)]
    [InlineData("http://h/all/", "http://h/all/compose.yaml http://h/all/conf/over.yaml>conf/over.yaml http://h/all/conf/web.env>conf/web.env", 0)]
    [InlineData("http://h/all.zip", "http://h/all.zip", 0)]
    public void Fetch_OfSeveralFiles(string uris, string fetched, int losses) => CheckFetch(
        "services: { web: { image: x, env_file: conf/web.env } }\n--- conf/over.yaml\nservices: { web: { command: [a] } }\n--- conf/web.env\nA=1\n--- arguments\nfile compose.yaml\nfile conf/over.yaml",
        uris, "compose.yaml,conf/over.yaml", fetched, losses);

    [Theory]
    [InlineData("services: { web: { image: x } }", "http://h/a.yml http://h/b.yml", Fault.OptionConflict, "None of the URIs leads to 'compose.yaml'")]
    [InlineData("services: { web: { image: x, profiles: [p] } }", "", Fault.DefinitionInvalid, "-Profile")]
    [InlineData("services: { web: { image: x, network_mode: \"service:db\", ports: [80] }, db: { image: y } }", "", Fault.DefinitionInvalid, "publish them there")]
    [InlineData("services: { web: { image: x } }\n--- a,b.yaml\nservices: {}\n--- arguments\nfile compose.yaml\nfile a,b.yaml", "", Fault.DefinitionInvalid, "rename the file")]
    public void Of_RefusesWhatCannotBe(string text, string uris, Fault fault, string part)
    {
        var e = Assert.Throws<MesosDockerException>(() => Convert(text, uris));

        Assert.Equal(fault, e.Fault);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RefusesWhatNoLabelHolds()
    {
        string noise = string.Concat(Enumerable.Range(0, 4000).Select(static i => $"# {Guid.NewGuid()}\n"));

        var e = Assert.Throws<MesosDockerException>(() => Convert($"{noise}services: {{ web: {{ image: x }} }}"));

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.Contains("give them by URIs", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build: .", "", "build")]
    [InlineData("build: .", "http://h/all.tgz", "")]
    [InlineData("build: \"https://e.org/a.git\"", "", "")]
    [InlineData("volumes: [\"./a:/a\", \"/srv:/srv\"]", "", "volumes[0]")]
    [InlineData("volumes: [\"./a:/a\"]", "http://h/all.tgz", "")]
    [InlineData("volumes: [\"v:/v\"]", "", "volumes.v")]
    [InlineData("volumes: [\"e:/e\"]", "", "")]
    [InlineData("networks: [n]", "", "networks.n.ipam")]
    [InlineData("secrets: [s], configs: [c]", "", "secrets.s.file configs.c.environment")]
    [InlineData("deploy: { mode: global, placement: { max_replicas_per_node: 1, preferences: [{ spread: node.labels.a }] } }", "", "deploy.mode deploy.placement.max_replicas_per_node deploy.placement.preferences")]
    [InlineData("deploy: { placement: { constraints: [node.role == manager] } }", "", "deploy.placement.constraints[0]")]
    [InlineData("deploy: { update_config: { delay: 5s, order: stop-first } }", "", "deploy.update_config.delay")]
    [InlineData("tty: true, container_name: mine, restart: on-failure, ulimits: { nofile: 5 }, cap_add: [ALL]", "", "")]
    public void Losses_AreFew_ForComposeItselfRunsIt(string keys, string uris, string losses)
    {
        string image = keys.Contains("build", StringComparison.Ordinal) ? "" : "image: x, ";
        string top = keys.Contains("networks", StringComparison.Ordinal) ? "networks: { n: { ipam: { config: [{ subnet: 10.9.0.0/24 }] } } }"
            : keys.Contains("secrets", StringComparison.Ordinal) ? "secrets: { s: { file: ./s } }\nconfigs: { c: { environment: C } }"
            : "volumes: { v: , e: { external: true } }";
        Converted<App> converted = Convert($"services: {{ web: {{ {image}{keys} }} }}\n{top}", uris);

        Assert.Equal(losses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), converted.Losses.Select(static loss => loss.Key).Order());
    }

    [Theory]
    [InlineData("a: { image: x }", 10)]
    [InlineData("a: { image: x, stop_grace_period: 1500ms }", 2)]
    [InlineData("a: { image: x, depends_on: [b] }, b: { image: x, stop_grace_period: 1m }, c: { image: x, stop_grace_period: 30s }", 70)]
    [InlineData("a: { image: x, depends_on: [b, c] }, b: { image: x, depends_on: [c] }, c: { image: x }", 30)]
    public void KillGrace_IsThatOfTheLongestChain(string services, int seconds)
        => Assert.Equal(seconds, Convert($"services: {{ {services} }}").Result.TaskKillGracePeriodSeconds);

    [Fact]
    public void Of_TakesWhatIsSaidOfTheApp()
    {
        var options = new ConversionOptions { Id = "mine", Group = "/g", Executor = "/opt/executor", Instances = 4 };
        ComposePod pod = PodResources.Measure(
            Projects.Read("services: { web: { image: x, deploy: { update_config: { parallelism: 2 } } } }\n--- environment\nHOST=h\nPORT0=1\nMESOS_TASK_ID=t\nHOME=/root"), new MeasureOptions());

        App app = AppOfPod.Of(pod, options).Result;

        Assert.Equal(("/g/mine", "/opt/executor", 4, 0.5), (app.Id, app.Executor, app.Instances, app.UpgradeStrategy!.MinimumHealthCapacity));
        Assert.Null(app.Env);
    }

    private static void CheckFetch(string text, string uris, string fileName, string fetched, int losses)
    {
        Converted<App> converted = Convert(text, uris);

        Assert.Equal(fileName, converted.Result.Labels!["fileName"]);
        Assert.False(converted.Result.Labels.ContainsKey("mesosdocker.pod.files"));
        Assert.Equal(fetched, string.Join(' ', converted.Result.Fetch!.Select(static file => file.Uri + (file.DestPath is null ? "" : ">" + file.DestPath))));
        Assert.Equal(losses, converted.Losses.Count);
    }

    private static Converted<App> Convert(string text, string uris = "")
    {
        var options = new ConversionOptions { Fetch = [.. uris.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static uri => new Artifact { Uri = uri })] };
        Converted<App> converted = AppOfPod.Of(PodResources.Measure(Projects.Read(text), new MeasureOptions()), options);
        Assert.DoesNotContain(converted.Result.Judge(null), static finding => finding.Severity == Severity.Error);
        return converted;
    }

    // As Core/Pods does it, with the environment that the agent gives it.
    private static ComposeProject ReadByExecutor(App app)
    {
        IReadOnlyList<PackedFile> packed = PodFiles.Unpack(app.Labels!["mesosdocker.pod.files"]);
        Dictionary<string, string> files = packed.ToDictionary(static file => $"{Sandbox}/{file.Name}", static file => Encoding.UTF8.GetString(file.Content.Span));
        string[] names = app.Labels["fileName"].Split(',');
        return new ComposeReader(new YamlText(), new ComposeFilesInMemory(files)).Read(new ComposeRequest
        {
            Files = [.. names.Select(name => new DocumentText($"{Sandbox}/{name}", files[$"{Sandbox}/{name}"]))],
            Directory = Path.GetDirectoryName($"{Sandbox}/{names[0]}")!,
            ProjectName = "p",
            Environment = (app.Env ?? new Dictionary<string, EnvironmentValue>()).ToDictionary(static pair => pair.Key, static pair => pair.Value.Value!),
            Profiles = app.Labels.TryGetValue("mesosdocker.pod.profiles", out string? profiles) ? profiles.Split(',') : null,
        });
    }

    private static string Text(ComposeProject project, string directory)
        => Encoding.UTF8.GetString(ComposeFileWriter.Json(project.Document)).Replace(Path.GetDirectoryName(project.Inputs.MainFiles[0].Source)!, "ROOT", StringComparison.Ordinal)
            .Replace(directory, "ROOT", StringComparison.Ordinal);
}
