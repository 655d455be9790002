using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon;

public sealed class AppComparisonTests
{
    [Theory]
    [InlineData("", "\"instances\":1,\"cpus\":1.0,\"mem\":128,\"disk\":0,\"gpus\":0,\"executor\":\"\",\"env\":{},\"labels\":{},\"constraints\":[]")]
    [InlineData("", "\"version\":\"2020-01-01T00:00:00Z\",\"tasksRunning\":3,\"deployments\":[],\"tasks\":[{\"id\":\"t\"}],\"versionInfo\":{}")]
    [InlineData("", "\"upgradeStrategy\":{\"minimumHealthCapacity\":1,\"maximumOverCapacity\":1},\"unreachableStrategy\":{\"inactiveAfterSeconds\":0,\"expungeAfterSeconds\":0}")]
    [InlineData("", "\"networks\":[{\"mode\":\"host\"}],\"portDefinitions\":[{\"port\":10012,\"protocol\":\"tcp\",\"name\":\"default\"}]")]
    [InlineData("", "\"role\":\"slave_public\",\"killSelection\":\"YOUNGEST_FIRST\",\"requirePorts\":false,\"backoffFactor\":1.15")]
    [InlineData("\"id\":\"web\"", "\"id\":\"/web\"")]
    [InlineData("\"ports\":[0,0]", "\"portDefinitions\":[{\"port\":10001,\"protocol\":\"tcp\"},{\"port\":10002,\"labels\":{}}]")]
    [InlineData("\"uris\":[\"http://a/b.zip\",\"http://a/c\"]", "\"fetch\":[{\"uri\":\"http://a/b.zip\",\"cache\":false},{\"uri\":\"http://a/c\",\"extract\":false}]")]
    [InlineData("\"constraints\":[[\"a\",\"IS\",\"b\"],[\"hostname\",\"UNIQUE\"]]", "\"constraints\":[[\"hostname\",\"UNIQUE\"],[\"a\",\"IS\",\"b\"]]")]
    [InlineData("\"dependencies\":[\"/b\",\"/a\"]", "\"dependencies\":[\"/a\",\"/b\"]")]
    [InlineData(
        "\"container\":{\"docker\":{\"image\":\"a:1\",\"network\":\"BRIDGE\",\"portMappings\":[{\"containerPort\":80}]}}",
        "\"networks\":[{\"mode\":\"container/bridge\"}],\"container\":{\"type\":\"DOCKER\",\"docker\":{\"image\":\"a:1\",\"privileged\":false,\"parameters\":[],\"forcePullImage\":false},\"volumes\":[],\"portMappings\":[{\"containerPort\":80,\"hostPort\":0,\"servicePort\":10000,\"protocol\":\"tcp\",\"labels\":{}}]}")]
    [InlineData(
        "\"ipAddress\":{\"networkName\":\"n\"}",
        "\"networks\":[{\"mode\":\"container\",\"name\":\"n\"}],\"container\":{\"type\":\"MESOS\",\"portMappings\":[{\"name\":\"default\",\"containerPort\":0,\"servicePort\":10000}]}")]
    [InlineData(
        "\"container\":{\"type\":\"MESOS\",\"volumes\":[{\"containerPath\":\"d\",\"mode\":\"RW\",\"persistent\":{\"size\":1}}]}",
        "\"container\":{\"type\":\"MESOS\",\"volumes\":[{\"containerPath\":\"d\",\"mode\":\"RW\",\"persistent\":{\"size\":1,\"type\":\"root\",\"constraints\":[]}}]},\"unreachableStrategy\":\"disabled\",\"upgradeStrategy\":{\"minimumHealthCapacity\":0.5,\"maximumOverCapacity\":0},\"residency\":{\"relaunchEscalationTimeoutSeconds\":3600,\"taskLostBehavior\":\"WAIT_FOREVER\"}")]
    [InlineData(
        "\"healthChecks\":[{\"path\":\"/\",\"portIndex\":0}]",
        "\"healthChecks\":[{\"protocol\":\"HTTP\",\"path\":\"/\",\"portIndex\":0,\"gracePeriodSeconds\":300,\"intervalSeconds\":60,\"timeoutSeconds\":20,\"maxConsecutiveFailures\":3,\"ipProtocol\":\"IPv4\",\"ignoreHttp1xx\":false,\"delaySeconds\":15}]")]
    public void CompareTo_SeesNoDifference_InWhatAServerMakesOfAnApp(string wanted, string running)
        => Assert.Empty(Compare(running, wanted));

    [Theory]
    [InlineData("\"instances\":2", "\"instances\":3", "/instances: 2 → 3")]
    [InlineData("\"instances\":2", "", "/instances: 2 → (not said)")]
    [InlineData("\"env\":{\"A\":\"1\",\"B\":\"2\"}", "\"env\":{\"A\":\"3\",\"C\":\"4\"}", "/env/A: \"1\" → \"3\"|/env/B: \"2\" → (not said)|/env/C: (not said) → \"4\"")]
    [InlineData("\"cmd\":\"old\"", "\"cmd\":\"new\"", "/cmd: \"old\" → \"new\"")]
    [InlineData("\"ports\":[0]", "\"ports\":[8080]", "/portDefinitions(0)/port: (not said) → 8080")]
    [InlineData("\"healthChecks\":[{\"port\":80}]", "\"healthChecks\":[{\"portIndex\":0}]", "/healthChecks(0)/port: 80 → (not said)|/healthChecks(0)/portIndex: (not said) → 0")]
    [InlineData("\"constraints\":[[\"a\",\"IS\",\"b\"]]", "\"constraints\":[[\"a\",\"IS\",\"c\"]]", "/constraints(0)(2): \"b\" → \"c\"")]
    [InlineData("\"args\":[\"a\",\"b\"]", "\"args\":[\"b\",\"a\"]", "/args(0): \"a\" → \"b\"|/args(1): \"b\" → \"a\"")]
    [InlineData("\"unreachableStrategy\":\"disabled\"", "", "/unreachableStrategy: \"disabled\" → {}")]
    [InlineData("\"portDefinitions\":[]", "", "/portDefinitions: [] → [{\"name\":\"default\"}]")]
    [InlineData("\"fromTheFuture\":{\"a\":1}", "\"fromTheFuture\":{\"a\":2}", "/fromTheFuture/a: 1 → 2")]
    [InlineData("\"role\":\"a\"", "\"role\":\"b\"", "/role: \"a\" → \"b\"")]
    public void CompareTo_SeesWhatWouldChange(string running, string wanted, string differences)
        => Assert.Equal(differences, string.Join('|', Compare(running, wanted).Select(static difference => difference.ToString())));

    // An app is the same as itself, whatever it is.
    [Theory]
    [MemberData(nameof(AppRuleTests.Rows), MemberType = typeof(AppRuleTests))]
    public void CompareTo_ItselfIsNothing(string rule, string path, string word, string bad, string good)
    {
        _ = (rule, path, word, bad);

        Assert.Empty(Compare(good, good));
    }

    private static IReadOnlyList<Difference> Compare(string running, string wanted) => Read(running).CompareTo(Read(wanted));

    private static App Read(string fields) => App.FromJson(Definitions.With(Definitions.App, fields));
}
