using MesosDocker.Compose;

namespace MesosDocker.Core.Tests.Compose;

/// <summary>The peak, against trying out every moment that there can be.</summary>
public sealed class PeakDemandTests
{
    private const int Rounds = 400;

    [Fact]
    public void Of_IsTheHeaviestMoment()
    {
        var random = new Random(7);
        for (int round = 0; round < Rounds; round++)
        {
            int count = random.Next(1, 7);
            ComposeService[] services = [.. Enumerable.Range(0, count).Select(i => Service(i, random))];
            decimal[] demands = [.. services.Select(_ => random.Next(0, 5) / 4m)];

            decimal peak = new PeakDemand(services).Of(demands, static demand => demand);

            Assert.Equal(Tried(services, demands), peak);
        }
    }

    [Fact]
    public void EndsFirst_IsWhatIsWaitedFor()
    {
        ComposeProject project = Projects.Read("services: { a: { image: x }, b: { image: x, depends_on: { a: { condition: service_completed_successfully } } } }");
        var peak = new PeakDemand([.. project.Services.Values]);

        Assert.True(peak.EndsFirst("a"));
        Assert.False(peak.EndsFirst("b"));
    }

    private static ComposeService Service(int index, Random random)
    {
        Dictionary<string, ComposeDependency> dependencies = [];
        for (int other = 0; other < index; other++)
        {
            if (random.Next(3) == 0)
            {
                dependencies[$"s{other}"] = new ComposeDependency { Condition = (ComposeCondition)random.Next(3) };
            }
        }

        return new ComposeService { Name = $"s{index}", Source = null!, Resources = new ComposeResources(), DependsOn = dependencies };
    }

    // Each service has not started, runs, or has ended; it can have ended only if somebody waits for that.
    private static decimal Tried(ComposeService[] services, decimal[] demands)
    {
        decimal best = 0;
        int[] states = new int[services.Length];
        for (int moment = 0; moment < Math.Pow(3, services.Length); moment++)
        {
            int rest = moment;
            for (int i = 0; i < states.Length; i++)
            {
                states[i] = rest % 3;
                rest /= 3;
            }

            if (IsPossible(services, states))
            {
                best = Math.Max(best, demands.Where((_, i) => states[i] == 1).Sum());
            }
        }

        return best;
    }

    private static bool IsPossible(ComposeService[] services, int[] states)
    {
        for (int i = 0; i < services.Length; i++)
        {
            if (states[i] == 2 && !services.Any(other => other.DependsOn.TryGetValue($"s{i}", out ComposeDependency? waits) && waits.Condition == ComposeCondition.Completed))
            {
                return false;
            }

            foreach ((string name, ComposeDependency dependency) in services[i].DependsOn)
            {
                int state = states[int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture)];
                if (states[i] > 0 && (state == 0 || (dependency.Condition == ComposeCondition.Completed && state != 2)))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
