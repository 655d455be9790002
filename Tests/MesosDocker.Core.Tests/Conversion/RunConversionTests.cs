using System.Text;
using System.Text.Json.Nodes;
using MesosDocker.Conversion;
using MesosDocker.Docker;
using MesosDocker.Marathon;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests;

public sealed class RunConversionTests
{
    [Theory]
    [InlineData(
        "docker run -d --restart always --name web -p 8080:80 -p 53/udp -m 64m --cpus 1.5 -v /srv:/srv:ro -v data:/d -e A=b=c nginx:1 -x 'a b'",
        """
        {"id":"/web","args":["-x","a b"],"container":{"type":"DOCKER","docker":{"image":"nginx:1"},"volumes":[
        {"containerPath":"/srv","hostPath":"/srv","mode":"RO"},{"containerPath":"/d","hostPath":"data","mode":"RW"}],
        "portMappings":[{"containerPort":80,"hostPort":8080},{"containerPort":53,"hostPort":0,"protocol":"udp"}]},
        "cpus":1.5,"mem":64,"env":{"A":"b=c"},"networks":[{"mode":"container/bridge"}]}
        """)]
    [InlineData(
        "docker run --rm --name a --net host --privileged --pull always --stop-timeout 7 -m 1g busybox",
        """
        {"id":"/a","container":{"type":"DOCKER","docker":{"image":"busybox","forcePullImage":true,"privileged":true}},"mem":1024,
        "networks":[{"mode":"host"}],"taskKillGracePeriodSeconds":7}
        """)]
    [InlineData(
        "docker run --name a --net mine -m 64m -c 512 --init -u 1:2 -h box -l a=b --entrypoint '' --ulimit nofile=1024 --ulimit nproc=5 -v /a:/b:z -e NAME_ONLY busybox",
        """
        {"id":"/a","container":{"type":"DOCKER","docker":{"image":"busybox","parameters":[{"key":"user","value":"1:2"},{"key":"entrypoint","value":""},{"key":"init","value":"true"},
        {"key":"hostname","value":"box"},{"key":"env","value":"NAME_ONLY"},{"key":"label","value":"a=b"},{"key":"volume","value":"/a:/b:z"},{"key":"ulimit","value":"nofile=1024:1024"},{"key":"ulimit","value":"nproc=5:5"}]}},
        "cpus":0.5,"mem":64,"networks":[{"mode":"container","name":"mine"}]}
        """)]
    [InlineData(
        "docker run --name a -m 64m --health-cmd 'curl -f x' --health-interval 1500ms --health-timeout 3s --health-start-period 1m --health-retries 2 busybox",
        """
        {"id":"/a","container":{"type":"DOCKER","docker":{"image":"busybox"}},"mem":64,"networks":[{"mode":"container/bridge"}],
        "healthChecks":[{"protocol":"COMMAND","command":{"value":"curl -f x"},"gracePeriodSeconds":60,"intervalSeconds":2,"timeoutSeconds":3,"maxConsecutiveFailures":2}]}
        """)]
    public void RequestOfRun_BecomesAnAppThatAsksForTheSame(string line, string json)
    {
        DockerRun run = DockerRunLine.Parse(line, NoRunFiles.Instance).Run;

        App app = AppBuilder.Build(RequestOfRun.Of(run, out IReadOnlyList<RunNote> notes));

        Assert.Empty(notes);
        Assert.True(
            JsonNode.DeepEquals(Sorted(JsonNode.Parse(json)), Sorted(JsonNode.Parse(app.ToJson()))),
            Encoding.UTF8.GetString(app.ToJson()));
    }

