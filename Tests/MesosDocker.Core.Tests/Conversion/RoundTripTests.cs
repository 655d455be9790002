using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Compose;
using MesosDocker.Conversion;
using MesosDocker.Core.Tests.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests;

/// <summary>What goes there and back means the same, where nothing is reported as lost.</summary>
public sealed class RoundTripTests
{
    private static readonly ConversionOptions s_keep = new() { KeepsHostPorts = true };

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(0, 300)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Group_ComesBack_AsItWas(int seed)
    {
        Group group = RandomGroup.Of(new Random(seed));

        Converted<ComposePod> there = ReturnConversionTests.OfGroup(group);
        Assert.Empty(there.Losses);
        Converted<Group> back = GroupOfProject.Of(there.Result, s_keep);

        Assert.Empty(back.Losses);
        Equal(group, back.Result, there.Result.Files[0].Text);
    }

    /// <summary>Every key that comes through one way without a loss comes through both.</summary>
    [Theory]
    [MemberData(nameof(ConversionLossTests.Keys), MemberType = typeof(ConversionLossTests))]
    public void Project_BecomesTheSameGroupAgain(string key)
    {
        KeySample sample = KeySample.OfServices.Concat(KeySample.OfProjects).First(sample => sample.Key == key);
        Converted<Group> first = GroupOfProject.Of(PodResources.Measure(Projects.Read(sample.With), new MeasureOptions()), s_keep);
        Converted<ComposePod> between = ReturnConversionTests.OfGroup(first.Result);

        if (between.Losses.Count == 0)
        {
            Equal(first.Result, GroupOfProject.Of(between.Result, s_keep).Result, between.Result.Files[0].Text);
        }
    }

    /// <summary>The samples are not all lost.</summary>
    [Fact]
    public void MostProjects_LoseNothingOnTheirWayBack()
    {
        int whole = KeySample.OfServices.Count(static sample => ReturnConversionTests.OfGroup(GroupOfProject.Of(PodResources.Measure(Projects.Read(sample.With), new MeasureOptions()), s_keep).Result).Losses.Count == 0);

        Assert.True(whole > KeySample.OfServices.Count * 9 / 10, $"Only {whole} of {KeySample.OfServices.Count} came back without a loss.");
    }

    private static void Equal(Group group, Group other, string text)
    {
        Dictionary<string, App> apps = (other.Apps ?? []).ToDictionary(static app => app.Id!);
        Assert.Equal(ProjectOfApps.AppsOf(group).Select(static app => app.Id).Order(), apps.Keys.Order());
        foreach (App app in ProjectOfApps.AppsOf(group))
        {
            Assert.True(Plain(app) == Plain(apps[app.Id!]), $"{Plain(app)}\n{Plain(apps[app.Id!])}\n{text}");
        }
    }

    // The order of options is no difference where each is another.
    private static string Plain(App app)
    {
        App canonical = CanonicalApp.Of(app);
        DockerContainer docker = canonical.Container!.Docker!;
        App ordered = canonical with
        {
            Container = canonical.Container with
            {
                Docker = docker with { Parameters = docker.Parameters?.OrderBy(static one => one.Key, StringComparer.Ordinal).ToArray() },
            },
        };
        return AppShapes.Change.Plain(JsonSerializer.SerializeToNode(ordered, MarathonJson.Default.App))!.ToJsonString();
    }

    /// <summary>Groups of what both sides can say.</summary>
    private static class RandomGroup
    {
        private static readonly (string Key, string[] Values)[] s_options =
        [
            ("user", ["app", "1000:1000"]), ("workdir", ["/srv"]), ("hostname", ["front"]), ("init", ["true"]), ("cap-add", ["NET_ADMIN"]),
            ("dns", ["10.0.0.1"]), ("add-host", ["db:10.0.0.2"]), ("ulimit", ["nofile=1024:2048", "nproc=7"]), ("sysctl", ["net.core.somaxconn=1024"]),
            ("tmpfs", ["/run:size=64m"]), ("shm-size", ["67108864"]), ("memory-reservation", ["16777216"]), ("pids-limit", ["99"]), ("device", ["/dev/null:/dev/x:rwm"]),
            ("log-driver", ["json-file"]), ("log-opt", ["max-size=1m"]), ("read-only", ["true"]), ("security-opt", ["no-new-privileges"]), ("stop-signal", ["SIGINT"]),
            ("entrypoint", ["/e", ""]), ("cpus", ["1.5"]), ("no-healthcheck", ["true"]), ("blkio-weight", ["300"]), ("device-read-bps", ["/dev/sda:1048576"]),
            ("volume", ["/a b:/b:rslave", "/anonymous"]), ("mount", ["type=tmpfs,target=/t,tmpfs-size=1m"]), ("oom-score-adj", ["-5"]), ("platform", ["linux/amd64"]),
        ];

        public static Group Of(Random random)
        {
            int count = random.Next(1, 5);
            return new Group
            {
                Id = "/shop",
                Apps = [.. Enumerable.Range(0, count).Select(i => App.FromJson(System.Text.Encoding.UTF8.GetBytes(One(random, i).ToJsonString())))],
            };
        }

