using System.Diagnostics;
using System.Globalization;
using MesosDocker.Marathon;

namespace MesosDocker.Benchmarks;

internal sealed class ClusterBenchmark(Server server, Raw raw, string image)
{
    private const string AppId = "/benchmark";
    private const string Polite = "exec sleep 3600";

    private static readonly TimeSpan s_betweenRequests = TimeSpan.FromMilliseconds(20);

    private readonly Measure _start = new("start", "", static _ => 1000);
    private readonly Measure _event = new("event to client", "", static _ => 50);
    private readonly List<TimeSpan> _answers = [];

    /// <returns>Whether all limits hold.</returns>
    public async Task<bool> RunAsync(int count)
    {
        var running = new Measure($"{count} tasks running", $"{count} creates and starts at once", static reference => reference * 1.3);
        var answer = new Measure("p99 of GET app meanwhile", "", static _ => 20);
        _start.Ours(server.Started);
        running.Raw(await RawAsync(count));
        running.Ours(await OursAsync(count));
        answer.Ours(_answers.Order().ElementAt(_answers.Count * 99 / 100));

        Measure[] measures = [_start, running, answer, _event];
        Console.WriteLine($"{"median, ms",-34} {"ours",9} {"reference",9} {"limit",9}");
        foreach (Measure measure in measures)
        {
            Console.WriteLine(measure);
        }

        return measures.All(static measure => measure.Holds);
    }

    private async Task<TimeSpan> RawAsync(int count)
    {
        long asked = Stopwatch.GetTimestamp();
        (string Id, TimeSpan)[] all = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => raw.RunAsync(Polite)));
        TimeSpan took = Stopwatch.GetElapsedTime(asked);
        await Task.WhenAll(all.Select(one => raw.RemoveAsync(one.Id)));
        return took;
    }

    private async Task<TimeSpan> OursAsync(int count)
    {
        using var stop = new CancellationTokenSource();
        Task watching = WatchAsync(stop.Token);
        long asked = Stopwatch.GetTimestamp();
        await server.Client.CreateAppAsync(NewApp(count), CancellationToken.None);
        App? app;
        do
        {
            await Task.Delay(s_betweenRequests);
            long sent = Stopwatch.GetTimestamp();
            app = await server.Client.FindAppAsync(AppId, CancellationToken.None);
            _answers.Add(Stopwatch.GetElapsedTime(sent));
        }
        while (app?.TasksRunning != count);

        TimeSpan took = Stopwatch.GetElapsedTime(asked);
        await stop.CancelAsync();
        await watching;
        return took;
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (MarathonNews news in server.Client.WatchAsync(["status_update_event"], cancellationToken))
            {
                if (news.Event?.Timestamp is { } timestamp)
                {
                    _event.Ours(DateTimeOffset.UtcNow - DateTimeOffset.Parse(timestamp, CultureInfo.InvariantCulture));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The measure is over.
        }
    }

    private App NewApp(int count) => new()
    {
        Id = AppId,
        Cmd = Polite,
        Instances = count,
        Cpus = 0.01,
        Mem = 32,
        Networks = [new Network { Mode = "container/bridge" }],
        Container = new Container { Type = "DOCKER", Docker = new DockerContainer { Image = image } },
    };
}
