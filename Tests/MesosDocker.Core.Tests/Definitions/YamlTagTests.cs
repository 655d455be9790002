using MesosDocker.Adapters.Yaml;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests;

/// <summary>Tags that whoever reads YAML has a meaning for; for everybody else they are as unknown as before.</summary>
public sealed class YamlTagTests
{
    private static readonly HashSet<string> s_own = ["!reset", "!override"];

    [Theory]
    [InlineData("a: !reset null", "!reset", ScalarKind.Null)]
    [InlineData("a: !reset", "!reset", ScalarKind.Null)]
    [InlineData("a: !override 5", "!override", ScalarKind.Number)]
    [InlineData("a: !override '5'", "!override", ScalarKind.Text)]
    public void Read_WrapsScalars(string yaml, string tag, ScalarKind kind)
    {
        SourceTagged tagged = Value(yaml);

        Assert.Equal(tag, tagged.Tag);
        Assert.Equal(kind, ((SourceScalar)tagged.Value).Kind);
    }

    [Theory]
    [InlineData("a: !override [1, 2]")]
    [InlineData("a: !override\n- 1\n- 2")]
    [InlineData("b: &b !override [1, 2]\na: *b")]
    public void Read_WrapsLists(string yaml) => Assert.Equal(2, ((SourceList)Value(yaml).Value).Items.Count);

    [Fact]
    public void Read_WrapsMaps_AndKeepsTheirPlace()
    {
        SourceTagged tagged = Value("x: 1\na: !override { b: !reset 1 }");

        Assert.Equal("f:2:4", tagged.Mark.ToString());
        Assert.IsType<SourceTagged>(((SourceMap)tagged.Value)["b"]);
    }

    [Theory]
    [InlineData("a: !other 1", "the tag !other is not one of the core schema")]
    [InlineData("a: !other [1]", "the tag !other is not one of the core schema")]
    [InlineData("!reset a: 1", "the name of a field has no tag")]
    [InlineData("a: { <<: !reset { b: 1 } }", "'<<' merges maps")]
    [InlineData("a: !!int x", "is not what its tag")]
    public void Read_RefusesOthers(string yaml, string message)
    {
        var e = Assert.Throws<MesosDockerException>(() => new YamlText().Read(yaml, "f", s_own));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithoutTags_RefusesAll()
        => Assert.Throws<MesosDockerException>(() => new YamlText().Read("a: !reset null", "f"));

    private static SourceTagged Value(string yaml) => (SourceTagged)((SourceMap)new YamlText().Read(yaml, "f", s_own)[0])["a"]!;
}
