using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

public sealed class ChangePlanTests
{
    private const string First = "2026-03-01T12:00:00.001Z";
    private const string Second = "2026-03-01T12:00:00.002Z";

    private static readonly ClusterState s_empty = new() { FrameworkId = "f", Root = new Group { Id = "/", Apps = [], Groups = [], Version = Any.OlderVersion } };

    [Fact]
    public void Make_CompletesANewApp()
    {
        App app = Make(s_empty, First, new App { Id = "/web", Cmd = "run", Ports = [0, 8080], Uris = ["http://a/b.tgz"] }).App("/web")!;

        Assert.Equal(1, app.Instances);
        Assert.Equal(128, app.Mem);
        Assert.Null(app.Ports);
        Assert.Equal([10000, 8080], app.PortDefinitions!.Select(static port => port.Port));
        Assert.Equal("http://a/b.tgz", Assert.Single(app.Fetch!).Uri);
        Assert.Equal(new VersionInfo { LastScalingAt = First, LastConfigChangeAt = First }, app.VersionInfo);
        Assert.Equal(First, app.Version);
        Assert.Equal(new UpgradeStrategy { MinimumHealthCapacity = 1, MaximumOverCapacity = 1 }, app.UpgradeStrategy);
    }

    [Theory]
    [InlineData("{ }", "None", First, First, First)]
    [InlineData("""{ "mem": 128, "cpus": 1.0 }""", "None", First, First, First)]
    [InlineData("""{ "instances": 3 }""", "Scale", Second, Second, First)]
    [InlineData("""{ "mem": 64 }""", "Restart", Second, Second, Second)]
    [InlineData("""{ "mem": 64, "instances": 3 }""", "Restart", Second, Second, Second)]
    [InlineData("""{ "labels": { "a": "b" } }""", "Restart", Second, Second, Second)]
    [InlineData("""{ "mem": 64, "instances": 0 }""", "Scale", Second, Second, Second)]
    [InlineData("""{ "version": "2000-01-01T00:00:00.000Z", "tasksRunning": 4 }""", "None", First, First, First)]
    public void Make_SeesWhatChanges(string change, string action, string version, string scaledAt, string configuredAt)
    {
        ClusterState state = After(s_empty, First, new App { Id = "/web", Cmd = "run" });

        App changed = MesosDocker.Marathon.App.FromJson(System.Text.Encoding.UTF8.GetBytes(change)) with { Id = "/web", Cmd = "run" };
        ChangePlan plan = ChangePlan.Make(state, World.Change(changed), Second);
        App app = GroupTree.Of(plan.Target).App("/web")!;

        Assert.Equal(action == "None" ? [] : [$"{action}Application"], plan.Steps.SelectMany(static step => step.Actions!).Select(static step => step.Action));
        Assert.Equal((version, scaledAt, configuredAt), (app.Version, app.VersionInfo!.LastScalingAt, app.VersionInfo.LastConfigChangeAt));
        Assert.Equal(action == "None", plan.Delta.IsEmpty);
    }

    [Fact]
    public void Make_LeavesTheRestAsItIs()
    {
        ClusterState state = After(s_empty, First, new App { Id = "/g/a", Cmd = "run" }, new App { Id = "/h/b", Cmd = "run" });

        Group target = ChangePlan.Make(state, World.Change(new App { Id = "/g/a", Cmd = "other" }), Second).Target;

        Assert.Same(state.Root.Groups![1], target.Groups![1]);
        Assert.NotSame(state.Root.Groups![0], target.Groups![0]);
        Assert.Equal((Second, Second, First), (target.Version, target.Groups[0].Version, target.Groups[1].Version));
    }

    [Fact]
    public void Make_KeepsServicePorts_AndGivesNoneTwice()
    {
        ClusterState state = After(s_empty, First, new App { Id = "/a", Cmd = "run", Ports = [0, 0] }, new App { Id = "/b", Cmd = "run", Ports = [10002] });

        GroupTree tree = Make(state, Second, new App { Id = "/a", Cmd = "other", Ports = [0, 0, 0] }, new App { Id = "/c", Cmd = "run", Ports = [0] });

        Assert.Equal([10000, 10001, 10003], tree.Apps["/a"].PortDefinitions!.Select(static port => port.Port));
        Assert.Equal([10004], tree.Apps["/c"].PortDefinitions!.Select(static port => port.Port));
    }

    [Fact]
    public void Make_Refuses_WhenServicePortsAreUsedUp()
    {
        var app = new App { Id = "/a", Cmd = "run", Ports = [.. Enumerable.Repeat(0, 10_002)] };

        Assert.Equal(Refusal.Invalid, Assert.Throws<RefusedException>(() => ChangePlan.Make(s_empty, World.Change(app), First)).Refusal);
    }

    [Fact]
    public void Make_RefusesAnIdTwice()
    {
        var change = new ClusterChange((state, _) => state.Root with { Apps = [new App { Id = "/a" }, new App { Id = "/a" }] });

        Assert.Equal(Refusal.Invalid, Assert.Throws<RefusedException>(() => ChangePlan.Make(s_empty, change, First)).Refusal);
    }

    [Fact]
    public void Delta_MakesOneRootOfTheOther_WhateverTheyAre()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            Group from = Random(random);
            Group to = Random(random);
            RootDelta delta = RootDelta.Between(from, to);

            GroupTree result = GroupTree.Of(delta.Apply(from, First));
            GroupTree wanted = GroupTree.Of(to);

            Assert.Equal(wanted.Groups.Keys.Order(), result.Groups.Keys.Order());
            Assert.Equal(wanted.Apps.Keys.Order(), result.Apps.Keys.Order());
            Assert.All(wanted.Apps, app => Assert.Same(app.Value, result.Apps[app.Key]));
            Assert.All(wanted.Groups, group => Assert.Equal(group.Value.Dependencies ?? [], result.Groups[group.Key].Dependencies ?? []));
        }
    }

    private static Group Random(Random random)
    {
        string[] names = ["a", "b", "c"];
        return Inside("/", 0);

        Group Inside(string id, int depth) => new()
        {
            Id = id,
            Version = Any.OlderVersion,
            Dependencies = random.Next(4) == 0 ? ["/x"] : null,
            Apps = [.. names.Where(_ => random.Next(2) == 0).Select(name => new App { Id = PathId.Absolute("app-" + name, id) })],
            Groups = depth > 2 ? [] : [.. names.Where(_ => random.Next(2) == 0).Select(name => Inside(PathId.Absolute(name, id), depth + 1))],
        };
    }

    private static GroupTree Make(ClusterState state, string version, params App[] apps)
        => GroupTree.Of(ChangePlan.Make(state, World.Change(apps), version).Target);

    private static ClusterState After(ClusterState state, string version, params App[] apps)
        => state with { Root = ChangePlan.Make(state, World.Change(apps), version).Target };
}
