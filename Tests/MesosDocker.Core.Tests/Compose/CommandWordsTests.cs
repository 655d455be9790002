using MesosDocker.Compose;

namespace MesosDocker.Core.Tests.Compose;

/// <summary>Commands of one text, as Python's <c>shlex.split</c>, which docker-compose uses, takes them apart.</summary>
public sealed class CommandWordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  \t\n", "")]
    [InlineData("a b  c", "a|b|c")]
    [InlineData("nginx -g 'daemon off;'", "nginx|-g|daemon off;")]
    [InlineData("sh -c \"a && b\"", "sh|-c|a && b")]
    [InlineData("a && b; c | d > e", "a|&&|b;|c|||d|>|e")]
    [InlineData("a\\ b c\\\\d", "a b|c\\d")]
    [InlineData("'a'\"b\"c", "abc")]
    [InlineData("''", "|")]
    [InlineData("\"a \\\"q\\\" \\n \\\\\"", "a \"q\" \\n \\")]
    [InlineData("'it''s'", "its")]
    [InlineData("a#b #c", "a#b|#c")]
    [InlineData("$HOME `x` *", "$HOME|`x`|*")]
    public void Split_TakesWordsApart(string text, string words)
        => Assert.Equal(words.Length == 0 ? [] : words == "|" ? [""] : words.Replace("|||", "|\u0001|", StringComparison.Ordinal).Split('|').Select(static word => word.Replace('\u0001', '|')), CommandWords.Split(text)!);

    [Theory]
    [InlineData("a 'b")]
    [InlineData("a \"b")]
    [InlineData("a\\")]
    public void Split_RefusesWhatHasNoEnd(string text) => Assert.Null(CommandWords.Split(text));
}
