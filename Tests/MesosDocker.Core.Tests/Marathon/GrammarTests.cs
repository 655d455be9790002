using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon;

public sealed class GrammarTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("a.*b", true)]
    [InlineData("(a|b)+?", true)]
    [InlineData("a++", true)]
    [InlineData("a{2,3}", true)]
    [InlineData("a{2,}b{3}", true)]
    [InlineData("[a-z&&[^b]]", true)]
    [InlineData("[]a]", true)]
    [InlineData("\\Q*(\\E", true)]
    [InlineData("\\Q*(", true)]
    [InlineData("\\(\\[\\*", true)]
    [InlineData("(?i)abc|(?:d)", true)]
    [InlineData("\\p{Alpha}", true)]
    [InlineData("^srv-[0-9]+$", true)]
    [InlineData("*", false)]
    [InlineData("+a", false)]
    [InlineData("a|*", false)]
    [InlineData("(a", false)]
    [InlineData("a)", false)]
    [InlineData("[a", false)]
    [InlineData("[", false)]
    [InlineData("a\\", false)]
    [InlineData("a{", false)]
    [InlineData("a{x}", false)]
    [InlineData("a{3,2}", false)]
    [InlineData("{1}", false)]
    [InlineData("a***", false)]
    public void JavaPattern_IsValid_AsJavaWouldSay(string pattern, bool isValid) => Assert.Equal(isValid, JavaPattern.IsValid(pattern));

    [Theory]
    [InlineData("a", "/g", "/g/a")]
    [InlineData("/a", "/g", "/a")]
    [InlineData("../a", "/g/h", "/g/a")]
    [InlineData("./a/../b", "/g", "/g/b")]
    [InlineData("../../../a", "/g", "/a")]
    [InlineData("//a//b/", "/", "/a/b")]
    [InlineData("", "/g", "/g")]
    [InlineData("/", "/g", "/")]
    public void PathId_IsSeenFromItsGroup(string id, string group, string absolute) => Assert.Equal(absolute, PathId.Absolute(id, group));

    [Theory]
    [InlineData("http://a/b?c=d#e", true)]
    [InlineData("file:///etc/docker.tar.gz", true)]
    [InlineData("/relative/path", true)]
    [InlineData("s3n://bucket/key", true)]
    [InlineData("http://ü/ä", true)]
    [InlineData("http://a/b c", false)]
    [InlineData("http://a/%zz", false)]
    [InlineData("http://a/%2", false)]
    [InlineData("http://a/{x}", false)]
    [InlineData("http:", false)]
    [InlineData("a\nb", false)]
    public void UriText_IsValid_AsJavaWouldSay(string uri, bool isValid) => Assert.Equal(isValid, UriText.IsValid(uri));

    [Theory]
    [InlineData("http://a/b.tar.gz", true)]
    [InlineData("http://a/b.zip?c=d", true)]
    [InlineData("http://a/b", false)]
    [InlineData("http://a/b?c=d.zip", false)]
    public void Archives_AreKnownByTheirEnding(string uri, bool isArchive) => Assert.Equal(isArchive, Archives.IsArchive(uri));

    // Twenty thousand letters are judged as fast as they are read; a pattern that backtracks would never come back.
    [Fact]
    public void Names_AreJudgedInOnePass()
    {
        string name = new('a', 20_000);

        Assert.True(PathId.IsWellFormed("/" + name));
        Assert.False(PathId.IsWellFormed("/" + name + "!"));
        Assert.False(Names.IsName(name + "-"));
    }
}
