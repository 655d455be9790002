using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

/// <summary>What is asked, and what is made of the answers.</summary>
public sealed class MarathonClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListApps_ReadsEach_AndAsksForWhatIsWanted()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/apps", """{"apps":[{"id":"/a","tasksRunning":2},{"id":"/b","later":[1]}]}""");
        using MarathonClient client = marathon.Client();

        List<App> apps = await client.ListAppsAsync(new AppQuery { Id = "a&b", Label = "tier==front", WithTasks = true }, Token).ToListAsync(Token);

        Assert.Equal(["/a", "/b"], apps.Select(static app => app.Id));
        Assert.Equal(2, apps[0].TasksRunning);
        Assert.True(apps[1].Other!.ContainsKey("later"));
        Exchange asked = Assert.Single(marathon.Requests);
        Assert.Equal(["a&b"], asked.Query("id"));
        Assert.Equal(["tier==front"], asked.Query("label"));
        Assert.Contains("apps.tasks", asked.Query("embed"));
        Assert.Equal("application/json", asked.Header("Accept"));
        Assert.Null(asked.Header("Authorization"));
    }

    [Fact]
    public async Task FindApp_IsNull_WhereMarathonSaysSo()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/apps/shop/web", """{"app":{"id":"/shop/web","version":"2020-01-01T00:00:00.000Z"}}""");
        using MarathonClient client = marathon.Client();

        Assert.Equal("2020-01-01T00:00:00.000Z", (await client.FindAppAsync("shop/web", Token))!.Version);
        Assert.Null(await client.FindAppAsync("/shop/other", Token));
    }

    [Fact]
    public async Task CreateApp_SendsOnlyWhatIsDefined_AndTellsTheDeployment()
    {
        await using FakeMarathon marathon = new();
        marathon.On("POST /v2/apps", exchange => exchange.ReplyAsync(
            201, """{"id":"/a","version":"v1","deployments":[{"id":"d1"}]}""", "Marathon-Deployment-Id: d1\r\n"));
        using MarathonClient client = marathon.Client();

        DeploymentResult result = await client.CreateAppAsync(
            new App { Id = "/a", Cmd = "x", Version = "v0", TasksRunning = 3, Uris = ["u"], Fetch = [new Artifact { Uri = "u" }] }, Token);

        Assert.Equal(("d1", "v1"), (result.DeploymentId, result.Version));
        Assert.Null(SameJson.Difference(
            Definitions.Json("""{"id":"/a","cmd":"x","fetch":[{"uri":"u"}]}"""), Definitions.Json(Assert.Single(marathon.Requests).Text)));
    }

    [Fact]
    public async Task Writes_SayWhatTheyAre()
    {
        await using FakeMarathon marathon = new();
        const string Accepted = """{"deploymentId":"d","version":"v","later":1}""";
        foreach (string route in new[]
        {
            "PUT /v2/apps/a", "PATCH /v2/apps/a", "DELETE /v2/apps/a", "POST /v2/apps/a/restart", "PUT /v2/groups/g", "DELETE /v2/groups/g",
            "DELETE /v2/deployments/d", "POST /v2/tasks/delete",
        })
        {
            marathon.On(route, Accepted);
        }

        marathon.On("GET /v2/apps/a", """{"app":{"id":"/a","version":"v0"}}""");
        using MarathonClient client = marathon.Client();

        DeploymentResult result = await client.PutAppAsync(new App { Id = "a", Cmd = "x" }, force: true, Token);
        await client.PatchAppAsync(new App { Id = "/a", Instances = 2 }, force: false, Token);
        await client.RemoveAppAsync("/a", force: false, Token);
        await client.RestartAppAsync("/a", force: true, Token);
        await client.PutGroupAsync(new Group { Id = "/g" }, force: true, Token);
        await client.RemoveGroupAsync("g", force: false, Token);
        await client.CancelDeploymentAsync("d", force: false, Token);
        await client.KillTasksAsync(["t1", "t2"], scale: true, wipe: false, force: false, Token);

        Assert.Equal(("d", "v"), (result.DeploymentId, result.Version));
        Assert.True(result.Other!.ContainsKey("later"));
        Assert.Equal(
            [
                "PUT /v2/apps/a?force=true&partialUpdate=false",
                "PATCH /v2/apps/a?force=false",
                "DELETE /v2/apps/a?force=false",
                "POST /v2/apps/a/restart?force=true",
                "PUT /v2/groups/g?force=true",
                "DELETE /v2/groups/g?force=false",
                "DELETE /v2/deployments/d?force=false",
                "POST /v2/tasks/delete?scale=true&wipe=false&force=false",
            ],
            marathon.Requests.Where(static exchange => exchange.Method != "GET").Select(static exchange => $"{exchange.Method} {exchange.Target}"));
        Assert.Equal("""{"ids":["t1","t2"]}""", marathon.Requests.Last().Text);
    }

    [Fact]
    public async Task PutApp_GoesBackToAVersion_WithoutReplacing()
    {
        await using FakeMarathon marathon = new();
        marathon.On("PUT /v2/apps/a", """{"deploymentId":"d","version":"v"}""");
        using MarathonClient client = marathon.Client();

        await client.PutAppAsync(new App { Id = "/a", Version = "v1" }, force: false, Token);

        Exchange asked = Assert.Single(marathon.Requests);
        Assert.Equal(["true"], asked.Query("partialUpdate"));
        Assert.Equal("""{"id":"/a","version":"v1"}""", asked.Text);
    }

    [Fact]
    public async Task PatchApp_FallsBackToPut_WhereThereIsNoPatch_ButNeverCreates()
    {
        await using FakeMarathon marathon = new();
        marathon.On("PATCH /v2/apps/a", exchange => exchange.ReplyAsync(405, ""));
        marathon.On("PATCH /v2/apps/b", exchange => exchange.ReplyAsync(405, ""));
        marathon.On("PUT /v2/apps/a", """{"deploymentId":"d","version":"v"}""");
        marathon.On("GET /v2/apps/a", """{"app":{"id":"/a"}}""");
        using MarathonClient client = marathon.Client();

        Assert.Equal("d", (await client.PatchAppAsync(new App { Id = "/a", Instances = 2 }, force: true, Token)).DeploymentId);
        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.PatchAppAsync(new App { Id = "/b", Instances = 2 }, force: true, Token));

        Assert.Equal(Fault.AppNotFound, e.Fault);
        Assert.DoesNotContain("PUT /v2/apps/b", marathon.Routes());
    }

    [Fact]
    public async Task CancelDeployment_IsNull_WhereNothingLeadsBack()
    {
        await using FakeMarathon marathon = new();
        marathon.On("DELETE /v2/deployments/d", exchange => exchange.WriteAsync("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"));
        using MarathonClient client = marathon.Client();

        Assert.Null(await client.CancelDeploymentAsync("d", force: true, Token));
    }

    [Fact]
    public async Task KillTasks_IsNull_WhereTheyAreReplaced()
    {
        await using FakeMarathon marathon = new();
        marathon.On("POST /v2/tasks/delete", """{"tasks":[{"id":"t"}]}""");
        using MarathonClient client = marathon.Client();

        Assert.Null(await client.KillTasksAsync(["t"], scale: false, wipe: false, force: false, Token));
    }

    [Fact]
    public async Task Lists_AreRead()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/deployments", """[{"id":"d","steps":[[{"action":"StartApplication","app":"/a"}]],"currentStep":1}]""");
        marathon.On("GET /v2/tasks", """{"tasks":[{"id":"t"}]}""");
        marathon.On("GET /v2/apps/a/tasks", """{"tasks":[{"id":"u"}]}""");
        marathon.On("GET /v2/apps/a/versions", """{"versions":["2020-01-01T00:00:00.000Z","2021-01-01T00:00:00.000Z"]}""");
        marathon.On("GET /v2/apps/a/versions/2020-01-01T00%3A00%3A00.000Z", """{"id":"/a","cmd":"old"}""");
        marathon.On("GET /v2/queue", """{"queue":[{"app":{"id":"/a"},"count":1}]}""");
        marathon.On("GET /v2/groups", """{"id":"/","groups":[{"id":"/g"}]}""");
        marathon.On("GET /v2/info", """{"name":"marathon","version":"1.5.0"}""");
        marathon.On("PUT /v2/groups/g", """{"steps":[{"actions":[{"action":"StopApplication","app":"/a"}]}]}""");
        marathon.On("DELETE /v2/queue/g/a/delay", exchange => exchange.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"));
        using MarathonClient client = marathon.Client();

        Assert.Equal("/a", Assert.Single(await client.ListDeploymentsAsync(Token)).Steps![0].Actions![0].App);
        Assert.Equal("t", Assert.Single(await client.ListTasksAsync(null, Token)).Id);
        Assert.Equal("u", Assert.Single(await client.ListTasksAsync("/a", Token)).Id);
        Assert.Equal(["2021-01-01T00:00:00.000Z", "2020-01-01T00:00:00.000Z"], await client.ListVersionsAsync("/a", Token));
        Assert.Equal("old", (await client.GetVersionAsync("/a", "2020-01-01T00:00:00.000Z", Token)).Cmd);
        Assert.Equal(1, Assert.Single(await client.ListQueueAsync(Token)).Count);
        Assert.Equal("/g", Assert.Single((await client.FindGroupAsync("/", Token))!.Groups!).Id);
        Assert.Equal("StopApplication", Assert.Single(await client.PlanGroupAsync(new Group { Id = "g" }, Token)).Actions![0].Action);
        Assert.Null(await client.GetLeaderAsync(Token));
        await client.ResetDelayAsync("/g/a", Token);
    }

    [Fact]
    public async Task PlanGroup_AsksNothingOfAMarathonThatWouldDoIt()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/info", """{"version":"0.8.1-RC2"}""");
        using MarathonClient client = marathon.Client();

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.PlanGroupAsync(new Group { Id = "/g" }, Token));

        Assert.Equal(Fault.MarathonRejected, e.Fault);
        Assert.Equal(["GET /v2/info"], marathon.Routes());
    }

    [Theory]
    [InlineData("/a b/ü?#%", "/v2/apps/a%20b/%C3%BC%3F%23%25")]
    [InlineData("../../etc", "/v2/apps/etc")]
    [InlineData("/a//b/", "/v2/apps/a/b")]
    public async Task Ids_StayInTheirPlace(string id, string path)
    {
        await using FakeMarathon marathon = new();
        using MarathonClient client = marathon.Client();

        await client.FindAppAsync(id, Token);

        Assert.Equal([$"GET {path}"], marathon.Routes());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("..")]
    public async Task AnIdOfNothing_IsNotSent(string id)
    {
        await using FakeMarathon marathon = new();
        using MarathonClient client = marathon.Client();

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.RemoveAppAsync(id, force: true, Token));

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.Empty(marathon.Requests);
    }

    [Fact]
    public async Task AnEndpointWithAPath_KeepsIt()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /service/marathon/v2/apps/a", """{"app":{"id":"/a"}}""");
        using MarathonClient client = marathon.Client(FakeMarathon.To(new Uri(marathon.Url, "/service/marathon")));

        Assert.NotNull(await client.FindAppAsync("/a", Token));
    }
}
