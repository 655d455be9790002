using System.Text.Json;
using MesosDocker.Docker;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Docker;

public sealed class DockerRunLineTests
{
    private const string Refused = "config-docker";

    private static readonly string[] s_tools = ["deimos", "dmc"];

    [Theory]
    [InlineData("docker run --rm x")]
    [InlineData("run --rm x")]
    [InlineData("sudo docker run --rm x")]
    [InlineData("/usr/bin/docker run --rm x")]
    [InlineData("docker container run --rm x")]
    [InlineData("docker -D --log-level debug run --rm x")]
    [InlineData("docker create --rm x")]
    [InlineData("container create --rm x")]
    public void Parse_FindsTheCommand(string line)
    {
        DockerRunLine read = DockerRunLine.Parse(line, NoRunFiles.Instance);

        Assert.Equal("x", read.Run.Container.Image);
        Assert.True(read.Run.Container.HostConfig.AutoRemove);
        Assert.Equal(line.Contains("create", StringComparison.Ordinal), read.CreateOnly);
    }

    [Fact]
    public void Parse_ReadsTheClientsOptions()
    {
        const string Line = "docker -H tcp://a:1 -H=unix:///b --tls --tlsverify=false --tlscacert '\"ca.pem\"' --tlscert c --tlskey k "
            + "--config /d -c default run x";

        EngineOptions engine = DockerRunLine.Parse(Line, NoRunFiles.Instance).Engine;

        Assert.Equal(["tcp://a:1", "unix:///b"], engine.Hosts);
        Assert.Equal(
            new EngineOptions
            {
                Hosts = engine.Hosts,
                Tls = true,
                TlsVerify = false,
                TlsCaCertificate = "ca.pem",
                TlsCertificate = "c",
                TlsKey = "k",
                ConfigDirectory = "/d",
            },
            engine);
    }

    [Theory]
    [InlineData("", Fault.UsageInvalid, "no command")]
    [InlineData("docker", Fault.UsageInvalid, "no command")]
    [InlineData("docker ps", Fault.UsageInvalid, "'ps'")]
    [InlineData("docker run", Fault.UsageInvalid, "image")]
    [InlineData("docker create", Fault.UsageInvalid, "docker create needs an image")]
    [InlineData("docker --no-such run x", Fault.OptionUnknown, "docker has no option '--no-such'")]
    [InlineData("docker --hots x run x", Fault.OptionUnknown, "did you mean --host")]
    [InlineData("docker -H", Fault.OptionValueMissing, "-H (--host)")]
    [InlineData("docker --context other run x", Fault.OptionValueInvalid, "--host")]
    [InlineData("docker create -d x", Fault.OptionUnknown, "--detach")]
    [InlineData("docker run 'x", Fault.UsageInvalid, "quote")]
    public void Parse_RefusesOtherLines(string line, Fault expected, string named)
    {
        var e = Assert.Throws<MesosDockerException>(() => DockerRunLine.Parse(line, NoRunFiles.Instance));

        Assert.Equal(expected, e.Fault);
        Assert.Contains(named, e.Message);
    }

    [Fact]
    public void ClientOptions_AlsoStandAlone()
    {
        EngineOptions start = new() { Hosts = ["a"], TlsKey = "k" };

        EngineOptions engine = ClientOptions.Parse(["--host=b", "--tlsverify"], start);

        Assert.Equal(["a", "b"], engine.Hosts);
        Assert.Equal("k", engine.TlsKey);
        Assert.True(engine.TlsVerify);
        Assert.Equal(Fault.UsageInvalid, Assert.Throws<MesosDockerException>(() => ClientOptions.Parse(["run"])).Fault);
    }

