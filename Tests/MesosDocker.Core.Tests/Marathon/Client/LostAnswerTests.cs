using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

/// <summary>Writes whose answer is lost: read back, and never repeated.</summary>
public sealed class LostAnswerTests
{
    private const string Locked = "HTTP/1.1 200 OK\r\nMarathon-Deployment-Id: d1\r\nContent-Length: 38\r\n\r\n{\"deploymentId\":\"d1\",\"version\":\"v2\"}  ";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Whatever byte the connection dies at: the change was made, is found to be made, and was asked for once.
    [Fact]
    public async Task AChangeThatWasMade_IsFound_WhereverItsAnswerBreaksOff()
    {
        for (int length = 0; length <= Locked.Length; length++)
        {
            int sent = length;
            await using FakeMarathon marathon = new();
            marathon.On("PUT /v2/apps/a", async exchange =>
            {
                marathon.On("GET /v2/apps/a", """{"app":{"id":"/a","cmd":"new","version":"v2","deployments":[{"id":"d1"}],"tasks":[]}}""");
                await exchange.WriteAsync(Locked[..sent]);
                exchange.Close();
            });
            using MarathonClient client = marathon.Client();

            DeploymentResult result = await client.PutAppAsync(new App { Id = "/a", Cmd = "new" }, force: false, Token);

            Assert.True(result.DeploymentId == "d1", $"after {sent} bytes: {result}");
            Assert.Single(marathon.Routes(), static route => route.StartsWith("PUT", StringComparison.Ordinal));
        }
    }

    public static TheoryData<string> Losses() => ["reset", "503", "504 page", "silence"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Create_IsDone_WhenTheAppIsThere(string loss)
    {
        await using FakeMarathon marathon = new();
        marathon.On("POST /v2/apps", exchange => LoseAsync(exchange, loss));
        marathon.On("GET /v2/apps/a", """{"app":{"id":"/a","cmd":"x","instances":1,"version":"v1","deployments":[{"id":"d"}],"tasksRunning":0}}""");
        using MarathonClient client = Hasty(marathon);

        DeploymentResult result = await client.CreateAppAsync(new App { Id = "a", Cmd = "x" }, Token);

        Assert.Equal(("v1", "d"), (result.Version, result.DeploymentId));
        Assert.Single(marathon.Routes(), "POST /v2/apps");
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Create_IsNotDone_WhenThereIsNoApp(string loss)
    {
        await using FakeMarathon marathon = new();
        marathon.On("POST /v2/apps", exchange => LoseAsync(exchange, loss));
        using MarathonClient client = Hasty(marathon);

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.CreateAppAsync(new App { Id = "/a", Cmd = "x" }, Token));

        Assert.Equal(Fault.MarathonUnreachable, e.Fault);
        Assert.Contains("It was not done: there is no app '/a'", e.Message);
        Assert.Single(marathon.Routes(), "POST /v2/apps");
    }

    // Marathon may be at it for some seconds after it gave up answering.
    [Fact]
    public async Task Create_IsDone_WhenTheAppComesLate()
    {
        await using FakeMarathon marathon = new();
        int looks = 0;
        marathon.On("POST /v2/apps", exchange => exchange.ReplyAsync(503, """{"message":"Futures timed out after [10000 milliseconds]"}"""));
        marathon.On("GET /v2/apps/a", exchange => ++looks < 3
            ? exchange.ReplyAsync(404, """{"message":"App '/a' does not exist"}""")
            : exchange.ReplyAsync("""{"app":{"id":"/a","cmd":"x","version":"v1"}}"""));
        using MarathonClient client = marathon.Client();

        Assert.Equal("v1", (await client.CreateAppAsync(new App { Id = "/a", Cmd = "x" }, Token)).Version);
    }

    [Fact]
    public async Task Put_IsNotDone_WhenTheAppIsAnother()
    {
        await using FakeMarathon marathon = new();
        marathon.On("PUT /v2/apps/a", exchange => LoseAsync(exchange, "reset"));
        marathon.On("GET /v2/apps/a", """{"app":{"id":"/a","cmd":"old","instances":3,"version":"v1"}}""");
        using MarathonClient client = marathon.Client();

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.PutAppAsync(new App { Id = "/a", Cmd = "new" }, force: false, Token));

        Assert.Contains("at version v1, and differs at", e.Message);
        Assert.Contains("/cmd", e.Message);
        Assert.Contains("/instances", e.Message);
    }

