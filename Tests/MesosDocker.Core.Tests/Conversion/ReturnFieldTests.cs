using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using MesosDocker.Compose;
using MesosDocker.Conversion;
using MesosDocker.Marathon;
using Shape = MesosDocker.Marathon.Shape;

namespace MesosDocker.Core.Tests;

/// <summary>Nothing of a definition of Marathon is dropped in silence: every field comes out in the compose file, or is in the report.</summary>
public sealed class ReturnFieldTests
{
    private const string BareApp = """{"id":"/p/web","container":{"type":"DOCKER","docker":{"image":"x:1"}},"networks":[{"mode":"container/bridge"}]}""";
    private const string BarePod = """{"id":"/p","containers":[{"name":"web","resources":{"cpus":1,"mem":128},"image":{"kind":"DOCKER","id":"x:1"}}],"networks":[{"mode":"container/bridge"}]}""";

    // A server writes them, and nobody else; or it is what names and frames the rest.
    private static readonly string[] s_framing = ["version", "scaling.kind", "containers.image.kind", "containers.resources.cpus"];

    public static TheoryData<string, string> OfApps { get; } = Samples("""
        acceptedResourceRoles {"acceptedResourceRoles":["a"]}
        args {"args":["a"]}
        backoffFactor {"backoffFactor":2}
        backoffSeconds {"backoffSeconds":7}
        check.delaySeconds {"check":{"exec":{"command":{"shell":"a"}},"delaySeconds":7}}
        check.exec.command.argv {"check":{"exec":{"command":{"argv":["a"]}}}}
        check.exec.command.shell {"check":{"exec":{"command":{"shell":"a"}}}}
        check.http.path {"check":{"http":{"path":"/a"}}}
        check.http.port {"check":{"http":{"port":7}}}
        check.http.portIndex {"check":{"http":{"portIndex":7}}}
        check.http.scheme {"check":{"http":{"scheme":"HTTPS"}}}
        check.intervalSeconds {"check":{"tcp":{"port":1},"intervalSeconds":7}}
        check.tcp.port {"check":{"tcp":{"port":7}}}
        check.tcp.portIndex {"check":{"tcp":{"portIndex":7}}}
        check.timeoutSeconds {"check":{"tcp":{"port":1},"timeoutSeconds":7}}
        cmd {"cmd":"a"}
        constraints {"constraints":[["hostname","UNIQUE"]]}
        container.docker.credential.principal {"container":{"docker":{"image":"x:1","credential":{"principal":"a"}}}}
        container.docker.credential.secret {"container":{"docker":{"image":"x:1","credential":{"principal":"a","secret":"b"}}}}
        container.docker.forcePullImage {"container":{"docker":{"image":"x:1","forcePullImage":true}}}
        container.docker.image {"container":{"docker":{"image":"y:1"}}}
        container.docker.network {"networks":null,"container":{"docker":{"image":"x:1","network":"NONE"}}}
        container.docker.parameters.key {"container":{"docker":{"image":"x:1","parameters":[{"key":"user","value":"a"}]}}}
        container.docker.parameters.value {"container":{"docker":{"image":"x:1","parameters":[{"key":"cidfile","value":"a"}]}}}
        container.docker.portMappings.containerPort {"container":{"docker":{"image":"x:1","portMappings":[{"containerPort":80}]}}}
        container.docker.portMappings.hostPort {"container":{"docker":{"image":"x:1","portMappings":[{"containerPort":80,"hostPort":81}]}}}
        container.docker.portMappings.labels {"container":{"docker":{"image":"x:1","portMappings":[{"containerPort":80,"labels":{"a":"b"}}]}}}
        container.docker.portMappings.name {"container":{"docker":{"image":"x:1","portMappings":[{"containerPort":80,"name":"a"}]}}}
        container.docker.portMappings.networkNames {"container":{"docker":{"image":"x:1","portMappings":[{"containerPort":80,"networkNames":["a"]}]}}}
        container.docker.portMappings.protocol {"container":{"docker":{"image":"x:1","portMappings":[{"containerPort":80,"protocol":"udp,tcp"}]}}}
        container.docker.portMappings.servicePort {"container":{"docker":{"image":"x:1","portMappings":[{"containerPort":80,"servicePort":15000}]}}}
        container.docker.privileged {"container":{"docker":{"image":"x:1","privileged":true}}}
        container.docker.pullConfig.secret {"container":{"docker":{"image":"x:1","pullConfig":{"secret":"a"}}}}
        container.linuxInfo.ipcInfo.mode {"container":{"docker":{"image":"x:1"},"linuxInfo":{"ipcInfo":{"mode":"SHARE_PARENT"}}}}
        container.linuxInfo.ipcInfo.shmSize {"container":{"docker":{"image":"x:1"},"linuxInfo":{"ipcInfo":{"shmSize":7}}}}
        container.linuxInfo.seccomp.profileName {"container":{"docker":{"image":"x:1"},"linuxInfo":{"seccomp":{"profileName":"a"}}}}
        container.linuxInfo.seccomp.unconfined {"container":{"docker":{"image":"x:1"},"linuxInfo":{"seccomp":{"unconfined":true}}}}
        container.portMappings.containerPort {"container":{"docker":{"image":"x:1"},"portMappings":[{"containerPort":80}]}}
        container.portMappings.hostPort {"container":{"docker":{"image":"x:1"},"portMappings":[{"hostPort":81}]}}
        container.portMappings.labels {"container":{"docker":{"image":"x:1"},"portMappings":[{"containerPort":80,"labels":{"a":"b"}}]}}
        container.portMappings.name {"container":{"docker":{"image":"x:1"},"portMappings":[{"containerPort":80,"name":"a"}]}}
        container.portMappings.networkNames {"container":{"docker":{"image":"x:1"},"portMappings":[{"containerPort":80,"networkNames":["a"]}]}}
        container.portMappings.protocol {"container":{"docker":{"image":"x:1"},"portMappings":[{"containerPort":80,"protocol":"udp"}]}}
        container.portMappings.servicePort {"container":{"docker":{"image":"x:1"},"portMappings":[{"containerPort":80,"servicePort":81}]}}
        container.type {"container":{"type":"MESOS","docker":{"image":"x:1"}}}
        container.volumes.containerPath {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"/a","hostPath":"/b"}]}}
        container.volumes.external.name {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"/a","external":{"name":"a","provider":"dvdi"}}]}}
        container.volumes.external.options {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"/a","external":{"name":"a","provider":"dvdi","options":{"dvdi/driver":"rexray","a":{"b":1}}}}]}}
        container.volumes.external.provider {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"/a","external":{"name":"a","provider":"csi"}}]}}
        container.volumes.external.shared {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"/a","external":{"name":"a","shared":true}}]}}
        container.volumes.external.size {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"/a","external":{"name":"a","size":7}}]}}
        container.volumes.hostPath {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"/a","hostPath":"b"}]}}
        container.volumes.mode {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"/a","hostPath":"/b","mode":"RO"}]}}
        container.volumes.persistent.constraints {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"a","persistent":{"size":1,"constraints":[["path","LIKE","a"]]}}]}}
        container.volumes.persistent.maxSize {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"a","persistent":{"size":1,"maxSize":7}}]}}
        container.volumes.persistent.profileName {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"a","persistent":{"size":1,"profileName":"a"}}]}}
        container.volumes.persistent.size {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"a","persistent":{"size":1}}]}}
        container.volumes.persistent.type {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"a","persistent":{"size":1,"type":"mount"}}]}}
        container.volumes.secret {"container":{"docker":{"image":"x:1"},"volumes":[{"containerPath":"/a","secret":"s"}]}}
        cpus {"cpus":0.5}
        dependencies {"dependencies":["/q"]}
        disk {"disk":7}
        env.secret {"env":{"a":{"secret":"b"}}}
        env {"env":{"a":"b"}}
        executor {"executor":"/a"}
        executorResources.cpus {"executorResources":{"cpus":0.1}}
        executorResources.disk {"executorResources":{"disk":7}}
        executorResources.mem {"executorResources":{"mem":7}}
        fetch.cache {"fetch":[{"uri":"http://a","cache":true}]}
        fetch.destPath {"fetch":[{"uri":"http://a","destPath":"b"}]}
        fetch.executable {"fetch":[{"uri":"http://a","executable":true}]}
        fetch.extract {"fetch":[{"uri":"http://a","extract":false}]}
        fetch.uri {"fetch":[{"uri":"http://a"}]}
        gpus {"gpus":1}
        healthChecks.command.value {"healthChecks":[{"protocol":"COMMAND","command":{"value":"a"}}]}
        healthChecks.delaySeconds {"healthChecks":[{"protocol":"COMMAND","command":{"value":"a"},"delaySeconds":7}]}
        healthChecks.gracePeriodSeconds {"healthChecks":[{"protocol":"COMMAND","command":{"value":"a"},"gracePeriodSeconds":7}]}
        healthChecks.ignoreHttp1xx {"healthChecks":[{"ignoreHttp1xx":true}]}
        healthChecks.intervalSeconds {"healthChecks":[{"protocol":"COMMAND","command":{"value":"a"},"intervalSeconds":7}]}
        healthChecks.ipProtocol {"healthChecks":[{"ipProtocol":"IPv6"}]}
        healthChecks.maxConsecutiveFailures {"healthChecks":[{"protocol":"COMMAND","command":{"value":"a"},"maxConsecutiveFailures":7}]}
        healthChecks.path {"healthChecks":[{"path":"/a"}]}
        healthChecks.port {"healthChecks":[{"port":7}]}
        healthChecks.portIndex {"healthChecks":[{"portIndex":0}]}
        healthChecks.protocol {"healthChecks":[{"protocol":"TCP"}]}
        healthChecks.timeoutSeconds {"healthChecks":[{"protocol":"COMMAND","command":{"value":"a"},"timeoutSeconds":7}]}
        id {"id":"/p/a/web"}
        instances {"instances":2}
        ipAddress.discovery.ports.labels {"networks":null,"ipAddress":{"discovery":{"ports":[{"number":80,"name":"a","labels":{"a":"b"}}]}}}
        ipAddress.discovery.ports.name {"networks":null,"ipAddress":{"discovery":{"ports":[{"number":80,"name":"a"}]}}}
        ipAddress.discovery.ports.number {"networks":null,"ipAddress":{"discovery":{"ports":[{"number":80,"name":"a"}]}}}
        ipAddress.discovery.ports.protocol {"networks":null,"ipAddress":{"discovery":{"ports":[{"number":80,"name":"a","protocol":"udp"}]}}}
        ipAddress.groups {"networks":null,"ipAddress":{"groups":["a"]}}
        ipAddress.labels {"networks":null,"ipAddress":{"labels":{"a":"b"}}}
        ipAddress.networkName {"networks":null,"ipAddress":{"networkName":"a"}}
        killSelection {"killSelection":"OLDEST_FIRST"}
        labels {"labels":{"a":"b"}}
        maxLaunchDelaySeconds {"maxLaunchDelaySeconds":7}
        mem {"mem":7}
        networks.labels {"networks":[{"mode":"container","name":"a","labels":{"a":"b"}}]}
        networks.mode {"networks":[{"mode":"host"}]}
        networks.name {"networks":[{"mode":"container","name":"a"}]}
        portDefinitions.labels {"networks":null,"portDefinitions":[{"port":0,"labels":{"a":"b"}}]}
        portDefinitions.name {"networks":null,"portDefinitions":[{"port":0,"name":"a"}]}
        portDefinitions.port {"networks":null,"portDefinitions":[{"port":7}]}
        portDefinitions.protocol {"networks":null,"portDefinitions":[{"port":0,"protocol":"udp"}]}
        ports {"networks":null,"ports":[7]}
        readinessChecks.httpStatusCodesForReady {"readinessChecks":[{"httpStatusCodesForReady":[201]}]}
        readinessChecks.intervalSeconds {"readinessChecks":[{"intervalSeconds":7}]}
        readinessChecks.name {"readinessChecks":[{"name":"a"}]}
        readinessChecks.path {"readinessChecks":[{"path":"/a"}]}
        readinessChecks.portName {"readinessChecks":[{"portName":"a"}]}
        readinessChecks.preserveLastResponse {"readinessChecks":[{"preserveLastResponse":true}]}
        readinessChecks.protocol {"readinessChecks":[{"protocol":"HTTPS"}]}
        readinessChecks.timeoutSeconds {"readinessChecks":[{"timeoutSeconds":7}]}
        requirePorts {"networks":null,"requirePorts":true}
        residency.relaunchEscalationTimeoutSeconds {"residency":{"relaunchEscalationTimeoutSeconds":7}}
        residency.taskLostBehavior {"residency":{"taskLostBehavior":"WAIT_FOREVER"}}
        resourceLimits.cpus {"resourceLimits":{"cpus":2}}
        resourceLimits.mem {"resourceLimits":{"mem":256}}
        role {"role":"a"}
        secrets.source {"secrets":{"a":{"source":"b"}}}
        storeUrls {"storeUrls":["http://a"]}
        taskKillGracePeriodSeconds {"taskKillGracePeriodSeconds":7}
        tty {"tty":true}
        unreachableStrategy.expungeAfterSeconds {"unreachableStrategy":{"inactiveAfterSeconds":1,"expungeAfterSeconds":7}}
        unreachableStrategy.inactiveAfterSeconds {"unreachableStrategy":{"inactiveAfterSeconds":1,"expungeAfterSeconds":7}}
        unreachableStrategy {"unreachableStrategy":"disabled"}
        upgradeStrategy.maximumOverCapacity {"upgradeStrategy":{"maximumOverCapacity":0.5}}
        upgradeStrategy.minimumHealthCapacity {"upgradeStrategy":{"minimumHealthCapacity":0.5}}
        uris {"uris":["http://a"]}
        user {"user":"a"}
        """);

