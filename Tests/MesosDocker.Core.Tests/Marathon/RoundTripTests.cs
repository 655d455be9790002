using System.Text;
using System.Text.Json;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon;

public sealed class RoundTripTests
{
    /// <summary>Every field of the model there is, each said once, and unknown ones at every level.</summary>
    private const string WholeApp = """
        {
          "id": "/shop/web", "cmd": "run", "args": ["a", ""], "user": "nobody", "instances": 3, "cpus": 0.1, "mem": 64.5, "disk": 0.25, "gpus": 1,
          "resourceLimits": { "cpus": "unlimited", "mem": 128.5, "later": 1 }, "executorResources": { "cpus": 0.2, "mem": 64, "disk": 20 },
          "executor": "//cmd", "env": { "B": "2", "A": { "secret": "s", "version": 3 }, "": "" }, "labels": { "z": "", "a": "ü<&'>" },
          "secrets": { "s": { "source": "/s", "kind": "file" } }, "constraints": [["hostname", "UNIQUE"], ["rack", "GROUP_BY", "3"]],
          "acceptedResourceRoles": ["*", "web"], "role": "web",
          "networks": [{ "name": "a", "mode": "container", "labels": { "k": "v" }, "mtu": 1500 }],
          "portDefinitions": [{ "port": 0, "protocol": "udp,tcp", "name": "p", "labels": { "VIP_0": "x:1" }, "later": null }], "requirePorts": true,
          "fetch": [{ "uri": "http://a/b.zip", "extract": false, "executable": true, "cache": true, "destPath": "c", "hash": "sha" }],
          "healthChecks": [{ "protocol": "MESOS_HTTP", "ipProtocol": "IPv6", "path": "/", "portIndex": 0, "port": 1, "command": { "value": "x" },
            "gracePeriodSeconds": 1, "intervalSeconds": 2, "timeoutSeconds": 3, "delaySeconds": 4, "maxConsecutiveFailures": 0, "ignoreHttp1xx": true,
            "portName": "p" }],
          "check": { "http": { "portIndex": 0, "port": 1, "path": "/", "scheme": "HTTPS" }, "tcp": { "port": 2 },
            "exec": { "command": { "shell": "a", "argv": ["b"] } }, "intervalSeconds": 1, "timeoutSeconds": 2, "delaySeconds": 3 },
          "readinessChecks": [{ "name": "r", "protocol": "HTTP", "path": "/r", "portName": "p", "intervalSeconds": 5, "timeoutSeconds": 4,
            "httpStatusCodesForReady": [200, 204], "preserveLastResponse": true }],
          "dependencies": ["/db", "../x"], "backoffSeconds": 1, "backoffFactor": 1.15, "maxLaunchDelaySeconds": 3600, "taskKillGracePeriodSeconds": 9,
          "upgradeStrategy": { "minimumHealthCapacity": 0.5, "maximumOverCapacity": 0.25 },
          "unreachableStrategy": { "inactiveAfterSeconds": 3000000000, "expungeAfterSeconds": 3000000001, "unreachableInactiveAfterSeconds": 1 },
          "killSelection": "OLDEST_FIRST", "residency": { "relaunchEscalationTimeoutSeconds": 10, "taskLostBehavior": "WAIT_FOREVER" }, "tty": false,
          "container": { "type": "MESOS",
            "docker": { "image": "r:5000/a/b:1", "forcePullImage": true, "privileged": true, "parameters": [{ "key": "k", "value": "v" }],
              "pullConfig": { "secret": "s" }, "network": "USER", "portMappings": [{ "containerPort": 1 }], "credential": { "principal": "p", "secret": "q" },
              "later": { "deep": [1, { "x": null }] } },
            "linuxInfo": { "seccomp": { "profileName": "p", "unconfined": false }, "ipcInfo": { "mode": "PRIVATE", "shmSize": 64 } },
            "volumes": [{ "containerPath": "/c", "hostPath": "/h", "mode": "RO" },
              { "containerPath": "d", "mode": "RW", "persistent": { "type": "mount", "size": 5000000000, "maxSize": 6000000000, "profileName": "f",
                "constraints": [["path", "LIKE", "x"]] } },
              { "containerPath": "e", "mode": "RW", "external": { "name": "n", "provider": "dvdi", "size": 1, "shared": true, "options": { "dvdi/driver": "rexray" } } },
              { "containerPath": "f", "secret": "s" }],
            "portMappings": [{ "containerPort": 80, "hostPort": 0, "servicePort": 10000, "protocol": "tcp", "name": "h", "labels": {}, "networkNames": ["a"] }] },
          "ports": [0, 80], "uris": ["http://a"], "storeUrls": ["http://b"],
          "ipAddress": { "networkName": "a", "groups": ["g"], "labels": { "l": "m" },
            "discovery": { "ports": [{ "number": 80, "name": "n", "protocol": "udp", "labels": { "a": "b" } }] } },
          "version": "2020-01-01T00:00:00.000Z", "versionInfo": { "lastScalingAt": "x", "lastConfigChangeAt": "y" },
          "tasksStaged": 1, "tasksRunning": 2, "tasksHealthy": 3, "tasksUnhealthy": 4, "deployments": [{ "id": "d" }],
          "readinessCheckResults": [{ "name": "r", "taskId": "t", "ready": false, "lastResponse": { "status": 500, "contentType": "c", "body": "b" } }],
          "tasks": [{ "id": "t", "appId": "/a", "state": "TASK_RUNNING", "host": "h", "slaveId": "s", "ports": [1], "servicePorts": [2],
            "ipAddresses": [{ "ipAddress": "1.2.3.4", "protocol": "IPv4" }], "stagedAt": "a", "startedAt": "b", "version": "c",
            "healthCheckResults": [{ "alive": true, "consecutiveFailures": 0, "firstSuccess": "f", "lastSuccess": "g", "lastFailure": "h",
              "lastFailureCause": "i", "instanceId": "j", "taskId": "k" }],
            "localVolumes": [{ "runSpecId": "/a", "containerPath": "d", "uuid": "u", "persistenceId": "p" }], "region": "r", "zone": "z", "role": "*" }],
          "lastTaskFailure": { "appId": "/a", "taskId": "t", "state": "TASK_FAILED", "message": "m", "host": "h", "slaveId": "s", "timestamp": "u", "version": "v" },
          "taskStats": { "totalSummary": { "stats": { "lifeTime": { "averageSeconds": 1.25 } } } },
          "fromTheFuture": [1, "two", { "three": 3.0 }, null, 1e30, true]
        }
        """;

