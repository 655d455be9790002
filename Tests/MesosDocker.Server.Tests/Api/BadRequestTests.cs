using System.Text;
using MesosDocker.Local;

namespace MesosDocker.Server.Tests;

/// <summary>What people send that is not what the API takes; and that the server is well afterwards.</summary>
public sealed class BadRequestTests
{
    public static TheoryData<string, string, string?, int, string> Requests => new()
    {
        { "POST", "/v2/apps", "", 400, "Invalid JSON" },
        { "POST", "/v2/apps", null, 400, "Invalid JSON" },
        { "POST", "/v2/apps", "{", 400, "line 1" },
        { "POST", "/v2/apps", "{\"id\":\"/a\",}", 400, "Invalid JSON" },
        { "POST", "/v2/apps", "[]", 400, "object" },
        { "POST", "/v2/apps", "null", 400, "Invalid JSON" },
        { "POST", "/v2/apps", "\"text\"", 400, "Invalid JSON" },
        { "POST", "/v2/apps", "{}", 422, "/id" },
        { "POST", "/v2/apps", """{"id":7,"cmd":"xx"}""", 400, "/id" },
        { "POST", "/v2/apps", """{"id":"/a","cmd":"xx","cpus":"many"}""", 400, "/cpus" },
        { "POST", "/v2/apps", """{"id":"/a"}""", 422, "Object is not valid" },
        { "POST", "/v2/apps", """{"id":"/a","cmd":"xx","args":["y"]}""", 422, "Object is not valid" },
        { "POST", "/v2/apps", """{"id":"/A_B","cmd":"xx"}""", 422, "/id" },
        { "POST", "/v2/apps", """{"id":"/a/tasks","cmd":"xx"}""", 422, "/id" },
        { "POST", "/v2/apps", """{"id":"/a","cmd":"xx","upgradeStrategy":{"minimumHealthCapacity":2}}""", 422, "/upgradeStrategy/minimumHealthCapacity" },
        { "POST", "/v2/apps", """{"id":"/a","cmd":"xx","instances":-1}""", 422, "/instances" },
        { "POST", "/v2/apps", """{"id":"/a","cmd":"xx","env":{"A":{"secret":"s"}},"secrets":{"s":{"source":"x"}}}""", 422, "secrets" },
        { "POST", "/v2/apps", """{"id":"/a","cmd":"xx","gpus":1}""", 422, "gpu" },
        { "POST", "/v2/apps", "{\"id\":\"/a\",\"cmd\":\"\\ud800\"}", 400, "Invalid JSON" },
        { "PUT", "/v2/apps", "{}", 400, "list" },
        { "PUT", "/v2/apps", """[{"cmd":"xx"}]""", 422, "id" },
        { "PUT", "/v2/apps", "[1]", 400, "object" },
        { "PUT", "/v2/apps/UPPER", """{"cmd":"xx"}""", 422, "/id" },
        { "PUT", "/v2/groups", """{"id":"/","apps":[{"id":"/x/y","cmd":"aa"}]}""", 422, "/apps(0)/id" },
        { "PUT", "/v2/groups/a", """{"version":"2001-01-01T00:00:00.000Z","apps":[]}""", 422, "version" },
        { "PUT", "/v2/groups/a", """{"scaleBy":2}""", 404, "Group '/a' does not exist" },
        { "PUT", "/v2/groups/a", """{"apps":[{"id":"b","cmd":"xx","dependencies":["c"]},{"id":"c","cmd":"xx","dependencies":["b"]}]}""", 422, "circle" },
        { "PATCH", "/v2/groups/a/b", """{"enforceRole":true}""", 422, "directly below" },
        { "DELETE", "/v2/groups/none", null, 404, "Group '/none' does not exist" },
        { "GET", "/v2/groups/none", null, 404, "Group '/none' does not exist" },
        { "GET", "/v2/apps/none", null, 404, "App '/none' does not exist" },
        { "GET", "/v2/apps/none/tasks", null, 404, "App '/none' does not exist" },
        { "GET", "/v2/apps/none/versions", null, 404, "App '/none' does not exist" },
        { "GET", "/v2/apps?label=a%20in%20b", null, 422, "label selector" },
        { "DELETE", "/v2/apps/none/tasks?scale=true&wipe=true", null, 404, "App '/none' does not exist" },
        { "POST", "/v2/tasks/delete?scale=true&wipe=true", """{"ids":[]}""", 400, "scale and wipe" },
        { "POST", "/v2/tasks/delete", """{"ids":["nodots"]}""", 400, "Invalid task id 'nodots'" },
        { "POST", "/v2/tasks/delete", """{"ids":"a.b"}""", 400, "/ids" },
        { "DELETE", "/v2/deployments/none", null, 404, "DeploymentPlan none does not exist" },
        { "DELETE", "/v2/queue/none/delay", null, 404, "Application /none not found in tasks queue." },
        { "GET", "/v2/nothing", null, 404, "URI not found" },
        { "GET", "/", null, 404, "URI not found" },
        { "POST", "/v2/eventSubscriptions?callbackUrl=http://x/", null, 404, "/v2/events" },
        { "GET", "/v2/pods", null, 501, "Pods" },
        { "POST", "/v2/pods", "{}", 501, "Pods" },
        { "GET", "/v2/pods/::status", null, 501, "Pods" },
        { "POST", "/v2/apps/a", "{}", 405, "Method Not Allowed" },
        { "DELETE", "/v2/apps", null, 405, "Method Not Allowed" },
        { "GET", "/v2/apps/a/restart", null, 405, "Method Not Allowed" },
        { "PUT", "/v2/deployments", "{}", 405, "Method Not Allowed" },
        { "BREW", "/v2/apps", null, 405, "Method Not Allowed" },
        { "OPTIONS", "/v2/apps", null, 405, "Method Not Allowed" },
        { "GET", "/v2/events", null, 405, "text/event-stream" },
        { "POST", "/v2/events", "{}", 405, "Method Not Allowed" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_IsRefusedWithWords(string method, string path, string? body, int status, string words)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Reply reply = await world.SendAsync(method, path, body);

        Assert.Equal(status, reply.Status);
        Assert.Contains(words, reply.Text, StringComparison.Ordinal);
        Assert.NotEmpty(reply.Message!);
        Assert.Equal(200, (await world.GetAsync("/ping")).Status);
        Assert.Empty((await world.GetAsync("/v2/apps"))["apps"].EnumerateArray());
    }

    [Fact]
    public async Task Create_NamesEachField_WhenSeveralAreWrong()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        Reply reply = await world.SendAsync("POST", "/v2/apps", """{"id":"/a","cmd":"xx","cpus":-1,"backoffFactor":0.5,"instances":-2}""");

        Assert.Equal(422, reply.Status);
        Assert.Equal("Object is not valid", reply.Message);
        Assert.Equal(["/backoffFactor", "/cpus", "/instances"], reply["details"].EnumerateArray().Select(static detail => detail.GetProperty("path").GetString()!).Order());
        Assert.All(reply["details"].EnumerateArray(), static detail => Assert.NotEmpty(detail.GetProperty("errors")[0].GetString()!));
    }

