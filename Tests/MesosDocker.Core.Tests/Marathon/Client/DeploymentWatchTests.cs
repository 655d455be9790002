using System.Globalization;
using System.Text;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

/// <summary>Waiting, against a server that goes on a step with each look.</summary>
public sealed class DeploymentWatchTests
{
    private const string V1 = "2020-01-01T00:00:00.000Z";
    private const string V2 = "2020-01-02T00:00:00.000Z";
    private const string V3 = "2020-01-03T00:00:00.000Z";
    private const string Deployment =
        """[{"id":"d","version":"2020-01-02T00:00:00.000Z","affectedApps":["/a"],"steps":[{"actions":[]},{"actions":[]}],"currentStep":1,"totalSteps":2,"currentActions":[{"action":"RestartApplication","app":"/a"}]}]""";

    private static readonly WaitTarget s_change = new() { Apps = ["/a"], DeploymentId = "d", Version = V2 };
    private static readonly WaitOptions s_patient = new() { Timeout = TimeSpan.FromMinutes(5) };
    private static readonly MarathonLimits s_quick = FakeMarathon.Quick with { Breath = TimeSpan.Zero, Settle = TimeSpan.FromMilliseconds(20) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_IsDone_WhenAllRun_AreHealthy_AreNew_AndTheDeploymentIsGone()
    {
        await using FakeMarathon marathon = Steps(
            (Deployment, App(V2, 2, "d", Task("o1", V1), Task("o2", V1))),
            (Deployment, App(V2, 2, "d", Task("o1", V1), Task("n1", V2, health: null), Task("n2", V2, state: "TASK_STAGING"))),
            (Deployment, App(V2, 2, "d", Task("n1", V2), Task("n2", V2, health: false))),
            (Deployment, App(V2, 2, "d", Task("n1", V2), Task("n2", V2))),
            ("[]", App(V2, 2, null, Task("n1", V2), Task("n2", V2))));
        List<WaitProgress> progress = await FollowAsync(marathon, s_change);

        Assert.Equal(
            [(1, 2, 0, 0, 2, true), (1, 2, 1, 0, 1, true), (1, 2, 2, 1, 0, true), (1, 2, 2, 2, 0, true), (null, 2, 2, 2, 0, false)],
            progress.Select(static one => (one.Step, one.Wanted, one.Running, one.Healthy, one.Old, one.HasDeployment)));
        Assert.Equal("RestartApplication", progress[0].Action);
        Assert.Equal((WaitOutcome.Done, 0), (progress[^1].Verdict!.Outcome, progress[^1].Verdict!.Reasons.Count));
        Assert.All(progress.SkipLast(1), static one => Assert.Null(one.Verdict));
    }

    [Fact]
    public async Task Wait_IsDone_WhenScalingLeftTheTasksAsTheyWere()
    {
        await using FakeMarathon marathon = Steps(("[]", App(V2, 2, null, Task("o1", V1), Task("n2", V1)).Replace($"\"lastConfigChangeAt\":\"{V2}\"", $"\"lastConfigChangeAt\":\"{V1}\"", StringComparison.Ordinal)));

        Assert.True((await WaitAsync(marathon, s_change)).IsSuccess);
    }

    [Fact]
    public async Task Wait_IsDone_WhenNothingShallRun_AndNothingDoes()
    {
        await using FakeMarathon marathon = Steps(
            ("[]", App(V2, 0, null, Task("o1", V2))),
            ("[]", App(V2, 0, null)));

        Assert.True((await WaitAsync(marathon, new WaitTarget { Apps = ["a"] })).IsSuccess);
    }

    // The deployment is gone, and that is all there is.
    [Fact]
    public async Task Wait_IsCancelled_WhenTheDeploymentIsGone_AndTheAppIsNotAsItShouldBe()
    {
        await using FakeMarathon marathon = Steps(
            (Deployment, App(V2, 2, "d", Task("o1", V1))),
            ("[]", App(V2, 2, null, Task("o1", V1))));

        WaitVerdict verdict = await WaitAsync(marathon, s_change);

        Assert.Equal(WaitOutcome.Cancelled, verdict.Outcome);
        Assert.Contains("was cancelled before it was done", verdict.ToString());
    }

    [Fact]
    public async Task Wait_IsSuperseded_WhenTheAppIsNewerThanTheChange()
    {
        await using FakeMarathon marathon = Steps(("[]", App(V3, 1, null, Task("n1", V3))));

        Assert.Equal(WaitOutcome.Superseded, (await WaitAsync(marathon, s_change)).Outcome);
    }

    [Fact]
    public async Task Wait_IsRemoved_WhenTheAppIsGone()
    {
        await using FakeMarathon marathon = Steps(("[]", App(V2, 1, null)), ("[]", null));

        Assert.Equal(WaitOutcome.Removed, (await WaitAsync(marathon, s_change)).Outcome);
    }

    [Fact]
    public async Task Wait_ForRemoval_IsDone_WhenAppAndDeploymentAreGone()
    {
        await using FakeMarathon marathon = Steps((Deployment, App(V2, 1, "d", Task("n1", V2))), (Deployment, null), ("[]", null));

        List<WaitProgress> progress = await FollowAsync(marathon, s_change with { IsRemoval = true });

        Assert.Equal(3, progress.Count);
        Assert.True(progress[^1].Verdict!.IsSuccess);
    }

    [Fact]
    public async Task Wait_IsFailing_WhenTasksOfTheNewVersionFail()
    {
        await using FakeMarathon marathon = Steps([
            (Deployment, App(V2, 1, "d").Replace("\"tasks\":[", Failure("old", V1, V1) + ",\"tasks\":[", StringComparison.Ordinal)),
            .. Enumerable.Range(1, 3).SelectMany(i => Enumerable.Repeat(
                (Deployment, (string?)App(V2, 1, "d").Replace("\"tasks\":[", Failure($"n{i}", V2, $"2020-01-02T00:00:0{i}.000Z") + ",\"tasks\":[", StringComparison.Ordinal)), 2)),
        ]);
        marathon.On("GET /v2/queue", """{"queue":[{"app":{"id":"/a"},"count":1,"delay":{"timeLeftSeconds":34,"overdue":false}}]}""");

        WaitVerdict verdict = await WaitAsync(marathon, s_change);

        Assert.Equal(WaitOutcome.Failing, verdict.Outcome);
        Assert.Contains("Task n3 on h ended with TASK_FAILED: exited with 1.", verdict.Reasons);
        Assert.Contains(verdict.Reasons, static reason => reason.Contains("waits 34 more seconds", StringComparison.Ordinal));
        Assert.Equal(["d"], verdict.Deployments);
    }

    [Fact]
    public async Task Wait_CountsFailuresOfEvents_EachTaskOnce()
    {
        await using FakeMarathon marathon = Steps((Deployment, App(V2, 1, "d")));
        marathon.On("GET /v2/events", async exchange =>
        {
            await exchange.BeginEventsAsync();
            foreach (string one in (string[])["t1", "t1", "t2"])
            {
                await exchange.WriteAsync($$"""
                    data: {"eventType":"status_update_event","appId":"/a","taskId":"{{one}}","taskStatus":"TASK_FAILED","message":"boom","host":"h","version":"{{V2}}"}


                    """);
            }

            await exchange.WriteAsync($"data: {{\"eventType\":\"status_update_event\",\"appId\":\"/a\",\"taskId\":\"o\",\"taskStatus\":\"TASK_FAILED\",\"version\":\"{V1}\"}}\n\n");
            await exchange.WriteAsync($"data: {{\"eventType\":\"unhealthy_instance_kill_event\",\"appId\":\"/a\",\"instanceId\":\"t3\",\"reason\":\"500\",\"version\":\"{V2}\"}}\n\n");
            await exchange.HangAsync();
        });

        WaitVerdict verdict = await WaitAsync(marathon, s_change);

        Assert.Equal(WaitOutcome.Failing, verdict.Outcome);
        Assert.Contains("t3", verdict.Reasons[0]);
    }

    [Fact]
    public async Task Wait_TimesOut_AndSaysWhy()
    {
        await using FakeMarathon marathon = Steps((Deployment, App(V2, 3, "d", Task("n1", V2, health: false), Task("n2", V2, state: "TASK_STAGING"))));
        marathon.On("GET /v2/queue", """
            {"queue":[{"app":{"id":"/a","cpus":8},"count":1,"processedOffersSummary":{"processedOffersCount":2,"unusedOffersCount":2,
            "rejectSummaryLastOffers":[{"reason":"InsufficientCpus","declined":2,"processed":2}]}}]}
            """);

        WaitVerdict verdict = await WaitAsync(marathon, s_change, new WaitOptions { Timeout = TimeSpan.FromMilliseconds(50) });

        Assert.Equal(WaitOutcome.TimedOut, verdict.Outcome);
        Assert.Contains(verdict.Reasons, static reason => reason.Contains("n1 on h is not healthy: 3 checks failed one after the other, the last because of timeout", StringComparison.Ordinal));
        Assert.Contains(verdict.Reasons, static reason => reason.Contains("n2 is staging on h", StringComparison.Ordinal));
        Assert.Contains(verdict.Reasons, static reason => reason.Contains("8 cpus are wanted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wait_IsOverAtOnce_WhereItIsKnownToBeInVain()
    {
        await using FakeMarathon marathon = Steps((Deployment, App(V2, 1, "d")));
        marathon.On("GET /v2/queue", """
            {"queue":[{"app":{"id":"/a","cpus":8},"count":1,"neverFits":[{"reason":"InsufficientCpus","message":"Each instance asks for 8 cpus, and this machine has 2."}]}]}
            """);

        WaitVerdict verdict = await WaitAsync(marathon, s_change);

        Assert.Equal(WaitOutcome.Impossible, verdict.Outcome);
        Assert.Equal(["Each instance asks for 8 cpus, and this machine has 2. Ask for less, or for fewer instances."], verdict.Reasons);
        Assert.StartsWith("The app '/a' can never come up. Each instance", verdict.ToString(), StringComparison.Ordinal);
        Assert.Equal(["d"], verdict.Deployments);
        Assert.Single(marathon.Routes(), static route => route == "GET /v2/apps/a");
    }

    [Fact]
    public async Task Wait_WarnsOnceOfWhatIsInTheWay_AndGoesOn()
    {
        (string, string?) waits = (Deployment, App(V2, 1, "d"));
        await using FakeMarathon marathon = Steps([.. Enumerable.Repeat(waits, 20), ("[]", App(V2, 1, null, Task("n1", V2)))]);
        marathon.On("GET /v2/queue", """
            {"queue":[{"app":{"id":"/a","cpus":8},"count":1,"processedOffersSummary":{"processedOffersCount":2,"unusedOffersCount":2,
            "rejectSummaryLastOffers":[{"reason":"InsufficientCpus","declined":2,"processed":2}]}}]}
            """);
        using var client = new MarathonClient(marathon.Connection, s_quick with { Worry = TimeSpan.FromMilliseconds(10), Poll = TimeSpan.FromMilliseconds(2) });

        List<WaitProgress> progress = await new DeploymentWatch(client).FollowAsync(s_change, s_patient, Token).ToListAsync(Token);

        string warning = Assert.Single(progress.Select(static one => one.Warning).OfType<string>());
        Assert.StartsWith("2 of 2 offers were declined, because there are too few cpus: 8 cpus are wanted", warning, StringComparison.Ordinal);
        Assert.Null(progress[0].Warning);
        Assert.Equal(warning, progress[0].Message);
        Assert.True(progress[^1].Verdict!.IsSuccess);
    }

    [Fact]
    public async Task Wait_GoesOn_WhileTheServerIsAway()
    {
        await using FakeMarathon marathon = Steps(("[]", App(V2, 1, null, Task("n1", V2))));
        int asked = 0;
        marathon.On("GET /v2/deployments", exchange => ++asked < 3 ? exchange.ReplyAsync(503, "") : exchange.ReplyAsync("[]"));

        List<WaitProgress> progress = await FollowAsync(marathon, s_change);

        Assert.Equal(3, progress.Count);
        Assert.Contains("503", progress[0].Message);
        Assert.True(progress[^1].Verdict!.IsSuccess);
    }

    [Fact]
    public async Task Wait_LooksAtOnce_WhenSomethingHappens()
    {
        await using FakeMarathon marathon = new();
        var looked = new TaskCompletionSource();
        string app = App(V2, 1, "d", Task("n1", V2, state: "TASK_STARTING"));
        marathon.On("GET /v2/deployments", "[]");
        marathon.On("GET /v2/apps/a", async exchange =>
        {
            await exchange.ReplyAsync($"{{\"app\":{app}}}");
            looked.TrySetResult();
        });
        marathon.On("GET /v2/events", async exchange =>
        {
            await looked.Task;
            await exchange.BeginEventsAsync();
            app = App(V2, 1, null, Task("n1", V2));
            await exchange.WriteAsync("data: {\"eventType\":\"instance_changed_event\",\"runSpecId\":\"/a\"}\n\n");
            await exchange.HangAsync();
        });
        using var client = new MarathonClient(marathon.Connection, s_quick with { Poll = TimeSpan.FromMinutes(5) });

        Assert.True((await new DeploymentWatch(client).WaitAsync(s_change, s_patient, null, Token)).IsSuccess);
    }

    [Fact]
    public async Task Wait_ForADeployment_WaitsForItsApps()
    {
        string app = App(V2, 1, "d");
        await using FakeMarathon marathon = Steps((Deployment, app), (Deployment, app), ("[]", App(V2, 1, null, Task("n1", V2))));

        Assert.True((await WaitAsync(marathon, new WaitTarget { DeploymentId = "d" })).IsSuccess);

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => WaitAsync(marathon, new WaitTarget { DeploymentId = "x" }));
        Assert.Equal(Fault.DeploymentNotFound, e.Fault);
    }

    [Fact]
    public async Task Wait_EndsWhenCancelled()
    {
        await using FakeMarathon marathon = Steps((Deployment, App(V2, 1, "d")));
        using var stop = new CancellationTokenSource();
        using var client = new MarathonClient(marathon.Connection, s_quick);
        var progress = new Immediately(_ => stop.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DeploymentWatch(client).WaitAsync(s_change, s_patient, progress, stop.Token));
    }

    [Fact]
    public async Task Rollback_ReversesTheDeployment_ElseGoesBackAVersion()
    {
        await using FakeMarathon marathon = new();
        marathon.On("DELETE /v2/deployments/d", """{"deploymentId":"r","version":"v"}""");
        marathon.On("GET /v2/apps/a/versions", $$"""{"versions":["{{V1}}","{{V2}}"]}""");
        marathon.On("PUT /v2/apps/a", """{"deploymentId":"b","version":"v"}""");
        marathon.On("GET /v2/apps/new/versions", $$"""{"versions":["{{V1}}"]}""");
        using MarathonClient client = marathon.Client();
        var watch = new DeploymentWatch(client);

        Assert.Equal("r", (await watch.RollbackAsync("/a", "d", null, Token)).DeploymentId);
        Assert.Equal("b", (await watch.RollbackAsync("/a", "gone", null, Token)).DeploymentId);
        Assert.Equal($$"""{"id":"/a","version":"{{V1}}"}""", marathon.Requests.Last().Text);
        await watch.RollbackAsync("/a", null, V3, Token);
        Assert.Equal($$"""{"id":"/a","version":"{{V3}}"}""", marathon.Requests.Last().Text);
        Assert.Equal(Fault.MarathonRejected, (await Assert.ThrowsAsync<MesosDockerException>(() => watch.RollbackAsync("/new", "gone", null, Token))).Fault);
    }

    private static async Task<List<WaitProgress>> FollowAsync(FakeMarathon marathon, WaitTarget target)
    {
        using var client = new MarathonClient(marathon.Connection, s_quick);
        return await new DeploymentWatch(client).FollowAsync(target, s_patient, Token).ToListAsync(Token);
    }

    private static async Task<WaitVerdict> WaitAsync(FakeMarathon marathon, WaitTarget target, WaitOptions? options = null)
    {
        using var client = new MarathonClient(marathon.Connection, s_quick);
        return await new DeploymentWatch(client).WaitAsync(target, options ?? s_patient, null, Token);
    }

    // Each look at the deployments is a step; the last one stays. There are no events, which are only hints.
    private static FakeMarathon Steps(params (string Deployments, string? App)[] steps)
    {
        var marathon = new FakeMarathon();
        int step = -1;
        marathon.On("GET /v2/deployments", exchange => exchange.ReplyAsync(steps[step = Math.Min(step + 1, steps.Length - 1)].Deployments));
        marathon.On("GET /v2/apps/a", exchange => steps[Math.Max(step, 0)].App is { } app
            ? exchange.ReplyAsync($"{{\"app\":{app}}}")
            : exchange.ReplyAsync(404, """{"message":"App '/a' does not exist"}"""));
        return marathon;
    }

    private static string App(string version, int instances, string? deployment, params string[] tasks)
        => $$$"""
            {"id":"/a","instances":{{{instances}}},"healthChecks":[{"protocol":"HTTP"}],"version":"{{{version}}}",
             "versionInfo":{"lastScalingAt":"{{{version}}}","lastConfigChangeAt":"{{{version}}}"},
             "deployments":[{{{(deployment is null ? "" : $"{{\"id\":\"{deployment}\"}}")}}}],"tasks":[{{{string.Join(',', tasks)}}}]}
            """;

    private static string Task(string id, string version, bool? health = true, string state = "TASK_RUNNING")
    {
        var task = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{{\"id\":\"{id}\",\"version\":\"{version}\",\"state\":\"{state}\",\"host\":\"h\"");
        return (health is { } alive
            ? task.Append(CultureInfo.InvariantCulture, $",\"healthCheckResults\":[{{\"alive\":{(alive ? "true" : "false")},\"consecutiveFailures\":3,\"lastFailureCause\":\"timeout\"}}]")
            : task).Append('}').ToString();
    }

    private static string Failure(string taskId, string version, string at)
        => $$"""
            "lastTaskFailure":{"appId":"/a","taskId":"{{taskId}}","state":"TASK_FAILED","message":"exited with 1","host":"h","version":"{{version}}","timestamp":"{{at}}"}
            """;

    private sealed class Immediately(Action<WaitProgress> report) : IProgress<WaitProgress>
    {
        public void Report(WaitProgress value) => report(value);
    }
}
