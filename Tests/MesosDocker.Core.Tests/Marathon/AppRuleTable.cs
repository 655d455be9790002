namespace MesosDocker.Core.Tests.Marathon;

/// <summary>
/// Marathon's rules for apps, each from both sides. What is written here is laid over <c>{"id":"/web","cmd":"sleep 1"}</c>; null takes a
/// field away.
/// </summary>
internal static class AppRuleTable
{
    private const string TwoNetworks = """{"mode":"container","name":"a"},{"mode":"container","name":"b"}""";

    private const string Image = "\"cmd\":null,\"container\":{\"docker\":{\"image\":\"nginx:1\"";

    /// <summary>A name, where the error is, a word of it, what is refused and what is taken.</summary>
    public static TheoryData<string, string, string, string, string> Rows => new()
    {
        { "id: there", "/id", "missing", "\"id\":null", "\"id\":\"/web\"" },
        { "id: text", "/id", "text", "\"id\":7", "\"id\":\"7\"" },
        { "id: not root", "/id", "name", "\"id\":\"/\"", "\"id\":\"/a\"" },
        { "id: not root by dots", "/id", "name", "\"id\":\"/a/..\"", "\"id\":\"/a/../b\"" },
        { "id: lower case", "/id", "lower-case", "\"id\":\"/Web\"", "\"id\":\"/web\"" },
        { "id: no underscore", "/id", "lower-case", "\"id\":\"/we_b\"", "\"id\":\"/we-b\"" },
        { "id: dash inside", "/id", "lower-case", "\"id\":\"/-web\"", "\"id\":\"/w-e-b\"" },
        { "id: dash not last", "/id", "lower-case", "\"id\":\"/web-\"", "\"id\":\"web\"" },
        { "id: dots between names", "/id", "lower-case", "\"id\":\"/a..b\"", "\"id\":\"/a.b\"" },
        { "id: not reserved", "/id", "restart", "\"id\":\"/web/restart\"", "\"id\":\"/restart/web\"" },
        { "id: not tasks", "/id", "tasks", "\"id\":\"/tasks\"", "\"id\":\"/tasks1\"" },
        { "id: not versions", "/id", "versions", "\"id\":\"/a/versions\"", "\"id\":\"/versions/a\"" },
        { "dependencies: ids", "/dependencies(1)", "path", "\"dependencies\":[\"/a\",\"/B\"]", "\"dependencies\":[\"/a\",\"../b\"]" },
        { "dependencies: not reserved", "/dependencies(0)", "tasks", "\"dependencies\":[\"/a/tasks\"]", "\"dependencies\":[\"/tasks/a\"]" },

        { "run: something", "/", "to run", "\"cmd\":null", Image + "}}" },
        { "run: not both", "/", "both", "\"args\":[\"ls\"]", "\"cmd\":null,\"args\":[\"ls\"]" },
        { "run: no empty args", "/", "to run", "\"cmd\":null,\"args\":[]", "\"args\":[]" },
        { "run: a container without image runs nothing", "/", "to run", "\"cmd\":null,\"container\":{\"type\":\"MESOS\"}", "\"container\":{\"type\":\"MESOS\"}" },
        { "cmd: not empty", "/cmd", "empty", "\"cmd\":\"\"", "\"cmd\":\"ls\"" },
        { "cmd: two characters", "/", "one character", "\"cmd\":\"w\"", "\"cmd\":\"id\"" },
        { "args: texts", "/args(0)", "text", "\"cmd\":null,\"args\":[1]", "\"cmd\":null,\"args\":[\"1\"]" },
        { "executor: form", "/executor", "program", "\"executor\":\"//other\"", "\"executor\":\"//cmd\"" },
        { "executor: path", "/executor", "program", "\"executor\":\"/a//b\"", "\"executor\":\"/usr/bin/run\"" },

        { "instances: whole", "/instances", "whole", "\"instances\":1.5", "\"instances\":2.0" },
        { "instances: not negative", "/instances", "at least 0", "\"instances\":-1", "\"instances\":0" },
        { "instances: 32 bits", "/instances", "at most", "\"instances\":2147483648", "\"instances\":2147483647" },
        { "instances: number", "/instances", "a text", "\"instances\":\"2\"", "\"instances\":2" },
        { "cpus: least", "/cpus", "0.001", "\"cpus\":0", "\"cpus\":0.001" },
        { "cpus: number", "/cpus", "number", "\"cpus\":\"0.5\"", "\"cpus\":0.5" },
        { "cpus: finite", "/cpus", "number", "\"cpus\":1e999", "\"cpus\":1e3" },
        { "mem: not negative", "/mem", "at least 0", "\"mem\":-1", "\"mem\":0" },
        { "disk: not negative", "/disk", "at least 0", "\"disk\":-0.1", "\"disk\":0.5" },
        { "gpus: whole", "/gpus", "whole", "\"gpus\":0.5", "\"gpus\":1" },
        { "gpus: not with docker", "/", "gpus", "\"gpus\":1,\"container\":{\"docker\":{\"image\":\"a:1\"}}", "\"gpus\":1,\"container\":{\"type\":\"MESOS\"}" },
        { "limits: at least the share", "/resourceLimits/cpus", "at least", "\"cpus\":2,\"resourceLimits\":{\"cpus\":1.5}", "\"cpus\":2,\"resourceLimits\":{\"cpus\":2}" },
        { "limits: at least the default share", "/resourceLimits/mem", "128", "\"resourceLimits\":{\"mem\":100}", "\"resourceLimits\":{\"mem\":\"unlimited\"}" },
        { "limits: word", "/resourceLimits/mem", "unlimited", "\"resourceLimits\":{\"mem\":\"infinity\"}", "\"resourceLimits\":{\"mem\":500}" },
        { "executor's resources: cpus", "/executorResources/cpus", "0.1", "\"executorResources\":{\"cpus\":0.05}", "\"executorResources\":{\"cpus\":0.1}" },
        { "executor's resources: mem", "/executorResources/mem", "32", "\"executorResources\":{\"mem\":16}", "\"executorResources\":{\"mem\":32}" },
        { "executor's resources: disk", "/executorResources/disk", "10", "\"executorResources\":{\"disk\":0}", "\"executorResources\":{\"disk\":10}" },

        { "env: text", "/env/A", "text", "\"env\":{\"A\":1}", "\"env\":{\"A\":\"1\"}" },
        { "env: name", "/env/", "empty", "\"env\":{\"\":\"1\"}", "\"env\":{\"any-name\":\"1\"}" },
        { "env: secret is there", "/env/A/secret", "'s'", "\"env\":{\"A\":{\"secret\":\"s\"}}", "\"env\":{\"A\":{\"secret\":\"s\"}},\"secrets\":{\"s\":{\"source\":\"/s\"}}" },
        { "env: secret is said", "/env/A/secret", "missing", "\"env\":{\"A\":{}}", "\"env\":{}" },
        { "labels: text", "/labels/a", "text", "\"labels\":{\"a\":true}", "\"labels\":{\"a\":\"true\"}" },
        { "labels: migration", "/", "MIGRATION", "\"labels\":{\"DCOS_MIGRATION_API_VERSION\":\"v1\"}", "\"labels\":{\"DCOS_MIGRATION_API_VERSION\":\"v1\",\"DCOS_PACKAGE_FRAMEWORK_NAME\":\"a\",\"DCOS_MIGRATION_API_PATH\":\"/\"}" },
        { "secrets: source", "/secrets/s/source", "empty", "\"secrets\":{\"s\":{\"source\":\"\"}}", "\"secrets\":{\"s\":{\"source\":\"a\"}}" },

        { "constraint: two or three", "/constraints(0)", "at least 2", "\"constraints\":[[\"hostname\"]]", "\"constraints\":[[\"hostname\",\"UNIQUE\"]]" },
        { "constraint: no more", "/constraints(0)", "at most 3", "\"constraints\":[[\"a\",\"IS\",\"b\",\"c\"]]", "\"constraints\":[[\"a\",\"IS\",\"b\"]]" },
        { "constraint: operator", "/constraints(0)", "operator", "\"constraints\":[[\"a\",\"NEAR\",\"b\"]]", "\"constraints\":[[\"a\",\"cluster\",\"b\"]]" },
        { "constraint: field", "/constraints(0)", "field", "\"constraints\":[[\"\",\"UNIQUE\"]]", "\"constraints\":[[\"@zone\",\"UNIQUE\"]]" },
        { "constraint: UNIQUE alone", "/constraints(0)", "no value", "\"constraints\":[[\"a\",\"UNIQUE\",\"1\"]]", "\"constraints\":[[\"a\",\"unique\"]]" },
        { "constraint: GROUP_BY counts", "/constraints(0)", "whole", "\"constraints\":[[\"rack\",\"GROUP_BY\",\"two\"]]", "\"constraints\":[[\"rack\",\"GROUP_BY\",\"2\"]]" },
        { "constraint: GROUP_BY alone", "/constraints(1)", "whole", "\"constraints\":[[\"rack\",\"GROUP_BY\"],[\"rack\",\"GROUP_BY\",\"\"]]", "\"constraints\":[[\"rack\",\"GROUP_BY\"]]" },
        { "constraint: MAX_PER counts", "/constraints(0)", "whole", "\"constraints\":[[\"rack\",\"MAX_PER\"]]", "\"constraints\":[[\"rack\",\"MAX_PER\",\"2\"]]" },
        { "constraint: LIKE has a value", "/constraints(0)", "expression", "\"constraints\":[[\"a\",\"LIKE\"]]", "\"constraints\":[[\"a\",\"LIKE\",\"x.*\"]]" },
        { "constraint: LIKE can be read", "/constraints(0)", "expression", "\"constraints\":[[\"a\",\"LIKE\",\"x(\"]]", "\"constraints\":[[\"a\",\"LIKE\",\"(x|y)++\"]]" },
        { "constraint: UNLIKE can be read", "/constraints(0)", "expression", "\"constraints\":[[\"a\",\"UNLIKE\",\"*\"]]", "\"constraints\":[[\"a\",\"UNLIKE\",\".*\"]]" },
        { "constraint: IS compares text", "/constraints(0)", "text", "\"constraints\":[[\"a\",\"IS\",\"{1,2}\"]]", "\"constraints\":[[\"a\",\"IS\",\"rack-1/a\"]]" },
        { "constraint: CLUSTER with and without", "/constraints(1)", "at least 2", "\"constraints\":[[\"a\",\"CLUSTER\"],[]]", "\"constraints\":[[\"a\",\"CLUSTER\"],[\"b\",\"CLUSTER\",\"c\"]]" },

        { "roles: some", "/acceptedResourceRoles", "empty", "\"acceptedResourceRoles\":[]", "\"acceptedResourceRoles\":[\"*\"]" },
        { "roles: a name", "/acceptedResourceRoles(0)", "role", "\"acceptedResourceRoles\":[\"a b\"]", "\"acceptedResourceRoles\":[\"a_b\"]" },
        { "roles: no dash first", "/acceptedResourceRoles(0)", "role", "\"acceptedResourceRoles\":[\"-a\"]", "\"acceptedResourceRoles\":[\"a-\"]" },
        { "roles: one's own", "/acceptedResourceRoles", "'dev'", "\"role\":\"dev\",\"acceptedResourceRoles\":[\"ops\"]", "\"role\":\"dev\",\"acceptedResourceRoles\":[\"*\",\"dev\"]" },
        { "role: not empty", "/role", "empty", "\"role\":\"\"", "\"role\":\"dev\"" },

        { "network: mode", "/networks(0)/mode", "one of", "\"networks\":[{\"mode\":\"bridge\"}]", "\"networks\":[{\"mode\":\"container/bridge\"}]" },
        { "network: spelling", "/networks(0)/mode", "written 'host'", "\"networks\":[{\"mode\":\"HOST\"}]", "\"networks\":[{\"mode\":\"host\"}]" },
        { "network: name", "/networks(0)/name", "lower-case", "\"networks\":[{\"name\":\"My\"}]", "\"networks\":[{\"name\":\"my_net\"}]" },
        { "network: host has no name", "/networks", "host", "\"networks\":[{\"mode\":\"host\",\"name\":\"a\"}]", "\"networks\":[{\"mode\":\"container\",\"name\":\"a\"}]" },
        { "network: host has no labels", "/networks", "host", "\"networks\":[{\"mode\":\"host\",\"labels\":{\"a\":\"b\"}}]", "\"networks\":[{\"mode\":\"container/bridge\",\"labels\":{\"a\":\"b\"}}]" },
        { "network: bridge has no name", "/networks", "bridge", "\"networks\":[{\"mode\":\"container/bridge\",\"name\":\"a\"}]", "\"networks\":[{\"mode\":\"container/bridge\"}]" },
        { "network: one host", "/networks", "one host", "\"networks\":[{\"mode\":\"host\"},{\"mode\":\"host\"}]", "\"networks\":[{\"mode\":\"host\"}]" },
        { "network: host or bridge", "/networks", "one host", "\"networks\":[{\"mode\":\"host\"},{\"mode\":\"container/bridge\"}]", "\"networks\":[]" },
        { "network: bridge or named", "/networks", "one host", "\"networks\":[{\"mode\":\"container/bridge\"},{\"name\":\"a\"}]", "\"networks\":[" + TwoNetworks + "]" },
        { "network: once each", "/networks", "twice", "\"networks\":[{\"name\":\"a\"},{\"name\":\"a\"}]", "\"networks\":[{\"name\":\"a\"},{\"name\":\"c\"}]" },
        { "network: one for docker", "/", "one network", Image + "}},\"networks\":[" + TwoNetworks + "]", Image + "}},\"networks\":[{\"name\":\"a\"}]" },
        { "network: old beside new", "/", "older", Image + ",\"network\":\"HOST\"}},\"networks\":[{\"mode\":\"host\"}]", Image + ",\"network\":\"HOST\"}}" },
        { "network: address beside new", "/", "older", "\"ipAddress\":{},\"networks\":[{\"name\":\"a\"}]", "\"ipAddress\":{\"networkName\":\"a\"}" },
        { "network: none", "/container/docker/network", "without a network", Image + ",\"network\":\"NONE\"}}", Image + ",\"network\":\"BRIDGE\"}}" },
        { "address: discovery not with docker", "/ipAddress", "discovery", Image + "}},\"ipAddress\":{\"networkName\":\"a\",\"discovery\":{\"ports\":[]}}", Image + "}},\"ipAddress\":{\"networkName\":\"a\"}" },
        { "address: discovery or mappings", "/ipAddress", "discovery", "\"container\":{\"type\":\"MESOS\",\"portMappings\":[{}]},\"ipAddress\":{\"networkName\":\"a\",\"discovery\":{\"ports\":[{\"name\":\"a\"}]}}", "\"container\":{\"type\":\"MESOS\"},\"ipAddress\":{\"networkName\":\"a\",\"discovery\":{\"ports\":[{\"name\":\"a\",\"number\":80}]}}" },
        { "address: no ports of the host", "/", "ipAddress", "\"ipAddress\":{\"networkName\":\"a\"},\"ports\":[80]", "\"ipAddress\":{\"networkName\":\"a\"},\"ports\":[]" },

        { "ports: range", "/ports(0)", "65535", "\"ports\":[65536]", "\"ports\":[65535]" },
        { "ports: once each", "/", "different", "\"ports\":[80,80]", "\"ports\":[0,0,80]" },
        { "ports: old and new agree", "/", "older", "\"ports\":[80],\"portDefinitions\":[{\"port\":81}]", "\"ports\":[80],\"portDefinitions\":[{\"port\":80}]" },
        { "definitions: names once", "/portDefinitions", "names", "\"portDefinitions\":[{\"name\":\"a\"},{\"name\":\"a\"}]", "\"portDefinitions\":[{\"name\":\"a\"},{\"name\":\"b\"}]" },
        { "definitions: ports once", "/portDefinitions", "ports", "\"portDefinitions\":[{\"port\":80},{\"port\":80}]", "\"portDefinitions\":[{\"port\":0},{\"port\":0}]" },
        { "definitions: name", "/portDefinitions(0)/name", "lower-case", "\"portDefinitions\":[{\"name\":\"a_b\"}]", "\"portDefinitions\":[{\"name\":\"a-b\"}]" },
        { "definitions: protocol", "/portDefinitions(0)/protocol", "one of", "\"portDefinitions\":[{\"protocol\":\"sctp\"}]", "\"portDefinitions\":[{\"protocol\":\"udp,tcp\"}]" },
        { "mappings: range", "/container/portMappings(0)/containerPort", "65535", Image + "},\"portMappings\":[{\"containerPort\":70000}]},\"networks\":[{\"mode\":\"container/bridge\"}]", Image + "},\"portMappings\":[{\"containerPort\":80}]},\"networks\":[{\"mode\":\"container/bridge\"}]" },
        { "mappings: names once", "/container/portMappings", "names", Image + "},\"portMappings\":[{\"name\":\"a\"},{\"name\":\"a\"}]},\"networks\":[{\"mode\":\"container/bridge\"}]", Image + "},\"portMappings\":[{\"name\":\"a\"},{}]},\"networks\":[{\"mode\":\"container/bridge\"}]" },
        { "mappings: names once, older place", "/container/docker/portMappings", "names", Image + ",\"network\":\"BRIDGE\",\"portMappings\":[{\"name\":\"a\"},{\"name\":\"a\"}]}}", Image + ",\"network\":\"BRIDGE\",\"portMappings\":[{\"name\":\"a\"}]}}" },
        { "mappings: in one place", "/container/docker/portMappings", "older", Image + ",\"network\":\"BRIDGE\",\"portMappings\":[{}]},\"portMappings\":[{}]}", Image + ",\"network\":\"BRIDGE\"},\"portMappings\":[{}]}" },
        { "mappings: host port names its network", "/container/portMappings(0)", "networkNames", "\"container\":{\"type\":\"MESOS\",\"portMappings\":[{\"hostPort\":0}]},\"networks\":[" + TwoNetworks + "]", "\"container\":{\"type\":\"MESOS\",\"portMappings\":[{\"hostPort\":0,\"networkNames\":[\"a\"]}]},\"networks\":[" + TwoNetworks + "]" },
        { "mappings: network is there", "/container/portMappings(0)/networkNames(0)", "one of", "\"container\":{\"type\":\"MESOS\",\"portMappings\":[{\"networkNames\":[\"c\"]}]},\"networks\":[" + TwoNetworks + "]", "\"container\":{\"type\":\"MESOS\",\"portMappings\":[{\"networkNames\":[\"b\"]}]},\"networks\":[" + TwoNetworks + "]" },

        { "fetch: address", "/fetch(0)/uri", "address", "\"fetch\":[{\"uri\":\"http://a/b c\"}]", "\"fetch\":[{\"uri\":\"http://a/b%20c\"}]" },
        { "fetch: there", "/fetch(0)/uri", "missing", "\"fetch\":[{}]", "\"fetch\":[]" },
        { "uris: address", "/uris(0)", "address", "\"uris\":[\"http://a/{b}\"]", "\"uris\":[\"file:///a\"]" },
        { "uris: or fetch", "/uris", "older", "\"uris\":[\"http://a\"],\"fetch\":[{\"uri\":\"http://a\"}]", "\"uris\":[],\"fetch\":[{\"uri\":\"http://a\"}]" },

        { "container: type", "/container/type", "one of", "\"container\":{\"type\":\"RKT\"}", "\"container\":{\"type\":\"MESOS\"}" },
        { "container: docker needs docker", "/container/docker", "missing", "\"container\":{\"volumes\":[]}", "\"container\":{\"type\":\"MESOS\",\"volumes\":[]}" },
        { "container: image", "/container/docker/image", "empty", "\"container\":{\"docker\":{\"image\":\"\"}}", "\"container\":{\"docker\":{\"image\":\"a:1\"}}" },
        { "container: image is there", "/container/docker/image", "missing", "\"container\":{\"docker\":{}}", "\"container\":{\"type\":\"MESOS\",\"docker\":{\"image\":\"a:1\"}}" },
        { "container: parameter", "/container/docker/parameters(0)/value", "missing", Image + ",\"parameters\":[{\"key\":\"a\"}]}}", Image + ",\"parameters\":[{\"key\":\"a\",\"value\":\"\"}]}}" },
        { "container: parameters are docker's", "/container/docker/parameters", "Docker", "\"container\":{\"type\":\"MESOS\",\"docker\":{\"image\":\"a:1\",\"parameters\":[{\"key\":\"a\",\"value\":\"b\"}]}}", "\"container\":{\"type\":\"MESOS\",\"docker\":{\"image\":\"a:1\",\"parameters\":[]}}" },
        { "container: network is docker's", "/container/docker/network", "networks", "\"container\":{\"type\":\"MESOS\",\"docker\":{\"image\":\"a:1\",\"network\":\"HOST\"}}", "\"container\":{\"type\":\"DOCKER\",\"docker\":{\"image\":\"a:1\",\"network\":\"HOST\"}}" },
        { "container: no credential", "/container/docker/credential", "pullConfig", Image + ",\"credential\":{\"principal\":\"a\"}}}", Image + "}}" },
        { "container: pull secret is mesos's", "/container/docker/pullConfig", "Mesos", Image + ",\"pullConfig\":{\"secret\":\"s\"}}},\"secrets\":{\"s\":{\"source\":\"s\"}}", "\"container\":{\"type\":\"MESOS\",\"docker\":{\"image\":\"a:1\",\"pullConfig\":{\"secret\":\"s\"}}},\"secrets\":{\"s\":{\"source\":\"s\"}}" },
        { "container: pull secret is there", "/container/docker/pullConfig", "'t'", "\"container\":{\"type\":\"MESOS\",\"docker\":{\"image\":\"a:1\",\"pullConfig\":{\"secret\":\"t\"}}}", "\"container\":{\"type\":\"MESOS\",\"docker\":{\"image\":\"a:1\",\"pullConfig\":{\"secret\":\"t\"}}},\"secrets\":{\"t\":{\"source\":\"t\"}}" },
        { "container: seccomp", "/container/linuxInfo/seccomp", "unconfined", "\"container\":{\"type\":\"MESOS\",\"linuxInfo\":{\"seccomp\":{\"profileName\":\"a\",\"unconfined\":true}}}", "\"container\":{\"type\":\"MESOS\",\"linuxInfo\":{\"seccomp\":{\"profileName\":\"a\",\"unconfined\":false}}}" },
        { "container: seccomp needs one", "/container/linuxInfo/seccomp", "profile", "\"container\":{\"type\":\"MESOS\",\"linuxInfo\":{\"seccomp\":{\"unconfined\":false}}}", "\"container\":{\"type\":\"MESOS\",\"linuxInfo\":{\"seccomp\":{\"unconfined\":true}}}" },
        { "container: shared memory", "/container/linuxInfo/ipcInfo", "shmSize", "\"container\":{\"type\":\"MESOS\",\"linuxInfo\":{\"ipcInfo\":{\"mode\":\"SHARE_PARENT\",\"shmSize\":1}}}", "\"container\":{\"type\":\"MESOS\",\"linuxInfo\":{\"ipcInfo\":{\"mode\":\"PRIVATE\",\"shmSize\":1}}}" },
    };