    public static TheoryData<string, string> OfPods { get; } = Samples("""
        containers.artifacts.cache {"containers":[{"artifacts":[{"uri":"http://a","cache":true}]}]}
        containers.artifacts.destPath {"containers":[{"artifacts":[{"uri":"http://a","destPath":"b"}]}]}
        containers.artifacts.executable {"containers":[{"artifacts":[{"uri":"http://a","executable":true}]}]}
        containers.artifacts.extract {"containers":[{"artifacts":[{"uri":"http://a","extract":false}]}]}
        containers.artifacts.uri {"containers":[{"artifacts":[{"uri":"http://a"}]}]}
        containers.check.delaySeconds {"containers":[{"check":{"delaySeconds":7}}]}
        containers.check.exec.command.argv {"containers":[{"check":{"exec":{"command":{"argv":["a"]}}}}]}
        containers.check.exec.command.shell {"containers":[{"check":{"exec":{"command":{"shell":"a"}}}}]}
        containers.check.http.endpoint {"containers":[{"check":{"http":{"endpoint":"a"}}}]}
        containers.check.http.path {"containers":[{"check":{"http":{"endpoint":"a","path":"/a"}}}]}
        containers.check.http.scheme {"containers":[{"check":{"http":{"endpoint":"a","scheme":"HTTPS"}}}]}
        containers.check.intervalSeconds {"containers":[{"check":{"intervalSeconds":7}}]}
        containers.check.tcp.endpoint {"containers":[{"check":{"tcp":{"endpoint":"a"}}}]}
        containers.check.timeoutSeconds {"containers":[{"check":{"timeoutSeconds":7}}]}
        containers.endpoints.containerPort {"containers":[{"endpoints":[{"name":"a","containerPort":80}]}]}
        containers.endpoints.hostPort {"containers":[{"endpoints":[{"name":"a","containerPort":80,"hostPort":81}]}]}
        containers.endpoints.labels {"containers":[{"endpoints":[{"name":"a","containerPort":80,"labels":{"a":"b"}}]}]}
        containers.endpoints.name {"containers":[{"endpoints":[{"name":"a","containerPort":80}]}]}
        containers.endpoints.networkNames {"containers":[{"endpoints":[{"name":"a","containerPort":80,"networkNames":["a"]}]}]}
        containers.endpoints.protocol {"containers":[{"endpoints":[{"name":"a","containerPort":80,"protocol":["udp"]}]}]}
        containers.environment.secret {"containers":[{"environment":{"A":{"secret":"b"}}}]}
        containers.environment {"containers":[{"environment":{"A":"b"}}]}
        containers.exec.command.argv {"containers":[{"exec":{"command":{"argv":["a"]}}}]}
        containers.exec.command.shell {"containers":[{"exec":{"command":{"shell":"a"}}}]}
        containers.exec.overrideEntrypoint {"containers":[{"exec":{"command":{"argv":["a"]},"overrideEntrypoint":true}}]}
        containers.healthCheck.delaySeconds {"containers":[{"healthCheck":{"exec":{"command":{"shell":"a"}},"delaySeconds":7}}]}
        containers.healthCheck.exec.command.argv {"containers":[{"healthCheck":{"exec":{"command":{"argv":["a"]}}}}]}
        containers.healthCheck.exec.command.shell {"containers":[{"healthCheck":{"exec":{"command":{"shell":"a"}}}}]}
        containers.healthCheck.gracePeriodSeconds {"containers":[{"healthCheck":{"exec":{"command":{"shell":"a"}},"gracePeriodSeconds":7}}]}
        containers.healthCheck.http.endpoint {"containers":[{"healthCheck":{"http":{"endpoint":"a"}}}]}
        containers.healthCheck.http.path {"containers":[{"healthCheck":{"http":{"endpoint":"a","path":"/a"}}}]}
        containers.healthCheck.http.scheme {"containers":[{"healthCheck":{"http":{"endpoint":"a","scheme":"HTTPS"}}}]}
        containers.healthCheck.intervalSeconds {"containers":[{"healthCheck":{"exec":{"command":{"shell":"a"}},"intervalSeconds":7}}]}
        containers.healthCheck.maxConsecutiveFailures {"containers":[{"healthCheck":{"exec":{"command":{"shell":"a"}},"maxConsecutiveFailures":7}}]}
        containers.healthCheck.tcp.endpoint {"containers":[{"healthCheck":{"tcp":{"endpoint":"a"}}}]}
        containers.healthCheck.timeoutSeconds {"containers":[{"healthCheck":{"exec":{"command":{"shell":"a"}},"timeoutSeconds":7}}]}
        containers.image.forcePull {"containers":[{"image":{"kind":"DOCKER","id":"x:1","forcePull":true}}]}
        containers.image.id {"containers":[{"image":{"kind":"DOCKER","id":"y:1"}}]}
        containers.image.labels {"containers":[{"image":{"kind":"DOCKER","id":"x:1","labels":{"a":"b"}}}]}
        containers.image.pullConfig.secret {"containers":[{"image":{"kind":"DOCKER","id":"x:1","pullConfig":{"secret":"a"}}}]}
        containers.labels {"containers":[{"labels":{"a":"b"}}]}
        containers.lifecycle.killGracePeriodSeconds {"containers":[{"lifecycle":{"killGracePeriodSeconds":1.5}}]}
        containers.linuxInfo.ipcInfo.mode {"containers":[{"linuxInfo":{"ipcInfo":{"mode":"SHARE_PARENT"}}}]}
        containers.linuxInfo.ipcInfo.shmSize {"containers":[{"linuxInfo":{"ipcInfo":{"shmSize":7}}}]}
        containers.linuxInfo.seccomp.profileName {"containers":[{"linuxInfo":{"seccomp":{"profileName":"a"}}}]}
        containers.linuxInfo.seccomp.unconfined {"containers":[{"linuxInfo":{"seccomp":{"unconfined":true}}}]}
        containers.name {"containers":[{"name":"other"}]}
        containers.resourceLimits.cpus {"containers":[{"resourceLimits":{"cpus":2}}]}
        containers.resourceLimits.mem {"containers":[{"resourceLimits":{"mem":256}}]}
        containers.resources.disk {"containers":[{"resources":{"cpus":1,"mem":128,"disk":7}}]}
        containers.resources.gpus {"containers":[{"resources":{"cpus":1,"mem":128,"gpus":7}}]}
        containers.resources.mem {"containers":[{"resources":{"cpus":1,"mem":7}}]}
        containers.tty {"containers":[{"tty":true}]}
        containers.user {"containers":[{"user":"a"}]}
        containers.volumeMounts.mountPath {"containers":[{"volumeMounts":[{"name":"v","mountPath":"/a"}]}],"volumes":[{"name":"v","host":"/b"}]}
        containers.volumeMounts.name {"containers":[{"volumeMounts":[{"name":"v","mountPath":"/a"}]}]}
        containers.volumeMounts.readOnly {"containers":[{"volumeMounts":[{"name":"v","mountPath":"/a","readOnly":true}]}],"volumes":[{"name":"v","host":"/b"}]}
        environment.secret {"environment":{"A":{"secret":"b"}}}
        environment {"environment":{"A":"b"}}
        executorResources.cpus {"executorResources":{"cpus":0.1}}
        executorResources.disk {"executorResources":{"disk":7}}
        executorResources.mem {"executorResources":{"mem":7}}
        id {"id":"/a/p"}
        labels {"labels":{"a":"b"}}
        legacySharedCgroups {"legacySharedCgroups":true}
        linuxInfo.ipcInfo.mode {"linuxInfo":{"ipcInfo":{"mode":"SHARE_PARENT"}}}
        linuxInfo.ipcInfo.shmSize {"linuxInfo":{"ipcInfo":{"shmSize":7}}}
        linuxInfo.seccomp.profileName {"linuxInfo":{"seccomp":{"profileName":"a"}}}
        linuxInfo.seccomp.unconfined {"linuxInfo":{"seccomp":{"unconfined":true}}}
        networks.labels {"networks":[{"mode":"container","name":"a","labels":{"a":"b"}}]}
        networks.mode {"networks":[{"mode":"host"}]}
        networks.name {"networks":[{"mode":"container","name":"a"}]}
        role {"role":"a"}
        scaling.instances {"scaling":{"kind":"fixed","instances":2}}
        scheduling.backoff.backoff {"scheduling":{"backoff":{"backoff":7}}}
        scheduling.backoff.backoffFactor {"scheduling":{"backoff":{"backoffFactor":7}}}
        scheduling.backoff.maxLaunchDelay {"scheduling":{"backoff":{"maxLaunchDelay":7}}}
        scheduling.killSelection {"scheduling":{"killSelection":"OLDEST_FIRST"}}
        scheduling.placement.acceptedResourceRoles {"scheduling":{"placement":{"acceptedResourceRoles":["a"]}}}
        scheduling.placement.constraints.fieldName {"scheduling":{"placement":{"constraints":[{"fieldName":"a","operator":"UNIQUE"}]}}}
        scheduling.placement.constraints.operator {"scheduling":{"placement":{"constraints":[{"fieldName":"hostname","operator":"UNIQUE"}]}}}
        scheduling.placement.constraints.value {"scheduling":{"placement":{"constraints":[{"fieldName":"a","operator":"CLUSTER","value":"b"}]}}}
        scheduling.unreachableStrategy.expungeAfterSeconds {"scheduling":{"unreachableStrategy":{"expungeAfterSeconds":7}}}
        scheduling.unreachableStrategy.inactiveAfterSeconds {"scheduling":{"unreachableStrategy":{"inactiveAfterSeconds":7}}}
        scheduling.unreachableStrategy {"scheduling":{"unreachableStrategy":"disabled"}}
        scheduling.upgrade.maximumOverCapacity {"scheduling":{"upgrade":{"maximumOverCapacity":0.5}}}
        scheduling.upgrade.minimumHealthCapacity {"scheduling":{"upgrade":{"minimumHealthCapacity":0.5}}}
        secrets.source {"secrets":{"a":{"source":"b"}}}
        user {"user":"a"}
        volumes.host {"containers":[{"volumeMounts":[{"name":"v","mountPath":"/a"}]}],"volumes":[{"name":"v","host":"/b"}]}
        volumes.name {"volumes":[{"name":"v"}]}
        volumes.persistent.constraints {"volumes":[{"name":"v","persistent":{"size":1,"constraints":[["path","LIKE","a"]]}}]}
        volumes.persistent.maxSize {"volumes":[{"name":"v","persistent":{"size":1,"maxSize":7}}]}
        volumes.persistent.profileName {"volumes":[{"name":"v","persistent":{"size":1,"profileName":"a"}}]}
        volumes.persistent.size {"volumes":[{"name":"v","persistent":{"size":1}}]}
        volumes.persistent.type {"volumes":[{"name":"v","persistent":{"size":1,"type":"mount"}}]}
        volumes.secret {"volumes":[{"name":"v","secret":"a"}],"secrets":{"a":{"source":"b"}},"containers":[{"volumeMounts":[{"name":"v","mountPath":"/a"}]}]}
        """);

