using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class HealthMonitorTests
{
    private readonly List<bool> _told = [];

    /// <summary>Somebody sets the machine's clock: the grace period of a task is not over for that.</summary>
    [Fact]
    public async Task GracePeriod_IsNotEnded_ByAClockThatLeaps()
    {
        using var ended = new CancellationTokenSource();
        var check = new HealthCheck { GracePeriod = TimeSpan.FromHours(1) };
        int probes = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(check, () =>
        {
            if (++probes == 10)
            {
                ended.Cancel();
            }

            return "nothing answers";
        }, ended.Token));

        Assert.Empty(_told);
    }

    [Fact]
    public async Task Failures_InARow_EndTheTask_AndASuccessBetweenThemCounts()
    {
        Queue<string?> answers = new([null, "no", "no", null, "no", "no", "still no"]);

        string why = await RunAsync(new HealthCheck { ConsecutiveFailures = 3 }, answers.Dequeue, CancellationToken.None);

        Assert.Equal("its health check, which failed 3 times in a row, the last time with: still no", why);
        Assert.Equal([true, false, true, false], _told);
    }

    [Theory]
    [InlineData("gopher")]
    [InlineData("file")]
    [InlineData("")]
    public async Task Probe_OfAnotherProtocol_SaysSo(string scheme)
    {
        var check = new HealthCheck { Http = new HttpCheck { Port = 80, Scheme = scheme } };
        using DockerEngine engine = new(EngineAddress.Resolve(new EngineOptions(), new Dictionary<string, string>()));
        using var probe = new HealthProbe(check, engine, "x", new Dictionary<string, string>(), "127.0.0.1");

        Assert.Contains("is not a URL of http or https", await probe.RunAsync(CancellationToken.None));
    }

    private Task<string> RunAsync(HealthCheck check, Func<string?> probe, CancellationToken cancellationToken)
    {
        // What rings at once would also end every probe.
        var monitor = new HealthMonitor(
            check with { Timeout = Timeout.InfiniteTimeSpan }, _ => Task.FromResult(probe()), (healthy, _) => _told.Add(healthy), new ImpatientClock());
        return monitor.RunAsync(cancellationToken);
    }
}
