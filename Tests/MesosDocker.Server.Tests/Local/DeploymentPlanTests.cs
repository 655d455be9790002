using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

public sealed class DeploymentPlanTests
{
    private static readonly string[] s_ordered = ["/first", "/data/db", "/shop/web", "/shop/in/cart", "/shop/in/list"];

    [Fact]
    public void Steps_StopFirst_ThenStart_ThenFollowTheDependencies()
    {
        GroupTree target = Tree(App("/new"), App("/db"), App("/web", "/db"), App("/top", "/web"));
        Dictionary<string, AppChangeKind> kinds = new()
        {
            ["/new"] = AppChangeKind.New,
            ["/db"] = AppChangeKind.Upgrade,
            ["/web"] = AppChangeKind.Scaling,
            ["/top"] = AppChangeKind.Restart,
        };

        Assert.Equal(
            ["Stop /gone, Stop /old", "Start /new", "Restart /db, Scale /new", "Scale /web", "Restart /top"],
            Texts(DeploymentPlan.Steps(target, ["/old", "/gone"], kinds, static _ => false)));
    }

    [Fact]
    public void Steps_KeepTheLevel_WhereWhatIsNeededDoesNotChange()
    {
        GroupTree target = Tree(App("/db"), App("/web", "/db"), App("/other"));
        Dictionary<string, AppChangeKind> kinds = new() { ["/web"] = AppChangeKind.Upgrade, ["/other"] = AppChangeKind.Upgrade };

        Assert.Equal(["Restart /other", "Restart /web"], Texts(DeploymentPlan.Steps(target, [], kinds, static _ => false)));
    }

    [Theory]
    [InlineData("New", 2, false, "Scale")]
    [InlineData("Upgrade", 2, false, "Restart")]
    [InlineData("Restart", 2, false, "Restart")]
    [InlineData("Scaling", 2, false, "Scale")]
    [InlineData("Scaling", 2, true, "Restart")]
    [InlineData("Upgrade", 0, false, "Scale")]
    [InlineData("Scaling", 0, true, "Scale")]
    public void Steps_DoWhatIsNeeded(string kind, int instances, bool isMixed, string action)
    {
        GroupTree target = Tree(App("/web") with { Instances = instances });
        Dictionary<string, AppChangeKind> kinds = new() { ["/web"] = Enum.Parse<AppChangeKind>(kind) };

        Assert.Equal($"{action} /web", Texts(DeploymentPlan.Steps(target, [], kinds, _ => isMixed)).Last());
    }

    [Fact]
    public void Of_CountsWhatGroupsNeed()
    {
        var root = new Group
        {
            Id = "/",
            Apps = [App("/first")],
            Groups =
            [
                new Group { Id = "/data", Apps = [App("/data/db", "/first")] },
                new Group
                {
                    Id = "/shop",
                    Dependencies = ["../data"],
                    Apps = [App("/shop/web")],
                    Groups = [new Group { Id = "/shop/in", Apps = [App("/shop/in/cart"), App("/shop/in/list", "cart")] }],
                },
            ],
        };
        var levels = new DependencyLevels(GroupTree.Of(root));

        Assert.Equal([1, 2, 3, 3, 4], s_ordered.Select(levels.Of));
    }

    [Theory]
    [InlineData("/a", "/a")]
    [InlineData("/b", "/a")]
    public void Of_RefusesCircles(string a, string b)
    {
        var levels = new DependencyLevels(Tree(App("/a", a), App("/b", b)));

        Assert.Equal(Refusal.Invalid, Assert.Throws<RefusedException>(() => levels.Of("/a")).Refusal);
    }

    [Fact]
    public void Of_LeavesOutWhatIsNotThere() => Assert.Equal(1, new DependencyLevels(Tree(App("/a", "/nowhere"))).Of("/a"));

    [Fact]
    public void Of_GoesAsFarAsThereAreApps()
    {
        GroupTree tree = Tree([.. Enumerable.Range(0, 20_000).Select(static i => i == 0 ? App("/a0") : App($"/a{i}", $"/a{i - 1}"))]);

        Assert.Equal(20_000, new DependencyLevels(tree).Of("/a19999"));
    }

    private static App App(string id, params string[] dependencies) => new() { Id = id, Instances = 1, Dependencies = dependencies };

    private static GroupTree Tree(params App[] apps) => GroupTree.Of(new Group { Id = "/", Apps = apps });

    private static IEnumerable<string> Texts(IReadOnlyList<DeploymentStep> steps)
        => steps.Select(static step => string.Join(", ", step.Actions!.Select(static action => $"{action.Action!.Replace("Application", "")} {action.App}")));
}
