using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker;

public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData(" \t\n ", new string[0])]
    [InlineData("a b", new[] { "a", "b" })]
    [InlineData("  a\t b \n c ", new[] { "a", "b", "c" })]
    [InlineData("'a b' \"c d\"", new[] { "a b", "c d" })]
    [InlineData("'' \"\" a''b", new[] { "", "", "ab" })]
    [InlineData("a\\ b \\\"c\\' \\\\", new[] { "a b", "\"c'", "\\" })]
    [InlineData("\"a\\\"b\\\\c\\$d\\`e\\f\"", new[] { "a\"b\\c$d`e\\f" })]
    [InlineData("'a\\b$c`d'", new[] { "a\\b$c`d" })]
    [InlineData("a \\\n b \"c\\\nd\"", new[] { "a", "b", "cd" })]
    [InlineData("a \\\r\n b", new[] { "a", "b" })]
    [InlineData("-e A='b c'\"d\"e", new[] { "-e", "A=b cde" })]
    [InlineData("a #b c\nd e#f", new[] { "a", "d", "e#f" })]
    [InlineData("$'a\\n\\t\\x41\\u00e9\\101\\'\\\\' b", new[] { "a\n\tAéA'\\", "b" })]
    [InlineData("a$ $ \"$\" \"$ x\"", new[] { "a$", "$", "$", "$ x" })]
    [InlineData("* [a-z]? {a,b} x~ a~b !", new[] { "*", "[a-z]?", "{a,b}", "x~", "a~b", "!" })]
    [InlineData("<sandbox>:/mnt -v=<a-b>", new[] { "<sandbox>:/mnt", "-v=<a-b>" })]
    [InlineData("'$A' '`x`' '~/a' ';' '>' \\$A \\; \\~", new[] { "$A", "`x`", "~/a", ";", ">", "$A", ";", "~" })]
    [InlineData("é 😀", new[] { "é", "😀" })]
    public void Split_TakesALineApart_AsAShellDoes(string line, string[] expected) => Assert.Equal(expected, ShellWords.Split(line));

    [Theory]
    [InlineData("a 'b", "single quote has no end (character 3")]
    [InlineData("a \"b\\\"", "double quote has no end (character 3")]
    [InlineData("$'a", "quote has no end (character 1")]
    [InlineData("a\\", "ends in a backslash (character 2")]
    [InlineData("$HOME/x", "'$HOME/x'")]
    [InlineData("\"${A}\"", "'${A}")]
    [InlineData("-v $(pwd):/x", "$(pwd)")]
    [InlineData("`pwd`", "'`pwd`'")]
    [InlineData("$1", "nothing is expanded")]
    [InlineData("~/x", "'~'")]
    [InlineData("~", "'~'")]
    [InlineData("~root", "'~'")]
    [InlineData("a; b", "end the command at ';'")]
    [InlineData("a&&b", "end the command at '&'")]
    [InlineData("a | b", "'|'")]
    [InlineData("(a)", "'('")]
    [InlineData("a > b", "redirect at '>'")]
    [InlineData("a 2>&1", "'>'")]
    [InlineData("a < b", "'<'")]
    [InlineData("a <b c>", "'<'")]
    [InlineData("$'\\xzz'", "code of a character")]
    [InlineData("$'\\U00110000'", "code of a character")]
    [InlineData("$'\\ud800'", "code of a character")]
    [InlineData("$'\\0'", "code of a character")]
    public void Split_RefusesWhatWouldMeanSomethingElse(string line, string named)
    {
        var e = Assert.Throws<MesosDockerException>(() => ShellWords.Split(line));

        Assert.Equal(Fault.UsageInvalid, e.Fault);
        Assert.Contains(named, e.Message);
    }

    [Theory]
    [InlineData(new string[0], "")]
    [InlineData(new[] { "docker", "run", "--name=a", "localhost:5000/a_b@sha256:0", "%+,." }, "docker run --name=a localhost:5000/a_b@sha256:0 %+,.")]
    [InlineData(new[] { "", "a b", "it's", "$A", "~", "#", "a\nb", "é" }, "'' 'a b' 'it'\\''s' '$A' '~' '#' 'a\nb' 'é'")]
    [InlineData(new[] { "a\u001b[2J", "b\r'\\\t\n", "c\u009b2J" }, "$'a\\033[2J' $'b\\015\\'\\\\\\011\\012' $'c\\u009b2J'")]
    public void Join_QuotesOnlyWhereItHasTo(string[] words, string expected)
    {
        Assert.Equal(expected, ShellWords.Join(words));
        Assert.Equal(words, ShellWords.Split(expected));
    }
}