    private const string WholePod = """
        {
          "id": "/pod", "labels": { "a": "b" }, "version": "v", "user": "root", "environment": { "A": "1", "B": { "secret": "s" } },
          "containers": [{ "name": "c", "exec": { "command": { "argv": ["a", "b"] }, "overrideEntrypoint": true },
            "resources": { "cpus": 0.5, "mem": 64, "disk": 1, "gpus": 0 }, "resourceLimits": { "cpus": 1, "mem": "unlimited" },
            "endpoints": [{ "name": "e", "containerPort": 80, "hostPort": 0, "protocol": ["tcp"], "labels": { "x": "y" }, "networkNames": ["n"] }],
            "image": { "kind": "DOCKER", "id": "a:1", "pullConfig": { "secret": "s" }, "forcePull": true, "labels": {} },
            "environment": { "C": "3" }, "user": "u",
            "healthCheck": { "http": { "endpoint": "e", "path": "/", "scheme": "HTTP" }, "tcp": { "endpoint": "e" }, "exec": { "command": { "shell": "x" } },
              "gracePeriodSeconds": 1, "intervalSeconds": 2, "maxConsecutiveFailures": 3, "timeoutSeconds": 1, "delaySeconds": 4 },
            "check": { "tcp": { "endpoint": "e" }, "intervalSeconds": 1, "timeoutSeconds": 2, "delaySeconds": 3 },
            "volumeMounts": [{ "name": "v", "mountPath": "m", "readOnly": true }], "artifacts": [{ "uri": "http://a" }], "labels": { "l": "m" },
            "lifecycle": { "killGracePeriodSeconds": 1.5 }, "linuxInfo": { "ipcInfo": { "mode": "SHARE_PARENT" } }, "tty": true, "later": {} }],
          "secrets": { "s": { "source": "/s" } },
          "volumes": [{ "name": "v" }, { "name": "h", "host": "/h" }, { "name": "s", "secret": "s" }, { "name": "p", "persistent": { "size": 1 } }],
          "networks": [{ "mode": "host" }], "scaling": { "kind": "fixed", "instances": 2, "maxInstances": 5 },
          "scheduling": { "backoff": { "backoff": 1, "backoffFactor": 1.2, "maxLaunchDelay": 30 },
            "upgrade": { "minimumHealthCapacity": 1, "maximumOverCapacity": 0 },
            "placement": { "constraints": [{ "fieldName": "hostname", "operator": "UNIQUE", "value": "" }], "acceptedResourceRoles": ["*"] },
            "killSelection": "YOUNGEST_FIRST", "unreachableStrategy": "disabled" },
          "executorResources": { "cpus": 0.1, "mem": 32, "disk": 10 }, "role": "r", "linuxInfo": { "ipcInfo": { "mode": "PRIVATE", "shmSize": 1 } },
          "legacySharedCgroups": true, "fromTheFuture": { "a": [] }
        }
        """;

    [Fact]
    public void App_SurvivesItsRoundTrip_WithEveryFieldAndUnknownOnes()
        => Assert.Null(SameJson.Difference(Definitions.Json(WholeApp), Again(WholeApp, static json => App.FromJson(json).ToJson())));

    [Fact]
    public void Pod_SurvivesItsRoundTrip_WithEveryFieldAndUnknownOnes()
        => Assert.Null(SameJson.Difference(Definitions.Json(WholePod), Again(WholePod, static json => Pod.FromJson(json).ToJson())));

