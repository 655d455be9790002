using System.Globalization;
using System.Text.Json;
using MesosDocker.Containerizer;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;

namespace MesosDocker.Integration.Tests.Local;

/// <summary>The whole server, killed again and again in the middle of deployments: what was accepted last is what there is in the end.</summary>
public sealed class KilledServerTests(EngineFixture engine)
{
    private static readonly int s_kills = int.Parse(
        Environment.GetEnvironmentVariable("MESOS_DOCKER_KILLS") ?? "12", CultureInfo.InvariantCulture);

    private static readonly string[] s_apps = ["/web", "/shop/db"];

    [Fact]
    public async Task KilledInTheMiddleOfDeployments_NothingIsLost_Doubled_OrLeft()
    {
        await using var local = new LocalProgram(engine);
        var chance = new Random(20261121);
        Dictionary<string, (int Number, int Instances)> accepted = [];
        for (int i = 0; i < s_kills; i++)
        {
            await local.StartAsync();
            string app = s_apps[i % s_apps.Length];
            int instances = chance.Next(1, 4);
            await local.SendAsync(HttpMethod.Put, $"/v2/apps{app}?force=true", App(i, instances));
            accepted[app] = (i, instances);

            // Before the first launch, in the middle of them, or while old tasks go.
            await Task.Delay(chance.Next(0, 900));
            await local.KillAsync();
        }

        await local.StartAsync();
        await HookFixture.UntilAsync(() => local.GetAsync("/v2/deployments").GetAwaiter().GetResult().GetArrayLength() == 0, "the end of the deployments");

        JsonElement[] tasks = [.. (await local.GetAsync("/v2/tasks")).GetProperty("tasks").EnumerateArray()];
        foreach ((string id, (int number, int instances)) in accepted)
        {
            JsonElement app = (await local.GetAsync($"/v2/apps{id}")).GetProperty("app");
            Assert.Equal(number.ToString(CultureInfo.InvariantCulture), app.GetProperty("env").GetProperty("NUMBER").GetString());
            Assert.Equal(instances, tasks.Count(task => task.GetProperty("appId").GetString() == id && task.GetProperty("state").GetString() == "TASK_RUNNING"));
        }

        int wanted = accepted.Values.Sum(static app => app.Instances);
        Assert.Equal(wanted, tasks.Length);
        await HookFixture.UntilAsync(() => local.ContainersAsync().GetAwaiter().GetResult().Count == wanted, $"{wanted} containers and no more");
        await HookFixture.UntilAsync(() => local.Store.All().Count(static container => container.HasSupervisor) == wanted, $"{wanted} supervisors and no more");

        await local.StopAsync();
        await local.DestroyAsync();
        Assert.Empty(await local.ContainersAsync());
        Assert.Empty(local.Store.All());
    }

    private string App(int number, int instances) => $$"""
        {"cmd":"sleep 1000","env":{"NUMBER":"{{number}}"},"instances":{{instances}},"cpus":0.01,"mem":32,"taskKillGracePeriodSeconds":0,
         "container":{"type":"DOCKER","docker":{"image":"{{engine.Image}}"} } }
        """;
}