    [Theory]
    [InlineData("""{"id":"/a","cmd":"old","instances":5,"version":"v2"}""", true)]
    [InlineData("""{"id":"/a","cmd":"old","instances":4,"version":"v2"}""", false)]
    public async Task Patch_IsDone_WhenWhatWasSaidIsSo(string now, bool isDone)
    {
        await using FakeMarathon marathon = new();
        marathon.On("PATCH /v2/apps/a", exchange => LoseAsync(exchange, "reset"));
        marathon.On("GET /v2/apps/a", $$"""{"app":{{now}}}""");
        using MarathonClient client = marathon.Client();
        Task<DeploymentResult> patching = client.PatchAppAsync(new App { Id = "/a", Instances = 5 }, force: false, Token);

        if (isDone)
        {
            Assert.Equal("v2", (await patching).Version);
        }
        else
        {
            Assert.Contains("/instances", (await Assert.ThrowsAsync<MesosDockerException>(() => patching)).Message);
        }
    }

    [Fact]
    public async Task GoingBack_IsDone_WhenTheAppIsAsItWas()
    {
        await using FakeMarathon marathon = new();
        marathon.On("PUT /v2/apps/a", exchange => LoseAsync(exchange, "reset"));
        marathon.On("GET /v2/apps/a/versions/v1", """{"id":"/a","cmd":"old","version":"v1"}""");
        marathon.On("GET /v2/apps/a", """{"app":{"id":"/a","cmd":"old","version":"v3"}}""");
        using MarathonClient client = marathon.Client();

        Assert.Equal("v3", (await client.PutAppAsync(new App { Id = "/a", Version = "v1" }, force: false, Token)).Version);
    }

    [Fact]
    public async Task Remove_IsDone_WhenTheAppIsGone_AndItsDeploymentIsFound()
    {
        await using FakeMarathon marathon = new();
        marathon.On("DELETE /v2/apps/a", exchange => LoseAsync(exchange, "503"));
        marathon.On("GET /v2/deployments", """[{"id":"x","affectedApps":["/b"]},{"id":"d","version":"v9","affectedApps":["/a"]}]""");
        using MarathonClient client = marathon.Client();

        DeploymentResult result = await client.RemoveAppAsync("/a", force: false, Token);

        Assert.Equal(("d", "v9"), (result.DeploymentId, result.Version));
    }

