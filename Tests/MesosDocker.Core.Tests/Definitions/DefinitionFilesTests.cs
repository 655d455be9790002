using System.Text;
using System.Text.Json;
using MesosDocker.Adapters.Yaml;
using MesosDocker.Io;
using MesosDocker.Marathon;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests;

public sealed class DefinitionFilesTests
{
    private static readonly App s_web = App.FromJson("""{"id":"/shop/web","cmd":"a\nb","labels":{"on":"yes"},"unknown":{"x":[1]}}"""u8.ToArray());

    [Theory]
    [InlineData("/shop/web", "shop_web")]
    [InlineData("web.x", "web.x")]
    public void NameOf_IsTheId(string id, string name) => Assert.Equal(name, DefinitionFiles.NameOf(new App { Id = id }));

    [Theory]
    [InlineData(null)]
    [InlineData("/")]
    [InlineData("/../x")]
    [InlineData("/a/../../etc/passwd")]
    [InlineData("/a\n")]
    [InlineData("/A")]
    public void NameOf_RefusesWhatIsNoId(string? id) => Assert.Throws<MesosDockerException>(() => DefinitionFiles.NameOf(new App { Id = id }));

    [Fact]
    public void Json_IsAnObjectForOne_AndAListForMore()
    {
        Assert.Equal("/shop/web", JsonDocument.Parse(DefinitionFiles.Json([s_web])).RootElement.GetProperty("id").GetString());
        Assert.Equal(2, JsonDocument.Parse(DefinitionFiles.Json([s_web, s_web])).RootElement.GetArrayLength());
    }

    [Fact]
    public void Yaml_IsReadBackTheSame()
    {
        string text = Encoding.UTF8.GetString(DefinitionFiles.Yaml([s_web, s_web], new YamlText()));

        IReadOnlyList<Definition> again = new DefinitionReader(new YamlText(), new DefinitionOptions()).Read(new DocumentText("f.yml", text));

        Assert.Equal(2, again.Count);
        Assert.All(again, static definition => Assert.Equal(Encoding.UTF8.GetString(s_web.ToJson()), Encoding.UTF8.GetString(definition.Apps[0].ToApp().ToJson())));
    }

    [Fact]
    public void Write_ReplacesAFile_UnlessToldToKeepIt_OrItIsReadOnly()
    {
        using var folder = new TemporaryDirectory();
        string path = folder.PathOf("in", "a.json");

        DefinitionFiles.Write(path, "long first"u8.ToArray(), force: false, keep: true);
        DefinitionFiles.Write(path, "second"u8.ToArray(), force: false, keep: false);
        Assert.Equal("second", File.ReadAllText(path));

        var e = Assert.Throws<MesosDockerException>(() => DefinitionFiles.Write(path, "x"u8.ToArray(), force: true, keep: true));
        Assert.Equal(Fault.FileUnwritable, e.Fault);
        Assert.Contains("-NoClobber", e.Message, StringComparison.Ordinal);

        File.SetAttributes(path, FileAttributes.ReadOnly);
        e = Assert.Throws<MesosDockerException>(() => DefinitionFiles.Write(path, "x"u8.ToArray(), force: false, keep: false));
        Assert.Contains("-Force", e.Message, StringComparison.Ordinal);
        Assert.Equal("second", File.ReadAllText(path));

        DefinitionFiles.Write(path, "third"u8.ToArray(), force: true, keep: false);
        Assert.Equal("third", File.ReadAllText(path));
        Assert.Throws<MesosDockerException>(() => DefinitionFiles.Write(folder.Root, [], force: true, keep: false));
    }

    [Fact]
    public void WithoutServerFields_LeavesTheDefinition()
    {
        App app = App.FromJson("""
            {"id":"/a","cmd":"x","version":"2020-01-01T00:00:00Z","versionInfo":{},"tasksStaged":0,"tasksRunning":1,"tasksHealthy":1,"tasksUnhealthy":0,
             "deployments":[],"readinessCheckResults":[],"tasks":[],"lastTaskFailure":{},"taskStats":{"x":1},"mine":1}
            """u8.ToArray());

        Assert.Equal("""{"id":"/a","cmd":"x","mine":1}""", Encoding.UTF8.GetString(app.WithoutServerFields().ToJson()));
    }
}
