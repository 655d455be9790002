using System.Text.Json;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon;

public sealed class GroupRuleTests
{
    [Theory]
    [InlineData("""{"id":"/a","apps":[{"id":"/a/b","cmd":"ls"},{"id":"c","cmd":"ls"}],"groups":[{"id":"d","apps":[{"id":"/a/d/e","cmd":"ls"}]}]}""")]
    [InlineData("""{"id":"/","groups":[{"id":"/a","enforceRole":true},{"id":"b","groups":[{"id":"/b/c"}]}]}""")]
    [InlineData("""{"scaleBy":2}""")]
    [InlineData("""{"version":"2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"id":"/a","apps":[{"id":"b","cmd":"ls","dependencies":["c"]},{"id":"c","cmd":"ls"}]}""")]
    [InlineData("""{"id":"/a","dependencies":["/elsewhere"],"apps":[{"id":"b","cmd":"ls"}]}""")]
    public void Judge_LetsGoodGroupsPass(string group)
        => Assert.Empty(Definitions.Errors(Group.Judge(Definitions.Json(group), settings: null)));

    [Theory]
    [InlineData("""{"id":"/A"}""", "/id", "lower-case")]
    [InlineData("""{"id":"/a/tasks"}""", "/id", "tasks")]
    [InlineData("""{"id":"/a","apps":[{"id":"/b","cmd":"ls"}]}""", "/apps(0)/id", "inside /a")]
    [InlineData("""{"id":"/a","apps":[{"id":"b/c","cmd":"ls"}]}""", "/apps(0)/id", "directly inside /a")]
    [InlineData("""{"id":"/a","apps":[{"id":"b","cmd":"ls"},{"id":"/a/b","cmd":"id"}]}""", "/apps(1)/id", "twice")]
    [InlineData("""{"id":"/a","groups":[{"id":"/b"}]}""", "/groups(0)/id", "inside /a")]
    [InlineData("""{"id":"/a","groups":[{"apps":[]}]}""", "/groups(0)/id", "missing")]
    [InlineData("""{"id":"/a","groups":[{"id":"..","apps":[]}]}""", "/groups(0)/id", "inside /a")]
    [InlineData("""{"id":"/a","groups":[{"id":".","apps":[]}]}""", "/groups(0)/id", "inside /a")]
    [InlineData("""{"id":"/a","apps":[{"id":"b","cmd":"ls","dependencies":["/a"]}]}""", "/", "circle")]
    [InlineData("""{"id":"/a","groups":[{"id":"b","enforceRole":true}]}""", "/groups(0)/enforceRole", "/a/b")]
    [InlineData("""{"id":"/a","scaleBy":2}""", "/scaleBy", "alone")]
    [InlineData("""{"scaleBy":-1}""", "/scaleBy", "at least 0")]
    [InlineData("""{"id":"/a","apps":[{"id":"b"}]}""", "/apps(0)", "to run")]
    [InlineData("""{"id":"/a","groups":[{"id":"b","apps":[{"id":"c","cmd":"ls","cpus":0}]}]}""", "/groups(0)/apps(0)/cpus", "0.001")]
    [InlineData("""{"id":"/a","apps":[{"id":"b","cmd":"ls","mem":"64"}]}""", "/apps(0)/mem", "a text")]
    [InlineData("""{"id":"/a","apps":[{"id":"b","cmd":"ls","dependencies":["b"]}]}""", "/", "/a/b → /a/b")]
    [InlineData("""{"id":"/a","apps":[{"id":"b","cmd":"ls","dependencies":["/a/c"]},{"id":"c","cmd":"ls","dependencies":["../a/b"]}]}""", "/", "circle")]
    [InlineData("""{"id":"/","groups":[{"id":"a","dependencies":["/b"],"apps":[{"id":"x","cmd":"ls"}]},{"id":"b","apps":[{"id":"y","cmd":"ls","dependencies":["/a"]}]}]}""", "/", "circle")]
    public void Judge_FindsWhatIsWrong_AndWhere(string group, string path, string word)
    {
        string[] errors = Definitions.Errors(Group.Judge(Definitions.Json(group), settings: null));

        Assert.Contains(errors, error => error.StartsWith(path + ": ", StringComparison.Ordinal) && error.Contains(word, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.StartsWith(path + ": ", error));
    }

    // Ten thousand apps that wait for each other in a row are no circle, and no stack's end.
    [Fact]
    public void Judge_FollowsLongChains()
    {
        const int Count = 10_000;
        var group = new Group
        {
            Id = "/g",
            Apps = [.. Enumerable.Range(0, Count).Select(static i => new App { Id = $"a{i}", Cmd = "ls", Dependencies = [$"a{i + 1}"] })],
        };

        Assert.Empty(Definitions.Errors(group.Judge(settings: null)));

        Group circle = group with { Apps = [.. group.Apps!, new App { Id = $"a{Count}", Cmd = "ls", Dependencies = ["a0"] }] };
        Assert.Contains("circle", Assert.Single(Definitions.Errors(circle.Judge(settings: null))));
    }

    [Fact]
    public void Judge_RefusesWhatIsNestedDeeperThanItCanBeRead()
    {
        string json = string.Concat(Enumerable.Repeat("{\"groups\":[", 200)) + string.Concat(Enumerable.Repeat("]}", 200));
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1_000 });

        Assert.NotEmpty(Definitions.Errors(Group.Judge(document.RootElement, settings: null)));
    }
}
