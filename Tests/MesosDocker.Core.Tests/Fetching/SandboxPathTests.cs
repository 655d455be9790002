using MesosDocker.Fetching;

namespace MesosDocker.Core.Tests.Fetching;

public sealed class SandboxPathTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("./a//b/./c/", "a/b/c")]
    [InlineData("...", "...")]
    [InlineData("a..b", "a..b")]
    [InlineData("", "")]
    [InlineData("./", "")]
    public void Parse_TakesWhatStaysInside(string text, string path) => Assert.Equal(path, $"{SandboxPath.Parse(text)}");

    [Theory]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/..")]
    [InlineData("../a")]
    [InlineData("/a")]
    [InlineData("//a")]
    [InlineData("a\0b")]
    public void Parse_RefusesWhatMayLeadOut(string text) => Assert.Null(SandboxPath.Parse(text));

    [Fact]
    public void Parse_RefusesALengthThatNobodyCouldOpen() => Assert.Null(SandboxPath.Parse(new string('a', 5000)));

    [Theory]
    [InlineData("l", "a", true)]
    [InlineData("l", "a/b", true)]
    [InlineData("l", ".", true)]
    [InlineData("d/l", "..", true)]
    [InlineData("d/e/l", "../../a", true)]
    [InlineData("d/l", "./../a", true)]
    [InlineData("l", "..", false)]
    [InlineData("l", "../a", false)]
    [InlineData("d/l", "../../a", false)]
    [InlineData("d/l", "a/../../b", false)]

    // "a" may itself be a link, to a place from which ".." leads out.
    [InlineData("d/l", "a/..", false)]
    [InlineData("l", "/etc", false)]
    [InlineData("l", "", false)]
    [InlineData("l", "a\0", false)]
    public void MayPointTo_AllowsWhatStaysInsideWhateverOtherLinksThereAre(string link, string target, bool allowed)
        => Assert.Equal(allowed, SandboxPath.Parse(link)!.MayPointTo(target));
}
