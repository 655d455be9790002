using System.Runtime.Versioning;
using System.Text.Json;
using MesosDocker.Fetching;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Fetching;

/// <summary>What we make of the programs of others; these here are scripts.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FetcherProgramTests : IDisposable
{
    // Finds the file that curl is told to write, and tells the test what it was told.
    private const string Curl = """
        output=; for word; do [ "$last" = --output ] && output=$word; last=$word; done
        """;

    private readonly SandboxFixture _fixture = new();

    private string Told => Path.Combine(_fixture.Outside, "told");

    [Theory]
    [InlineData("https://h/x", "=https")]
    [InlineData("ftp://h/x", "=ftp,ftps")]
    [InlineData("ftps://h/x", "=ftps")]
    public async Task Fetch_ThroughCurl_HandsItTheUrlWhereNobodySeesIt(string uri, string follows)
    {
        _fixture.Options = _fixture.Options with { OwnTls = false };
        _fixture.MakeProgram("curl", $"{Curl}\n{{ echo \"$@\"; cat; }} > {Told}; printf content > $output");

        await _fixture.FetchAsync(uri.Replace("//", "//user:secret@"));

        string[] told = await File.ReadAllLinesAsync(Told, TestContext.Current.CancellationToken);
        Assert.Equal($"url = \"{uri.Replace("//", "//user:secret@")}\"", told[1]);
        Assert.DoesNotContain("secret", told[0]);
        Assert.Contains($"--proto-redir {follows} ", told[0]);
        Assert.Equal("content", _fixture.Read("x"));
        Assert.Equal((UnixFileMode)0b110_100_100, File.GetUnixFileMode(_fixture.PathOf("x")));
    }

    [Fact]
    public async Task Fetch_ThroughCurl_LetsNoUrlBecomeAnOption()
    {
        _fixture.MakeProgram("curl", $"{Curl}\ncat > {Told}; printf content > $output");

        await _fixture.FetchAsync("ftp://h/x\" output=\"\\y");

        Assert.Equal("url = \"ftp://h/x\\\" output=\\\"\\\\y\"\n", await File.ReadAllTextAsync(Told, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fetch_ThatIsSentToHttps_GoesOnWithCurl_WhereWeHaveNoTls()
    {
        _fixture.Options = _fixture.Options with { OwnTls = false };
        _fixture.MakeProgram("curl", $"{Curl}\ncat > {Told}; printf content > $output");
        await using var server = new RawServer(RawServer.Redirect("https://safe.example/y?z"));

        await _fixture.FetchAsync(server.Url("x"));

        Assert.Equal("url = \"https://safe.example/y?z\"\n", await File.ReadAllTextAsync(Told, TestContext.Current.CancellationToken));
        Assert.Equal(["x"], _fixture.Files);
    }

    [Theory]
    [InlineData("https://h/x", "https needs the program 'curl'")]
    [InlineData("ftp://h/x", "ftp needs the program 'curl'")]
    [InlineData("hdfs://h/x", "'hdfs' is none of http, https, ftp, s3 and file, and needs the program 'hadoop'")]
    [InlineData("gopher://h/x", "'gopher' is none of http, https, ftp, s3 and file, and needs the program 'hadoop'")]
    [InlineData("s3://b/x", "'s3' needs the program 'aws' or 'hadoop'")]
    public async Task Fetch_WithoutTheProgramItNeeds_NamesBoth(string uri, string expected)
    {
        var environment = new Dictionary<string, string> { ["PATH"] = "/nowhere" };
        _fixture.Options = _fixture.Options with { OwnTls = false, Environment = environment };

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, uri);

        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public async Task Fetch_ThroughAProgramThatFails_SaysWhatItSaid_WithoutThePassword()
    {
        _fixture.MakeProgram("curl", "echo noise >&2; echo 'curl: (78) ftp://user:secret@h/x: no such file' >&2; echo 'more at a page' >&2; exit 78");

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, "ftp://user:secret@h/x");

        Assert.Contains("curl exited with status 78: curl: (78) ftp://***@h/x: no such file", e.Message);
        Assert.DoesNotContain("secret", e.Message);
    }

    [Theory]
    [InlineData("exit 63")]
    [InlineData("echo 'write error: No space left on device' >&2; exit 1")]
    public async Task Fetch_ThroughAProgramThatFindsNoSpace_SaysThatTheDiskIsFull(string script)
    {
        _fixture.MakeProgram("curl", script);

        MesosDockerException e = await _fixture.FailAsync(Fault.DiskFull, "ftp://h/x");

        Assert.Matches("has [0-9]+ bytes to give", e.Message);
    }

    [Fact]
    public async Task Fetch_ThroughAProgramThatWritesWithoutEnd_EndsAtTheTasksDisk()
    {
        _fixture.SizeLimit = 1_000_000;
        _fixture.MakeProgram("curl", $"{Curl}\necho $$ > {Told}; exec cat /dev/zero > $output");

        MesosDockerException e = await _fixture.FailAsync(Fault.DiskFull, "ftp://h/x");

        Assert.Contains("the task's disk of 1000000 bytes", e.Message);
        AssertEnded();
    }

    [Fact]
    public async Task Fetch_ThroughAProgramThatHangs_EndsIt()
    {
        _fixture.Options = _fixture.Options with { NoProgressTimeout = TimeSpan.FromMilliseconds(200) };
        _fixture.MakeProgram("curl", $"{Curl}\necho $$ > {Told}; printf some > $output; exec sleep 1000");

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, "ftp://h/x");

        Assert.Contains("nothing has arrived for 0.2 seconds", e.Message);
        AssertEnded();
    }

    [Fact]
    public async Task Fetch_ThroughAProgram_CanBeCancelled()
    {
        using var cancel = new CancellationTokenSource();
        _fixture.MakeProgram("hadoop", $"echo $$ > {Told}.new; mv {Told}.new {Told}; exec sleep 1000");
        Task fetch = _fixture.FetchAsync([new CommandUri { Value = "hdfs://h/x" }], null, cancel.Token);
        while (!File.Exists(Told))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
        AssertEnded();
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public async Task Fetch_OfS3_CallsAws_WithTheKeysInItsEnvironment()
    {
        _fixture.MakeProgram("aws", $"echo \"$1 $2 $3 $5 $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY\" > {Told}; printf content > $4");

        await _fixture.FetchAsync("s3n://KEY:SEC/RET@bucket/dir/x");

        Assert.Equal(
            "s3 cp s3://bucket/dir/x --only-show-errors KEY SEC/RET\n",
            await File.ReadAllTextAsync(Told, TestContext.Current.CancellationToken));
        Assert.Equal("content", _fixture.Read("x"));
    }

    [Theory]
    [InlineData("hdfs://name:9000/dir/x")]
    [InlineData("maprfs:///dir/x")]
    [InlineData("anything://dir/x")]
    public async Task Fetch_OfAnotherScheme_CallsHadoop(string uri)
    {
        _fixture.MakeProgram("hadoop", $"echo \"$1 $2 $3\" > {Told}; printf content > $4");

        await _fixture.FetchAsync(uri);

        Assert.Equal($"fs -copyToLocal {uri}\n", await File.ReadAllTextAsync(Told, TestContext.Current.CancellationToken));
        Assert.Equal("content", _fixture.Read("x"));
    }

    [Fact]
    public async Task Fetch_FindsHadoopInItsHome()
    {
        Directory.CreateDirectory(Path.Combine(_fixture.Programs, "home/bin"));
        _fixture.MakeProgram("home/bin/hadoop", "printf content > $4");
        string home = Path.Combine(_fixture.Programs, "home");
        var environment = new Dictionary<string, string>(_fixture.Options.Environment) { ["HADOOP_HOME"] = home };
        _fixture.Options = _fixture.Options with { Environment = environment };

        await _fixture.FetchAsync("hdfs://h/x");

        Assert.Equal("content", _fixture.Read("x"));
    }

    [Theory]
    [InlineData("mkdir $4", "it is not one file")]
    [InlineData("ln -s /etc/passwd $4", "it is not one file")]
    [InlineData("true", "there is no file")]
    public async Task Fetch_ThroughAProgramThatLeavesNoFile_Fails(string script, string expected)
    {
        _fixture.MakeProgram("hadoop", script);

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, "hdfs://h/x");

        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public async Task Fetch_ThroughAProgram_UnpacksToo()
    {
        string tar = _fixture.Make("a.tar", Archives.Tar(Archives.File("x", "1")));
        _fixture.MakeProgram("hadoop", $"cp {tar} $4");

        await _fixture.FetchAsync("hdfs://h/a.tar");

        Assert.Equal(["x"], _fixture.Files);
    }

    [Fact]
    public async Task Fetch_WithMesosFetcher_TellsItWhatEveryVersionReads()
    {
        string program = _fixture.MakeProgram("mesos-fetcher", $"env > {Told}; pwd > made");
        var environment = new Dictionary<string, string>(_fixture.Options.Environment)
        {
            ["LIBPROCESS_PORT"] = "5051",
            ["MESOS_FRAMEWORKS_HOME"] = "/home/frameworks",
            ["HADOOP_HOME"] = "/opt/hadoop",
            ["MESOS_USER"] = "somebody else",
        };
        _fixture.Options = _fixture.Options with { MesosFetcher = program, Environment = environment };
        _fixture.Owner = new SandboxOwner(0, 0, "root");

        await _fixture.FetchAsync(
            new CommandUri { Value = "http://h/a.tgz", Extract = true },
            new CommandUri { Value = "relative", Executable = true, Extract = false, Cache = true, OutputFile = "d/x" });

        Dictionary<string, string> told = (await File.ReadAllLinesAsync(Told, TestContext.Current.CancellationToken))
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal("http://h/a.tgz+0X relative+1N", told["MESOS_EXECUTOR_URIS"]);
        Assert.Equal(_fixture.Root, told["MESOS_WORK_DIRECTORY"]);
        Assert.Equal("root", told["MESOS_USER"]);
        Assert.Equal("/home/frameworks", told["MESOS_FRAMEWORKS_HOME"]);
        Assert.Equal("/opt/hadoop", told["HADOOP_HOME"]);
        Assert.DoesNotContain("LIBPROCESS_PORT", told.Keys);

        JsonElement info = JsonDocument.Parse(told["MESOS_FETCHER_INFO"]).RootElement;
        const string First = """{"value":"http://h/a.tgz","executable":false,"extract":true,"cache":false}""";
        const string Second = """{"value":"relative","executable":true,"extract":false,"cache":true,"output_file":"d/x"}""";
        string expected = $$$"""
            {"sandbox_directory":"{{{_fixture.Root}}}",
             "items":[{"uri":{{{First}}},"action":"BYPASS_CACHE"},{"uri":{{{Second}}},"action":"BYPASS_CACHE"}],
             "user":"root","frameworks_home":"/home/frameworks","work_directory":"{{{_fixture.Root}}}",
             "command_info":{"uris":[{{{First}}},{{{Second}}}],"value":""}}
            """;
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, info), told["MESOS_FETCHER_INFO"]);
        Assert.Equal(_fixture.Root, _fixture.Read("made").Trim());
    }

    [Fact]
    public async Task Fetch_WithMesosFetcher_AsksItNotToUnpack_WhereThatIsOff()
    {
        string program = _fixture.MakeProgram("mesos-fetcher", $"env > {Told}");
        _fixture.Options = _fixture.Options with { MesosFetcher = program, Unpack = false };

        await _fixture.FetchAsync("http://h/a.tgz");

        Assert.Contains("MESOS_EXECUTOR_URIS=http://h/a.tgz+0N", await File.ReadAllLinesAsync(Told, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fetch_WithMesosFetcher_ChecksNamesBefore()
    {
        string program = _fixture.MakeProgram("mesos-fetcher", $"touch {Told}");
        _fixture.Options = _fixture.Options with { MesosFetcher = program };

        await _fixture.FailAsync(Fault.SandboxEscape, new CommandUri { Value = "/x", OutputFile = "../outside/x" });

        Assert.False(File.Exists(Told));
    }

    [Fact]
    public async Task Fetch_WithAMesosFetcherThatFails_SaysWhatItSaid_WithoutThePassword()
    {
        const string Script = "echo noise >&2; echo \"Failed to fetch 'http://u:secret@h/x': 404\" >&2; exit 1";
        string program = _fixture.MakeProgram("mesos-fetcher", Script);
        _fixture.Options = _fixture.Options with { MesosFetcher = program };

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, "http://u:secret@h/x", "/second");

        Assert.Contains("Failed to fetch 'http://***@h/x': 404", e.Message);
        Assert.Contains("'/second'", e.Message);
        Assert.DoesNotContain("secret", e.Message);
    }

    [Fact]
    public async Task Fetch_WithoutTheMesosFetcherThatIsConfigured_SaysSo()
    {
        _fixture.Options = _fixture.Options with { MesosFetcher = "/no/such/mesos-fetcher" };

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, "/x");

        Assert.Contains("/no/such/mesos-fetcher", e.Message);
    }

    [Fact]
    public async Task Fetch_WithAMesosFetcherThatWritesWithoutEnd_EndsAtTheTasksDisk()
    {
        string program = _fixture.MakeProgram("mesos-fetcher", $"echo $$ > {Told}; exec cat /dev/zero > endless");
        _fixture.Options = _fixture.Options with { MesosFetcher = program };
        _fixture.SizeLimit = 1_000_000;

        await _fixture.FailAsync(Fault.DiskFull, "/x");

        AssertEnded();
    }

    public void Dispose() => _fixture.Dispose();

    private void AssertEnded() => Assert.False(Directory.Exists($"/proc/{File.ReadAllText(Told).Trim()}"));
}
