using System.Text.Json;

namespace MesosDocker.Server.Tests;

public sealed class AppsApiTests
{
    private const string Sleep = """{"id":"/shop/web","cmd":"sleep 100","cpus":0.1,"mem":32,"labels":{"tier":"front","env":"qa"}}""";

    [Fact]
    public async Task Create_TellsTheAppAndItsDeployment()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Reply reply = await world.SendAsync("POST", "/v2/apps", Sleep);

        Assert.Equal(201, reply.Status);
        Assert.Equal("/v2/apps/shop/web", reply.Header("Location"));
        Assert.Equal(reply.Header("Marathon-Deployment-Id"), reply["deployments.0.id"].GetString());
        Assert.Equal("/shop/web", reply["id"].GetString());
        Assert.Equal(1, reply["instances"].GetInt32());
        Assert.Equal("host", reply["networks.0.mode"].GetString());
        Assert.Equal(10000, reply["portDefinitions.0.port"].GetInt32());
        Assert.Equal("*", reply["acceptedResourceRoles.0"].GetString());
        Assert.True(reply.Json.TryGetProperty("tasksStaged", out _));
        Assert.False(reply.Json.TryGetProperty("env", out _), "What is empty and left out by Marathon is left out.");
        Assert.NotNull(reply["version"].GetString());
    }

    [Fact]
    public async Task Create_SaysThatItExists_WhenItDoes()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);

        Reply reply = await world.SendAsync("POST", "/v2/apps", Sleep);

        Assert.Equal(409, reply.Status);
        Assert.Equal("An app with id [/shop/web] already exists.", reply.Message);
    }

    [Fact]
    public async Task Create_MakesOne_WhenManyTryAtOnce()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.SendAsync("POST", "/v2/apps", Sleep)));

        Assert.Equal(1, replies.Count(static reply => reply.Status == 201));
        Assert.Equal(19, replies.Count(static reply => reply.Status == 409));
    }

    [Theory]
    [InlineData("/v2/apps/shop/web")]
    [InlineData("/v2/apps//shop/web")]
    [InlineData("/v2/apps/shop%2Fweb")]
    [InlineData("/v2/apps/shop/web/")]
    public async Task Show_FindsTheApp_HoweverItsIdIsWritten(string path)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);

        Reply reply = await world.GetAsync(path);

        Assert.Equal(200, reply.Status);
        Assert.Equal("/shop/web", reply["app.id"].GetString());
        Assert.Equal("TASK_RUNNING", reply["app.tasks.0.state"].GetString());
        Assert.Equal("here", reply["app.tasks.0.host"].GetString());
        Assert.Equal(10000, reply["app.tasks.0.servicePorts.0"].GetInt32());
    }

    [Fact]
    public async Task Show_TellsAllOfAGroup_WhenAStarIsAsked()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);
        await world.DoAsync("POST", "/v2/apps", """{"id":"/other","cmd":"sleep 1"}""");

        Assert.Equal("/shop/web", Assert.Single((await world.GetAsync("/v2/apps/shop/*"))["*"].EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(2, (await world.GetAsync("/v2/apps/*"))["*"].GetArrayLength());
        Assert.Equal(1, (await world.GetAsync("/v2/apps/shop/*/tasks"))["tasks"].GetArrayLength());
        Assert.Equal("Group '/nothing' does not exist", (await world.GetAsync("/v2/apps/nothing/*")).Message);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("?id=WEB", 1)]
    [InlineData("?cmd=sleep", 2)]
    [InlineData("?cmd=nothing", 0)]
    [InlineData("?label=tier==front", 1)]
    [InlineData("?label=tier!=front", 0)]
    [InlineData("?label=env%20in%20(prod,qa),tier", 1)]
    [InlineData("?label=env%20notin%20(prod)", 1)]
    [InlineData("?label=nothing", 0)]
    public async Task List_Selects(string query, int count)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);
        await world.DoAsync("POST", "/v2/apps", """{"id":"/other","cmd":"sleep 1"}""");

        Assert.Equal(count, (await world.GetAsync("/v2/apps" + query))["apps"].GetArrayLength());
    }

    [Fact]
    public async Task List_EmbedsWhatIsAsked()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);

        JsonElement plain = (await world.GetAsync("/v2/apps"))["apps.0"];
        JsonElement full = (await world.GetAsync("/v2/apps?embed=apps.tasks&embed=apps.taskStats&embed=apps.lastTaskFailure&embed=apps.nonsense"))["apps.0"];

        Assert.False(plain.TryGetProperty("tasks", out _));
        Assert.Equal(1, plain.GetProperty("tasksRunning").GetInt32());
        Assert.Equal(1, full.GetProperty("tasks").GetArrayLength());
        Assert.Equal(1, full.GetProperty("taskStats").GetProperty("totalSummary").GetProperty("stats").GetProperty("counts").GetProperty("running").GetInt32());
    }

    [Fact]
    public async Task Put_ChangesOnlyWhatIsSaid_UnlessToldOtherwise()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);

        await world.DoAsync("PUT", "/v2/apps/shop/web", """{"instances":3}""");
        JsonElement scaled = (await world.GetAsync("/v2/apps/shop/web"))["app"];
        await world.DoAsync("PUT", "/v2/apps/shop/web?partialUpdate=false", """{"cmd":"sleep 2","version":"2000-01-01T00:00:00.000Z"}""");
        JsonElement replaced = (await world.GetAsync("/v2/apps/shop/web"))["app"];

        Assert.Equal("sleep 100", scaled.GetProperty("cmd").GetString());
        Assert.Equal(3, scaled.GetProperty("tasksRunning").GetInt32());
        Assert.Equal(1, replaced.GetProperty("instances").GetInt32());
        Assert.Equal("sleep 2", replaced.GetProperty("cmd").GetString());
        Assert.Equal(0, replaced.GetProperty("labels").EnumerateObject().Count());
    }

    [Fact]
    public async Task Put_MakesTheApp_AndPatchDoesNot()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Reply patched = await world.SendAsync("PATCH", "/v2/apps/new", """{"instances":3}""");
        Reply put = await world.DoAsync("PUT", "/v2/apps/new", """{"cmd":"sleep 1"}""");

        Assert.Equal(404, patched.Status);
        Assert.Equal("App '/new' does not exist", patched.Message);
        Assert.Equal(201, put.Status);
        Assert.NotNull(put.Header("Marathon-Deployment-Id"));
    }

    [Fact]
    public async Task Put_DoesNothing_WhenNothingChanges()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);
        string version = (await world.GetAsync("/v2/apps/shop/web"))["app.version"].GetString()!;

        Reply reply = await world.DoAsync("PUT", "/v2/apps/shop/web", Sleep);

        Assert.Equal(200, reply.Status);
        Assert.Equal(version, (await world.GetAsync("/v2/apps/shop/web"))["app.version"].GetString());
    }

    [Fact]
    public async Task Put_GoesBackToAVersion()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);
        await world.DoAsync("PATCH", "/v2/apps/shop/web", """{"cmd":"sleep 2"}""");
        string[] versions = [.. (await world.GetAsync("/v2/apps/shop/web/versions"))["versions"].EnumerateArray().Select(static v => v.GetString()!)];

        Reply earlier = await world.GetAsync($"/v2/apps/shop/web/versions/{versions[1]}");
        await world.DoAsync("PUT", "/v2/apps/shop/web", $$"""{"version":"{{versions[1]}}"}""");

        Assert.Equal(2, versions.Length);
        Assert.Equal("sleep 100", earlier["cmd"].GetString());
        Assert.Equal("sleep 100", (await world.GetAsync("/v2/apps/shop/web"))["app.cmd"].GetString());
        Assert.Equal(404, (await world.SendAsync("PUT", "/v2/apps/shop/web", """{"version":"2001-01-01T00:00:00.000Z"}""")).Status);
        Assert.Equal(422, (await world.SendAsync("PUT", "/v2/apps/shop/web", """{"version":"yesterday"}""")).Status);
        Assert.Equal(404, (await world.GetAsync("/v2/apps/shop/web/versions/2001-01-01T00:00:00.000Z")).Status);
    }

    [Theory]
    [InlineData("""{"ports":[0,0]}""", "portDefinitions", 2)]
    [InlineData("""{"container":{"type":"DOCKER","docker":{"image":"busybox","network":"BRIDGE","portMappings":[{"containerPort":80},{"containerPort":81}]}}}""", "container.portMappings", 2)]
    [InlineData("""{"uris":["http://a/b.tgz"]}""", "fetch", 1)]
    public async Task Patch_UnderstandsOlderSpellings(string change, string field, int count)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);

        await world.DoAsync("PATCH", "/v2/apps/shop/web", change);

        Reply reply = await world.GetAsync("/v2/apps/shop/web");
        Assert.Equal(count, reply["app." + field].GetArrayLength());
        Assert.False(reply["app"].TryGetProperty("ports", out _));
        Assert.False(reply["app"].TryGetProperty("uris", out _));
    }

    [Fact]
    public async Task Patch_LeavesABridge_WhenTheHostIsWanted()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", """
            {"id":"/a","cmd":"xx","networks":[{"mode":"container/bridge"}],"container":{"type":"DOCKER","docker":{"image":"b"},"portMappings":[{"containerPort":80}]}}
            """);

        await world.DoAsync("PATCH", "/v2/apps/a", """{"networks":[{"mode":"host"}]}""");

        JsonElement app = (await world.GetAsync("/v2/apps/a"))["app"];
        Assert.Equal("host", app.GetProperty("networks")[0].GetProperty("mode").GetString());
        Assert.False(app.GetProperty("container").TryGetProperty("portMappings", out _));
        Assert.Equal(1, app.GetProperty("portDefinitions").GetArrayLength());
    }

    [Fact]
    public async Task PutAll_MakesAndChangesMany_OrNone()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);

        Reply bad = await world.SendAsync("PUT", "/v2/apps", """[{"id":"/shop/web","instances":2},{"id":"/b","cmd":"xx","args":["y"]}]""");
        await world.DoAsync("PUT", "/v2/apps", """[{"id":"/shop/web","instances":2},{"id":"/b","cmd":"xx"}]""");
        Reply missing = await world.SendAsync("PATCH", "/v2/apps", """[{"id":"/shop/web","instances":3},{"id":"/c","cmd":"xx"}]""");

        Assert.Equal(422, bad.Status);
        Assert.Equal(404, missing.Status);
        Assert.Equal(["/shop/web", "/b"], (await world.GetAsync("/v2/apps"))["apps"].EnumerateArray().Select(static app => app.GetProperty("id").GetString()!).OrderDescending());
        Assert.Equal(2, (await world.GetAsync("/v2/apps/shop/web"))["app.instances"].GetInt32());
    }

    [Fact]
    public async Task Restart_GivesNewTasks()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);
        string before = (await world.GetAsync("/v2/apps/shop/web"))["app.tasks.0.id"].GetString()!;

        await world.DoAsync("POST", "/v2/apps/shop/web/restart");

        Assert.NotEqual(before, (await world.GetAsync("/v2/apps/shop/web"))["app.tasks.0.id"].GetString());
        Assert.Equal(404, (await world.SendAsync("POST", "/v2/apps/nothing/restart")).Status);
    }

    [Fact]
    public async Task Delete_TakesTheAppAway()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);

        Reply reply = await world.DoAsync("DELETE", "/v2/apps/shop/web");

        Assert.NotNull(reply.Header("Marathon-Deployment-Id"));
        Assert.Equal(404, (await world.GetAsync("/v2/apps/shop/web")).Status);
        Assert.Equal(404, (await world.SendAsync("DELETE", "/v2/apps/shop/web")).Status);
        Assert.Empty(world.Agent.Tasks);
    }

    [Fact]
    public async Task Change_TellsWhatLocksTheApp()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Agent.RunsAtOnce = false;
        Reply first = await world.SendAsync("POST", "/v2/apps", Sleep);

        Reply locked = await world.SendAsync("PUT", "/v2/apps/shop/web", """{"cmd":"sleep 5"}""");
        Reply forced = await world.SendAsync("PUT", "/v2/apps/shop/web?force=true", """{"cmd":"sleep 5"}""");

        Assert.Equal(409, locked.Status);
        Assert.Equal(first.Header("Marathon-Deployment-Id"), locked["deployments.0.id"].GetString());
        Assert.Equal(200, forced.Status);
    }

    [Fact]
    public async Task Groups_AndAppsMayNotHaveTheSameId()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", Sleep);

        Assert.Equal(422, (await world.SendAsync("POST", "/v2/apps", """{"id":"/shop","cmd":"xx"}""")).Status);
        Assert.Equal(422, (await world.SendAsync("POST", "/v2/apps", """{"id":"/shop/web/inner","cmd":"xx"}""")).Status);
    }

    [Fact]
    public async Task List_ComesInPieces_WhenItIsLong()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        string apps = string.Join(',', Enumerable.Range(0, 5000).Select(static i
            => $$"""{"id":"/many/app-{{i}}","cmd":"{{new string('x', 400)}}","instances":0,"labels":{"a":"{{new string('y', 200)}}"} }"""));
        foreach (string part in apps.Split("},{").Chunk(2500).Select(static chunk => string.Join("},{", chunk)))
        {
            await world.DoAsync("PUT", "/v2/apps", $"[{(part[0] == '{' ? "" : "{")}{part}{(part.TrimEnd().EndsWith("} }", StringComparison.Ordinal) ? "" : "}")}]");
        }

        Reply reply = await world.GetAsync("/v2/apps");

        Assert.Equal(5000, reply["apps"].GetArrayLength());
        Assert.Equal("chunked", reply.Header("Transfer-Encoding"));
    }
}
