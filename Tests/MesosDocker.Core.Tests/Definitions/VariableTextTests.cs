using MesosDocker.Io;

namespace MesosDocker.Core.Tests;

public sealed class VariableTextTests
{
    private static readonly Mark s_mark = new("f.yml", 3, 7);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("${A}", "one")]
    [InlineData("x${A}y${A}z", "xoneyonez")]
    [InlineData("$A $ $1 ${", "$A $ $1 ${", false)]
    [InlineData("$A costs $", "$A costs $")]
    [InlineData("$${A}", "${A}")]
    [InlineData("$$$${A}", "$${A}")]
    [InlineData("$$${A}", "$one")]
    [InlineData("${NO:-default}", "default")]
    [InlineData("${NO-default}", "default")]
    [InlineData("${EMPTY:-default}", "default")]
    [InlineData("${EMPTY-default}", "")]
    [InlineData("${A:-default}", "one")]
    [InlineData("${NO:-}", "")]
    [InlineData("${NO:-a:-b}", "a:-b")]
    [InlineData("${NO:-${A}}", "one")]
    [InlineData("${NO:-${NO2:-${A}}!}", "one!")]
    [InlineData("${NO:-{x}", "{x")]
    [InlineData("${A:+set}", "set")]
    [InlineData("${NO:+set}", "")]
    [InlineData("${EMPTY:+set}", "")]
    [InlineData("${EMPTY+set}", "set")]
    [InlineData("${EMPTY}", "")]
    [InlineData("${A:?needed}", "one")]
    [InlineData("${PORT0}", "${PORT0}")]
    [InlineData("${PORT0:-80}", "${PORT0:-80}")]
    [InlineData("${RAW}", "${A}$$")]
    public void Expand_ReplacesWhatItKnows(string text, string expected, bool works = true)
    {
        if (works)
        {
            Assert.Equal(expected, Variables().Expand(text, s_mark));
        }
        else
        {
            Assert.Throws<MesosDockerException>(() => Variables().Expand(text, s_mark));
        }
    }

    [Theory]
    [InlineData("${NO}", Fault.VariableMissing, "f.yml:3:7: the variable 'NO' has no value")]
    [InlineData("${NO:?say ${A}}", Fault.VariableMissing, "'NO' has no value: say one")]
    [InlineData("${EMPTY:?it}", Fault.VariableMissing, "'EMPTY' has no value: it")]
    [InlineData("${NO:?}", Fault.VariableMissing, "'NO' has no value. Give it")]
    [InlineData("${A", Fault.DefinitionInvalid, "no '}' that closes it")]
    [InlineData("${}", Fault.DefinitionInvalid, "is not a variable")]
    [InlineData("${A%x}", Fault.DefinitionInvalid, "$${")]
    [InlineData("${1}", Fault.DefinitionInvalid, "is not a variable")]
    [InlineData("${A:}", Fault.DefinitionInvalid, "is not a variable")]
    [InlineData("${A b}", Fault.DefinitionInvalid, "is not a variable")]
    public void Expand_SaysWhatIsWrong_AndWhere(string text, Fault fault, string message)
    {
        var e = Assert.Throws<MesosDockerException>(() => Variables().Expand(text, s_mark));

        Assert.Equal(fault, e.Fault);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("f.yml:3:7: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Expand_RefusesWhatIsNestedTooDeep_OrGrowsTooMuch()
    {
        string deep = string.Concat(Enumerable.Repeat("${NO:-", 100)) + new string('}', 100);
        Assert.Throws<MesosDockerException>(() => Variables().Expand(deep, s_mark));

        var large = new VariableText(static _ => new string('x', 1_000_000), static _ => false);
        Assert.Throws<MesosDockerException>(() => large.Expand(string.Concat(Enumerable.Repeat("${A}", 10_000)), s_mark));
    }

    private static VariableText Variables() => new(
        static name => name switch { "A" => "one", "EMPTY" => "", "RAW" => "${A}$$", _ => null },
        static name => name == "PORT0");
}
