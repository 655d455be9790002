using System.Text.Json;
using MesosDocker.Adapters.Yaml;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests;

public sealed class YamlWriteTests
{
    private static readonly string[] s_pieces =
    [
        "a", " ", "\n", "\t", ":", "- ", "#", "'", "\"", "\\", "{", "}", "[", "]", ",", "&a", "*a", "!", "|", ">", "%", "@", "`", "yes", "~", "1", ".5",
        "0x1", "é", "漢", "😀", "\u0001", "\u0085", "\u2028", "\ufeff", "---", "...", "? ", "<<", "=", "\r", "\r\n", "null", "${X}", "12:30", "  ",
    ];

    [Fact]
    public void Write_WritesWhatPeopleLikeToRead()
    {
        JsonElement json = JsonDocument.Parse(
            """{"id":"/web","cmd":"a\nb\n","on":"yes","args":["x","8080"],"env":{},"list":[{"a":1,"b":[]},{"c":null}],"num":1.50,"v":"1.0"}""").RootElement;

        Assert.Equal(
            """
            id: /web
            cmd: |
              a
              b
            "on": "yes"
            args: [x, "8080"]
            env: {}
            list:
              - a: 1
                b: []
              - c: null
            num: 1.50
            v: "1.0"

            """.ReplaceLineEndings("\n"),
            new YamlText().Write([json]));
    }

    [Fact]
    public void Write_SeparatesDocuments()
    {
        JsonElement json = JsonDocument.Parse("""{"a":1}""").RootElement;

        Assert.Equal("a: 1\n---\na: 1\n", new YamlText().Write([json, json]));
    }

    [Fact]
    public void Read_GetsBackWhatWasWritten_WhateverItIs()
    {
        var random = new Random(3);
        for (int i = 0; i < 3000; i++)
        {
            string json = JsonSerializer.Serialize(new Dictionary<string, object> { [Text(random)] = Text(random), ["in"] = new[] { Text(random), Text(random) } });
            string yaml = new YamlText().Write([JsonDocument.Parse(json).RootElement]);

            JsonElement again = JsonDocuments.ToJson(Assert.Single(new YamlText().Read(yaml, "f")));

            Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(json).RootElement, again), $"{json}\n{yaml}\n{again}");
        }
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
}
