using System.Text;
using System.Text.Json.Nodes;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests;

public sealed class AppBuilderTests
{
    private static readonly AppRequest s_plain = new() { Id = "web", Image = "nginx:1" };

    public static TheoryData<string, AppRequest, string> Requests() => new()
    {
        { "an image", s_plain, """{"id":"/web","container":{"type":"DOCKER","docker":{"image":"nginx:1"}}}""" },
        { "a command", new() { Id = "a", Command = "sleep 1" }, """{"id":"/a","cmd":"sleep 1"}""" },
        { "a program", new() { Id = "a", Command = "sleep", Arguments = ["1"] }, """{"id":"/a","args":["sleep","1"]}""" },
        { "arguments", s_plain with { Arguments = ["-v"] }, """{"id":"/web","args":["-v"],"container":{"type":"DOCKER","docker":{"image":"nginx:1"}}}""" },
        { "a group", new() { Id = "in/a", Group = "shop", Command = "x" }, """{"id":"/shop/in/a","cmd":"x"}""" },
        { "an id from the root", new() { Id = "/a", Group = "/shop", Command = "x" }, """{"id":"/a","cmd":"x"}""" },
        {
            "ports on a bridge",
            s_plain with { Ports = [AppPort.Parse("80"), AppPort.Parse("8080:81/udp"), AppPort.Parse("http=82")] },
            """
            {"id":"/web","container":{"type":"DOCKER","docker":{"image":"nginx:1"},"portMappings":[{"containerPort":80,"hostPort":0},
            {"containerPort":81,"hostPort":8080,"protocol":"udp"},{"containerPort":82,"hostPort":0,"name":"http"}]},"networks":[{"mode":"container/bridge"}]}
            """
        },
        {
            "ports on the host",
            s_plain with { Network = "host", Ports = [AppPort.Parse("8080"), AppPort.Parse("0/udp")] },
            """
            {"id":"/web","container":{"type":"DOCKER","docker":{"image":"nginx:1"}},"networks":[{"mode":"host"}],
            "portDefinitions":[{"port":8080},{"port":0,"protocol":"udp"}],"requirePorts":true}
            """
        },
        { "ports of a command", new() { Id = "a", Command = "x", Ports = [AppPort.Parse("0")] }, """{"id":"/a","cmd":"x","portDefinitions":[{"port":0}]}""" },
        {
            "a network",
            s_plain with { Network = "My-net", Ports = [AppPort.Parse("80")] },
            """
            {"id":"/web","container":{"type":"DOCKER","docker":{"image":"nginx:1"},"portMappings":[{"containerPort":80}]},
            "networks":[{"mode":"container","name":"My-net"}]}
            """
        },
        {
            "switches and parameters",
            s_plain with { PullAlways = true, Privileged = true, Parameters = [new("ulimit", "nofile=1"), new("ulimit", "nproc=2")] },
            """
            {"id":"/web","container":{"type":"DOCKER","docker":{"image":"nginx:1","forcePullImage":true,"privileged":true,
            "parameters":[{"key":"ulimit","value":"nofile=1"},{"key":"ulimit","value":"nproc=2"}]}}}
            """
        },
        {
            "the Mesos containerizer",
            s_plain with { Containerizer = ContainerizerKind.Mesos, PullSecret = "reg", Secrets = new Dictionary<string, string> { ["reg"] = "/r" }, Gpus = 1 },
            """{"id":"/web","container":{"type":"MESOS","docker":{"image":"nginx:1","pullConfig":{"secret":"reg"}}},"gpus":1,"secrets":{"reg":{"source":"/r"}}}"""
        },
        {
            "the older message",
            s_plain with
            {
                Containerizer = ContainerizerKind.External,
                Command = "x",
                Network = "Host",
                Volumes = [AppWords.Volume("/a:/b:ro")],
                Privileged = true,
                Parameters = [new("dns", "1.1.1.1")],
                Ports = [AppPort.Parse("80"), AppPort.Parse("31000:80")],
            },
            """
            {"id":"/web","cmd":"x","container":{"image":"docker:///nginx:1","options":["--net=host","-v","/a:/b:ro","--privileged","--dns=1.1.1.1"]},"ports":[0,31000]}
            """
        },
        {
            "health by the number, the name and the place of a port",
            s_plain with
            {
                Ports = [AppPort.Parse("443"), AppPort.Parse("http=80")],
                HealthChecks = [AppHealthCheck.Parse("http://:80/ping"), AppHealthCheck.Parse("tcp://:http"), AppHealthCheck.Parse("https:///"), AppHealthCheck.Parse("curl x")],
            },
            """
            {"id":"/web","container":{"type":"DOCKER","docker":{"image":"nginx:1"},"portMappings":[{"containerPort":443,"hostPort":0},
            {"containerPort":80,"hostPort":0,"name":"http"}]},"networks":[{"mode":"container/bridge"}],"healthChecks":[
            {"protocol":"HTTP","path":"/ping","portIndex":1},{"protocol":"TCP","portIndex":1},{"protocol":"HTTPS","path":"/","portIndex":0},
            {"protocol":"COMMAND","command":{"value":"curl x"}}]}
            """
        },
        {
            "health of a port that only the host knows",
            new() { Id = "a", Command = "x", HealthChecks = [AppHealthCheck.Parse("mesos-http://:5000")] },
            """{"id":"/a","cmd":"x","healthChecks":[{"protocol":"MESOS_HTTP","path":"/","port":5000}]}"""
        },
        {
            "everything else",
            new()
            {
                Id = "a", Command = "x", User = "me", Cpus = 0.5, Memory = 64, Disk = 10, Instances = 0, Executor = "/e",
                Environment = new Dictionary<string, EnvironmentValue> { ["A"] = "1", ["B"] = new() { Secret = "s" } },
                Labels = new Dictionary<string, string> { ["l"] = "v" },
                Constraints = [AppWords.Constraint("hostname:unique"), AppWords.Constraint("rack:LIKE:a:b")],
                Fetch = [new Artifact { Uri = "http://x" }], Dependencies = ["/b"], AcceptedResourceRoles = ["*"], KillGraceSeconds = 5,
                UpgradeStrategy = new UpgradeStrategy { MinimumHealthCapacity = 0.5 },
            },
            """
            {"id":"/a","cmd":"x","user":"me","instances":0,"cpus":0.5,"mem":64,"disk":10,"executor":"/e","env":{"A":"1","B":{"secret":"s"}},"labels":{"l":"v"},
            "constraints":[["hostname","UNIQUE"],["rack","LIKE","a:b"]],"acceptedResourceRoles":["*"],"fetch":[{"uri":"http://x"}],"dependencies":["/b"],
            "taskKillGracePeriodSeconds":5,"upgradeStrategy":{"minimumHealthCapacity":0.5}}
            """
        },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Build_WritesWhatIsAskedFor(string what, AppRequest request, string json)
    {
        Assert.NotEmpty(what);
        Assert.Equal(JsonNode.Parse(json)!.ToJsonString(), JsonNode.Parse(AppBuilder.Build(request).ToJson())!.ToJsonString());
    }

    public static TheoryData<AppRequest, string> Conflicts() => new()
    {
        { new() { Id = "a", Containerizer = ContainerizerKind.Docker }, "needs -Image" },
        { new() { Id = "a", Containerizer = ContainerizerKind.External }, "needs -Image" },
        { new() { Id = "a", Parameters = [new("x", "y")] }, "-Parameter" },
        { s_plain with { Containerizer = ContainerizerKind.Mesos, Privileged = true }, "-Privileged" },
        { new() { Id = "a", PullAlways = true }, "-PullAlways needs -Image" },
        { s_plain with { PullSecret = "x" }, "-PullSecret" },
        { s_plain with { Containerizer = ContainerizerKind.External, PullAlways = true }, "older container message" },
        { s_plain with { Network = "Host", Ports = [AppPort.Parse("8080:80")] }, "-Network Bridge" },
        { s_plain with { Ports = [AppPort.Parse("80")], HealthChecks = [AppHealthCheck.Parse("http://:81/")] }, "'81'" },
        { s_plain with { HealthChecks = [AppHealthCheck.Parse("http://:web/")] }, "'web'" },
    };

    [Theory]
    [MemberData(nameof(Conflicts))]
    public void Build_RefusesWhatCannotBeTogether(AppRequest request, string message)
    {
        var e = Assert.Throws<MesosDockerException>(() => AppBuilder.Build(request));

        Assert.Equal(Fault.OptionConflict, e.Fault);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("80/")]
    [InlineData("80/sctp")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("1:2:3")]
    [InlineData(":80")]
    [InlineData("80:")]
    [InlineData("=80")]
    [InlineData("a=b=80")]
    [InlineData("8 0")]
    public void AppPort_RefusesWhatIsNone(string text)
        => Assert.Equal(Fault.OptionValueInvalid, Assert.Throws<MesosDockerException>(() => AppPort.Parse(text)).Fault);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("http://host:80/")]
    [InlineData("http://host/")]
    [InlineData("tcp://:80/x")]
    [InlineData("htp://:80/x")]
    [InlineData("ftp://")]
    public void AppHealthCheck_RefusesWhatIsNone(string text)
        => Assert.Equal(Fault.OptionValueInvalid, Assert.Throws<MesosDockerException>(() => AppHealthCheck.Parse(text)).Fault);

