using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker;

public sealed class DockerRunParserTests
{
    private static readonly JsonSerializerOptions s_json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly MapFiles s_files = new MapFiles()
        .With("spaced", "GOOD=1\nBAD KEY=2")
        .With("nameless", "=x");

    public static TheoryData<string, string> Good => GoodLines.All;

    public static TheoryData<string, Fault, string> Bad => BadLines.All;

    static DockerRunParserTests() => s_files.Files["binary"] = [0x41, 0x3d, 0xff];

    [Theory]
    [MemberData(nameof(Good))]
    public void ParseOptions_MakesTheEnginesFields(string line, string expected)
    {
        JsonObject made = JsonNode.Parse(Json(Options(line)))!.AsObject();
        if (made["HostConfig"] is JsonObject { Count: 0 })
        {
            made.Remove("HostConfig");
        }

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), made), made.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void ParseOptions_RefusesWhatCannotWork_AndNamesIt(string line, Fault expected, string named)
    {
        var e = Assert.Throws<MesosDockerException>(() => Options(line));

        Assert.Equal(expected, e.Fault);
        Assert.Contains(named, e.Message);
        Assert.EndsWith(".", e.Message);
    }

    [Fact]
    public void EveryOption_IsInAGoodLine_AndEveryOneThatChecksItsValueInABadOne()
    {
        string[] good = [.. GoodLines.All.Select(row => row.Data.Item1)];
        string[] bad = [.. BadLines.All.Select(row => row.Data.Item1)];
        string[] ofTheRun =
        [
            "detach", "detach-keys", "sig-proxy", "name", "platform", "pull", "quiet", "disable-content-trust", "use-api-socket",
        ];

        // Any text is a value of these, or they are flags, all of one kind.
        string[] anything =
        [
            "detach-keys", "name", "cidfile", "entrypoint", "workdir", "user", "group-add", "hostname", "domainname", "network-alias",
            "dns-option", "volume-driver", "volumes-from", "cpuset-cpus", "cpuset-mems", "cap-add", "cap-drop", "ipc", "cgroup-parent",
            "isolation", "runtime", "stop-signal", "health-cmd", "log-driver",
        ];

        Assert.Empty(RunOptions.All.Where(o => !ofTheRun.Contains(o.Name) && !good.Any(line => Says(line, o))).Select(o => o.Name));
        Assert.Empty(RunOptions.All
            .Where(o => o.Kind != OptionKind.Flag && !anything.Contains(o.Name) && !bad.Any(line => Says(line, o)))
            .Select(o => o.Name));
    }

    [Fact]
    public void Parse_KeepsWhatIsTheClients()
    {
        DockerRun run = Parse("-dq --name web --platform linux/arm64 --pull always --sig-proxy=false --detach-keys ctrl-a "
            + "--disable-content-trust=false --use-api-socket busybox");

        Assert.Equal(
            new DockerRun
            {
                Container = run.Container,
                Detach = true,
                Quiet = true,
                Name = "web",
                Platform = "linux/arm64",
                Pull = PullPolicy.Always,
                SignalProxy = false,
                DetachKeys = "ctrl-a",
                DisableContentTrust = false,
                UseApiSocket = true,
            },
            run);
    }

    [Theory]
    [InlineData("--pull missing x", PullPolicy.Missing)]
    [InlineData("--pull never x", PullPolicy.Never)]
    [InlineData("x", null)]
    public void Parse_KnowsWhenToPull(string line, PullPolicy? expected) => Assert.Equal(expected, Parse(line).Pull);

    [Theory]
    [InlineData("--env A=1 image")]
    [InlineData("--env=A=1 image")]
    [InlineData("-e A=1 image")]
    [InlineData("-eA=1 image")]
    [InlineData("-e=A=1 image")]
    [InlineData("-ie A=1 image")]
    [InlineData("-tieA=1 image")]
    [InlineData("-ite=A=1 image")]
    public void Parse_TakesEverySpelling(string line) => Assert.Equal(["A=1"], Parse(line).Container.Env);

    [Theory]
    [InlineData("image", null)]
    [InlineData("image sh -c 'a  b'", new[] { "sh", "-c", "a  b" })]
    [InlineData("--rm image --rm -p 80", new[] { "--rm", "-p", "80" })]
    [InlineData("--rm -- image --name x", new[] { "--name", "x" })]
    [InlineData("image -- x ''", new[] { "--", "x", "" })]
    public void Parse_TakesTheFirstOtherWordForTheImage_AndTheRestForItsCommand(string line, string[]? command)
    {
        ContainerSpec container = Parse(line).Container;

        Assert.Equal("image", container.Image);
        Assert.Equal(command, container.Cmd);
    }

    [Fact]
    public void Parse_AfterTwoDashes_TakesAnImageThatLooksLikeAnOption()
        => Assert.Equal("-odd", Parse("-- -odd").Container.Image);

    [Fact]
    public void Parse_OfAFlagWithItsValueBehindIt_TakesTheValueForTheImage()
        => Assert.Equal("false", Parse("--tty false").Container.Image);

    [Theory]
    [InlineData("")]
    [InlineData("--rm")]
    [InlineData("--rm --")]
    [InlineData("''")]
    public void Parse_WithoutAnImage_SaysSo(string line)
    {
        var e = Assert.Throws<MesosDockerException>(() => Parse(line));

        Assert.Equal(Fault.UsageInvalid, e.Fault);
        Assert.Contains("image", e.Message);
    }

    [Fact]
    public void ParseOptions_OfAnyOtherWord_NamesIt()
    {
        var e = Assert.Throws<MesosDockerException>(() => Options("-e A=b c"));

        Assert.Equal(Fault.UsageInvalid, e.Fault);
        Assert.Contains("'c' is no option of docker run", e.Message);
    }

    [Fact]
    public void ParseOptions_LaysTheLineOverTheStart()
    {
        DockerRun start = Options("-m 1g -e A=1 --name a -l x=1 -l y=1 -p 80:80 --network bridge -v /a:/a --rm");

        IReadOnlyList<string> words = ShellWords.Split("-m 2g -e A=2 -l x=2 -p 81:80 --network host -v /b:/b --rm=false");
        DockerRun run = DockerRunParser.ParseOptions(words, s_files, start);

        Assert.Equal(2L << 30, run.Container.HostConfig.Memory);
        Assert.Equal(["A=1", "A=2"], run.Container.Env);
        Assert.Equal("a", run.Name);
        Assert.Equal(new Dictionary<string, string> { ["x"] = "2", ["y"] = "1" }, run.Container.Labels);
        Assert.Equal(["80", "81"], run.Container.HostConfig.PortBindings!["80/tcp"].Select(binding => binding.HostPort));
        Assert.Equal("host", run.Container.HostConfig.NetworkMode);
        Assert.Equal(["/a:/a", "/b:/b"], run.Container.HostConfig.Binds);
        Assert.False(run.Container.HostConfig.AutoRemove);
    }

    [Fact]
    public void ParseOptions_LeavesTheStartAsItWas()
    {
        var labels = new Dictionary<string, string> { ["a"] = "1" };
        var start = new DockerRun { Container = new ContainerSpec { Env = ["A=1"], Labels = labels } };
        string before = JsonSerializer.Serialize(start, s_json);

        DockerRunParser.ParseOptions(["-e", "B=2", "-l", "b=2"], s_files, start);

        Assert.Equal(before, JsonSerializer.Serialize(start, s_json));
    }

    [Theory]
    [InlineData("--network one --ip 10.0.0.1 --network-alias a", "--network two", """{"two":{}}""", "two")]
    [InlineData("--ip 10.0.0.1", "--network two", """{"two":{"IPAMConfig":{"IPv4Address":"10.0.0.1"}}}""", "two")]
    [InlineData("--network one", "--ip 10.0.0.1", """{"one":{"IPAMConfig":{"IPv4Address":"10.0.0.1"}}}""", "one")]
    [InlineData("--network name=one,ip=10.0.0.1", "--ip 10.0.0.2", """{"one":{"IPAMConfig":{"IPv4Address":"10.0.0.2"}}}""", "one")]
    [InlineData("--link db", "--network one", """{"one":{"Links":["db"]}}""", "one")]
    public void ParseOptions_OfANetwork_TakesThePlaceOfTheStarts(string first, string second, string expected, string mode)
    {
        DockerRun run = DockerRunParser.ParseOptions(ShellWords.Split(second), s_files, Options(first));

        var none = new Dictionary<string, EndpointSpec> { [mode] = new() };
        Assert.Equal(expected, JsonSerializer.Serialize(run.Container.NetworkingConfig?.EndpointsConfig ?? none, s_json));
        Assert.Equal(mode, run.Container.HostConfig.NetworkMode);
    }

    [Theory]
    [InlineData("-i -a stdout", "-d", false)]
    [InlineData("-d -i", "--detach=false", true)]
    [InlineData("-i", "-t", true)]
    public void ParseOptions_DecidesWhatIsAttached_AfterBothLines(string first, string second, bool attached)
    {
        DockerRun run = DockerRunParser.ParseOptions(ShellWords.Split(second), s_files, Options(first));

        Assert.True(run.Container.OpenStdin);
        Assert.Equal(attached ? true : null, run.Container.AttachStdin);
        Assert.Equal(attached ? true : null, run.Container.StdinOnce);
        Assert.Null(run.Container.AttachStdout);
    }

    [Fact]
    public void ParseOptions_OfHealthOptions_TakesAHealthCheckUpAgain()
    {
        DockerRun run = DockerRunParser.ParseOptions(["--health-cmd=x"], s_files, Options("--no-healthcheck"));

        Assert.Equal(["CMD-SHELL", "x"], run.Container.Healthcheck!.Test);
    }

    [Fact]
    public void ParseOptions_OfTenThousandVariables_IsQuickEnoughToFinish()
    {
        string[] words =
        [
            .. Enumerable.Range(0, 20_000).Select(i => $"--env=A{i}=1"),
            .. Enumerable.Range(0, 20_000).Select(i => $"--label=a{i}=1"),
        ];

        DockerRun run = DockerRunParser.ParseOptions(words, s_files);

        Assert.Equal(20_000, run.Container.Env!.Count);
        Assert.Equal(20_000, run.Container.Labels!.Count);
    }

    [Fact]
    public void ParseOptions_OfAHugeValue_SaysSoBriefly()
    {
        string huge = new('9', 1_000_000);

        var e = Assert.Throws<MesosDockerException>(() => DockerRunParser.ParseOptions(["--memory", huge], s_files));

        Assert.True(e.Message.Length < 400);
    }

    /// <summary>Each of these took minutes or gigabytes where a limit was missing or a step was done over and over.</summary>
    [Theory]
    [InlineData("-p", "1-65000", 1000)]
    [InlineData("-p", "target=1-65000", 1000)]
    [InlineData("--expose", "1-65000", 1000)]
    [InlineData("--env-file", "variables", 1000)]
    [InlineData("--security-opt", "seccomp=profile", 1000)]
    public void ParseOptions_OfTooMuch_IsRefusedAtOnce(string option, string value, int times)
    {
        string[] words = [.. Enumerable.Repeat(new[] { option, value }, times).SelectMany(pair => pair)];

        Assert.Contains("no more than", Assert.Throws<MesosDockerException>(() => DockerRunParser.ParseOptions(words, s_files)).Message);
    }

    [Fact]
    public void ParseOptions_OfAMillionLetters_IsRefused()
    {
        var e = Assert.Throws<MesosDockerException>(() => DockerRunParser.ParseOptions(["-" + new string('t', 1_000_000)], s_files));

        Assert.Equal(Fault.UsageInvalid, e.Fault);
    }

    [Fact]
    public void ParseOptions_OfManyBindsAndPortsAndLetters_IsQuickEnoughToFinish()
    {
        string[] words =
        [
            .. Enumerable.Range(0, 20_000).Select(i => $"-v/a{i}:/b"),
            .. Enumerable.Range(1, 20_000).Select(i => $"-p{i}:{i}"),
            "-" + new string('t', 9_000),
        ];

        DockerRun run = DockerRunParser.ParseOptions(words, s_files);

        Assert.Equal(20_000, run.Container.HostConfig.Binds!.Count);
        Assert.Equal(20_000, run.Container.HostConfig.PortBindings!.Count);
        Assert.Contains("--publish=1-20000:1-20000", DockerRunWriter.WriteOptions(run));
    }

    [Fact]
    public void Parse_InParallel_GivesEveryoneTheirOwn()
    {
        DockerRun start = Options("-e BASE=1 -l base=1");

        string[] made = [.. ParallelEnumerable.Range(0, 200).AsOrdered().Select(i => string.Join(
            ' ', DockerRunParser.ParseOptions([$"--env=A={i}", $"--label=a={i}"], s_files, start).Container.Env!))];

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"BASE=1 A={i}"), made);
    }

    private static bool Says(string line, RunOption option) => ShellWords.Split(line).Any(word => word is ['-', not '-', ..]
        ? option.Short is { } letter && word.Contains(letter, StringComparison.Ordinal)
        : option.Aliases.Prepend(option.Name).Any(name => word.Split('=')[0] == "--" + name));

    private static DockerRun Parse(string line) => DockerRunParser.Parse(ShellWords.Split(line), s_files);

    private static DockerRun Options(string line) => DockerRunParser.ParseOptions(ShellWords.Split(line), s_files);

    private static string Json(DockerRun run) => JsonSerializer.Serialize(run.Container, s_json);
}
