using System.Runtime.Versioning;
using MesosDocker.Fetching;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Fetching;

[UnsupportedOSPlatform("windows")]
public sealed class FetchPlanTests
{
    private static readonly FetchOptions s_options = new() { Environment = new Dictionary<string, string>(), OwnTls = true };

    [Theory]
    [InlineData("http://h/x", "Http", "http://h/x")]
    [InlineData("HTTPS://h/x", "Http", "HTTPS://h/x")]
    [InlineData("ftp://h/x", "Curl", "ftp://h/x")]
    [InlineData("ftps://h/x", "Curl", "ftps://h/x")]
    [InlineData("hdfs://h/x", "Hadoop", "hdfs://h/x")]
    [InlineData("maprfs:///x", "Hadoop", "maprfs:///x")]
    [InlineData("/x", "Copy", "/x")]
    [InlineData("  /x", "Copy", "/x")]
    [InlineData("file:///x", "Copy", "/x")]
    [InlineData("file://localhost/x", "Copy", "/x")]
    public void Of_ChoosesByScheme(string uri, string method, string address)
    {
        FetchItem item = One(new CommandUri { Value = uri }, s_options);

        Assert.Equal((method, address, "x"), ($"{item.Method}", item.Address, $"{item.Path}"));
    }

    [Fact]
    public void Of_TakesHttpsThroughCurl_WhereWeHaveNoTls()
        => Assert.Equal(FetchMethod.Curl, One(new CommandUri { Value = "https://h/x" }, s_options with { OwnTls = false }).Method);

    [Theory]
    [InlineData("s3://b/x")]
    [InlineData("s3n://b/x")]
    [InlineData("s3a://b/x")]
    public void Of_TakesS3ThroughAws_WhereItIsThere(string uri)
    {
        using var fixture = new SandboxFixture();
        fixture.MakeProgram("aws", "");
        var environment = new Dictionary<string, string> { ["PATH"] = fixture.Programs };

        Assert.Equal("s3://b/x", One(new CommandUri { Value = uri }, s_options with { Environment = environment }).Address);
    }

    [Fact]
    public void Of_ResolvesARelativePath_AgainstFrameworksHome()
    {
        var environment = new Dictionary<string, string> { ["MESOS_FRAMEWORKS_HOME"] = "/agent" };
        var uri = new CommandUri { Value = "a/x" };

        Assert.Equal("/agent/a/x", One(uri, s_options with { Environment = environment }).Address);
        Assert.Equal("/option/a/x", One(uri, s_options with { Environment = environment, FrameworksHome = "/option" }).Address);
        Fails(Fault.FetchFailed, uri, s_options);
    }

    [Theory]
    [InlineData("a.tar.gz", true, false, "TarGzip")]
    [InlineData("a.TGZ", true, false, "TarGzip")]
    [InlineData("a.tar", true, false, "Tar")]
    [InlineData("a.tbz2", true, false, "TarBzip2")]
    [InlineData("a.tar.bz2", true, false, "TarBzip2")]
    [InlineData("a.txz", true, false, "TarXz")]
    [InlineData("a.tar.xz", true, false, "TarXz")]
    [InlineData("a.zip", true, false, "Zip")]
    [InlineData("a.gz", true, false, "None")]
    [InlineData("a.zip", false, false, "None")]
    [InlineData("a.zip", true, true, "None")]
    [InlineData("a.zip.txt", true, false, "None")]
    [InlineData("plain.txt?x=.tar.gz", true, false, "TarGzip")]
    [InlineData("a.tar.gz?x=1", true, false, "None")]
    public void Of_TellsAnArchiveByTheNameItGets(string name, bool extract, bool executable, string kind)
    {
        var uri = new CommandUri { Value = "http://h/" + name, Extract = extract, Executable = executable };

        Assert.Equal(kind, $"{One(uri, s_options).Archive}");
        Assert.Equal(ArchiveKind.None, One(uri, s_options with { Unpack = false }).Archive);
    }

    [Fact]
    public void Of_TakesTheOutputFileForTheName()
    {
        var uri = new CommandUri { Value = "http://h/x?signed=1", OutputFile = "sub/a.tar.gz" };

        FetchItem item = One(uri, s_options);

        Assert.Equal(("sub/a.tar.gz", ArchiveKind.TarGzip), ($"{item.Path}", item.Archive));
    }

    [Theory]
    [InlineData("http://h/x", "../y")]
    [InlineData("http://h/x", "/etc/passwd")]
    [InlineData("http://h/x", "a/../../y")]
    [InlineData("http://h/x", "a\0b")]
    [InlineData("http://h/..", null)]
    [InlineData("http://h/a\0b", null)]
    public void Of_RefusesANameThatLeavesTheSandbox(string uri, string? output)
        => Fails(Fault.SandboxEscape, new CommandUri { Value = uri, OutputFile = output }, s_options);

    [Theory]
    [InlineData("http://h/", null)]
    [InlineData("http://h", null)]
    [InlineData("http://h/dir/", null)]
    [InlineData("http://h/.", null)]
    [InlineData("http://h/x", "")]
    [InlineData("http://h/x\r\ny", null)]
    [InlineData("file://other/x", null)]
    [InlineData("file:x/../y/", null)]
    public void Of_RefusesWhatIsNoFile(string uri, string? output)
        => Fails(Fault.FetchFailed, new CommandUri { Value = uri, OutputFile = output }, s_options);

    [Fact]
    public void Of_RefusesANameThatIsTooLong_AndSaysWhatHelps()
    {
        MesosDockerException e = Fails(Fault.FetchFailed, new CommandUri { Value = "http://h/" + new string('é', 128) }, s_options);

        Assert.Contains("output_file", e.Message);
    }

    private static FetchItem One(CommandUri uri, FetchOptions options) => Assert.Single(FetchPlan.Of([uri], options));

    private static MesosDockerException Fails(Fault fault, CommandUri uri, FetchOptions options)
    {
        var e = Assert.Throws<MesosDockerException>(() => FetchPlan.Of([uri], options));
        Assert.Equal(fault, e.Fault);
        return e;
    }
}
