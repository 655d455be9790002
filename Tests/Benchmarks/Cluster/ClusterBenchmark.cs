using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using MesosDocker.Marathon;

namespace MesosDocker.Benchmarks;

internal sealed class ClusterBenchmark(Server server, Raw raw, string image)
{
    private const string AppId = "/benchmark";
    private const string Polite = "exec sleep 3600";

    // More often, the questions would be a load that the raw engine does not have: each is answered with all tasks.
    private static readonly TimeSpan s_betweenRequests = TimeSpan.FromMilliseconds(100);

    // The kernel takes hundreds of network namespaces apart after their containers are gone, and whoever starts others meanwhile waits for it.
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(30);

    private readonly Measure _start = new("start", "", static _ => 1000);
    private readonly Measure _event = new("event to client", "", static _ => 50);
    private readonly List<TimeSpan> _answers = [];
    private readonly List<TimeSpan> _echoes = [];

    /// <returns>Whether all limits hold.</returns>
    public async Task<bool> RunAsync(int count)
    {
        var running = new Measure($"{count} tasks running", $"{count} creates and starts at once", static reference => reference * 1.3);

        // Where all processors are at work, a byte takes its time as well.
        var answer = new Measure("p99 of GET app meanwhile", "a byte and back meanwhile", static reference => reference + 20);
        _start.Ours(server.Started);
        running.Raw(await RawAsync(count));
        running.Ours(await OursAsync(count));
        answer.Ours(Late(_answers));
        answer.Raw(Late(_echoes));

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
        await Task.Delay(s_settling);
        return took;
    }

    private async Task<TimeSpan> OursAsync(int count)
    {
        using var echo = new Echo();
        using var http = new HttpClient { BaseAddress = server.Uri };
        using var stop = new CancellationTokenSource();
        Task watching = WatchAsync(stop.Token);
        long asked = Stopwatch.GetTimestamp();
        await server.Client.CreateAppAsync(NewApp(count), CancellationToken.None);
        int? running;
        do
        {
            await Task.Delay(s_betweenRequests);
            long sent = Stopwatch.GetTimestamp();
            byte[] answer = await http.GetByteArrayAsync($"v2/apps{AppId}");
            _answers.Add(Stopwatch.GetElapsedTime(sent));
            _echoes.Add(echo.Ask());
            running = (int?)JsonNode.Parse(answer)!["app"]!["tasksRunning"];
        }
        while (running != count);

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

    private static TimeSpan Late(List<TimeSpan> times) => times.Order().ElementAt(times.Count * 99 / 100);

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