        private static JsonObject One(Random random, int number)
        {
            int instances = random.Next(0, 5);
            bool isOnHost = random.Next(4) == 0;
            string? network = isOnHost ? null : Pick(random, null, "overlay");
            var app = new JsonObject
            {
                ["id"] = $"/shop/app-{number}",
                ["instances"] = instances,
                ["cpus"] = random.Next(1, 40) / 10.0,
                ["mem"] = random.Next(32, 2048),
                ["networks"] = new JsonArray(isOnHost ? new JsonObject { ["mode"] = "host" }
                    : network is null ? new JsonObject { ["mode"] = "container/bridge" }
                    : new JsonObject { ["mode"] = "container", ["name"] = network }),
                ["container"] = new JsonObject
                {
                    ["type"] = "DOCKER",
                    ["docker"] = new JsonObject
                    {
                        ["image"] = "registry.example.com/x:1",
                        ["forcePullImage"] = Flag(random),
                        ["privileged"] = Flag(random),
                        ["parameters"] = Parameters(random, network is null ? null : $"app-{number}"),
                    },
                    ["volumes"] = Flag(random) ? new JsonArray(new JsonObject { ["containerPath"] = "/c", ["hostPath"] = Pick(random, "/h", "/h i"), ["mode"] = Pick(random, "RO", "RW") }) : null,
                },
            };
            if (isOnHost)
            {
                app["portDefinitions"] = new JsonArray();
            }
            else
            {
                app["container"]!["portMappings"] = Ports(random);
            }

            bool Says(string option) => app["container"]!["docker"]!["parameters"]!.AsArray().Any(one => (string)one!["key"]! == option);
            if (!Says("entrypoint"))
            {
                Maybe(app, random, "cmd", "sleep 5; echo \"$HOME\" 'a b'");
            }

            if (app["cmd"] is null)
            {
                Maybe(app, random, "args", new JsonArray("a", "b c", "$x", ""));
            }

            Maybe(app, random, "env", new JsonObject { ["A"] = "b", ["PRICE"] = "5$ and ${more}", ["EMPTY"] = "", ["LINES"] = "a\nb\n" });
            Maybe(app, random, "labels", new JsonObject { ["team"] = "shop", ["yes"] = "no", ["n"] = "1.10" });
            Maybe(app, random, "constraints", new JsonArray(
                new JsonArray("hostname", "MAX_PER", "2"), new JsonArray("zone", "CLUSTER", "a b"), new JsonArray("rack", "GROUP_BY"), new JsonArray("hostname", "UNLIKE", @"old\.one")));
            if (!Says("no-healthcheck"))
            {
                Maybe(app, random, "healthChecks", new JsonArray(new JsonObject
                {
                    ["protocol"] = "COMMAND", ["command"] = new JsonObject { ["value"] = "test -e /ok || exit 1" }, ["intervalSeconds"] = 7, ["timeoutSeconds"] = 3,
                    ["gracePeriodSeconds"] = Flag(random) ? 0 : 90, ["maxConsecutiveFailures"] = 2,
                }));
            }

            Maybe(app, random, "taskKillGracePeriodSeconds", 33);
            if (number > 0)
            {
                Maybe(app, random, "dependencies", new JsonArray($"/shop/app-{random.Next(number)}"));
            }

            if (Flag(random))
            {
                app["backoffSeconds"] = random.Next(1, 9);
                app["backoffFactor"] = 1;
            }

            if (Flag(random))
            {
                int parallelism = random.Next(1, Math.Max(1, instances) + 1);
                UpgradeStrategy strategy = ServiceUpdate.Strategy(instances, parallelism, startsFirst: Flag(random));
                app["upgradeStrategy"] = new JsonObject { ["minimumHealthCapacity"] = strategy.MinimumHealthCapacity, ["maximumOverCapacity"] = strategy.MaximumOverCapacity };
            }

            return app;
        }

        private static JsonArray Parameters(Random random, string? alias)
        {
            List<(string Key, string Value)> chosen = [.. s_options.Where(_ => random.Next(4) == 0).Select(option => (option.Key, option.Values[random.Next(option.Values.Length)]))];
            if (chosen.Any(static one => one.Key == "log-opt") && chosen.All(static one => one.Key != "log-driver"))
            {
                chosen.Add(("log-driver", "json-file"));
            }

            return
            [
                .. chosen.Select(static one => (JsonNode)new JsonObject { ["key"] = one.Key, ["value"] = one.Value }),
                .. alias is null ? [] : new JsonNode[] { new JsonObject { ["key"] = "network-alias", ["value"] = alias }, new JsonObject { ["key"] = "network-alias", ["value"] = "other" } },
            ];
        }

        private static JsonArray Ports(Random random) =>
        [
            .. Enumerable.Range(0, random.Next(4)).Select(i => (JsonNode)new JsonObject
            {
                ["containerPort"] = 80 + i,
                ["hostPort"] = Flag(random) ? 0 : 31_000 + i,
                ["protocol"] = Pick(random, "tcp", "udp"),
                ["name"] = Pick(random, null, $"port-{i}"),
            }),
        ];

        private static void Maybe(JsonObject app, Random random, string field, JsonNode value)
        {
            if (Flag(random))
            {
                app[field] = value;
            }
        }

        private static bool Flag(Random random) => random.Next(2) == 0;

        private static string? Pick(Random random, params string?[] values) => values[random.Next(values.Length)];
    }
}
