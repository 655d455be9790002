using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker.Build;

public sealed class IgnorePatternsTests
{
    [Theory]
    [InlineData("bin", "bin", true)]
    [InlineData("bin", "bin/a/b", true)]
    [InlineData("bin", "src/bin", false)]
    [InlineData("/bin", "bin", true)]
    [InlineData("bin/", "bin/a", true)]
    [InlineData("./bin/../obj", "obj", true)]
    [InlineData("*/temp*", "a/temporary", true)]
    [InlineData("*/temp*", "a/b/temporary", false)]
    [InlineData("*/*/temp*", "a/b/temporary", true)]
    [InlineData("temp?", "tempa", true)]
    [InlineData("temp?", "temp", false)]
    [InlineData("temp?", "temp/", false)]
    [InlineData("**/*.go", "a.go", true)]
    [InlineData("**/*.go", "a/b/c.go", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "ab", false)]
    [InlineData("a/**", "a/x/y", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("[a-c].txt", "b.txt", true)]
    [InlineData("[a-c].txt", "d.txt", false)]
    [InlineData("[^a-c].txt", "d.txt", true)]
    [InlineData("[^a-c].txt", "a.txt", false)]
    [InlineData("[\\]x].txt", "].txt", true)]
    [InlineData("[a\\-c].txt", "b.txt", false)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "axb", false)]
    [InlineData("a.b+c(d)", "a.b+c(d)", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("# no", "# no", false)]
    [InlineData("  spaced  \r", "spaced", true)]
    [InlineData("\uFEFFmark", "mark", true)]
    [InlineData(".", "a", false)]
    [InlineData("*", "a", true)]
    [InlineData("*\n!a", "a", false)]
    [InlineData("*\n!a", "b", true)]
    [InlineData("*\n!a/b", "a/b", false)]
    [InlineData("*\n!a/b", "a/c", true)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README.md", false)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true)]
    [InlineData("*.md\nREADME-secret.md\n!README*.md", "README-secret.md", false)]
    [InlineData("ä*", "äpfel", true)]
    [InlineData("a\nb", "a\nb", false)]
    public void Excludes_FollowsTheRules(string rules, string path, bool expected)
        => Assert.Equal(expected, IgnorePatterns.Parse(rules, "rules").Excludes(path));

    [Theory]
    [InlineData("[", 1)]
    [InlineData("ok\n[]", 2)]
    [InlineData("[z-a]", 1)]
    [InlineData("a\\", 1)]
    [InlineData("!", 1)]
    [InlineData("[^]", 1)]
    public void Parse_NamesTheLine_OfWhatIsNoPattern(string rules, int line)
    {
        MesosDockerException e = Engines.Fails(Fault.FileUnreadable, () => IgnorePatterns.Parse(rules, "/x/.dockerignore"));

        Assert.StartsWith($"Line {line} of '/x/.dockerignore'", e.Message);
    }

    [Fact]
    public void Excludes_StaysFast_WhateverSomebodyWrote()
    {
        IgnorePatterns hostile = IgnorePatterns.Parse(string.Concat(Enumerable.Repeat("*a", 300)), "rules");

        Assert.False(hostile.Excludes(new string('a', 4000) + "b"));
    }

    [Fact]
    public void Parse_RefusesAPattern_ThatIsTooLong()
        => Engines.Fails(Fault.FileUnreadable, () => IgnorePatterns.Parse(new string('a', 5000), "rules"));
}
