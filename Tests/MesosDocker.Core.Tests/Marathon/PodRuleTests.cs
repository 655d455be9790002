using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon;

public sealed class PodRuleTests
{
    private const string Base = """{"id":"/pod","networks":[{"mode":"host"}],"containers":[{"name":"a","resources":{"cpus":1,"mem":64},"exec":{"command":{"shell":"ls"}}}]}""";

    private const string Networks = "\"networks\":[{\"name\":\"n\"},{\"name\":\"m\"}],";

    private static string Container(string fields)
        => "\"containers\":[{\"name\":\"a\",\"resources\":{\"cpus\":1,\"mem\":64},\"exec\":{\"command\":{\"shell\":\"ls\"}}," + fields + "}]";

    private static string Two(string first, string second)
        => "\"containers\":[{\"name\":\"a\",\"resources\":{\"cpus\":1,\"mem\":64}," + first + "},{\"name\":\"b\",\"resources\":{\"cpus\":1,\"mem\":64}," + second + "}]";

    private static string Health(string check)
        => Container("\"endpoints\":[{\"name\":\"e\"}],\"healthCheck\":{" + check + "}");

    /// <summary>A name, where the error is, a word of it, what is refused and what is taken.</summary>
    public static TheoryData<string, string, string, string, string> Rows => new()
    {
        { "id", "/id", "lower-case", "\"id\":\"/Pod\"", "\"id\":\"/a/pod\"" },
        { "id: not reserved", "/id", "versions", "\"id\":\"/pod/versions\"", "\"id\":\"/versions/pod\"" },
        { "containers: there", "/containers", "missing", "\"containers\":null", Container("\"tty\":true") },
        { "containers: some", "/containers", "empty", "\"containers\":[]", Container("\"user\":\"u\"") },
        { "containers: names once", "/containers", "names", "\"containers\":[{\"name\":\"a\",\"resources\":{\"cpus\":1,\"mem\":64}},{\"name\":\"a\",\"resources\":{\"cpus\":1,\"mem\":64}}]", Two("\"user\":\"u\"", "\"user\":\"u\"") },
        { "container: name", "/containers(0)/name", "lower-case", "\"containers\":[{\"name\":\"A\",\"resources\":{\"cpus\":1,\"mem\":64}}]", "\"containers\":[{\"name\":\"a-1\",\"resources\":{\"cpus\":1,\"mem\":64}}]" },
        { "container: resources", "/containers(0)/resources", "missing", "\"containers\":[{\"name\":\"a\"}]", "\"containers\":[{\"name\":\"a\",\"resources\":{\"cpus\":0.001,\"mem\":64}}]" },
        { "container: default mem", "/containers(0)/resourceLimits/mem", "128", "\"containers\":[{\"name\":\"a\",\"resources\":{},\"resourceLimits\":{\"mem\":127}}]", "\"containers\":[{\"name\":\"a\",\"resources\":{},\"resourceLimits\":{\"mem\":128}}]" },
        { "container: cpus", "/containers(0)/resources/cpus", "0.001", "\"containers\":[{\"name\":\"a\",\"resources\":{\"cpus\":0,\"mem\":64}}]", "\"containers\":[{\"name\":\"a\",\"resources\":{\"cpus\":0.1,\"mem\":64}}]" },
        { "container: command", "/containers(0)/exec/command", "either", Container("\"exec\":{\"command\":{\"shell\":\"a\",\"argv\":[\"b\"]}}").Replace("\"exec\":{\"command\":{\"shell\":\"ls\"}},", ""), Container("\"exec\":{\"command\":{\"argv\":[\"b\"]}}").Replace("\"exec\":{\"command\":{\"shell\":\"ls\"}},", "") },
        { "container: entry point", "/containers(0)/exec/overrideEntrypoint", "false", Container("\"exec\":{\"command\":{\"shell\":\"a\"},\"overrideEntrypoint\":false}").Replace("\"exec\":{\"command\":{\"shell\":\"ls\"}},", ""), Container("\"exec\":{\"command\":{\"argv\":[\"a\"]},\"overrideEntrypoint\":false}").Replace("\"exec\":{\"command\":{\"shell\":\"ls\"}},", "") },
        { "container: limits", "/containers(0)/resourceLimits/mem", "at least", Container("\"resourceLimits\":{\"mem\":32}"), Container("\"resourceLimits\":{\"mem\":64,\"cpus\":\"unlimited\"}") },
        { "container: limits of one's own", "/containers(0)/resourceLimits", "legacySharedCgroups", Container("\"resourceLimits\":{\"mem\":64}") + ",\"legacySharedCgroups\":true", Container("\"resourceLimits\":{\"mem\":64}") + ",\"legacySharedCgroups\":false" },
        { "container: variable", "/containers(0)/environment/1A", "digit", Container("\"environment\":{\"1A\":\"\"}"), Container("\"environment\":{\"A1\":\"\"}") },
        { "container: secret", "/containers(0)/environment/A/secret", "'s'", Container("\"environment\":{\"A\":{\"secret\":\"s\"}}"), Container("\"environment\":{\"A\":{\"secret\":\"s\"}}") + ",\"secrets\":{\"s\":{\"source\":\"s\"}}" },
        { "container: image kind", "/containers(0)/image/kind", "one of", Container("\"image\":{\"kind\":\"APPC\",\"id\":\"a:1\"}"), Container("\"image\":{\"kind\":\"DOCKER\",\"id\":\"a:1\"}") },
        { "container: pull secret", "/containers(0)/image/pullConfig", "'s'", Container("\"image\":{\"kind\":\"DOCKER\",\"id\":\"a:1\",\"pullConfig\":{\"secret\":\"s\"}}"), Container("\"image\":{\"kind\":\"DOCKER\",\"id\":\"a:1\",\"pullConfig\":{\"secret\":\"s\"}}") + ",\"secrets\":{\"s\":{\"source\":\"s\"}}" },
        { "container: seccomp", "/containers(0)/linuxInfo/seccomp", "unconfined", Container("\"linuxInfo\":{\"seccomp\":{\"unconfined\":false}}"), Container("\"linuxInfo\":{\"seccomp\":{\"unconfined\":true}}") },
        { "pod: seccomp", "/linuxInfo/seccomp", "containers", "\"linuxInfo\":{\"seccomp\":{\"unconfined\":true}}", "\"linuxInfo\":{\"ipcInfo\":{\"mode\":\"PRIVATE\"}}" },
        { "endpoint: no port on the host's network", "/containers(0)/endpoints(0)/containerPort", "host", Container("\"endpoints\":[{\"name\":\"e\",\"containerPort\":80}]"), Container("\"endpoints\":[{\"name\":\"e\",\"hostPort\":80}]") },
        { "endpoint: a port on its own", "/containers(0)/endpoints(0)/containerPort", "missing", "\"networks\":[{\"name\":\"n\"}]," + Container("\"endpoints\":[{\"name\":\"e\"}]"), "\"networks\":[{\"name\":\"n\"}]," + Container("\"endpoints\":[{\"name\":\"e\",\"containerPort\":80}]") },
        { "endpoint: network", "/containers(0)/endpoints(0)", "networkNames", Networks + Container("\"endpoints\":[{\"name\":\"e\",\"containerPort\":80,\"hostPort\":0}]"), Networks + Container("\"endpoints\":[{\"name\":\"e\",\"containerPort\":80,\"hostPort\":0,\"networkNames\":[\"m\"]}]") },
        { "endpoint: network is there", "/containers(0)/endpoints(0)/networkNames(0)", "n, m", Networks + Container("\"endpoints\":[{\"name\":\"e\",\"containerPort\":80,\"networkNames\":[\"x\"]}]"), Networks + Container("\"endpoints\":[{\"name\":\"e\",\"containerPort\":80,\"networkNames\":[\"n\",\"m\"]}]") },
        { "endpoint: protocols once", "/containers(0)/endpoints(0)/protocol", "twice", Container("\"endpoints\":[{\"name\":\"e\",\"protocol\":[\"tcp\",\"tcp\"]}]"), Container("\"endpoints\":[{\"name\":\"e\",\"protocol\":[\"tcp\",\"udp\"]}]") },
        { "endpoint: names once", "/", "endpoints", Two("\"endpoints\":[{\"name\":\"e\"}]", "\"endpoints\":[{\"name\":\"e\"}]"), Two("\"endpoints\":[{\"name\":\"e\"}]", "\"endpoints\":[{\"name\":\"f\"}]") },
        { "endpoint: host ports once", "/", "host ports", Two("\"endpoints\":[{\"name\":\"e\",\"hostPort\":80}]", "\"endpoints\":[{\"name\":\"f\",\"hostPort\":80}]"), Two("\"endpoints\":[{\"name\":\"e\",\"hostPort\":0}]", "\"endpoints\":[{\"name\":\"f\",\"hostPort\":0}]") },
        { "endpoint: ports once", "/", "container ports", "\"networks\":[{\"name\":\"n\"}]," + Two("\"endpoints\":[{\"name\":\"e\",\"containerPort\":80}]", "\"endpoints\":[{\"name\":\"f\",\"containerPort\":80}]"), "\"networks\":[{\"name\":\"n\"}]," + Two("\"endpoints\":[{\"name\":\"e\",\"containerPort\":80}]", "\"endpoints\":[{\"name\":\"f\",\"containerPort\":81}]") },
        { "health: one", "/containers(0)/healthCheck", "exactly one", Health("\"intervalSeconds\":60"), Health("\"tcp\":{\"endpoint\":\"e\"}") },
        { "health: not two", "/containers(0)/healthCheck", "exactly one", Health("\"tcp\":{\"endpoint\":\"e\"},\"http\":{\"endpoint\":\"e\"}"), Health("\"http\":{\"endpoint\":\"e\",\"path\":\"/\"}") },
        { "health: endpoint", "/containers(0)/healthCheck/http/endpoint", "'f'", Health("\"http\":{\"endpoint\":\"f\"}"), Health("\"http\":{\"endpoint\":\"e\"}") },
        { "health: time", "/containers(0)/healthCheck/timeoutSeconds", "less than", Health("\"tcp\":{\"endpoint\":\"e\"},\"intervalSeconds\":20"), Health("\"tcp\":{\"endpoint\":\"e\"},\"intervalSeconds\":21") },
        { "volume: is used", "/volumes(0)", "mounted", "\"volumes\":[{\"name\":\"v\"}]", "\"volumes\":[{\"name\":\"v\"}]," + Container("\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"m\"}]") },
        { "volume: is there", "/containers(0)/volumeMounts(0)/name", "'w'", Container("\"volumeMounts\":[{\"name\":\"w\",\"mountPath\":\"m\"}]"), "\"volumes\":[{\"name\":\"w\",\"host\":\"/h\"}]," + Container("\"volumeMounts\":[{\"name\":\"w\",\"mountPath\":\"m\"}]") },
        { "volume: names once", "/volumes", "different", "\"volumes\":[{\"name\":\"v\"},{\"name\":\"v\"}]," + Container("\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"m\"}]"), "\"volumes\":[{\"name\":\"v\"}]," + Container("\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"m\"},{\"name\":\"v\",\"mountPath\":\"n\"}]") },
        { "volume: secret", "/volumes(0)/secret", "'s'", "\"volumes\":[{\"name\":\"v\",\"secret\":\"s\"}]," + Container("\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"m\"}]"), "\"secrets\":{\"s\":{\"source\":\"s\"}},\"volumes\":[{\"name\":\"v\",\"secret\":\"s\"}]," + Container("\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"m\"}]") },
        { "network: one host", "/networks", "one host", "\"networks\":[{\"mode\":\"host\"},{\"name\":\"n\"}]", "\"networks\":[{\"name\":\"n\"},{\"name\":\"m\"}]" },
        { "scaling: kind", "/scaling/kind", "one of", "\"scaling\":{\"kind\":\"auto\"}", "\"scaling\":{\"kind\":\"fixed\",\"instances\":0}" },
        { "scheduling: constraint", "/scheduling/placement/constraints(0)", "no value", "\"scheduling\":{\"placement\":{\"constraints\":[{\"fieldName\":\"a\",\"operator\":\"UNIQUE\",\"value\":\"1\"}]}}", "\"scheduling\":{\"placement\":{\"constraints\":[{\"fieldName\":\"a\",\"operator\":\"UNIQUE\"}]}}" },
        { "scheduling: operator", "/scheduling/placement/constraints(0)/operator", "written 'UNIQUE'", "\"scheduling\":{\"placement\":{\"constraints\":[{\"fieldName\":\"a\",\"operator\":\"unique\"}]}}", "\"scheduling\":{\"placement\":{\"constraints\":[{\"fieldName\":\"a\",\"operator\":\"IS\",\"value\":\"b\"}]}}" },
        { "scheduling: roles", "/scheduling/placement/acceptedResourceRoles(0)", "role", "\"scheduling\":{\"placement\":{\"acceptedResourceRoles\":[\"a/b\"]}}", "\"scheduling\":{\"placement\":{\"acceptedResourceRoles\":[]}}" },
        { "scheduling: upgrade", "/scheduling/upgrade/maximumOverCapacity", "between", "\"scheduling\":{\"upgrade\":{\"maximumOverCapacity\":2}}", "\"scheduling\":{\"upgrade\":{\"maximumOverCapacity\":0}}" },
        { "scheduling: unreachable", "/scheduling/unreachableStrategy/inactiveAfterSeconds", "at most", "\"scheduling\":{\"unreachableStrategy\":{\"inactiveAfterSeconds\":2,\"expungeAfterSeconds\":1}}", "\"scheduling\":{\"unreachableStrategy\":\"disabled\"}" },
        { "user", "/user", "empty", "\"user\":\"\"", "\"user\":\"root\"" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judge_FindsTheOneError_AndLetsItsOppositePass(string rule, string path, string word, string bad, string good)
    {
        string[] errors = Definitions.Errors(Pod.Judge(Definitions.With(Base, bad), settings: null));
        string[] pardoned = Definitions.Errors(Pod.Judge(Definitions.With(Base, good), settings: null));

        Assert.True(errors.Length > 0, rule);
        Assert.Contains(errors, error => error.StartsWith(path + ": ", StringComparison.Ordinal) && error.Contains(word, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.StartsWith(path + ": ", error));
        Assert.Empty(pardoned);
    }

    [Fact]
    public void Judge_HoldsAPodWithPersistentVolumesToItsAgent()
    {
        const string Resident = "\"volumes\":[{\"name\":\"v\",\"persistent\":{\"size\":1}}],";
        string mounts = Container("\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"m\"}]");

        Assert.Empty(Definitions.Errors(Pod.Judge(Definitions.With(Base, Resident + mounts), settings: null)));
        Assert.Equal(3, Definitions.Errors(Pod.Judge(
            Definitions.With(
                Base,
                Resident + mounts + ",\"scheduling\":{\"upgrade\":{\"maximumOverCapacity\":1},\"unreachableStrategy\":{},\"placement\":{\"acceptedResourceRoles\":[\"a\"]}}"),
            settings: null)).Length);
    }
}
