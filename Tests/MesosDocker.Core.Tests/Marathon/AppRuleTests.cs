using System.Text.Json;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon;

public sealed class AppRuleTests
{
    public static TheoryData<string, string, string, string, string> Rows => [.. AppRuleTable.Rows, .. AppRuleTable.MoreRows];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judge_FindsTheOneError_AndLetsItsOppositePass(string rule, string path, string word, string bad, string good)
    {
        IReadOnlyList<Finding> found = App.Judge(Definitions.With(Definitions.App, bad), settings: null);
        string[] errors = Definitions.Errors(found);
        string[] pardoned = Definitions.Errors(App.Judge(Definitions.With(Definitions.App, good), settings: null));

        Assert.True(errors.Length > 0, rule);
        Assert.All(errors, error => Assert.StartsWith(path + ": ", error));
        Assert.Contains(errors, error => error.Contains(word, StringComparison.Ordinal));
        Assert.Empty(pardoned);
    }

    [Fact]
    public void Table_HasAHundredAndFiftyDefinitionsAtLeast()
        => Assert.True(Rows.Count * 2 >= 150);

    [Theory]
    [InlineData("\"secrets\":{\"s\":{\"source\":\"s\"}}", "secrets", "/secrets")]
    [InlineData("\"gpus\":1", "gpu_resources", "/")]
    [InlineData("\"secrets\":{\"s\":{\"source\":\"s\"}},\"env\":{\"A\":{\"secret\":\"s\"}}", "secrets", "/env")]
    public void Judge_KnowsTheFeaturesOfTheMarathonItIsFor(string fields, string feature, string path)
    {
        JsonElement json = Definitions.With(Definitions.App, fields);

        Assert.Contains(App.Judge(json, new MarathonSettings()), finding => finding.Path == path && finding.Message.Contains(feature));
        Assert.Empty(Definitions.Errors(App.Judge(json, new MarathonSettings { Features = [feature] })));
        Assert.Empty(Definitions.Errors(App.Judge(json, settings: null)));
    }

    [Fact]
    public void Judge_AsksForANetworksName_UnlessThereIsADefault()
    {
        JsonElement json = Definitions.With(Definitions.App, "\"networks\":[{\"mode\":\"container\"}]");

        Assert.Contains("/networks", Assert.Single(Definitions.Errors(App.Judge(json, new MarathonSettings()))));
        Assert.Contains(Definitions.Warnings(App.Judge(json, settings: null)), warning => warning.StartsWith("/networks: "));
        Assert.DoesNotContain(
            Definitions.Warnings(App.Judge(json, new MarathonSettings { DefaultNetworkName = "dcos" })),
            warning => warning.StartsWith("/networks: "));
    }

