using System.Text;
using MesosDocker.Adapters.Yaml;
using MesosDocker.Compose;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests.Compose;

public sealed class ComposeFileWriterTests
{
    [Theory]
    [InlineData("a $ $$ ${A}")]
    [InlineData("tab\tline\nquote\"back\\slash")]
    [InlineData("Grüße 世界 😀")]
    [InlineData("\u0000\u0001\u007f\u0085\u009f\u2028\u2029\ufeff\ufffe\uffff")]
    [InlineData("yes")]
    [InlineData("0777")]
    [InlineData("")]
    public void Json_IsReadBackTheSame(string value)
    {
        SourceMap document = Document(value);

        string text = Encoding.UTF8.GetString(ComposeFileWriter.Json(document));

        var again = (SourceMap)new YamlText().Read(text, "f")[0];
        Assert.Equal(value.Replace("$", "$$", StringComparison.Ordinal), ((SourceScalar)again["x-value"]!).Value);
        Assert.Equal(ScalarKind.Text, ((SourceScalar)again["x-value"]!).Kind);
    }

    [Fact]
    public void Json_HasEveryKind()
        => Assert.Equal(
            "{\"services\": {\"web\": {\"image\": \"x\", \"scale\": 2, \"tty\": true, \"command\": null, \"dns\": [\"a\", \"b\"]}}}\n",
            Encoding.UTF8.GetString(ComposeFileWriter.Json(Projects.Read("services: { web: { image: x, scale: 2, tty: yes, command: , dns: [a, b] } }").Document)));

    [Fact]
    public void Json_ReadAgain_IsTheSameProject()
    {
        ComposeProject project = Projects.Read("""
            services:
              web: { image: "x:$$A", command: ["$$B", "${C}"], gpus: all, ports: ["1-2:1-2", { target: 5, name: n }], environment: { A: "$$" }, extra_hosts: ["a=::1"], env_file: a.env }
            --- a.env
            E='$x'
            --- environment
            C=$$c
            """);

        string first = Encoding.UTF8.GetString(ComposeFileWriter.Json(project.Document));
        string second = Encoding.UTF8.GetString(ComposeFileWriter.Json(Projects.Read(first).Document));

        Assert.Equal(first, second);
        Assert.Equal(["$B", "$$c"], project.Services["web"].Command!);
        Assert.Equal("$x", project.Services["web"].Environment["E"]);
    }

    [Fact]
    public void HalvesOfCharacters_AreEscaped()
        => Assert.Equal("{\"x-value\": \"a\\ud83db\"}\n", Encoding.UTF8.GetString(ComposeFileWriter.Json(Document("a\ud83db"))));

    private static SourceMap Document(string value)
        => new(new Mark("f", 1, 1), [new SourceField("x-value", new Mark("f", 1, 1), new SourceScalar(new Mark("f", 1, 1), ScalarKind.Text, value))]);
}