    [Fact]
    public void Group_SurvivesItsRoundTrip_WithAllThatIsInIt()
    {
        string group = $$"""
            {"id":"/a","apps":[{{WholeApp}}],"pods":[{"id":"/p","spec":{{WholePod}}}],"groups":[{"id":"b","groups":[],"x":1}],
             "dependencies":["/c"],"version":"v","scaleBy":1.5,"enforceRole":false,"later":"z"}
            """;

        Assert.Null(SameJson.Difference(Definitions.Json(group), Again(group, static json => Group.FromJson(json).ToJson())));
    }

    // The model has a property for each field that the shapes know, so that nothing known hides among the unknown.
    [Fact]
    public void Model_KnowsEveryFieldOfItsShapes()
    {
        App app = App.FromJson(Encoding.UTF8.GetBytes(WholeApp));
        Pod pod = Pod.FromJson(Encoding.UTF8.GetBytes(WholePod));

        Assert.Equal(["fromTheFuture", "taskStats"], app.Other!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["fromTheFuture"], pod.Other!.Keys);
        Assert.Null(app.Container!.Other);
        Assert.Equal(["portName"], app.HealthChecks![0].Other!.Keys);
        Assert.Equal(["later"], pod.Containers![0].Other!.Keys);
    }

    [Fact]
    public void ToJson_WritesWholeNumbersAndReadableText()
    {
        var app = new App { Id = "/a", Mem = 64.0, Cpus = 0.1, Labels = new Dictionary<string, string> { ["a"] = "it's <ü>" } };

        Assert.Equal("""{"id":"/a","cpus":0.1,"mem":64,"labels":{"a":"it's <ü>"}}""", Encoding.UTF8.GetString(app.ToJson()));
    }

    [Fact]
    public void FromJson_TakesAWholeNumberThatLooksLikeAFraction()
        => Assert.Equal(3, App.FromJson("""{"instances":3.0}"""u8.ToArray()).Instances);

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("{", "no JSON")]
    [InlineData("{\"id\":\"/a\",}", "no JSON: line 1")]
    [InlineData("null", "null")]
    [InlineData("[]", "/ must be an object")]
    [InlineData("{\"container\":{\"docker\":{\"portMappings\":[{\"hostPort\":\"80\"}]}}}", "/container/docker/portMappings(0)/hostPort must be a whole number")]
    [InlineData("{\"env\":{\"A\":7}}", "/env/A must be a text or an object")]
    [InlineData("{\"unreachableStrategy\":\"never\"}", "/unreachableStrategy")]
    [InlineData("{\"unreachableStrategy\":{\"inactiveAfterSeconds\":\"1\"}}", "/unreachableStrategy/inactiveAfterSeconds")]
    [InlineData("{\"resourceLimits\":{\"mem\":true}}", "/resourceLimits/mem")]
    [InlineData("{\"instances\":99999999999}", "/instances")]
    [InlineData("{\"instances\":1e400}", "/instances")]
    public void FromJson_SaysWhereItIsWrong(string json, string said)
    {
        MesosDockerException e = Assert.Throws<MesosDockerException>(() => App.FromJson(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.Contains(said, e.Message);
    }

    // Text that is no text: bytes that are no UTF-8, and halves of characters.
    [Theory]
    [InlineData("{\"id\":\"\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{\"env\":{\"A\":{\"secret\":\"\\ud800\"}}}")]
    [InlineData("{\"labels\":{\"\\ud800\":\"\"}}")]
    public void BrokenText_IsRefusedLikeAnythingElse(string json)
    {
        MesosDockerException e = Assert.Throws<MesosDockerException>(() => App.FromJson(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.NotEmpty(Definitions.Errors(App.Judge(Definitions.Json(json), settings: null)));
    }

    [Fact]
    public void BrokenBytes_AreRefusedLikeAnythingElse()
    {
        byte[] json = [.. "{\"id\":\""u8, 0xff, 0xfe, .. "\"}"u8];

        Assert.Equal(Fault.DefinitionInvalid, Assert.Throws<MesosDockerException>(() => App.FromJson(json)).Fault);
    }

    [Fact]
    public void FromJson_RefusesWhatIsNestedWithoutEnd()
    {
        string json = string.Concat(Enumerable.Repeat("{\"groups\":[", 100_000));

        Assert.Equal(Fault.DefinitionInvalid, Assert.Throws<MesosDockerException>(() => Group.FromJson(Encoding.UTF8.GetBytes(json))).Fault);
    }

    [Fact]
    public void FromJson_TakesWhatItsCallerParsedLeniently()
    {
        var lenient = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        using JsonDocument document = JsonDocument.Parse("""{ "id": "/a", "cmd": "ls", /* why */ "ports": [0,], }""", lenient);

        Assert.Equal([0], App.FromJson(document.RootElement).Ports);
        Assert.Empty(Definitions.Errors(App.Judge(document.RootElement, settings: null)));
    }

    private static JsonElement Again(string json, Func<ReadOnlyMemory<byte>, byte[]> roundTrip)
        => Definitions.Json(Encoding.UTF8.GetString(roundTrip(Encoding.UTF8.GetBytes(json))));
}