    [Fact]
    public async Task Change_IsRefused_WhenItClosesACircle()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.DoAsync("POST", "/v2/apps", """{"id":"/b","cmd":"xx"}""");
        await world.DoAsync("POST", "/v2/apps", """{"id":"/a","cmd":"xx","dependencies":["/b"]}""");

        Reply reply = await world.SendAsync("PATCH", "/v2/apps/b", """{"dependencies":["/a"]}""");

        Assert.Equal(422, reply.Status);
        Assert.Contains("/a", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("application/jsonp")]
    [InlineData(null)]
    public async Task Create_WantsJson(string? type)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        var content = new ByteArrayContent("""{"id":"/a","cmd":"xx"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.Equal(415, (await world.SendAsync("POST", "/v2/apps", content, null)).Status);
    }

    [Fact]
    public async Task Create_TakesJson_WhateverElseItsTypeSays()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        var content = new ByteArrayContent("""{"id":"/a","cmd":"xx"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "Application/JSON; charset=utf-8");

        Assert.Equal(201, (await world.SendAsync("POST", "/v2/apps", content, null)).Status);
    }

    [Theory]
    [InlineData(32, 422)]
    [InlineData(33, 400)]
    [InlineData(200, 400)]
    [InlineData(100_000, 400)]
    public async Task Create_RefusesWhatIsNestedTooDeep(int depth, int status)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        int lists = depth - 1;

        Reply reply = await world.SendAsync("POST", "/v2/apps", $$"""{"x":{{new string('[', lists)}}{{new string(']', lists)}}}""");

        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task Create_KeepsWhatIsAsDeepAsItMayBe_AndNothingDeeper()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        string deepest = new string('[', 31) + new string(']', 31);
        string Definition(int segments) => $$"""{"id":"{{string.Concat(Enumerable.Repeat("/a", segments))}}","cmd":"xx","x":{{deepest}}}""";

        Assert.Equal(422, (await world.SendAsync("POST", "/v2/apps", Definition(13))).Status);
        Assert.Equal(201, (await world.SendAsync("POST", "/v2/apps", Definition(12))).Status);

        // Whatever was taken is written down and told, and the next one is taken, too.
        Assert.Equal(200, (await world.SendAsync("GET", "/v2/groups", "")).Status);
        Assert.Equal(201, (await world.SendAsync("POST", "/v2/apps", """{"id":"/next","cmd":"xx"}""")).Status);
    }

    [Fact]
    public async Task Create_TakesFourMegabytes_AndNotOneByteMore()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        const string Start = """{"id":"/big","cmd":"xx","labels":{"a":""";
        string fits = $"{Start}\"{new string('x', BodyReader.MaxBytes - Start.Length - 4)}\"}}}}";

        Reply taken = await world.SendAsync("POST", "/v2/apps", fits);

        // Who asks before he sends is told in time; whoever sends all the same may find the door shut in the middle of it.
        Reply refused = await world.SendAsync(
            "PUT", "/v2/apps/big", ApiWorld.Json(fits + " "), static request => request.Headers.ExpectContinue = true);
        Reply chunked = await world.SendAsync("PUT", "/v2/apps/big", new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(fits + " "))), static request =>
        {
            request.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            request.Headers.TransferEncodingChunked = true;
            request.Headers.ExpectContinue = true;
        });

        Assert.Equal(BodyReader.MaxBytes, Encoding.UTF8.GetByteCount(fits));
        Assert.Equal(201, taken.Status);
        Assert.Equal(413, refused.Status);
        Assert.Equal(413, chunked.Status);
    }
}
