using System.Text;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

public sealed class LargeListTests(ITestOutputHelper output)
{
    private const int Apps = 5000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // How fast is for the benchmarks to say; that the list is never held as objects is said here.
    [Fact]
    public async Task FiveThousandApps_AreReadOneByOne()
    {
        string list = List();
        byte[] answer = Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {list.Length}\r\n\r\n{list}");
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/apps", exchange => exchange.WriteAsync(answer));
        using MarathonClient client = marathon.Client();
        int count = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        long most = 0;
        await foreach (App app in client.ListAppsAsync(new AppQuery(), Token))
        {
            Assert.Equal($"/group-{count % 50}/app-{count}", app.Id);
            count++;
            if (count % 1000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        output.WriteLine($"{list.Length >> 10} kB in {watch.ElapsedMilliseconds} ms, {most >> 20} MB held");
        Assert.Equal(Apps, count);
        Assert.InRange(list.Length, 9 << 20, 12 << 20);
        Assert.InRange(most, 0, 64L << 20);
    }

    private static string List()
    {
        string labels = string.Join(',', Enumerable.Range(0, 12).Select(static i => $"\"HAPROXY_{i}_VHOST\":\"host-{i}.example.com\""));
        string environment = string.Join(',', Enumerable.Range(0, 20).Select(static i => $"\"VARIABLE_{i}\":\"the value of the variable {i}\""));
        return $"{{\"apps\":[{string.Join(',', Enumerable.Range(0, Apps).Select(i => $$$"""
            {"id":"/group-{{{i % 50}}}/app-{{{i}}}","cmd":"exec /usr/bin/server --port $PORT0","instances":3,"cpus":0.5,"mem":256.0,"disk":0,
             "labels":{{{{labels}}}},"env":{{{{environment}}}},"constraints":[["hostname","UNIQUE"]],
             "container":{"type":"DOCKER","docker":{"image":"registry.example.com/team/app:{{{i}}}","network":"BRIDGE","portMappings":[{"containerPort":80,"hostPort":0}]}},
             "healthChecks":[{"protocol":"HTTP","path":"/health","portIndex":0,"gracePeriodSeconds":300}],"version":"2021-01-01T00:00:00.000Z",
             "versionInfo":{"lastScalingAt":"2021-01-01T00:00:00.000Z","lastConfigChangeAt":"2021-01-01T00:00:00.000Z"},
             "tasksStaged":0,"tasksRunning":3,"tasksHealthy":3,"tasksUnhealthy":0,"deployments":[],"upgradeStrategy":{"minimumHealthCapacity":1,"maximumOverCapacity":1}}
            """))}]}}";
    }
}
