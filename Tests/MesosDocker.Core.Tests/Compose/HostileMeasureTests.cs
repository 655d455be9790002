using System.Diagnostics;
using MesosDocker.Compose;

namespace MesosDocker.Core.Tests.Compose;

/// <summary>Projects whose measuring could take long, or come to no number.</summary>
public sealed class HostileMeasureTests
{
    private const int Services = 5_000;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void AChain_ThatWaitsForEachOther()
        => Assert.Equal(0.25m, Measure(static i => i == 0 ? "image: x" : $"image: x, depends_on: {{ s{i - 1}: {{ condition: service_completed_successfully }} }}").Cpus);

    [Fact]
    public void Many_ThatWaitForOne()
        => Assert.Equal(1249.75m, Measure(static i => i == 0 ? "image: x, cpus: 7" : "image: x, depends_on: { s0: { condition: service_completed_successfully } }").Cpus);

    [Fact]
    public void One_ThatWaitsForMany()
        => Assert.Equal(
            1249.75m,
            Measure(static i => i == Services - 1
                ? $"image: x, depends_on: {{ {string.Join(", ", Enumerable.Range(0, Services - 1).Select(static other => $"s{other}: {{ condition: service_completed_successfully }}"))} }}"
                : "image: x").Cpus);

    [Fact]
    public void Layers_InWhichEachWaitsForAllOfTheLayerBefore()
        => Assert.Equal(
            12.5m,
            Measure(static i => i < 50
                ? "image: x"
                : $"image: x, depends_on: {{ {string.Join(", ", Enumerable.Range((i / 50 * 50) - 50, 50).Select(static other => $"s{other}: {{ condition: service_completed_successfully }}"))} }}").Cpus);

    [Fact]
    public void Sums_BeyondAllNumbers()
    {
        ComposeProject project = Projects.Read($"services:\n{string.Concat(Enumerable.Range(0, 3).Select(static i => $"  s{i}: {{ image: x, scale: 2147483647, cpus: 79228162514264337593 }}\n"))}");

        var e = Assert.Throws<MesosDockerException>(() => PodResources.Measure(project, new MeasureOptions()));

        Assert.Contains("more than can be counted", e.Message, StringComparison.Ordinal);
    }

    private static ComposePod Measure(Func<int, string> service)
    {
        ComposeProject project = Projects.Read("services:\n" + string.Concat(Enumerable.Range(0, Services).Select(i => $"  s{i}: {{ {service(i)} }}\n")));
        var watch = Stopwatch.StartNew();

        ComposePod pod = PodResources.Measure(project, new MeasureOptions());

        Assert.True(watch.Elapsed < s_limit, $"It took {watch.Elapsed}.");
        return pod;
    }
}
