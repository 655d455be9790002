using MesosDocker.Core.Tests.Marathon.Client;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Connecting;

/// <summary>Running something once, where what is around it does not go as it should.</summary>
public sealed class TaskRunnerTests
{
    private const string Created = """{"id":"/run/a","deployments":[{"id":"d"}],"version":"2026-01-01T00:00:00.000Z"}""";
    private const string Failed = """
        {"app":{"id":"/run/a","tasks":[],"lastTaskFailure":{"taskId":"run_a.1","state":"TASK_FAILED","message":"exited with status 2","host":"h"}}}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAppThatIsRefused_IsTheError_WhateverBecomesOfItsRemoval()
    {
        await using FakeMarathon marathon = Nothing();
        marathon.On("POST /v2/apps", """{"message":"no token"}""", 401);
        marathon.On("DELETE /v2/apps/run/a", """{"message":"no token"}""", 401);

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => RunAsync(marathon));

        Assert.Equal(Fault.MarathonAccessDenied, e.Fault);
        Assert.Contains("create the app '/run/a'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatStays_AndWhatCannotBeRead_IsSaidWithTheResult()
    {
        await using FakeMarathon marathon = Nothing();
        marathon.On("POST /v2/apps", Created, 201);
        marathon.On("GET /v2/apps/run/a", Failed);
        marathon.On("DELETE /v2/apps/run/a", """{"message":"Somebody is at it."}""", 409);
        marathon.On("GET /v2/info", """{"name":"marathon","version":"1.11.24","marathon_config":{"agentUrl":"http://127.0.0.1:9"}}""");

        TaskRun run = await RunAsync(marathon);

        Assert.Equal((2, false), (run.ExitCode, run.IsSuccess));
        Assert.Equal(2, run.Warnings.Count);
        Assert.StartsWith("The output of '/run/a' cannot be read. ", run.Warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("The app '/run/a' could not be removed, and stays; 'Remove-MesosDockerApp /run/a' tries it again.", run.Warnings[1], StringComparison.Ordinal);
        Assert.Contains("Somebody is at it", run.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatCanNeverRun_IsAnErrorAtOnce_AndIsRemoved()
    {
        await using FakeMarathon marathon = Nothing();
        marathon.On("POST /v2/apps", Created, 201);
        marathon.On("GET /v2/apps/run/a", """{"app":{"id":"/run/a","tasks":[]}}""");
        marathon.On("GET /v2/queue", """{"queue":[{"app":{"id":"/run/a"},"neverFits":[{"reason":"InsufficientCpus","message":"Too much."}]}]}""");
        marathon.On("DELETE /v2/apps/run/a", """{"deploymentId":"x","version":"v"}""");

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => RunAsync(marathon));

        Assert.Equal((Fault.DeploymentFailed, "The task of '/run/a' can never run here. Too much. Ask for less, or for fewer instances."), (e.Fault, e.Message));
        Assert.Contains("DELETE /v2/apps/run/a", marathon.Routes());
    }

    [Theory]
    [InlineData(true, """{"id":"/run","apps":[],"groups":[]}""", true)]
    [InlineData(true, """{"id":"/run","apps":[{"id":"/run/other"}],"groups":[]}""", false)]
    [InlineData(false, """{"id":"/run","apps":[],"groups":[]}""", false)]
    public async Task TheGroup_GoesWhereItIsOurs_AndEmpty(bool ownsGroup, string group, bool isRemoved)
    {
        await using FakeMarathon marathon = Nothing();
        marathon.On("GET /v2/groups/run", group);
        marathon.On("DELETE /v2/groups/run", """{"deploymentId":"x","version":"v"}""");
        marathon.On("POST /v2/apps", Created, 201);
        marathon.On("GET /v2/apps/run/a", Failed);
        marathon.On("DELETE /v2/apps/run/a", """{"deploymentId":"x","version":"v"}""");

        await RunAsync(marathon, ownsGroup);

        Assert.Equal(isRemoved, marathon.Routes().Contains("DELETE /v2/groups/run"));
    }

    private static FakeMarathon Nothing()
    {
        var marathon = new FakeMarathon();
        marathon.On("GET /v2/groups/run", """{"message":"Group '/run' does not exist"}""", 404);
        marathon.On("GET /v2/info", """{"name":"marathon","version":"1.11.24","marathon_config":{}}""");
        return marathon;
    }

    private static async Task<TaskRun> RunAsync(FakeMarathon marathon, bool ownsGroup = false)
    {
        using MarathonClient client = marathon.Client();
        return await new TaskRunner(client).RunAsync(
            TaskRunner.Once(new App { Cmd = "x" }, "/run/a"), TimeSpan.FromSeconds(30), progress: null, ownsGroup, Token);
    }
}
