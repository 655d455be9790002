using System.Text;
using System.Text.Json.Nodes;
using MesosDocker.Compose;
using MesosDocker.Conversion;
using MesosDocker.Core.Tests.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests;

public sealed class PodConversionTests
{
    [Fact]
    public void Of_MakesAPod_WithAContainerForEachService()
    {
        Converted<Pod> converted = Convert("""
            name: shop
            services:
              web:
                image: "web:1"
                command: [serve]
                environment: { MODE: live }
                ports: ["8080:80", "53:53", "53:53/udp"]
                network_mode: "service:base"
                labels: { team: shop }
                user: app
                stop_grace_period: 1500ms
                deploy: { placement: { constraints: [node.labels.zone == a] }, resources: { limits: { cpus: "2", memory: 256M }, reservations: { cpus: "0.5" } } }
                volumes: ["data:/data:ro", "/etc/ssl:/ssl"]
              base:
                image: "base:1"
                entrypoint: [/base, -v]
                shm_size: 64m
                security_opt: [seccomp=unconfined]
                volumes: ["data:/data"]
                healthcheck: { test: [CMD, check], interval: 10s, timeout: 3s }
                deploy: { update_config: { order: start-first } }
            volumes: { data: }
            """);

        JsonNode json = JsonNode.Parse(converted.Result.ToJson())!;
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""
                    {"id":"/shop","containers":[
                     {"name":"web","exec":{"command":{"argv":["serve"]},"overrideEntrypoint":false},"resources":{"cpus":0.5,"mem":256},"resourceLimits":{"cpus":2},
                      "endpoints":[{"name":"web-80","containerPort":80,"hostPort":0,"protocol":["tcp"]},{"name":"web-53","containerPort":53,"hostPort":0,"protocol":["tcp","udp"]}],
                      "image":{"kind":"DOCKER","id":"web:1"},"environment":{"MODE":"live"},"user":"app",
                      "volumeMounts":[{"name":"data","mountPath":"/data","readOnly":true},{"name":"ssl","mountPath":"/ssl"}],"labels":{"team":"shop"},"lifecycle":{"killGracePeriodSeconds":1.5}},
                     {"name":"base","exec":{"command":{"argv":["/base","-v"]},"overrideEntrypoint":true},"resources":{"cpus":0.25,"mem":64},"image":{"kind":"DOCKER","id":"base:1"},
                      "healthCheck":{"exec":{"command":{"argv":["check"]}},"gracePeriodSeconds":0,"intervalSeconds":10,"maxConsecutiveFailures":3,"timeoutSeconds":3},
                      "volumeMounts":[{"name":"data","mountPath":"/data"}],"linuxInfo":{"seccomp":{"unconfined":true},"ipcInfo":{"mode":"PRIVATE","shmSize":64}}}],
                     "volumes":[{"name":"data"},{"name":"ssl","host":"/etc/ssl"}],"networks":[{"mode":"container/bridge"}],"scaling":{"kind":"fixed","instances":1},
                     "scheduling":{"upgrade":{"minimumHealthCapacity":1,"maximumOverCapacity":1},"placement":{"constraints":[{"fieldName":"zone","operator":"CLUSTER","value":"a"}]}}}
                    """),
                json),
            json.ToJsonString());
        Assert.Equal(
            ["web ports[0]", "web ports[1]", "web ports[2]", " networks.default", " volumes.data"],
            converted.Losses.Select(static loss => $"{loss.Service} {loss.Key}"));
    }

    [Theory]
    [InlineData("command: [a, b]", """{"command":{"argv":["a","b"]},"overrideEntrypoint":false}""")]
    [InlineData("entrypoint: /e, command: [a]", """{"command":{"argv":["/e","a"]},"overrideEntrypoint":true}""")]
    [InlineData("entrypoint: [], command: [a]", """{"command":{"argv":["a"]},"overrideEntrypoint":true}""")]
    [InlineData("entrypoint: [/bin/sh, -c], command: [ls -l]", """{"command":{"shell":"ls -l"}}""")]
    [InlineData("", "null")]
    public void Command_RunsTheSame(string keys, string expected)
        => Assert.Equal(expected, Json(Web(keys, out _))["exec"]?.ToJsonString() ?? "null");

    [Theory]
    [InlineData("test: ls -l || exit 1, interval: 5s", """{"exec":{"command":{"shell":"ls -l || exit 1"}},"gracePeriodSeconds":0,"intervalSeconds":5,"maxConsecutiveFailures":3,"timeoutSeconds":4}""", "")]
    [InlineData("test: [CMD, a], interval: 5s, timeout: 5s, start_period: 7s, retries: 2", """{"exec":{"command":{"argv":["a"]}},"gracePeriodSeconds":7,"intervalSeconds":5,"maxConsecutiveFailures":2,"timeoutSeconds":4}""", "healthcheck.timeout")]
    [InlineData("test: [CMD, a], interval: 1s", """{"exec":{"command":{"argv":["a"]}},"gracePeriodSeconds":0,"intervalSeconds":1,"maxConsecutiveFailures":3,"timeoutSeconds":0}""", "")]
    [InlineData("disable: true", null, "healthcheck")]
    public void Healthcheck_IsMadeByTheAgent(string check, string? expected, string losses)
    {
        PodContainer container = Web($"healthcheck: {{ {check} }}", out IReadOnlyList<ConversionLoss> found);

        Assert.Equal(expected, Json(container)["healthCheck"]?.ToJsonString());
        Assert.Equal(losses, string.Join(' ', found.Select(static loss => loss.Key)));
    }

    [Theory]
    [InlineData("a: { image: x, scale: 3 }, b: { image: x, scale: 3 }", null, 3, "")]
    [InlineData("a: { image: x, scale: 3 }, b: { image: x }", null, 1, "a scale")]
    [InlineData("a: { image: x, deploy: { replicas: 3 } }, b: { image: x }", 5, 5, "a deploy.replicas")]
    [InlineData("a: { image: x }", 2, 2, "")]
    [InlineData("a: { image: x, scale: 0 }", null, 0, "")]
    public void Instances_AreThoseOfAll(string services, int? wanted, int expected, string losses)
    {
        Converted<Pod> converted = Convert($"services: {{ {services} }}", new ConversionOptions { Instances = wanted });

        Assert.Equal(expected, converted.Result.Scaling!.Instances);
        Assert.Equal(losses, string.Join(' ', converted.Losses.Where(static loss => loss.Service is not null).Select(static loss => $"{loss.Service} {loss.Key}")));
    }

    [Theory]
    [InlineData("a: { image: x, network_mode: host, ports: [80] }", "", null, "host", "ports[0]")]
    [InlineData("a: { image: x, network_mode: host }, b: { image: x }", "", null, "container/bridge", "network_mode")]
    [InlineData("a: { image: x, networks: [n] }, b: { image: x, networks: [m] }", "networks: { n: { external: true }, m: { external: true, name: real } }", null, "container n container real", "networks.n networks.m")]
    [InlineData("a: { image: x, networks: [n] }", "networks: { n: }", null, "container/bridge", "networks.n")]
    [InlineData("a: { image: x }", "", "net", "container net", "")]
    public void Networks_AreThoseOfThePod(string services, string top, string? network, string expected, string losses)
    {
        Converted<Pod> converted = Convert($"services: {{ {services} }}\n{top}", new ConversionOptions { Network = network });

        Assert.Equal(expected, string.Join(' ', converted.Result.Networks!.SelectMany(static one => new[] { one.Mode, one.Name }.OfType<string>())));
        Assert.Equal(losses.Split(' ', StringSplitOptions.RemoveEmptyEntries), converted.Losses.Select(static loss => loss.Key).Where(static key => key != "networks.default"));
    }

    [Fact]
    public void Ports_OfContainersThatShareANetwork_AreEachThereOnce()
    {
        Converted<Pod> converted = Convert("""
            services:
              a: { image: x, ports: ["8080:80", "90"], networks: [n, m] }
              b: { image: x, ports: ["8081:80", "8080:91"], networks: [n] }
            networks: { n: { external: true }, m: { external: true } }
            """, new ConversionOptions { KeepsHostPorts = true });

        Assert.Equal(
            ["a-80:8080 n", "a-90:0 n", "b-91:0 n"],
            converted.Result.Containers!.SelectMany(static container => container.Endpoints ?? []).Select(static one => $"{one.Name}:{one.HostPort} {one.NetworkNames![0]}"));
        Assert.Equal(
            ["b ports[0]", "b ports[1]", " networks.n", " networks.m"],
            converted.Losses.Select(static loss => $"{loss.Service} {loss.Key}"));
    }

    [Fact]
    public void Secrets_OfTheStore_AreFiles()
    {
        Converted<Pod> converted = Convert("""
            services: { a: { image: x, secrets: [s, { source: f, target: t }] } }
            secrets: { s: { external: true, name: path/of/s }, f: { file: ./f } }
            """);

        Assert.Equal("path/of/s", converted.Result.Secrets!["s"].Source);
        Assert.Equal("""[{"name":"s","secret":"s"}]""", Json(converted.Result)["volumes"]!.ToJsonString());
        Assert.Equal("""[{"name":"s","mountPath":"/run/secrets/s"}]""", Json(converted.Result)["containers"]![0]!["volumeMounts"]!.ToJsonString());
        Assert.Equal("secrets[1]", Assert.Single(converted.Losses).Key);
    }

    [Theory]
    [InlineData("a: { image: x, deploy: { restart_policy: { delay: 5s } } }, b: { image: x, deploy: { restart_policy: { delay: 3s } } }", 5d, "b deploy.restart_policy.delay")]
    [InlineData("a: { image: x, deploy: { restart_policy: { delay: 5s } } }, b: { image: x }", 5d, "")]
    [InlineData("a: { image: x, restart: \"no\" }", null, "a restart")]
    public void Restarts_AreThoseOfThePod(string services, double? backoff, string losses)
    {
        Converted<Pod> converted = Convert($"services: {{ {services} }}");

        Assert.Equal(backoff, converted.Result.Scheduling?.Backoff?.Backoff);
        Assert.Equal(losses, string.Join(' ', converted.Losses.Where(static loss => loss.Service is not null).Select(static loss => $"{loss.Service} {loss.Key}")));
    }

    [Theory]
    [InlineData("services: { web: { build: . } }", Fault.DefinitionInvalid)]
    [InlineData("services: { web: { provider: { type: t } } }", Fault.DefinitionInvalid)]
    public void Of_RefusesWhatCannotBe(string text, Fault fault) => Assert.Equal(fault, Assert.Throws<MesosDockerException>(() => Convert(text)).Fault);

    internal static Converted<Pod> Convert(string text, ConversionOptions? options = null)
    {
        Converted<Pod> converted = PodOfProject.Of(PodResources.Measure(Projects.Read(text), new MeasureOptions()), options ?? new ConversionOptions());
        Assert.DoesNotContain(converted.Result.Judge(null), static finding => finding.Severity == Severity.Error);
        return converted;
    }

    private static PodContainer Web(string keys, out IReadOnlyList<ConversionLoss> losses)
    {
        Converted<Pod> converted = Convert($"services: {{ web: {{ image: \"x:1\"{(keys.Length > 0 ? ", " + keys : "")} }} }}");
        losses = converted.Losses;
        return Assert.Single(converted.Result.Containers!);
    }

    private static JsonNode Json(PodContainer container) => Json(new Pod { Id = "/p", Containers = [container] })["containers"]![0]!;

    private static JsonNode Json(Pod pod) => JsonNode.Parse(Encoding.UTF8.GetString(pod.ToJson()))!;
}
