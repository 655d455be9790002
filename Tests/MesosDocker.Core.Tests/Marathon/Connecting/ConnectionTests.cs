using MesosDocker.Core.Tests.Docker;
using MesosDocker.Marathon;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Marathon.Connecting;

public sealed class ConnectionTests : IDisposable
{
    private static readonly Dictionary<string, string> s_nothing = [];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("host", "http://host:8080/", null, null)]
    [InlineData("host:80", "http://host/", null, null)]
    [InlineData("host:8000", "http://host:8000/", null, null)]
    [InlineData("http://host", "http://host/", null, null)]
    [InlineData("https://host/marathon", "https://host/marathon", null, null)]
    [InlineData("a:1, http://b:2 ,", "http://a:1/ http://b:2/", null, null)]
    [InlineData("http://me:p%40ss@host:8080", "http://host:8080/", "me", "p@ss")]
    [InlineData("[::1]:8080", "http://[::1]:8080/", null, null)]
    public void Parse_TakesAddressesAsPeopleWriteThem(string text, string endpoints, string? user, string? password)
    {
        MarathonConnection connection = MarathonAddress.Parse([text]);

        Assert.Equal((endpoints, user, password), (string.Join(' ', connection.Endpoints), connection.UserName, connection.Password));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("ftp://host")]
    [InlineData("http://")]
    [InlineData("http://host/?a=b")]
    [InlineData("::")]
    [InlineData("http://me:secret@ho st")]
    public void Parse_RefusesWhatIsNoAddress_AndShowsNoSecret(string text)
    {
        MesosDockerException e = Engines.Fails(Fault.ConfigurationInvalid, () => MarathonAddress.Parse([text]));

        Assert.DoesNotContain("secret", e.Message);
    }

    [Fact]
    public void Resolve_GoesByWhatIsNearest()
    {
        MarathonConnection said = MarathonAddress.Parse(["said"]);
        MarathonConnection connected = MarathonAddress.Parse(["connected"]);
        var variable = new Dictionary<string, string> { ["MARATHON_URL"] = "variable" };
        LocalCluster local = Cluster("http://127.0.0.1:9999", "t0ken");

        Assert.Equal("said", ConnectionChoice.Resolve(said, connected, null, variable, local).Endpoints[0].Host);
        Assert.Equal("connected", ConnectionChoice.Resolve(null, connected, null, variable, local).Endpoints[0].Host);
        Assert.Equal("variable", ConnectionChoice.Resolve(null, null, null, variable, local).Endpoints[0].Host);
        Assert.Equal(9999, ConnectionChoice.Resolve(null, null, null, s_nothing, local).Endpoints[0].Port);
        Assert.Equal("http://127.0.0.1:8080/", ConnectionChoice.Resolve(null, null, null, s_nothing, null).Endpoints[0].ToString());
    }

    [Fact]
    public async Task Resolve_FollowsTheClusterThatWasStarted_BeforeTheVariable()
    {
        var variable = new Dictionary<string, string> { ["MARATHON_URL"] = "variable" };
        MarathonConnection connected = MarathonAddress.Parse(["connected"]);
        using RunningProgram server = RunningProgram.Start("bash", ["-c", "exec -a mesos-dockerd sleep 60"]);
        LocalCluster started = Cluster("http://127.0.0.1:9997", "t0ken") with { ProcessId = server.Id };
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no embedded cluster elsewhere.");
        for (int i = 0; i < 500 && !started.IsRunning; i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        MarathonConnection followed = ConnectionChoice.Resolve(null, null, started, variable, null);

        Assert.Equal((9997, "t0ken"), (followed.Endpoints[0].Port, followed.Token));
        Assert.Equal("connected", ConnectionChoice.Resolve(null, connected, started, variable, null).Endpoints[0].Host);
    }

    [Fact]
    public void Resolve_TakesNothingElse_WhereTheClusterThatWasStartedHasEnded()
    {
        LocalCluster ended = Cluster("http://127.0.0.1:9997", "t0ken") with { ProcessId = Environment.ProcessId };

        MesosDockerException e = Engines.Fails(Fault.MarathonUnreachable, () => ConnectionChoice.Resolve(null, null, ended, s_nothing, null));

        Assert.Contains(ended.WorkDirectory, e.Message, StringComparison.Ordinal);
        Assert.Equal("said", ConnectionChoice.Resolve(MarathonAddress.Parse(["said"]), null, ended, s_nothing, null).Endpoints[0].Host);
    }

    [Fact]
    public void Resolve_GivesTheTokenToItsOwnClusterOnly()
    {
        LocalCluster local = Cluster("http://127.0.0.1:9999", "t0ken");

        Assert.Equal("t0ken", ConnectionChoice.Resolve(null, null, null, s_nothing, local).Token);
        Assert.Equal("t0ken", ConnectionChoice.Resolve(MarathonAddress.Parse(["http://127.0.0.1:9999"]), null, null, s_nothing, local).Token);
        Assert.Null(ConnectionChoice.Resolve(MarathonAddress.Parse(["http://127.0.0.1:9998"]), null, null, s_nothing, local).Token);
        Assert.Null(ConnectionChoice.Resolve(MarathonAddress.Parse(["http://127.0.0.1:9999,http://evil:9999"]), null, null, s_nothing, local).Token);
        Assert.Null(ConnectionChoice.Resolve(MarathonAddress.Parse(["http://me:x@127.0.0.1:9999"]), null, null, s_nothing, local).Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"pid":0,"url":"http://a"}""")]
    [InlineData("""{"pid":99999999999,"url":"http://a"}""")]
    [InlineData("""{"pid":1,"url":"none"}""")]
    [InlineData("""{"pid":"1","url":"http://a"}""")]
    public void Find_TakesNothingThatIsNoServer(string json)
    {
        _directory.Write("server.json", json);

        Assert.Null(LocalCluster.Find(_directory.Root));
    }

    [Fact]
    public void Find_IsNull_WhereThereIsNothing_OrTooMuch()
    {
        Assert.Null(LocalCluster.Find(_directory.PathOf("no")));
        _directory.Write("server.json", $$"""{"pid":1,"url":"http://a","x":"{{new string('x', 100_000)}}"}""");
        Assert.Null(LocalCluster.Find(_directory.Root));
    }

    [Fact]
    public void IsRunning_IsFalse_ForAnotherProcessOfThatNumber()
    {
        _directory.Write("server.json", $$"""{"pid":{{Environment.ProcessId}},"url":"http://a"}""");

        LocalCluster cluster = LocalCluster.Find(_directory.Root)!;

        Assert.False(cluster.IsRunning);
        Assert.Null(cluster.ReadToken());
    }

    private LocalCluster Cluster(string url, string token)
    {
        _directory.Write("token", token + "\n");
        _directory.Write("server.json", $$"""{"pid":1,"url":"{{url}}","tokenFile":"token","agentUrl":"http://127.0.0.1:5051","version":"0.1.0"}""");
        return LocalCluster.Find(_directory.Root)!;
    }
}