    [Fact]
    public async Task Restart_IsDone_WhenTheVersionIsAnother()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/apps/a", """{"app":{"id":"/a","version":"v1"}}""");
        marathon.On("POST /v2/apps/a/restart", exchange =>
        {
            marathon.On("GET /v2/apps/a", """{"app":{"id":"/a","version":"v2","deployments":[{"id":"d"}]}}""");
            return LoseAsync(exchange, "reset");
        });
        using MarathonClient client = marathon.Client();

        DeploymentResult result = await client.RestartAppAsync("/a", force: false, Token);

        Assert.Equal(("d", "v2"), (result.DeploymentId, result.Version));
        Assert.Single(marathon.Routes(), "POST /v2/apps/a/restart");
    }

    [Theory]
    [InlineData("""{"tasks":[{"id":"t2","state":"TASK_RUNNING"}]}""", true)]
    [InlineData("""{"tasks":[{"id":"t1","state":"TASK_KILLING"}]}""", true)]
    [InlineData("""{"tasks":[{"id":"t1","state":"TASK_RUNNING"}]}""", false)]
    public async Task Kill_CannotBeTold_WhileTheTaskIsThere(string tasks, bool isDone)
    {
        await using FakeMarathon marathon = new();
        marathon.On("POST /v2/tasks/delete", exchange => LoseAsync(exchange, "reset"));
        marathon.On("GET /v2/tasks", tasks);
        using MarathonClient client = marathon.Client();
        Task<DeploymentResult?> killing = client.KillTasksAsync(["t1"], scale: false, wipe: false, force: false, Token);

        if (isDone)
        {
            Assert.Null(await killing);
        }
        else
        {
            MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => killing);
            Assert.Equal(Fault.MarathonOutcomeUnknown, e.Fault);
            Assert.Contains("still there are t1", e.Message);
        }
    }

    [Fact]
    public async Task Group_IsDone_WhenEveryAppIsAsWanted_AndNoneIsLeftOver()
    {
        await using FakeMarathon marathon = new();
        marathon.On("PUT /v2/groups/g", exchange => LoseAsync(exchange, "reset"));
        marathon.On("GET /v2/groups/g", """{"id":"/g","apps":[{"id":"/g/a","cmd":"x"}],"groups":[{"id":"/g/h","apps":[{"id":"/g/h/b","cmd":"y"}]}]}""");
        marathon.On("GET /v2/deployments", """[{"id":"d","version":"v","affectedApps":["/g/h/b"]}]""");
        using MarathonClient client = marathon.Client();
        var a = new App { Id = "a", Cmd = "x" };
        var b = new App { Id = "/g/h/b", Cmd = "y" };

        Assert.Equal("d", (await client.PutGroupAsync(new Group { Id = "/g", Apps = [a], Groups = [new Group { Id = "h", Apps = [b] }] }, force: false, Token)).DeploymentId);

        MesosDockerException left = await Assert.ThrowsAsync<MesosDockerException>(
            () => client.PutGroupAsync(new Group { Id = "/g", Apps = [a] }, force: false, Token));
        Assert.Contains("were to go, and are still there: /g/h/b", left.Message);

        MesosDockerException other = await Assert.ThrowsAsync<MesosDockerException>(
            () => client.PutGroupAsync(new Group { Id = "/g", Apps = [a, new App { Id = "c", Cmd = "z" }] }, force: false, Token));
        Assert.Contains("/g/c", other.Message);

        MesosDockerException scaled = await Assert.ThrowsAsync<MesosDockerException>(
            () => client.PutGroupAsync(new Group { Id = "/g", ScaleBy = 2 }, force: false, Token));
        Assert.Equal(Fault.MarathonOutcomeUnknown, scaled.Fault);
    }

    [Fact]
    public async Task Cancel_IsDone_WhenItWasForced_AndTheDeploymentIsGone()
    {
        await using FakeMarathon marathon = new();
        marathon.On("DELETE /v2/deployments/d", exchange => LoseAsync(exchange, "reset"));
        marathon.On("GET /v2/deployments", "[]");
        using MarathonClient client = marathon.Client();

        Assert.Null(await client.CancelDeploymentAsync("d", force: true, Token));
        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.CancelDeploymentAsync("d", force: false, Token));
        Assert.Equal(Fault.MarathonOutcomeUnknown, e.Fault);
    }

    [Fact]
    public async Task NothingCanBeTold_WhenReadingBackFails()
    {
        await using FakeMarathon marathon = new();
        marathon.On("DELETE /v2/apps/a", exchange => LoseAsync(exchange, "reset"));
        marathon.On("GET /v2/apps/a", exchange => LoseAsync(exchange, "503"));
        using MarathonClient client = marathon.Client();

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.RemoveAppAsync("/a", force: false, Token));

        Assert.Equal(Fault.MarathonOutcomeUnknown, e.Fault);
        Assert.Contains("reading it back failed, too", e.Message);
        Assert.Single(marathon.Routes(), "DELETE /v2/apps/a");
    }

    private static MarathonClient Hasty(FakeMarathon marathon) => marathon.Client(marathon.Connection with { Timeout = TimeSpan.FromMilliseconds(250) });

    private static async Task LoseAsync(Exchange exchange, string loss)
    {
        exchange.Close();
        switch (loss)
        {
            case "reset": exchange.Reset(); break;
            case "503": await exchange.ReplyAsync(503, ""); break;
            case "504 page": await exchange.ReplyAsync(504, "<html>", type: "text/html"); break;
            default: await exchange.HangAsync(); break;
        }
    }
}