    [Theory]
    [InlineData("docker run -it -m 64m busybox", "no terminal")]
    [InlineData("docker run busybox", "128 MB")]
    [InlineData("docker run -m 64m -P busybox", "--publish-all")]
    [InlineData("docker run -m 64m -p 127.0.0.1:80:80 busybox", "127.0.0.1")]
    [InlineData("docker run -m 64m --net mine --ip 10.0.0.5 busybox", "Addresses and aliases")]
    public void RequestOfRun_SaysWhatIsLost(string line, string note)
    {
        RequestOfRun.Of(DockerRunLine.Parse(line, NoRunFiles.Instance).Run, out IReadOnlyList<RunNote> notes);

        Assert.Contains(note, Assert.Single(notes).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("container:x")]
    public void RequestOfRun_RefusesNetworksThatMarathonHasNot(string network)
        => Assert.Equal(
            Fault.OptionImpossible,
            Assert.Throws<MesosDockerException>(() => RequestOfRun.Of(DockerRunLine.Parse($"docker run --net {network} busybox", NoRunFiles.Instance).Run, out _)).Fault);

    /// <summary>What a real Mesos 1.1 made of this app stands in the seeds; only what it did not yet add may be more.</summary>
    [Fact]
    public void RunOfApp_WritesWhatMesosWrote()
    {
        string theirs = File.ReadAllLines(TestData.PathOf("seeds", "docker-run-of-mesos-1.1.txt"))[1];
        App app = App.FromJson(File.ReadAllBytes(TestData.PathOf("seeds", "marathon-python-server.json")));

        DockerRun run = RunOfApp.Of(
            app with { Id = "/test-docker", Version = "2017-04-11T16:15:04.342Z", Constraints = null },
            new ExampleTask { Host = "mesos-slave-002.com", ContainerName = "mesos-S3.cfe6695c", Suffix = "0596972c" },
            out IReadOnlyList<RunNote> notes);

        Assert.Empty(notes);
        string[] env = [.. theirs.Split(" -e ").Skip(1).Select(static part => part.Split(' ')[0]).Order(StringComparer.Ordinal)];
        Assert.Equal(env, run.Container.Env!.Order(StringComparer.Ordinal));
        Assert.Equal(102, run.Container.HostConfig.CpuShares);
        Assert.Equal(33554432, run.Container.HostConfig.Memory);
        Assert.Equal("host", run.Container.HostConfig.NetworkMode);
        Assert.Equal(["/bin/sh"], run.Container.Entrypoint!);
        Assert.Equal(["-c", "python -m SimpleHTTPServer 5000"], run.Container.Cmd!);
        Assert.Equal(["/var/lib/mesos/sandbox:/mnt/mesos/sandbox"], run.Container.HostConfig.Binds!);
        Assert.Equal("mesos-S3.cfe6695c", run.Name);
    }

    [Fact]
    public void RunOfApp_MapsPorts_AndTellsThemToTheTask()
    {
        App app = App.FromJson("""
            {"id":"/s/web","args":["-x"],"env":{"A":"1","PORT":"mine","S":{"secret":"s"}},"labels":{"a.b":"c"},
             "container":{"type":"DOCKER","docker":{"image":"i:1","network":"BRIDGE","privileged":true,"forcePullImage":true,
             "parameters":[{"key":"entrypoint","value":"/e"},{"key":"label","value":"x=y"}],
             "portMappings":[{"containerPort":80,"hostPort":0,"name":"http"},{"containerPort":53,"hostPort":5353,"protocol":"udp,tcp"},{"containerPort":0,"hostPort":0}]},
             "volumes":[{"containerPath":"/v","hostPath":"rel","mode":"RO"},{"containerPath":"/x","mode":"RW","external":{"name":"vol","provider":"dvdi","options":{"dvdi/driver":"rexray"}}}]}}
            """u8.ToArray());

        DockerRun run = RunOfApp.Of(app, new ExampleTask(), out IReadOnlyList<RunNote> notes);
        string line = ShellWords.Join(DockerRunWriter.Write(run));

        Assert.Contains("The values of S are secrets", Assert.Single(notes).Message, StringComparison.Ordinal);
        foreach (string word in new[]
        {
            "--publish=31000:80", "--publish=5353:53/udp", "--publish=5353:53", "--publish=31001:31001", "--env=PORT_80=31000", "--env=PORT_HTTP=31000", "--env=PORT1=5353",
            "--env=PORTS=31000,5353,31001", "--env=PORT=mine", "--env=MARATHON_APP_LABEL_A_B=c", "--env=MARATHON_APP_LABELS=A_B", "--privileged", "--pull=always",
            "--entrypoint=/e", "--label=x=y", "--label=MESOS_TASK_ID=s_web.example", "--volume=/var/lib/mesos/sandbox/rel:/v:ro", "--volume=vol:/x:rw",
            "--volume-driver=rexray", "--network=bridge",
        })
        {
            Assert.Contains($" {word} ", line, StringComparison.Ordinal);
        }

        Assert.EndsWith(" i:1 -x", line, StringComparison.Ordinal);
    }

    [Fact]
    public void RunOfApp_OnANetworkOfItsOwn_NeedsNoPortOfTheHost()
    {
        App app = App.FromJson("""
            {"id":"/web","container":{"docker":{"image":"i:1"},"portMappings":[{"containerPort":80}]},"networks":[{"mode":"container","name":"net"}]}
            """u8.ToArray());

        string line = ShellWords.Join(DockerRunWriter.Write(RunOfApp.Of(app, new ExampleTask(), out _)));

        Assert.Contains("--network=net", line, StringComparison.Ordinal);
        Assert.Contains("--env=PORT0=80", line, StringComparison.Ordinal);
        Assert.DoesNotContain("--publish", line, StringComparison.Ordinal);
    }

    [Fact]
    public void RunOfApp_TakesTheOlderMessage_AsDeimosDid()
    {
        App app = App.FromJson(File.ReadAllBytes(TestData.PathOf("seeds", "marathon-marketing.json")));

        string line = ShellWords.Join(DockerRunWriter.Write(RunOfApp.Of(app, new ExampleTask(), out _)));

        Assert.Contains("--volume=/srv:/srv", line, StringComparison.Ordinal);
        Assert.Contains("--volume=/var/lib/mesos/sandbox:/tmp/mesos-sandbox", line, StringComparison.Ordinal);
        Assert.Contains("--workdir=/tmp/mesos-sandbox", line, StringComparison.Ordinal);
        Assert.Contains("--cpu-shares=2048", line, StringComparison.Ordinal);
        Assert.Contains("--memory=768m", line, StringComparison.Ordinal);
        Assert.EndsWith("registry.int/marketing:latest sh -c /webapp/script/start.sh", line, StringComparison.Ordinal);
    }

    [Fact]
    public void RunOfApp_RefusesWhatIsNotRunByDocker()
    {
        Assert.Equal(Fault.OptionImpossible, Assert.Throws<MesosDockerException>(() => RunOfApp.Of(new App { Id = "/a", Cmd = "x" }, new ExampleTask(), out _)).Fault);
        App wrong = AppBuilder.Build(new AppRequest { Id = "a", Image = "i", Parameters = [new("no-such", "1")] });
        Assert.Equal(Fault.OptionUnknown, Assert.Throws<MesosDockerException>(() => RunOfApp.Of(wrong, new ExampleTask(), out _)).Fault);
    }

    [Theory]
    [InlineData("-p 8080:80 -m 64m -v /srv:/srv:ro --ulimit nofile=1024 --dns 1.1.1.1 -e A=b", "nginx:1 -x y")]
    [InlineData("--net host -m 128m --cap-add SYS_ADMIN --read-only --tmpfs /tmp --log-driver json-file --log-opt max-size=1m", "busybox")]
    [InlineData("--net mine -m 64m --entrypoint /e --user 5 --workdir /w", "busybox arg")]
    public void Run_OfAnAppOfARun_StillSaysWhatTheLineSaid(string options, string image)
    {
        DockerRun said = DockerRunLine.Parse($"docker run {options} {image}", NoRunFiles.Instance).Run;
        App app = AppBuilder.Build(RequestOfRun.Of(said, out _) with { Id = "a" });

        string line = ShellWords.Join(DockerRunWriter.Write(RunOfApp.Of(app, new ExampleTask(), out _)));

        foreach (string word in DockerRunWriter.WriteOptions(said))
        {
            Assert.Contains(word, line, StringComparison.Ordinal);
        }

        Assert.EndsWith(image, line, StringComparison.Ordinal);
    }

    // Parameters in any order: the table of options has its own.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        JsonArray list when list.Count > 0 && list[0] is JsonObject item && item.ContainsKey("key")
            => new JsonArray([.. list.Select(Sorted).OrderBy(static entry => entry!.ToJsonString(), StringComparer.Ordinal)]),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node is JsonValue value && value.TryGetValue(out double number) ? JsonValue.Create(number) : node?.DeepClone(),
    };
}