    [Fact]
    public void TheSamples_HaveEveryFieldOfTheShapes()
    {
        Assert.Equal(FieldsOf(AppShapes.Change), NamesOf(OfApps));
        Assert.Equal(FieldsOf(PodShapes.Pod), NamesOf(OfPods));
    }

    [Theory]
    [MemberData(nameof(OfApps))]
    public void App_CarriesTheFieldOrReportsIt(string field, string with) => Check(field, BareApp, with, static json
        => ReturnConversionTests.Return().OfApps("/p", [App.FromJson(json)]));

    [Theory]
    [MemberData(nameof(OfPods))]
    public void Pod_CarriesTheFieldOrReportsIt(string field, string with) => Check(field, BarePod, with, static json
        => ReturnConversionTests.Return().OfPod(Pod.FromJson(json)));

    private static void Check(string field, string without, string with, Func<byte[], Converted<ComposePod>> convert)
    {
        Converted<ComposePod> changed = convert(Json(without, with));
        Converted<ComposePod> plain = convert(Json(without, "{}"));

        Assert.Empty(plain.Losses);
        Assert.True(
            changed.Losses.Count > 0 || changed.Result.Files[0].Text != plain.Result.Files[0].Text,
            $"{field} is neither in the compose file nor in the report.\n{changed.Result.Files[0].Text}");
        Assert.All(changed.Losses, static loss =>
        {
            Assert.StartsWith("/", loss.File, StringComparison.Ordinal);
            Assert.Null(loss.Line);
            Assert.Matches(@"^\S.*[.!?]$", loss.Reason);
            Assert.Matches(@"^\S.*[.!?]$", loss.Instead ?? "None.");
        });
    }

