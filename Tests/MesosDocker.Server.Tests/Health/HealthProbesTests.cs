using System.Net;
using MesosDocker.Local;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests;

/// <summary>Checks from the definition of an app to the end of its deployment, over real connections.</summary>
public sealed class HealthProbesTests
{
    [Fact]
    public async Task Deployment_EndsWhenTheTaskIsHealthy_AndNothingIsAskedAfterItsEnd()
    {
        string status = "503 Not Yet";
        await using var task = new LoopbackServer(async (client, stop) =>
        {
            _ = await client.GetStream().ReadAsync(new byte[4096], stop);
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {Volatile.Read(ref status)}\r\nContent-Length: 0\r\n\r\n"), stop);
        });
        await using ApiWorld world = await ApiWorld.StartAsync(OnPort(task.Port));
        await using var probes = new HealthProbes(world.Cluster, IPAddress.Loopback, TimeProvider.System);

        await world.SendAsync("POST", "/v2/apps", """{"id":"/a","cmd":"xx","healthChecks":[{"path":"/","intervalSeconds":1}]}""");
        await ApiWorld.UntilAsync(() => probes.Count == 1);
        Assert.Single(world.Cluster.State.Deployments);
        Volatile.Write(ref status, "200 OK");
        await ApiWorld.UntilAsync(() => world.Cluster.State.Deployments.IsEmpty);
        Assert.Equal(1, (await world.GetAsync("/v2/apps/a"))["app.tasksHealthy"].GetInt32());

        await world.DoAsync("DELETE", "/v2/apps/a");
        await ApiWorld.UntilAsync(() => probes.Count == 0);
    }

    [Fact]
    public async Task Deployment_WaitsUntilTheTaskIsReady()
    {
        string status = "503 Not Yet";
        await using var task = new LoopbackServer(async (client, stop) =>
        {
            _ = await client.GetStream().ReadAsync(new byte[4096], stop);
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {Volatile.Read(ref status)}\r\nContent-Length: 0\r\n\r\n"), stop);
        });
        await using ApiWorld world = await ApiWorld.StartAsync(OnPort(task.Port));
        await using var probes = new HealthProbes(world.Cluster, IPAddress.Loopback, TimeProvider.System);

        await world.SendAsync("POST", "/v2/apps", """
            {"id":"/a","cmd":"xx","portDefinitions":[{"name":"web"}],"readinessChecks":[{"portName":"web","intervalSeconds":20,"preserveLastResponse":true}]}
            """);
        await ApiWorld.UntilAsync(() => world.Cluster.State.Instances.Values.Any(static instance => instance.Readiness is { Ready: false }));
        Reply list = await world.GetAsync("/v2/deployments");
        Volatile.Write(ref status, "200 OK");
        await ApiWorld.UntilAsync(() => world.Cluster.State.Deployments.IsEmpty);

        Assert.Equal(503, list["0.currentActions.0.readinessCheckResults.0.lastResponse.status"].GetInt32());
        await ApiWorld.UntilAsync(() => probes.Count == 0);
    }

    [Fact]
    public async Task Checks_AreMadeByTheThousand()
    {
        await using var task = new LoopbackServer(static async (client, stop) => _ = await client.GetStream().ReadAsync(new byte[1], stop));
        await using ApiWorld world = await ApiWorld.StartAsync();
        await using var probes = new HealthProbes(world.Cluster, IPAddress.Loopback, TimeProvider.System);

        await world.SendAsync(
            "POST", "/v2/apps", $$"""{"id":"/a","cmd":"xx","instances":1000,"cpus":0.1,"mem":1,"healthChecks":[{"protocol":"TCP","port":{{task.Port}},"intervalSeconds":1}]}""");
        await ApiWorld.UntilAsync(() => world.Cluster.State.Deployments.IsEmpty);

        Assert.Equal(1000, (await world.GetAsync("/v2/apps/a"))["app.tasksHealthy"].GetInt32());
        Assert.Equal(1000, probes.Count);
    }

    private static SimulatedAgent OnPort(int port) => new(TimeProvider.System)
    {
        Facts = new AgentFacts
        {
            AgentId = "agent-1",
            Hostname = "here",
            Resources = new Resources { Cpus = 10, Memory = 10_000, Ports = [new PortRange(port, port)] },
        },
    };
}
