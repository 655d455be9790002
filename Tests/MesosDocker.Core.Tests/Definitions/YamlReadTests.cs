using System.Text.Json;
using MesosDocker.Adapters.Yaml;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests;

/// <summary>YAML as its version 1.2 means it (core schema), and what is made of hostile YAML.</summary>
public sealed class YamlReadTests
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("yes", "\"yes\"")]
    [InlineData("no", "\"no\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("true", "true")]
    [InlineData("True", "true")]
    [InlineData("FALSE", "false")]
    [InlineData("tRue", "\"tRue\"")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("''", "\"\"")]
    [InlineData("nULL", "\"nULL\"")]
    [InlineData("0777", "777")]
    [InlineData("0o777", "511")]
    [InlineData("0o8", "\"0o8\"")]
    [InlineData("0x1F", "31")]
    [InlineData("0xffffffffffffffff", "18446744073709551615")]
    [InlineData("0x", "\"0x\"")]
    [InlineData("-12", "-12")]
    [InlineData("+12", "12")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("2001-12-14", "\"2001-12-14\"")]
    [InlineData("1.50", "1.50")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5e3", "-0.5e3")]
    [InlineData("1.", "1.0")]
    [InlineData("1e3", "1e3")]
    [InlineData("1.e+3", "1.0e+3")]
    [InlineData("1e", "\"1e\"")]
    [InlineData(".", "\".\"")]
    [InlineData("+", "\"+\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("!!str 123", "\"123\"")]
    [InlineData("! 123", "\"123\"")]
    [InlineData("!!float 1", "1")]
    [InlineData("\"a\\tb\"", "\"a\\tb\"")]
    [InlineData("8080:80", "\"8080:80\"")]
    public void Read_ResolvesWords_AsTheCoreSchemaDoes(string yaml, string json)
    {
        JsonElement value = Json($"v: {yaml}").GetProperty("v");

        // Numbers keep their digits.
        Assert.Equal(json, value.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(value.GetString(), s_plain) : value.GetRawText());
    }

    [Fact]
    public void Read_TakesEveryDocument()
        => Assert.Equal(["1", "{}", "null"], new YamlText().Read("1\n--- {}\n---\n...\n", "x").Select(static node => JsonDocuments.ToJson(node).GetRawText()));

    [Fact]
    public void Read_TakesTextInEveryStyle()
    {
        JsonElement json = Json("a: |\n  one\n  two\nb: >-\n  one\n  two\nc: 'it''s'\nd: plain\n   goes on\n8080: {~x: [1, 'two']}\n");

        Assert.Equal("one\ntwo\n", json.GetProperty("a").GetString());
        Assert.Equal("one two", json.GetProperty("b").GetString());
        Assert.Equal("it's", json.GetProperty("c").GetString());
        Assert.Equal("plain goes on", json.GetProperty("d").GetString());
        Assert.Equal("[1,\"two\"]", json.GetProperty("8080").GetProperty("~x").GetRawText());
    }

    [Fact]
    public void Read_PutsWhatAnAliasNames_AndMergesMaps()
    {
        JsonElement json = Json("base: &b { cpus: 1, mem: 2 }\nother: &o { mem: 3, disk: 4 }\na: *b\nc: { <<: *b, mem: 9 }\nd: { <<: [*b, *o] }\ne: { '<<': 1 }\n");

        Assert.Equal("""{"cpus":1,"mem":2}""", json.GetProperty("a").GetRawText());
        Assert.Equal("""{"mem":9,"cpus":1}""", json.GetProperty("c").GetRawText());
        Assert.Equal("""{"cpus":1,"mem":2,"disk":4}""", json.GetProperty("d").GetRawText());
        Assert.Equal("""{"\u003C\u003C":1}""", json.GetProperty("e").GetRawText());
    }

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3", "f:3:1: 'a' is said twice")]
    [InlineData("a: {x: 1, 'x': 2}", "f:1:11: 'x' is said twice")]
    [InlineData("a: .inf", "f:1:4: '.inf' is a number that JSON has not")]
    [InlineData("a: -.INF", "'-.INF' is a number")]
    [InlineData("a: .NaN", "'.NaN' is a number")]
    [InlineData("a: !!int x", "is not what its tag")]
    [InlineData("a: !mine x", "the tag !mine is not one of the core schema")]
    [InlineData("a: !!binary aGk=", "is not one of the core schema")]
    [InlineData("a: !!set {x}", "is not one of the core schema")]
    [InlineData("a: *nobody", "f:1:4: there is no anchor 'nobody'")]
    [InlineData("a: &a [*a]", "f:1:8: the alias 'a' is inside of what it stands for")]
    [InlineData("? [1]\n: 2", "the name of a field must be a text")]
    [InlineData("? ~\n: 2", "a field has no name")]
    [InlineData("a: {<<: 1}", "'<<' merges maps")]
    [InlineData("a: [1, 2", "f:")]
    [InlineData("a: 'x", "f:")]
    [InlineData("a: b: c", "f:1:")]
    [InlineData("a: \"\\q\"", "f:1:")]
    [InlineData("- a\nb: 1", "f:2:1")]
    public void Read_SaysWhereItIsWrong(string yaml, string message)
    {
        var e = Assert.Throws<MesosDockerException>(() => new YamlText().Read(yaml, "f"));

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RefusesAliasesThatMultiply_WithoutWritingThemOut()
    {
        string bomb = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + string.Concat(Enumerable.Range(1, 40).Select(static i
            => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        var e = Assert.Throws<MesosDockerException>(() => new YamlText().Read(bomb, "f"));

        Assert.Contains("written out", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RefusesALongTextNamedOften()
    {
        string bomb = $"a: &a {new string('x', 1_000_000)}\nb: [{string.Join(", ", Enumerable.Repeat("*a", 1000))}]\n";

        Assert.Throws<MesosDockerException>(() => new YamlText().Read(bomb, "f"));
    }

    [Theory]
    [InlineData("[", 1_000_000)]
    [InlineData("{a: ", 1_000_000)]
    [InlineData("- ", 100_000)]
    [InlineData("[a, {b: ", 500_000)]
    public void Read_RefusesWhatIsNestedTooDeep(string opening, int times)
    {
        string yaml = string.Concat(Enumerable.Repeat(opening, times));

        var e = Assert.Throws<MesosDockerException>(() => new YamlText().Read(yaml, "f"));

        Assert.Contains("nested deeper than", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RefusesMoreThanADocumentMayHave()
    {
        var e = Assert.Throws<MesosDockerException>(() => new YamlText().Read(new string(' ', DocumentLimits.MaxBytes + 1), "f"));

        Assert.Contains("32 MB", e.Message, StringComparison.Ordinal);
    }

    private static JsonElement Json(string yaml) => JsonDocuments.ToJson(Assert.Single(new YamlText().Read(yaml, "f")));
}