    private static byte[] Json(string under, string over)
    {
        var json = (JsonObject)JsonNode.Parse(under)!;
        Lay(json, (JsonObject)JsonNode.Parse(over)!);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static void Lay(JsonObject under, JsonObject over)
    {
        foreach ((string name, JsonNode? value) in over)
        {
            if (under[name] is JsonObject there && value is JsonObject more)
            {
                Lay(there, more);
            }
            else if (under[name] is JsonArray { Count: 1 } list && list[0] is JsonObject first && value is JsonArray { Count: 1 } others && name == "containers")
            {
                Lay(first, (JsonObject)others[0]!);
            }
            else
            {
                under[name] = value?.DeepClone();
            }
        }
    }

    private static TheoryData<string, string> Samples(string lines)
    {
        TheoryData<string, string> samples = [];
        foreach (string[] parts in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim().Split(' ', 2)))
        {
            samples.Add(parts[0], parts[1]);
        }

        return samples;
    }

    private static IEnumerable<string> NamesOf(TheoryData<string, string> samples)
        => samples.Select(static sample => sample.Data.Item1).Order(StringComparer.Ordinal);

    private static IEnumerable<string> FieldsOf(Shape shape) => Leaves(shape, "").Where(static field => !s_framing.Contains(field)).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Leaves(Shape shape, string path)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        object?[] inside = [.. shape.GetType().GetFields(Any).Where(static field => !field.Name.Contains("Key", StringComparison.Ordinal)).Select(field => field.GetValue(shape))];
        string[] serversOwn = [.. inside.OfType<HashSet<string>>().SelectMany(static names => names)];
        string[] leaves =
        [
            .. inside.OfType<Dictionary<string, Shape>>().SelectMany(static fields => fields).Where(field => !serversOwn.Contains(field.Key))
                .SelectMany(field => Leaves(field.Value, path.Length == 0 ? field.Key : $"{path}.{field.Key}")),
            .. inside.OfType<IEnumerable<Shape>>().SelectMany(static shapes => shapes).Concat(inside.OfType<Shape>()).SelectMany(other => Leaves(other, path)),
        ];
        return leaves.Length == 0 ? [path] : leaves;
    }
}
