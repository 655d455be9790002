using MesosDocker.Adapters.Yaml;
using MesosDocker.Io;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests;

/// <summary>JSON with places, documents over each other, and files.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void Read_KnowsWhereEverythingIs()
    {
        var map = (SourceMap)JsonDocuments.Read("{ \"é\": 1,\n  \"b\": [ true,\n null ] }"u8, "f.json");

        Assert.Equal("f.json:1:1", map.Mark.ToString());
        Assert.Equal("f.json:1:8", map["é"]!.Mark.ToString());
        Assert.Equal("f.json:2:8", map["b"]!.Mark.ToString());
        Assert.Equal("f.json:2:10", ((SourceList)map["b"]!).Items[0].Mark.ToString());
        Assert.Equal("f.json:3:2", ((SourceList)map["b"]!).Items[1].Mark.ToString());
        Assert.Null(map["c"]);
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("{", "no JSON")]
    [InlineData("{\"a\": 1,}", "f:1:9")]
    [InlineData("{\"a\": 1} x", "f:1:10")]
    [InlineData("{\"a\": 1\n \"b\": 2}", "f:2:2")]
    [InlineData("// c\n{}", "f:1:1")]
    [InlineData("{\"a\": 1, \"a\": 2}", "f:1:10: 'a' is said twice")]
    [InlineData("{\"a\": NaN}", "f:1:7")]
    [InlineData("[\"\\ud800\"]", "f:1:2: the text has bytes or escapes that are no characters")]
    public void Read_SaysWhereItIsWrong(string json, string message)
    {
        var e = Assert.Throws<MesosDockerException>(() => JsonDocuments.Read(System.Text.Encoding.UTF8.GetBytes(json), "f"));

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RefusesWhatIsNestedTooDeep()
    {
        byte[] json = [.. Enumerable.Repeat((byte)'[', 1_000_000)];

        var e = Assert.Throws<MesosDockerException>(() => JsonDocuments.Read(json, "f"));

        Assert.Contains("nested deeper", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{a: 1, m: {x: 1, y: 2}}", "{b: 2, m: {y: 3}}", """{"a":1,"m":{"x":1,"y":3},"b":2}""")]
    [InlineData("{l: [1, 2]}", "{l: [3]}", """{"l":[3]}""")]
    [InlineData("{l: [1, 2]}", "{l+: [3]}", """{"l":[1,2,3]}""")]
    [InlineData("{}", "{l+: [3]}", """{"l":[3]}""")]
    [InlineData("{a: {b: 1}}", "{a: {c: {d+: [1]}}}", """{"a":{"b":1,"c":{"d":[1]}}}""")]
    [InlineData("{a: 1, b: 2}", "{a: null}", """{"b":2}""")]
    [InlineData("{a: {b: 1, c: 2}}", "{a: {b: null}}", """{"a":{"c":2}}""")]
    [InlineData("{a: {b: 1}}", "{a: 2}", """{"a":2}""")]
    [InlineData("{a: 2}", "{a: {b: 1}}", """{"a":{"b":1}}""")]
    [InlineData("{a+: x}", "{'+': [1]}", """{"a\u002B":"x","\u002B":[1]}""")]
    public void Merge_LaysOneOverTheOther(string under, string over, string json)
        => Assert.Equal(json, JsonDocuments.ToJson(DocumentEdits.Merge(Yaml(under), Yaml(over))).GetRawText());

    [Fact]
    public void Merge_RefusesToAppendToWhatIsNoList()
    {
        var e = Assert.Throws<MesosDockerException>(() => DocumentEdits.Merge(Yaml("{a: 1}"), Yaml("{a+: [1]}")));

        Assert.Contains("f:1:6", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromFile_ReadsUtf8_WithAndWithoutItsMark()
    {
        using var folder = new TemporaryDirectory();
        string path = Path.Combine(folder.Root, "a.yml");
        File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, (byte)'a', (byte)':', (byte)' ', 0xC3, 0xA9]);

        DocumentText text = DocumentText.FromFile(path);

        Assert.Equal("a: é", text.Text);
        Assert.False(text.IsJson);
    }

    [Fact]
    public void FromFile_RefusesWhatIsNoText_WhatIsNotThere_AndWhatIsTooLarge()
    {
        using var folder = new TemporaryDirectory();
        string path = Path.Combine(folder.Root, "a.json");
        File.WriteAllBytes(path, [(byte)'"', 0xFF]);
        Assert.Equal(Fault.DefinitionInvalid, Assert.Throws<MesosDockerException>(() => DocumentText.FromFile(path)).Fault);
        Assert.Equal(Fault.FileUnreadable, Assert.Throws<MesosDockerException>(() => DocumentText.FromFile(path + "x")).Fault);
        Assert.Equal(Fault.FileUnreadable, Assert.Throws<MesosDockerException>(() => DocumentText.FromFile(folder.Root)).Fault);

        // One without an end tells no length.
        Assert.Contains("32 MB", Assert.Throws<MesosDockerException>(() => DocumentText.FromFile("/dev/zero")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.json", "a: 1", true)]
    [InlineData("x.yaml", "{}", false)]
    [InlineData("x.txt", "  {}", true)]
    [InlineData("text", "[1]", true)]
    [InlineData("text", "a: 1", false)]
    public void IsJson_GoesByTheEnding_ThenByTheLooks(string source, string text, bool isJson)
        => Assert.Equal(isJson, new DocumentText(source, text).IsJson);

    private static SourceNode Yaml(string text) => Assert.Single(new YamlText().Read(text, "f"));
}