    [Theory]
    [InlineData("\"mem\":31", "\"mem\":32", "/mem")]
    [InlineData("\"healthChecks\":[]", "\"ports\":[0],\"healthChecks\":[{}]", "/healthChecks")]
    [InlineData("\"instances\":1", "\"instances\":0", "/healthChecks")]
    [InlineData("\"instances\":1", "\"upgradeStrategy\":{\"minimumHealthCapacity\":0,\"maximumOverCapacity\":0}", "/healthChecks")]
    [InlineData("\"container\":{\"docker\":{\"image\":\"nginx\"}}", "\"container\":{\"docker\":{\"image\":\"nginx:1\"}}", "/container/docker/image")]
    [InlineData("\"container\":{\"docker\":{\"image\":\"r:5000/a:latest\"}}", "\"container\":{\"docker\":{\"image\":\"r:5000/a@sha256:00\"}}", "/container/docker/image")]
    [InlineData("\"container\":{\"docker\":{\"image\":\"r:5000/a\"}}", "\"container\":{\"docker\":{\"image\":\"r:5000/a:2\"}}", "/container/docker/image")]
    [InlineData("\"mems\":64", "\"mem\":64", "/mems")]
    [InlineData("\"requirePorts\":true,\"networks\":[{\"name\":\"a\"}]", "\"requirePorts\":true", "/requirePorts")]
    [InlineData("\"portDefinitions\":[{}],\"networks\":[{\"name\":\"a\"}]", "\"portDefinitions\":[{}]", "/portDefinitions")]
    [InlineData("\"container\":{\"type\":\"MESOS\",\"portMappings\":[{}]}", "\"container\":{\"type\":\"MESOS\",\"portMappings\":[]}", "/container/portMappings")]
    [InlineData("\"constraints\":[[\"a\",\"IS\",\"b\"],[\"a\",\"IS\",\"b\"]]", "\"constraints\":[[\"a\",\"IS\",\"b\"],[\"a\",\"IS\",\"c\"]]", "/constraints(1)")]
    [InlineData("\"ports\":[0],\"healthChecks\":[{\"path\":\"ping\"}]", "\"ports\":[0],\"healthChecks\":[{\"path\":\"/ping\"}]", "/healthChecks(0)/path")]
    [InlineData("\"ports\":[0],\"healthChecks\":[{\"intervalSeconds\":5}]", "\"ports\":[0],\"healthChecks\":[{\"intervalSeconds\":20}]", "/healthChecks(0)/timeoutSeconds")]
    [InlineData("\"storeUrls\":[\"http://a\"]", "\"storeUrls\":[]", "/storeUrls")]
    [InlineData("\"acceptedResourceRoles\":[\"a\",\"b\"]", "\"acceptedResourceRoles\":[\"a\",\"*\"]", "/acceptedResourceRoles")]
    public void Judge_WarnsOfWhatIsLegalAndSurelyWrong(string odd, string fine, string path)
    {
        IReadOnlyList<Finding> found = App.Judge(Definitions.With(Definitions.App, odd), settings: null);

        Assert.Empty(Definitions.Errors(found));
        Assert.Contains(Definitions.Warnings(found), warning => warning.StartsWith(path + ": "));
        Assert.DoesNotContain(
            Definitions.Warnings(App.Judge(Definitions.With(Definitions.App, fine), settings: null)),
            warning => warning.StartsWith(path + ": "));
    }

    [Fact]
    public void Judge_SaysWhichFieldWasMeant()
        => Assert.Contains("'instances'", Assert.Single(
            App.Judge(Definitions.With(Definitions.App, "\"instnaces\":2,\"healthChecks\":null"), settings: null),
            static finding => finding.Path == "/instnaces").Message);

    [Fact]
    public void Judge_FindsEveryErrorAtOnce()
    {
        string[] errors = Definitions.Errors(App.Judge(
            Definitions.Json("""{"id":"/Web","cpus":0,"args":["a"],"cmd":"ls","constraints":[["a","NEAR"]],"fetch":[{}]}"""),
            settings: null));

        Assert.Equal(["/id", "/cpus", "/fetch(0)/uri", "/", "/constraints(0)"], errors.Select(static error => error.Split(": ")[0]), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"app\"")]
    [InlineData("""{"id":["/a"],"container":[],"env":[],"networks":{},"constraints":[null,[null]],"healthChecks":[[]]}""")]
    public void Judge_TakesAnything(string json)
        => Assert.NotEmpty(Definitions.Errors(App.Judge(Definitions.Json(json), settings: null)));

    [Theory]
    [InlineData("""{"id":"/a","version":"2020-01-01T00:00:00Z"}""", true)]
    [InlineData("""{"version":"2020-01-01T00:00:00Z","mem":null}""", true)]
    [InlineData("""{"version":"2020-01-01T00:00:00Z","mem":64}""", false)]
    [InlineData("""{"instances":2}""", true)]
    [InlineData("""{"instances":-2}""", false)]
    [InlineData("""{"id":"/A"}""", false)]
    [InlineData("[]", false)]
    public void JudgeChange_AsksForLess(string json, bool isFine)
        => Assert.Equal(isFine, Definitions.Errors(App.JudgeChange(Definitions.Json(json))).Length == 0);
}
