using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

/// <summary>What refusals of every version become. The bodies are those of Marathon's documentation and of its exception mappers.</summary>
public sealed class RefusalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, """{"message":"Invalid JSON","details":[{"path":"/id","errors":["error.expected.jsstring"]}]}""", Fault.DefinitionInvalid, "/id: error.expected.jsstring")]
    [InlineData(400, """{"message":"Invalid JSON","details":"Unexpected character ('}')"}""", Fault.DefinitionInvalid, "Unexpected character")]
    [InlineData(422, """{"message":"Object is not valid","details":[{"path":"/a","errors":["x","y"]},{"path":"/b","errors":["z"]}]}""", Fault.DefinitionInvalid, "/a: x; /a: y; /b: z")]
    [InlineData(422, """{"message":"Bean is not valid","errors":[{"attribute":"upgradeStrategy","error":"is greater than 1"}]}""", Fault.DefinitionInvalid, "upgradeStrategy: is greater than 1")]
    [InlineData(422, """{"errors":[{"attribute":"id","error":"contains invalid characters"}]}""", Fault.DefinitionInvalid, "id: contains invalid characters")]
    [InlineData(422, """{"message":"requirement failed"}""", Fault.DefinitionInvalid, "requirement failed")]
    [InlineData(400, """{"message":{"errors":[1]}}""", Fault.MarathonRejected, """{"errors":[1]}""")]
    [InlineData(401, "", Fault.MarathonAccessDenied, "-Credential or -Token")]
    [InlineData(401, "<html>", Fault.MarathonAccessDenied, "-Credential or -Token")]
    [InlineData(403, """{"message":"Not Authorized to perform this action!"}""", Fault.MarathonAccessDenied, "may not do that")]
    [InlineData(403, """{"message":"Max number (100) of running deployments is achieved."}""", Fault.MarathonRejected, "Max number (100)")]
    [InlineData(404, """{"message":"App '/a' does not exist"}""", Fault.AppNotFound, "App '/a' does not exist")]
    [InlineData(404, "<html><body>nginx", Fault.MarathonAnswerInvalid, "web page")]
    [InlineData(409, """{"message":"An app with id [/a] already exists."}""", Fault.AppExists, "already exists")]
    [InlineData(409, """{"message":"App is locked by one or more deployments.","deployments":[{"id":"d1"},{"id":"d2"}]}""", Fault.AppLocked, "it is locked by the deployment 'd1', the deployment 'd2'. Wait-MesosDockerDeployment")]
    [InlineData(409, """{"message":"App is locked by one or more deployments. Override with the option '?force=true'."}""", Fault.AppLocked, "force=true")]
    [InlineData(409, """{"message":"?"}""", Fault.MarathonRejected, "?")]
    [InlineData(415, "", Fault.MarathonRejected, "no reason")]
    [InlineData(500, """{"message":"boom"}""", Fault.MarathonRejected, "boom")]
    [InlineData(501, """{"message":"pods do not run here"}""", Fault.MarathonRejected, "pods do not run")]
    [InlineData(405, "<html>", Fault.MarathonAnswerInvalid, "web page")]
    public async Task AWriteThatIsRefused_IsWhatItIs(int status, string body, Fault fault, string said)
    {
        await using FakeMarathon marathon = new();
        marathon.On("DELETE /v2/apps/a", body, status);
        using MarathonClient client = marathon.Client();

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.RemoveAppAsync("/a", force: false, Token));

        Assert.Equal(fault, e.Fault);
        Assert.Contains(said, e.Message);
        Assert.Contains("remove the app '/a'", e.Message);
        Assert.Equal(status, Assert.IsType<MarathonRefusal>(e.Detail).Status);
        Assert.Single(marathon.Requests);
    }

    [Fact]
    public async Task Detail_HasWhatIsWrong_FieldByField_AndWhatLocks()
    {
        await using FakeMarathon marathon = new();
        marathon.On("POST /v2/apps", """{"message":"Object is not valid","details":[{"path":"/a(0)/b","errors":["x"]},"loose"]}""", 422);
        marathon.On("DELETE /v2/apps/a", """{"message":"locked","deployments":[{"id":"d1"},"d2"]}""", 409);
        using MarathonClient client = marathon.Client();

        var invalid = (MarathonRefusal)(await Assert.ThrowsAsync<MesosDockerException>(() => client.CreateAppAsync(new App { Id = "/a" }, Token))).Detail!;
        var locked = (MarathonRefusal)(await Assert.ThrowsAsync<MesosDockerException>(() => client.RemoveAppAsync("/a", force: false, Token))).Detail!;

        Assert.Equal([new Finding(Severity.Error, "/a(0)/b", "x"), new Finding(Severity.Error, "/", "loose")], invalid.Findings);
        Assert.Equal(["d1", "d2"], locked.Deployments);
    }

    [Fact]
    public async Task ATaskThatIsNone_IsNotFound()
    {
        await using FakeMarathon marathon = new();
        marathon.On("POST /v2/tasks/delete", """{"message":"Invalid task id 'x'. [x]"}""", 400);
        using MarathonClient client = marathon.Client();

        Assert.Equal(Fault.TaskNotFound, (await Assert.ThrowsAsync<MesosDockerException>(
            () => client.KillTasksAsync(["x"], scale: false, wipe: false, force: false, Token))).Fault);
    }

    [Fact]
    public async Task WhatAServerSays_CannotObeyATerminal()
    {
        await using FakeMarathon marathon = new();
        marathon.On("DELETE /v2/apps/a", "{\"message\":\"\\u001b[2Jgone\\nfar\"}", 400);
        using MarathonClient client = marathon.Client();

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.RemoveAppAsync("/a", force: false, Token));

        Assert.Contains("\\x1b[2Jgone\\nfar", e.Message);
        Assert.DoesNotContain('\u001b', e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"apps\":{}}")]
    [InlineData("{\"apps\":null}")]
    [InlineData("{\"apps\":[{\"id\":7}]}")]
    [InlineData("{\"apps\":[null]}")]
    [InlineData("{\"apps\":[{\"id\":\"/a\"}")]
    [InlineData("{\"apps\":[{\"id\":\"\\ud800\"}]}")]
    [InlineData("<html>")]
    [InlineData("{\"apps\":[{\"id\":\"/a\"},")]
    public async Task AListThatIsNone_IsToldSo(string body)
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/apps", body);
        using MarathonClient client = marathon.Client();

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(
            async () => await client.ListAppsAsync(new AppQuery(), Token).ToListAsync(Token));

        Assert.Equal(Fault.MarathonAnswerInvalid, e.Fault);
        Assert.Contains("list the apps", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"app\":null}")]
    [InlineData("{\"app\":[]}")]
    [InlineData("<!DOCTYPE html>")]
    public async Task AnAppThatIsNone_IsToldSo(string body)
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/apps/a", body);
        using MarathonClient client = marathon.Client();

        Assert.Equal(Fault.MarathonAnswerInvalid, (await Assert.ThrowsAsync<MesosDockerException>(() => client.FindAppAsync("/a", Token))).Fault);
    }

    [Fact]
    public async Task AByteOrderMark_IsNoError()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/info", "\uFEFF{\"name\":\"m\"}");
        using MarathonClient client = marathon.Client();

        Assert.Equal("m", (await client.GetInfoAsync(Token)).Name);
    }
}