    [Fact]
    public void Parse_ReadsTheLineOfMesosOwnDockerExecutor()
    {
        string line = File
            .ReadAllLines(TestData.PathOf("seeds", "docker-run-of-mesos-1.1.txt"))
            .Single(l => l.StartsWith("docker", StringComparison.Ordinal));

        DockerRunLine read = DockerRunLine.Parse(line, NoRunFiles.Instance);

        ContainerSpec container = read.Run.Container;
        Assert.Equal(["unix:///var/run/docker.sock"], read.Engine.Hosts);
        Assert.Equal("mesos-S3.cfe6695c", read.Run.Name);
        Assert.Equal("python:2.7-alpine", container.Image);
        Assert.Equal(["/bin/sh"], container.Entrypoint);
        Assert.Equal(["-c", "python", "-m", "SimpleHTTPServer", "5000"], container.Cmd);
        Assert.Equal(16, container.Env!.Count);
        Assert.Contains("MARATHON_APP_LABELS=", container.Env);
        Assert.Equal(["<sandbox>:/mnt/mesos/sandbox"], container.HostConfig.Binds);
        Assert.Equal("host", container.HostConfig.NetworkMode);
        Assert.Equal(102, container.HostConfig.CpuShares);
        Assert.Equal(33554432, container.HostConfig.Memory);
    }

    public static TheoryData<string, string> Launches() => [.. s_tools
        .SelectMany(tool => Read(tool).Select(launch => (tool, launch.GetProperty("name").GetString()!)))
        .Where(launch => launch.Item2 != Refused && Runs(Launch(launch.tool, launch.Item2)).Any())];

    /// <summary>The containers which the older tools started, as the client was told and as the engine then showed them.</summary>
    [Theory]
    [MemberData(nameof(Launches))]
    public void Parse_ReadsEveryLaunchOfTheOlderTools(string tool, string name)
    {
        JsonElement launch = Launch(tool, name);
        ContainerSpec[] read = [.. Runs(launch).Select(line => DockerRunLine.Parse(line, NoRunFiles.Instance).Run.Container)];

        Assert.All(read, container => Assert.NotEmpty(container.Image!));
        if (read is [var only] && launch.GetProperty("observed").GetProperty("containers").EnumerateArray().ToArray() is [var shown])
        {
            Assert.Equal(shown.GetProperty("image").GetString(), only.Image);
            Assert.Equal(shown.GetProperty("user").GetString(), only.User ?? "");
            Assert.Equal(shown.GetProperty("network").GetString(), only.HostConfig.NetworkMode ?? "default");
            Assert.Equal(Strings(shown.GetProperty("binds")), only.HostConfig.Binds);
            Assert.Equal(shown.GetProperty("memory").GetInt64(), only.HostConfig.Memory ?? 0);
            Assert.Equal(shown.GetProperty("shares").GetInt64(), only.HostConfig.CpuShares ?? 0);
            if (only.HostConfig is { NetworkMode: not "host", PortBindings: { } bindings })
            {
                Assert.All(bindings.Keys, port => Assert.True(shown.GetProperty("ports").TryGetProperty(port, out _), port));
            }

            if (only.Cmd is { } command)
            {
                Assert.Equal(Strings(shown.GetProperty("cmd")), command);
            }
        }
    }

    /// <summary>Deimos wrote <c>--tls false</c>, which the client did not understand either.</summary>
    [Fact]
    public void Parse_RefusesTheOneThatTheClientRefused()
    {
        string[] line = Runs(Launch("deimos", Refused)).Single();

        Assert.Contains("'false'", Assert.Throws<MesosDockerException>(() => DockerRunLine.Parse(line, NoRunFiles.Instance)).Message);
    }

    private static JsonElement[] Read(string tool)
        => JsonSerializer.Deserialize<JsonElement[]>(File.ReadAllBytes(TestData.PathOf("seeds", tool + ".json")))!;

    private static JsonElement Launch(string tool, string name)
        => Read(tool).Single(launch => launch.GetProperty("name").GetString() == name);

    private static IEnumerable<string[]> Runs(JsonElement launch)
        => !launch.GetProperty("observed").TryGetProperty("calls", out JsonElement calls) ? [] : calls
            .EnumerateArray()
            .Where(call => call.TryGetProperty("docker", out _))
            .SelectMany(call => call.GetProperty("docker").EnumerateArray())
            .Select(Strings)
            .Where(words => words.Contains("run"));

    private static string[] Strings(JsonElement array)
        => array.ValueKind == JsonValueKind.Null ? [] : [.. array.EnumerateArray().Select(item => item.GetString()!)];
}
