using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

/// <summary>What can never be on a machine of 2 cpus, 1024 MB, 100 MB of disk and the ports 31000 to 31003 and 32000.</summary>
public sealed class CapacityTests
{
    public static TheoryData<string, App, string?> Apps => new()
    {
        { "fits", App(1), null },
        { "all of it", App(2) with { Cpus = 1, Mem = 512 }, null },
        { "none", App(0) with { Cpus = 2 }, null },
        { "one too large", App(1) with { Cpus = 2.5 }, "Each instance asks for 2.5 cpus, and this machine has 2." },
        { "suspended, but too large", App(0) with { Mem = 2000 }, "Each instance asks for 2000 MB of memory, and this machine has 1024." },
        { "too many", App(5) with { Cpus = 0.5 }, "5 instances ask for 0.5 cpus each, and this machine has 2: 4 fit." },
        { "disk", App(1) with { Disk = 101 }, "Each instance asks for 101 MB of disk, and this machine has 100." },
        { "a foreign port", Ports(App(1), 80), "It must have the host port 80, and this cluster gives 31000-31003, 32000-32000." },
        { "a port for two", Ports(App(2), 32000), "Each instance must have the host port 32000 for itself, and 2 instances are wanted on one machine." },
        { "a port for one", Ports(App(1), 32000), null },
        { "too many ports", Ports(App(3), 0, 0), "6 host ports are wanted, and this cluster has 5." },
        { "unique", Constrained(App(2), "hostname", "UNIQUE"), "The constraint 'hostname UNIQUE' lets 1 of 2 instances run on one machine, and there is no other." },
        { "unique, once", Constrained(App(1), "hostname", "UNIQUE"), null },
        { "max per", Constrained(App(4), "hostname", "MAX_PER", "3"), "The constraint 'hostname MAX_PER 3' lets 3 of 4 instances run on one machine, and there is no other." },
        { "group by", Constrained(App(4), "hostname", "GROUP_BY", "2"), "The constraint 'hostname GROUP_BY 2' lets 2 of 4 instances run on one machine, and there is no other." },
        { "like", Constrained(App(1), "hostname", "LIKE", "there"), "The constraint 'hostname LIKE there' is not met by this machine, whose hostname is here, and there is no other." },
        { "like, yes", Constrained(App(3), "hostname", "LIKE", "he.*"), null },
        { "nothing of that name", Constrained(App(1), "rack", "CLUSTER", "r1"), "The constraint 'rack CLUSTER r1' is not met by this machine, whose rack is not said, and there is no other." },
        { "roles", App(1) with { AcceptedResourceRoles = ["web"] }, "It takes resources of web alone, and those of this machine are for every role (*)." },
    };

    [Theory]
    [MemberData(nameof(Apps))]
    public void Missing_IsSaid(string what, App app, string? sentence)
    {
        IReadOnlyList<NeverFit> missing = Capacity.Missing(app, Any.Agent);

        Assert.True(missing.Count == (sentence is null ? 0 : 1), $"{what}: {string.Join("; ", missing.Select(static one => one.Message))}");
        Assert.Equal(sentence, missing.FirstOrDefault()?.Message);
    }

    [Fact]
    public void Missing_IsEverythingThatIs()
        => Assert.Equal(["InsufficientCpus", "InsufficientMemory"], Capacity.Missing(App(1) with { Cpus = 3, Mem = 5000 }, Any.Agent).Select(static one => one.Reason));

    [Fact]
    public void Missing_IsFoundAtOnce_HoweverManyAreWanted()
        => Assert.Empty(Capacity.Missing(Constrained(App(1_000_000), "hostname", "GROUP_BY") with { Cpus = 0, Mem = 0 }, Any.Agent));

    private static App App(int instances) => CompleteApp.Of(new App { Id = "/a", Cmd = "run", Cpus = 0.1, Mem = 10, Instances = instances, PortDefinitions = [] });

    private static App Ports(App app, params int[] ports)
        => app with { RequirePorts = true, PortDefinitions = [.. ports.Select(static port => new PortDefinition { Port = port })] };

    private static App Constrained(App app, params string[] constraint) => app with { Constraints = [constraint] };
}