    private static string Volume(string volume) => "\"container\":{\"type\":\"MESOS\",\"volumes\":[{" + volume + "}]}";

    private static string Persistent(string volume) => Volume("\"containerPath\":\"data\",\"mode\":\"RW\",\"persistent\":{" + volume + "}");

    private static string Health(string check) => "\"ports\":[0,0],\"healthChecks\":[{" + check + "}]";

    private static string Ready(string check) => "\"portDefinitions\":[{\"name\":\"http-api\"}],\"readinessChecks\":[{" + check + "}]";

    private static string External(string type, string volume, string options, string more = "")
        => "\"container\":{\"type\":\"" + type + "\",\"docker\":{\"image\":\"a:1\"},\"volumes\":[{\"containerPath\":\"/d\",\"mode\":\"RW\",\"external\":{"
            + volume + ",\"options\":{" + options + "}}}]}" + more;

    private const string Rexray = "\"dvdi/driver\":\"rexray\"";

    private const string Dvdi = "\"provider\":\"dvdi\",\"name\":\"v\"";

    public static TheoryData<string, string, string, string, string> MoreRows => new()
    {
        { "volume: a kind", "/container/volumes(0)", "kind", Volume("\"containerPath\":\"/a\",\"mode\":\"RO\""), Volume("\"containerPath\":\"/a\",\"mode\":\"RO\",\"hostPath\":\"/b\"") },
        { "volume: path", "/container/volumes(0)/containerPath", "empty", Volume("\"containerPath\":\"\",\"mode\":\"RO\",\"hostPath\":\"/b\""), Volume("\"containerPath\":\"b\",\"mode\":\"RO\",\"hostPath\":\"/b\"") },
        { "volume: mode is there", "/container/volumes(0)/mode", "missing", Volume("\"containerPath\":\"/a\",\"hostPath\":\"/b\""), Volume("\"containerPath\":\"/a\",\"hostPath\":\"/b\",\"mode\":\"RW\"") },
        { "volume: mode", "/container/volumes(0)/mode", "written 'RW'", Volume("\"containerPath\":\"/a\",\"hostPath\":\"/b\",\"mode\":\"rw\""), Volume("\"containerPath\":\"/a\",\"hostPath\":\"/b\",\"mode\":\"RO\"") },
        { "volume: secret is there", "/container/volumes(0)", "'s'", Volume("\"containerPath\":\"a\",\"secret\":\"s\""), Volume("\"containerPath\":\"a\",\"secret\":\"s\"") + ",\"secrets\":{\"s\":{\"source\":\"s\"}}" },
        { "persistent: size", "/container/volumes(0)/persistent/size", "more than 0", Persistent("\"size\":0"), Persistent("\"size\":1") },
        { "persistent: size is there", "/container/volumes(0)/persistent/size", "missing", Persistent("\"type\":\"root\""), Persistent("\"type\":\"root\",\"size\":10") },
        { "persistent: no slash", "/container/volumes(0)/containerPath", "'/'", Volume("\"containerPath\":\"/data\",\"mode\":\"RW\",\"persistent\":{\"size\":1}"), Volume("\"containerPath\":\"data\",\"mode\":\"RW\",\"persistent\":{\"size\":1}") },
        { "persistent: a name", "/container/volumes(0)/containerPath", "name", Volume("\"containerPath\":\"..\",\"mode\":\"RW\",\"persistent\":{\"size\":1}"), Volume("\"containerPath\":\"...\",\"mode\":\"RW\",\"persistent\":{\"size\":1}") },
        { "persistent: written to", "/container/volumes(0)/mode", "RW", Volume("\"containerPath\":\"data\",\"mode\":\"RO\",\"persistent\":{\"size\":1}"), Volume("\"containerPath\":\"data\",\"mode\":\"RW\",\"persistent\":{\"size\":2}") },
        { "persistent: largest for mount", "/container/volumes(0)/persistent", "mount", Persistent("\"size\":1,\"maxSize\":2,\"type\":\"path\""), Persistent("\"size\":1,\"maxSize\":2,\"type\":\"mount\"") },
        { "persistent: largest is larger", "/container/volumes(0)/persistent", "more than size", Persistent("\"size\":2,\"maxSize\":2,\"type\":\"mount\""), Persistent("\"size\":2,\"maxSize\":3,\"type\":\"mount\"") },
        { "persistent: constraint on root", "/container/volumes(0)/persistent", "root", Persistent("\"size\":1,\"constraints\":[[\"path\",\"LIKE\",\"a\"]]"), Persistent("\"size\":1,\"type\":\"path\",\"constraints\":[[\"path\",\"LIKE\",\"a\"]]") },
        { "persistent: constraint", "/container/volumes(0)/persistent/constraints(0)", "path", Persistent("\"size\":1,\"type\":\"path\",\"constraints\":[[\"disk\",\"LIKE\",\"a\"]]"), Persistent("\"size\":1,\"type\":\"path\",\"constraints\":[[\"path\",\"UNLIKE\",\"a\"]]") },
        { "persistent: constraint can be read", "/container/volumes(0)/persistent/constraints(0)", "expression", Persistent("\"size\":1,\"type\":\"path\",\"constraints\":[[\"path\",\"LIKE\",\"[\"]]"), Persistent("\"size\":1,\"type\":\"path\",\"constraints\":[[\"path\",\"LIKE\",\"[a-z]\"]]") },
        { "resident: no more than wanted", "/upgradeStrategy/maximumOverCapacity", "0", Persistent("\"size\":1") + ",\"upgradeStrategy\":{\"minimumHealthCapacity\":0.5,\"maximumOverCapacity\":0.1}", Persistent("\"size\":1") + ",\"upgradeStrategy\":{\"minimumHealthCapacity\":0.5,\"maximumOverCapacity\":0}" },
        { "resident: not given up", "/", "unreachable", Persistent("\"size\":1") + ",\"unreachableStrategy\":{}", Persistent("\"size\":1") + ",\"unreachableStrategy\":\"disabled\"" },
        { "resident: roles", "/acceptedResourceRoles", "*", Persistent("\"size\":1") + ",\"acceptedResourceRoles\":[\"a\"]", Persistent("\"size\":1") + ",\"acceptedResourceRoles\":[\"*\"]" },

        { "external: provider", "/container/volumes(0)/external/provider", "dvdi", External("MESOS", "\"provider\":\"nfs\",\"name\":\"v\"", Rexray), External("MESOS", Dvdi, Rexray) },
        { "external: provider is there", "/container/volumes(0)/external/provider", "missing", External("MESOS", "\"name\":\"v\"", Rexray), External("MESOS", Dvdi, Rexray) },
        { "external: name", "/container/volumes(0)/external/name", "missing", External("MESOS", "\"provider\":\"dvdi\"", Rexray), External("DOCKER", Dvdi, Rexray) },
        { "external: driver", "/container/volumes(0)/external/options", "driver", External("MESOS", Dvdi, ""), External("MESOS", Dvdi, "\"dvdi/driver\":\"pxd\"") },
        { "external: option's name", "/container/volumes(0)/external/options/size", "driver/option", External("MESOS", Dvdi, Rexray + ",\"size\":\"1\""), External("MESOS", Dvdi, Rexray + ",\"dvdi/size\":\"1\"") },
        { "external: rexray's option", "/container/volumes(0)/external/options/dvdi/iops", "above 0", External("MESOS", Dvdi, Rexray + ",\"dvdi/iops\":\"0\""), External("MESOS", Dvdi, Rexray + ",\"dvdi/iops\":\"100\"") },
        { "external: docker takes no options", "/container/volumes(0)/external/options", "only", External("DOCKER", Dvdi, Rexray + ",\"dvdi/size\":\"1\""), External("DOCKER", Dvdi, Rexray) },
        { "external: docker takes no size", "/container/volumes(0)/external/size", "Docker", External("DOCKER", Dvdi + ",\"size\":1", Rexray), External("MESOS", Dvdi + ",\"size\":1", Rexray) },
        { "external: one at a time", "/", "instances", External("MESOS", Dvdi, Rexray, ",\"instances\":2"), External("MESOS", Dvdi, Rexray, ",\"instances\":1") },
        { "external: no more than wanted", "/upgradeStrategy/maximumOverCapacity", "0", External("MESOS", Dvdi, Rexray, ",\"upgradeStrategy\":{\"minimumHealthCapacity\":0,\"maximumOverCapacity\":1}"), External("MESOS", Dvdi, Rexray, ",\"upgradeStrategy\":{\"minimumHealthCapacity\":0,\"maximumOverCapacity\":0}") },
        { "external: interface", "/container/volumes(0)/external/options/capability", "missing", External("MESOS", "\"provider\":\"csi\",\"name\":\"v\"", "\"pluginName\":\"p\""), External("MESOS", "\"provider\":\"csi\",\"name\":\"v\"", "\"pluginName\":\"p\",\"capability\":{\"accessMode\":\"MULTI_NODE_MULTI_WRITER\",\"accessType\":\"mount\"}", ",\"instances\":2") },
        { "external: interface for one", "/instances", "at most 1", External("MESOS", "\"provider\":\"csi\",\"name\":\"v\"", "\"pluginName\":\"p\",\"capability\":{\"accessMode\":\"SINGLE_NODE_WRITER\",\"accessType\":\"mount\"}", ",\"instances\":2"), External("MESOS", "\"provider\":\"csi\",\"name\":\"v\"", "\"pluginName\":\"p\",\"capability\":{\"accessMode\":\"SINGLE_NODE_WRITER\",\"accessType\":\"mount\"}") },

        { "health: protocol", "/healthChecks(0)/protocol", "one of", Health("\"protocol\":\"FTP\",\"portIndex\":0"), Health("\"protocol\":\"MESOS_TCP\",\"portIndex\":0") },
        { "health: place of a port", "/healthChecks(0)", "2 ports", Health("\"portIndex\":2"), Health("\"portIndex\":1") },
        { "health: which port", "/healthChecks(0)", "portIndex or port", Health("\"path\":\"/\""), "\"ports\":[0],\"healthChecks\":[{\"path\":\"/\"}]" },
        { "health: a port by its place", "/healthChecks(0)", "one port", "\"portDefinitions\":[{}],\"healthChecks\":[{\"portIndex\":1}]", "\"portDefinitions\":[{}],\"healthChecks\":[{}]" },
        { "health: a port at all", "/healthChecks(0)", "no ports", "\"ports\":[],\"healthChecks\":[{\"protocol\":\"TCP\"}]", "\"ports\":[],\"healthChecks\":[{\"protocol\":\"TCP\",\"port\":80}]" },
        { "health: one way to say it", "/healthChecks(0)", "not both", Health("\"portIndex\":0,\"port\":80"), Health("\"port\":80") },
        { "health: agents' checks have ports, too", "/healthChecks(0)", "2 ports", Health("\"protocol\":\"MESOS_HTTP\",\"portIndex\":5"), Health("\"protocol\":\"MESOS_HTTP\",\"portIndex\":0") },
        { "health: a command", "/healthChecks(0)/command", "missing", Health("\"protocol\":\"COMMAND\""), Health("\"protocol\":\"COMMAND\",\"command\":{\"value\":\"true\"}") },
        { "health: a command's protocol", "/healthChecks(0)/protocol", "COMMAND", Health("\"portIndex\":0,\"command\":{\"value\":\"true\"}"), Health("\"protocol\":\"COMMAND\",\"command\":{\"value\":\"id\"}") },
        { "health: a command has no path", "/healthChecks(0)", "no path", Health("\"protocol\":\"COMMAND\",\"path\":\"/\",\"command\":{\"value\":\"true\"}"), Health("\"protocol\":\"COMMAND\",\"portIndex\":0,\"command\":{\"value\":\"true\"}") },
        { "health: one of the agent", "/", "at most one", "\"ports\":[0],\"healthChecks\":[{\"protocol\":\"MESOS_TCP\"},{\"protocol\":\"MESOS_HTTP\"}]", "\"ports\":[0],\"healthChecks\":[{\"protocol\":\"MESOS_TCP\"},{\"protocol\":\"HTTP\"},{\"protocol\":\"COMMAND\",\"command\":{\"value\":\"id\"}}]" },
        { "health: IPv6", "/healthChecks(0)", "IPv6", Health("\"portIndex\":0,\"ipProtocol\":\"IPv6\",\"protocol\":\"MESOS_HTTP\""), Image + "}}," + Health("\"portIndex\":0,\"ipProtocol\":\"IPv6\",\"protocol\":\"MESOS_HTTP\"") },
        { "health: seconds", "/healthChecks(0)/gracePeriodSeconds", "at least 0", Health("\"portIndex\":0,\"gracePeriodSeconds\":-1"), Health("\"portIndex\":0,\"gracePeriodSeconds\":0") },
        { "ready: one", "/readinessChecks", "at most one", "\"portDefinitions\":[{\"name\":\"http-api\"}],\"readinessChecks\":[{},{}]", Ready("") },
        { "ready: port", "/readinessChecks(0)/portName", "'x'", Ready("\"portName\":\"x\""), Ready("\"portName\":\"http-api\"") },
        { "ready: default port", "/readinessChecks(0)/portName", "http-api", "\"readinessChecks\":[{}]", "\"readinessChecks\":[{\"portName\":\"default\"}]" },
        { "ready: time", "/readinessChecks(0)/timeoutSeconds", "less than", Ready("\"intervalSeconds\":10"), Ready("\"intervalSeconds\":10,\"timeoutSeconds\":9") },
        { "ready: time is there", "/readinessChecks(0)/timeoutSeconds", "at least 1", Ready("\"timeoutSeconds\":0"), Ready("\"timeoutSeconds\":1") },
        { "ready: status", "/readinessChecks(0)/httpStatusCodesForReady(0)", "100", Ready("\"httpStatusCodesForReady\":[20]"), Ready("\"httpStatusCodesForReady\":[200,204]") },
        { "ready: some status", "/readinessChecks(0)/httpStatusCodesForReady", "empty", Ready("\"httpStatusCodesForReady\":[]"), Ready("\"httpStatusCodesForReady\":[100]") },
        { "check: one", "/check", "exactly one", "\"check\":{}", "\"check\":{\"exec\":{\"command\":{\"shell\":\"true\"}}}" },
        { "check: not two", "/check", "exactly one", "\"ports\":[0],\"check\":{\"tcp\":{},\"http\":{}}", "\"ports\":[0],\"check\":{\"tcp\":{}}" },
        { "check: command", "/check/exec/command", "either", "\"check\":{\"exec\":{\"command\":{}}}", "\"check\":{\"exec\":{\"command\":{\"argv\":[\"a\"]}}}" },
        { "check: not with docker", "/", "healthChecks", Image + "}},\"ports\":[0],\"check\":{\"tcp\":{}}", "\"container\":{\"type\":\"MESOS\",\"docker\":{\"image\":\"a:1\"}},\"ports\":[0],\"check\":{\"tcp\":{}}" },

        { "backoff: factor", "/backoffFactor", "at least 1", "\"backoffFactor\":0.5", "\"backoffFactor\":1" },
        { "backoff: seconds", "/backoffSeconds", "at least 0", "\"backoffSeconds\":-1", "\"backoffSeconds\":0" },
        { "backoff: most", "/maxLaunchDelaySeconds", "at least 0", "\"maxLaunchDelaySeconds\":-1", "\"maxLaunchDelaySeconds\":0" },
        { "grace", "/taskKillGracePeriodSeconds", "at least 0", "\"taskKillGracePeriodSeconds\":-1", "\"taskKillGracePeriodSeconds\":0" },
        { "upgrade: share", "/upgradeStrategy/minimumHealthCapacity", "between", "\"upgradeStrategy\":{\"minimumHealthCapacity\":1.1,\"maximumOverCapacity\":0}", "\"upgradeStrategy\":{\"minimumHealthCapacity\":1.0,\"maximumOverCapacity\":0}" },
        { "upgrade: over", "/upgradeStrategy/maximumOverCapacity", "between", "\"upgradeStrategy\":{\"minimumHealthCapacity\":1,\"maximumOverCapacity\":-1}", "\"upgradeStrategy\":{\"minimumHealthCapacity\":1,\"maximumOverCapacity\":1}" },
        { "upgrade: both", "/upgradeStrategy/maximumOverCapacity", "missing", "\"upgradeStrategy\":{\"minimumHealthCapacity\":1}", "\"upgradeStrategy\":{\"minimumHealthCapacity\":0,\"maximumOverCapacity\":1}" },
        { "single: one", "/", "at most 1", "\"instances\":2,\"labels\":{\"MARATHON_SINGLE_INSTANCE_APP\":\"true\"},\"upgradeStrategy\":{\"minimumHealthCapacity\":0,\"maximumOverCapacity\":0}", "\"instances\":1,\"labels\":{\"MARATHON_SINGLE_INSTANCE_APP\":\"true\"},\"upgradeStrategy\":{\"minimumHealthCapacity\":0,\"maximumOverCapacity\":0}" },
        { "single: gives way", "/upgradeStrategy/minimumHealthCapacity", "0", "\"labels\":{\"MARATHON_SINGLE_INSTANCE_APP\":\"true\"},\"upgradeStrategy\":{\"minimumHealthCapacity\":0.5,\"maximumOverCapacity\":0}", "\"labels\":{\"MARATHON_SINGLE_INSTANCE_APP\":\"false\"},\"upgradeStrategy\":{\"minimumHealthCapacity\":0.5,\"maximumOverCapacity\":0}" },
        { "single: does not give way by itself", "/upgradeStrategy/maximumOverCapacity", "0", "\"labels\":{\"MARATHON_SINGLE_INSTANCE_APP\":\"true\"}", "\"labels\":{\"MARATHON_SINGLE_INSTANCE_APP\":\"no\"}" },
        { "kill selection", "/killSelection", "one of", "\"killSelection\":\"RANDOM\"", "\"killSelection\":\"OLDEST_FIRST\"" },
        { "unreachable: in order", "/unreachableStrategy/inactiveAfterSeconds", "at most", "\"unreachableStrategy\":{\"inactiveAfterSeconds\":60,\"expungeAfterSeconds\":30}", "\"unreachableStrategy\":{\"inactiveAfterSeconds\":30,\"expungeAfterSeconds\":30}" },
        { "unreachable: by default at once", "/unreachableStrategy/inactiveAfterSeconds", "which is 0", "\"unreachableStrategy\":{\"inactiveAfterSeconds\":1}", "\"unreachableStrategy\":{\"expungeAfterSeconds\":1}" },
        { "unreachable: word", "/unreachableStrategy", "written 'disabled'", "\"unreachableStrategy\":\"Disabled\"", "\"unreachableStrategy\":\"disabled\"" },
        { "residency", "/residency/taskLostBehavior", "one of", "\"residency\":{\"taskLostBehavior\":\"WAIT\"}", "\"residency\":{\"taskLostBehavior\":\"WAIT_FOREVER\"}" },
        { "tty", "/tty", "true or false", "\"tty\":\"yes\"", "\"tty\":true" },
    };
}
