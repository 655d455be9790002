using System.Collections.Immutable;
using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

public sealed class OfferMatchTests
{
    private static readonly AgentFacts s_agent = Any.Agent with
    {
        Region = "north",
        Zone = "north-1",
        Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("rack", "a-1").Add("slots", "4.0"),
    };

    [Fact]
    public void Of_GivesPorts_WhereEverythingIsThere()
    {
        OfferMatch match = Match(Any.App());

        Assert.Equal([31000], match.Ports);
        Assert.Empty(match.Reasons);
    }

    [Theory]
    [InlineData(2, 1024, 100, 1, "")]
    [InlineData(2.001, 1024, 100, 1, "InsufficientCpus")]
    [InlineData(2, 1025, 100, 1, "InsufficientMemory")]
    [InlineData(2, 1024, 101, 1, "InsufficientDisk")]
    [InlineData(2, 1024, 100, 2, "InsufficientGpus")]
    [InlineData(3, 2000, 200, 2, "InsufficientCpus,InsufficientMemory,InsufficientDisk,InsufficientGpus")]
    [InlineData(1e300, 1, 0, 0, "InsufficientCpus")]
    public void Of_AsksForEveryResource(double cpus, double mem, double disk, int gpus, string reasons)
        => Assert.Equal(reasons, Reasons(Any.App() with { Cpus = cpus, Mem = mem, Disk = disk, Gpus = gpus }));

    [Fact]
    public void Of_CountsInThousandths()
    {
        App app = Any.App() with { Cpus = 0.1 };
        Amounts free = Amounts.Of(s_agent.Resources);
        int fitting = 0;
        while (OfferMatch.Of(app, s_agent, free, new PortsInUse(_ => false, _ => false, 0), []).Ports is not null)
        {
            free -= Amounts.Of(app);
            free = free with { Memory = 1024 };
            fitting++;
        }

        Assert.Equal(20, fitting);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("*", "")]
    [InlineData("prod", "UnfulfilledRole")]
    public void Of_AsksForRoles(string? role, string reasons)
        => Assert.Equal(reasons, Reasons(Any.App() with { AcceptedResourceRoles = role is null ? null : [role] }));

    [Fact]
    public void Of_TellsPortsOnlyWhereTheRestIsThere_AndRolesAndConstraintsFirst()
    {
        App app = Any.App() with { PortDefinitions = [.. Enumerable.Repeat(new PortDefinition { Port = 0 }, 6)] };

        Assert.Equal("InsufficientPorts", Reasons(app));
        Assert.Equal("InsufficientCpus", Reasons(app with { Cpus = 9 }));
        Assert.Equal(
            "UnfulfilledRole,UnfulfilledConstraint,InsufficientCpus",
            Reasons(app with { Cpus = 9, AcceptedResourceRoles = ["prod"], Constraints = [["hostname", "CLUSTER", "there"]] }));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("restricted", "DeclinedScarceResources")]
    [InlineData("unrestricted", "")]
    public void Of_KeepsProcessorsForGraphics_WhereItIsTold(string? behaviour, string reasons) => Assert.Equal(reasons, Reasons(Any.App() with
    {
        Labels = behaviour is null ? null : new Dictionary<string, string> { ["GPU_SCHEDULING_BEHAVIOR"] = behaviour },
    }));

    [Theory]
    [InlineData("hostname UNIQUE", 0, true)]
    [InlineData("hostname UNIQUE", 1, false)]
    [InlineData("hostname unique", 1, false)]
    [InlineData("@hostname UNIQUE", 1, false)]
    [InlineData("rack UNIQUE", 1, false)]
    [InlineData("nothing UNIQUE", 0, false)]
    [InlineData("hostname CLUSTER here", 3, true)]
    [InlineData("hostname CLUSTER there", 0, false)]
    [InlineData("rack CLUSTER", 3, true)]
    [InlineData("nothing CLUSTER", 0, false)]
    [InlineData("hostname GROUP_BY", 9, true)]
    [InlineData("hostname GROUP_BY 1", 9, true)]
    [InlineData("hostname GROUP_BY 2", 2, true)]
    [InlineData("hostname GROUP_BY 2", 3, false)]
    [InlineData("hostname GROUP_BY 5", 1, false)]
    [InlineData("nothing GROUP_BY", 0, false)]
    [InlineData("hostname MAX_PER 2", 1, true)]
    [InlineData("hostname MAX_PER 2", 2, false)]
    [InlineData("hostname MAX_PER 0", 0, false)]
    [InlineData("hostname LIKE h.*e", 0, true)]
    [InlineData("hostname LIKE her", 0, false)]
    [InlineData("hostname LIKE a|here|b", 0, true)]
    [InlineData("hostname LIKE a|her", 0, false)]
    [InlineData("nothing LIKE .*", 0, false)]
    [InlineData("hostname LIKE (", 0, false)]
    [InlineData("hostname UNLIKE there", 0, true)]
    [InlineData("hostname UNLIKE here", 0, false)]
    [InlineData("hostname UNLIKE (", 0, false)]
    [InlineData("nothing UNLIKE .*", 0, true)]
    [InlineData("hostname IS here", 0, true)]
    [InlineData("hostname IS Here", 0, false)]
    [InlineData("@region IS north", 0, true)]
    [InlineData("@zone IS north-2", 0, false)]
    [InlineData("slots IS 4", 0, true)]
    [InlineData("slots IS 4.0004", 0, true)]
    [InlineData("slots IS 5", 0, false)]
    [InlineData("rack IS a-1", 0, true)]
    [InlineData("hostname SOMEHOW", 0, false)]
    public void Of_JudgesConstraints(string constraint, int there, bool isAllowed)
    {
        App app = Any.App(5) with { Constraints = [constraint.Split(' ')] };
        Instance[] instances = [.. Enumerable.Range(0, there).Select(_ => Any.Instance(app))];

        Assert.Equal(isAllowed ? "" : "UnfulfilledConstraint", Reasons(app, instances));
    }

    [Fact]
    public void Of_LeavesInstancesOfAnOlderConfigurationOut()
    {
        App app = Any.App() with { Constraints = [["hostname", "UNIQUE"]] };

        Assert.Equal("", Reasons(app, [Any.Instance(Any.Older(app))]));
    }

    [Fact]
    public void Of_DoesNotWaitForAPatternThatTakesForever()
    {
        App app = Any.App() with { Constraints = [["rack", "LIKE", "(x+x+)+y"]] };
        AgentFacts agent = s_agent with { Attributes = s_agent.Attributes.SetItem("rack", new string('x', 60)) };

        OfferMatch match = OfferMatch.Of(app, agent, Amounts.Of(agent.Resources), new PortsInUse(_ => false, _ => false, 0), []);

        Assert.Equal(["UnfulfilledConstraint"], match.Reasons);
    }

    private static OfferMatch Match(App app, params Instance[] there)
        => OfferMatch.Of(app, s_agent, Amounts.Of(s_agent.Resources), new PortsInUse(static _ => false, static _ => false, 0), there);

    private static string Reasons(App app, params Instance[] there) => string.Join(',', Match(app, there).Reasons);
}