    [Theory]
    [InlineData("htp://:80/", "'htp'")]
    [InlineData("HTP+x://:80/", "http://, https://, tcp://, mesos-http://, mesos-https://, mesos-tcp://")]
    public void AppHealthCheck_NamesTheSchemesThatThereAre(string text, string words)
        => Assert.Contains(words, Assert.Throws<MesosDockerException>(() => AppHealthCheck.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("curl htp://x")]
    [InlineData("://x")]
    [InlineData("test -e /tmp/http:")]
    public void AppHealthCheck_TakesOtherWordsForACommand(string text)
        => Assert.Equal(text, AppHealthCheck.Parse(text).Check.Command?.Value);

    [Theory]
    [InlineData("hostname")]
    [InlineData("hostname:")]
    [InlineData(":UNIQUE")]
    [InlineData("")]
    public void Constraint_RefusesWhatIsNone(string text) => Assert.Throws<MesosDockerException>(() => AppWords.Constraint(text));

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("/a:b")]
    [InlineData(":/b")]
    [InlineData("/a:/b:rx")]
    [InlineData("/a:/b:ro:z")]
    public void Volume_RefusesWhatIsNone(string text) => Assert.Throws<MesosDockerException>(() => AppWords.Volume(text));

    [Fact]
    public void Parts_AreReadInAnyCase_AndRefuseWhatTheyHaveNot()
    {
        Volume volume = AppParts.Volume(Json("""{"containerpath":"data","Persistent":{"Size":100}}"""));
        Assert.Equal(100, volume.Persistent!.Size);
        Assert.Equal(5, AppParts.HealthCheck(Json("""{"url":"http://:80/x","IntervalSeconds":5}""")).Check.IntervalSeconds);
        Assert.Equal("COMMAND", AppParts.HealthCheck(Json("""{"Command":"x"}""")).Check.Protocol);
        Assert.Equal("s", AppParts.Variable(Json("""{"secret":"s"}""")).Secret);
        Assert.Equal(80, AppParts.Port(Json("""{"CONTAINERPORT":80}""")).Container);

        Assert.Contains("is 'hostPath' meant?", Assert.Throws<MesosDockerException>(() => AppParts.Volume(Json("""{"HostPaht":"x"}"""))).Message, StringComparison.Ordinal);
        Assert.Contains("does not fit", Assert.Throws<MesosDockerException>(() => AppParts.Artifact(Json("""{"Extract":"x"}"""))).Message, StringComparison.Ordinal);
        Assert.Throws<MesosDockerException>(() => AppParts.Variable(Json("""{"x":1}""")));
    }

    [Fact]
    public void Apply_LaysFieldsOver_AndTakesThemAway()
    {
        App app = AppBuilder.Build(s_plain with { Cpus = 1, Labels = new Dictionary<string, string> { ["a"] = "1" } });

        App changed = PropertyEdits.Apply(app, Json("""{"BackoffSeconds":5,"cpus":null,"labels":{"B":"2"},"newField":[1]}"""));

        Assert.Equal(
            """{"id":"/web","container":{"type":"DOCKER","docker":{"image":"nginx:1"}},"labels":{"a":"1","B":"2"},"backoffSeconds":5,"newField":[1]}""",
            Encoding.UTF8.GetString(changed.ToJson()));
        Assert.Throws<MesosDockerException>(() => PropertyEdits.Apply(app, Json("""{"cpus":"much"}""")));
    }

    private static JsonObject Json(string json) => JsonNode.Parse(json)!.AsObject();
}
