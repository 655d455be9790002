using System.Text.Json;
using MesosDocker.Mesos;

namespace MesosDocker.Server.Tests;

/// <summary>Groups, tasks, deployments, the queue and the server itself.</summary>
public sealed class OtherApiTests
{
    private const string Shop = """
        {"id":"/shop","apps":[{"id":"web","cmd":"xx","dependencies":["db"]},{"id":"db","cmd":"xx"}],"groups":[{"id":"inner","apps":[{"id":"deep","cmd":"xx","instances":2}]}]}
        """;

    [Fact]
    public async Task Group_IsMade_Shown_AndTakenAway()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Reply made = await world.DoAsync("POST", "/v2/groups", Shop);
        Reply again = await world.SendAsync("POST", "/v2/groups", Shop);
        Reply shown = await world.GetAsync("/v2/groups/shop");
        Reply bare = await world.GetAsync("/v2/groups/shop?embed=group.groups");
        Reply full = await world.GetAsync("/v2/groups/shop?embed=group.apps&embed=group.apps.tasks");
        Reply flat = await world.GetAsync("/v2/groups/shop/apps");
        await world.DoAsync("DELETE", "/v2/groups/shop");

        Assert.Equal(201, made.Status);
        Assert.Equal("/v2/groups/shop", made.Header("Location"));
        Assert.Equal(409, again.Status);
        Assert.Equal("Group /shop is already created. Use PUT to change this group.", again.Message);
        Assert.Equal("/shop/web", shown["apps.0.id"].GetString());
        Assert.Equal("/shop/db", shown["apps.0.dependencies.0"].GetString());
        Assert.Equal("/shop/inner/deep", shown["groups.0.apps.0.id"].GetString());
        Assert.False(bare.Json.TryGetProperty("apps", out _));
        Assert.Equal("/shop/inner", bare["groups.0.id"].GetString());
        Assert.Equal(1, full["apps.0.tasks"].GetArrayLength());
        Assert.False(full.Json.TryGetProperty("groups", out _));
        Assert.Equal(3, flat.Json.GetArrayLength());
        Assert.Equal(404, (await world.GetAsync("/v2/groups/shop")).Status);
        Assert.Empty(world.Agent.Tasks);
    }

    [Fact]
    public async Task Group_BecomesWhatIsSaid_AndKeepsWhatIsNotSpokenOf()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("PUT", "/v2/groups", Shop);

        Reply plan = await world.SendAsync("PUT", "/v2/groups/shop?dryRun=true", """{"apps":[{"id":"db","cmd":"yy"}]}""");
        Reply untouched = await world.GetAsync("/v2/groups/shop");
        await world.DoAsync("PUT", "/v2/groups/shop", """{"apps":[{"id":"db","cmd":"yy"}]}""");
        Reply changed = await world.GetAsync("/v2/groups/shop");

        Assert.Equal(
            ["RestartApplication /shop/db", "StopApplication /shop/web"],
            plan["steps"].EnumerateArray().SelectMany(static step => step.GetProperty("actions").EnumerateArray())
                .Select(static action => $"{action.GetProperty("action").GetString()} {action.GetProperty("app").GetString()}").Order());
        Assert.Equal(2, untouched["apps"].GetArrayLength());
        Assert.Equal(1, changed["apps"].GetArrayLength());
        Assert.Equal("yy", changed["apps.0.cmd"].GetString());
        Assert.Equal("/shop/inner/deep", changed["groups.0.apps.0.id"].GetString());
    }

    [Fact]
    public async Task Group_IsScaled_AndGoesBack()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("PUT", "/v2/groups", Shop);
        string version = (await world.GetAsync("/v2/groups/shop"))["version"].GetString()!;

        await world.DoAsync("PUT", "/v2/groups/shop", """{"scaleBy":1.5}""");
        int scaled = world.Agent.Tasks.Count;
        Reply versions = await world.GetAsync("/v2/groups/shop/versions");
        Reply earlier = await world.GetAsync($"/v2/groups/shop/versions/{version}");
        await world.DoAsync("PUT", "/v2/groups/shop", $$"""{"version":"{{version}}"}""");

        Assert.Equal(7, scaled);
        Assert.Equal(2, versions.Json.GetArrayLength());
        Assert.Equal(version, versions["1"].GetString());
        Assert.Equal(1, earlier["apps.0.instances"].GetInt32());
        Assert.Equal(4, world.Agent.Tasks.Count);
        Assert.Equal(422, (await world.SendAsync("PUT", "/v2/groups/shop", """{"version":"2001-01-01T00:00:00.000Z"}""")).Status);
        Assert.Equal(422, (await world.SendAsync("PUT", "/v2/groups/shop", """{"scaleBy":1e30}""")).Status);
    }

    [Fact]
    public async Task Group_GoesBack_ToExactlyWhatItWas()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("PUT", "/v2/groups", Shop);
        string before = (await world.GetAsync("/v2/groups/shop")).Text;
        string version = (await world.GetAsync("/v2/groups/shop"))["version"].GetString()!;
        await world.DoAsync("DELETE", "/v2/apps/shop/web");
        await world.DoAsync("DELETE", "/v2/groups/shop/inner");
        await world.DoAsync("PUT", "/v2/apps/shop/db", """{"cmd":"yy"}""");
        await world.DoAsync("POST", "/v2/apps", """{"id":"/shop/new/more","cmd":"xx"}""");
        await world.DoAsync("POST", "/v2/apps", """{"id":"/other","cmd":"xx"}""");

        await world.DoAsync("PUT", "/v2/groups/shop", $$"""{"version":"{{version}}"}""");
        string after = (await world.GetAsync("/v2/groups/shop")).Text;
        int tasks = world.Agent.Tasks.Count;
        await world.DoAsync("DELETE", "/v2/groups/shop");
        Reply gone = await world.GetAsync("/v2/groups/shop/versions");
        await world.DoAsync("PUT", "/v2/groups/shop", $$"""{"version":"{{version}}"}""");

        Assert.Equal(Timeless(before), Timeless(after));
        Assert.Equal(5, tasks);
        Assert.Equal(7, gone.Json.GetArrayLength());
        Assert.Equal(Timeless(before), Timeless((await world.GetAsync("/v2/groups/shop")).Text));
        Assert.Equal(404, (await world.GetAsync("/v2/groups/never/versions")).Status);
        Assert.Equal(404, (await world.GetAsync($"/v2/groups/shop/versions/2001-01-01T00:00:00.000Z")).Status);
    }

    [Fact]
    public async Task Group_CanBeStrictAboutRoles()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("PUT", "/v2/groups", Shop);

        Assert.Equal(200, (await world.SendAsync("PATCH", "/v2/groups/shop", """{"enforceRole":true}""")).Status);
        Assert.True((await world.GetAsync("/v2/groups/shop"))["enforceRole"].GetBoolean());
        Assert.Equal(400, (await world.SendAsync("PATCH", "/v2/groups/shop", """{"enforceRole":"yes"}""")).Status);
    }

    [Fact]
    public async Task Tasks_AreKilled_OneByOneAndTogether()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", """{"id":"/a","cmd":"xx","instances":4}""");
        string[] ids = [.. (await world.GetAsync("/v2/apps/a/tasks"))["tasks"].EnumerateArray().Select(static task => task.GetProperty("id").GetString()!)];

        Reply one = await world.SendAsync("DELETE", $"/v2/apps/a/tasks/{ids[0]}");
        Reply unknown = await world.SendAsync("DELETE", $"/v2/apps/a/tasks/{ids[0].Replace('a', 'b')}");
        Reply scaled = await world.DoAsync("POST", "/v2/tasks/delete?scale=true", $$"""{"ids":["{{ids[1]}}","gone.instance-1._app.1"]}""");
        Reply elsewhere = await world.SendAsync("DELETE", "/v2/apps/a/tasks?host=elsewhere");
        Reply all = await world.SendAsync("DELETE", "/v2/apps/a/tasks?host=here");

        Assert.Equal(ids[0], one["task.id"].GetString());
        Assert.Equal(404, unknown.Status);
        Assert.NotNull(scaled["deploymentId"].GetString());
        Assert.Equal(3, (await world.GetAsync("/v2/apps/a"))["app.instances"].GetInt32());
        Assert.Empty(elsewhere["tasks"].EnumerateArray());
        Assert.InRange(all["tasks"].GetArrayLength(), 1, 3);
        await ApiWorld.UntilAsync(() => world.Agent.Tasks.Count == 3 && !world.Agent.Tasks.Any(task => ids.Contains(task.TaskId)));
    }

    [Fact]
    public async Task Tasks_OfInstancesAtRest_AreListed_AndWiped()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", """
            {"id":"/shop/db","cmd":"xx","instances":2,"unreachableStrategy":"disabled","container":{"type":"DOCKER","docker":{"image":"i"},
             "volumes":[{"containerPath":"data","mode":"RW","persistent":{"size":10}}]}}
            """);
        await world.DoAsync("PUT", "/v2/apps/shop/db", """{"instances":1}""");

        JsonElement[] tasks = [.. (await world.GetAsync("/v2/apps/shop/db/tasks"))["tasks"].EnumerateArray()];
        JsonElement resting = tasks.Single(static task => task.GetProperty("state").GetString() == "TASK_KILLED");
        string id = resting.GetProperty("id").GetString()!;
        string uuid = id.Split("instance-")[1].Split('.')[0];
        Reply running = await world.GetAsync("/v2/tasks?status=running");
        Reply refused = await world.SendAsync("PUT", "/v2/apps/shop/db", """{"mem":999}""");
        await world.DoAsync("POST", "/v2/tasks/delete", $$"""{"ids":["{{id}}"]}""");
        Reply kept = await world.GetAsync("/v2/tasks");
        await world.DoAsync("DELETE", $"/v2/apps/shop/db/tasks/{id}?wipe=true");
        Reply wiped = await world.GetAsync("/v2/tasks");

        Assert.Equal($"shop_db#data#{uuid}", resting.GetProperty("localVolumes")[0].GetProperty("persistenceId").GetString());
        Assert.False(resting.TryGetProperty("startedAt", out _));
        Assert.Equal(1, running["tasks"].GetArrayLength());
        Assert.Equal("data", running["tasks.0.localVolumes.0.containerPath"].GetString());
        Assert.Equal((422, "/mem"), (refused.Status, refused["details.0.path"].GetString()));
        Assert.Equal(2, kept["tasks"].GetArrayLength());
        Assert.Equal(1, wiped["tasks"].GetArrayLength());
    }

    [Fact]
    public async Task Tasks_AreLines_WhereTheyAreWanted()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", """{"id":"/shop/web","cmd":"xx","instances":2}""");
        await world.DoAsync("POST", "/v2/apps", """{"id":"/none","cmd":"xx","portDefinitions":[]}""");

        Reply lines = await world.SendAsync("GET", "/v2/tasks", null, static request => request.Headers.TryAddWithoutValidation("Accept", "text/plain"));
        Reply json = await world.GetAsync("/v2/tasks?status=running");

        string[] all = lines.Text.TrimEnd('\n').Split('\n');
        Assert.Equal("none\t \there", all[0]);
        Assert.Matches(@"^shop_web\t10000\there:\d+\there:\d+$", all[1]);
        Assert.Equal(3, json["tasks"].GetArrayLength());
        Assert.Equal(0, (await world.GetAsync("/v2/tasks?status[]=staging"))["tasks"].GetArrayLength());
    }

    [Fact]
    public async Task Deployment_IsShown_AndTakenBack()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Agent.RunsAtOnce = false;
        Reply made = await world.SendAsync("POST", "/v2/apps", """{"id":"/a","cmd":"xx"}""");

        Reply list = await world.GetAsync("/v2/deployments");
        Reply back = await world.DoAsync("DELETE", $"/v2/deployments/{made.Header("Marathon-Deployment-Id")}");

        Assert.Equal(made.Header("Marathon-Deployment-Id"), list["0.id"].GetString());
        Assert.Equal("/a", list["0.affectedApps.0"].GetString());
        Assert.Equal(list["0.steps"].GetArrayLength(), list["0.totalSteps"].GetInt32());
        Assert.Equal("/a", list["0.currentActions.0.app"].GetString());
        Assert.NotNull(back["deploymentId"].GetString());
        Assert.Equal(404, (await world.GetAsync("/v2/apps/a")).Status);
    }

    [Fact]
    public async Task Deployment_IsLeftAsItIs_ByForce()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Agent.RunsAtOnce = false;
        Reply made = await world.SendAsync("POST", "/v2/apps", """{"id":"/a","cmd":"xx"}""");

        Reply reply = await world.SendAsync("DELETE", $"/v2/deployments/{made.Header("Marathon-Deployment-Id")}?force=true");

        Assert.Equal(202, reply.Status);
        Assert.Empty(reply.Text);
        Assert.Equal(200, (await world.GetAsync("/v2/apps/a")).Status);
    }

    [Fact]
    public async Task Queue_SaysWhyAnAppWaits()
    {
        var agent = new SimulatedAgent(TimeProvider.System)
        {
            Facts = new MesosDocker.Local.AgentFacts { AgentId = "a", Hostname = "here", Resources = new Resources { Cpus = 1, Memory = 1000, Ports = [new PortRange(31000, 31010)] } },
        };
        await using ApiWorld world = await ApiWorld.StartAsync(agent);
        await world.SendAsync("POST", "/v2/apps", """{"id":"/big","cmd":"xx","cpus":7}""");
        await ApiWorld.UntilAsync(() => !world.Cluster.State.Waiting.IsEmpty);

        JsonElement item = (await world.GetAsync("/v2/queue?embed=lastUnusedOffers"))["queue.0"];
        JsonElement plain = (await world.GetAsync("/v2/queue"))["queue.0"];

        Assert.Equal("/big", item.GetProperty("app").GetProperty("id").GetString());
        Assert.Equal(1, item.GetProperty("count").GetInt32());
        JsonElement funnel = item.GetProperty("processedOffersSummary").GetProperty("rejectSummaryLastOffers");
        JsonElement cpus = funnel.EnumerateArray().Single(static step => step.GetProperty("reason").GetString() == "InsufficientCpus");
        Assert.Equal((1, 1), (cpus.GetProperty("declined").GetInt32(), cpus.GetProperty("processed").GetInt32()));
        Assert.Equal(0, funnel.EnumerateArray().Last().GetProperty("processed").GetInt32());
        Assert.Contains("InsufficientCpus", item.GetProperty("lastUnusedOffers")[0].GetProperty("reason").EnumerateArray().Select(static reason => reason.GetString()));
        Assert.False(plain.TryGetProperty("lastUnusedOffers", out _));
        Assert.Equal(204, (await world.SendAsync("DELETE", "/v2/queue//big/delay")).Status);
    }

    [Fact]
    public async Task Queue_SaysWhatCanNeverBe_ToThoseWhoAsk()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.SendAsync("POST", "/v2/apps", """{"id":"/big","cmd":"xx","cpus":5000,"instances":2}""");
        await world.SendAsync("POST", "/v2/apps", """{"id":"/late","cmd":"xx","cpus":600}""");
        await world.SendAsync("POST", "/v2/apps", """{"id":"/later","cmd":"xx","cpus":600}""");

        Reply plain = await world.GetAsync("/v2/queue");
        Reply asked = await world.GetAsync("/v2/queue?embed=lastUnusedOffers&embed=neverFits");

        Assert.False(plain["queue.0"].TryGetProperty("neverFits", out _));
        Assert.Equal("InsufficientCpus", asked["queue.0.neverFits.0.reason"].GetString());
        Assert.Equal("Each instance asks for 5000 cpus, and this machine has 1000.", asked["queue.0.neverFits.0.message"].GetString());
        Assert.Equal("/later", asked["queue.1.app.id"].GetString());
        Assert.Equal(0, asked["queue.1.neverFits"].GetArrayLength());
    }

    [Fact]
    public async Task Server_TellsAboutItself()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Reply info = await world.GetAsync("/v2/info");
        Reply metrics = await world.GetAsync("/metrics");
        Reply ping = await world.GetAsync("/ping");
        Reply json = await world.SendAsync("GET", "/ping", null, static request => request.Headers.TryAddWithoutValidation("Accept", "application/json"));
        Reply head = await world.SendAsync("HEAD", "/v2/apps");

        Assert.Equal("marathon", info["name"].GetString());
        Assert.StartsWith("1.11.", info["version"].GetString(), StringComparison.Ordinal);
        Assert.True(info["elected"].GetBoolean());
        Assert.Equal($"127.0.0.1:{world.Url.Port}", info["leader"].GetString());
        Assert.Equal(world.Cluster.State.FrameworkId, info["frameworkId"].GetString());
        Assert.Equal(0, metrics.Json.GetProperty("gauges").GetProperty("marathon.apps.active.gauge").GetProperty("value").GetInt32());
        Assert.Equal("pong", ping.Text);
        Assert.Equal("\"pong\"", json.Text);
        Assert.Equal($"http://127.0.0.1:{world.Url.Port}", ping.Header("X-Marathon-Leader"));
        Assert.Equal((200, ""), (head.Status, head.Text));
        Assert.Empty((await world.GetAsync("/v2/plugins"))["plugins"].EnumerateArray());
    }

    // Without moments and the service ports that were allotted since, and whatever the order of members.
    private static string Timeless(string json)
    {
        string bare = System.Text.RegularExpressions.Regex.Replace(json, "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "moment");
        JsonElement group = JsonElement.Parse(System.Text.RegularExpressions.Regex.Replace(bare, "\"port\":1\\d{4}", "\"port\":0"));
        return string.Join('\n', Lines(group, "").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Lines(JsonElement group, string at)
        => group.GetProperty("apps").EnumerateArray().Select(app => $"{at} {app.GetRawText()}")
            .Concat(group.GetProperty("groups").EnumerateArray().SelectMany(inner => Lines(inner, inner.GetProperty("id").GetString()!)))
            .Append($"{at} {group.GetProperty("dependencies").GetRawText()}");
}
