using System.Text.Json;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

public sealed class QueueExplanationTests
{
    private static readonly DateTimeOffset s_now = new(2020, 1, 1, 0, 10, 0, TimeSpan.Zero);

    [Fact]
    public void ADelay_IsToldFirst()
    {
        QueueExplanation told = Explain("""{"app":{"id":"/a"},"count":2,"delay":{"timeLeftSeconds":34,"overdue":false}}""");

        Assert.Equal(("/a", 2, "Delay"), (told.Id, told.Count, told.Reasons[0].Reason));
        Assert.Contains("waits 34 more seconds", told.Reasons[0].Sentence);
        Assert.Contains("Reset-MesosDockerQueue /a", told.Reasons[0].Fix);
    }

    [Fact]
    public void TheBestOffer_TellsHowMuchIsMissing()
    {
        WaitReason reason = Assert.Single(Explain("""
            {"app":{"id":"/a","cpus":2.5,"mem":64},"count":1,"role":"*","delay":{"overdue":true},
             "processedOffersSummary":{"processedOffersCount":3,"unusedOffersCount":3,"rejectSummaryLastOffers":[
               {"reason":"UnfulfilledRole","declined":0,"processed":3},{"reason":"InsufficientCpus","declined":3,"processed":3}]},
             "lastUnusedOffers":[
               {"offer":{"hostname":"h1","resources":[{"name":"cpus","role":"*","scalar":0.5},{"name":"cpus","role":"other","scalar":64}]},"reason":["InsufficientCpus"]},
               {"offer":{"hostname":"h2","resources":[{"name":"cpus","role":"*","scalar":2.2}]},"reason":["InsufficientCpus"]}]}
            """).Reasons);

        Assert.Equal("3 of 3 offers were declined, because there are too few cpus: 2.5 cpus are wanted, and the best offer, of h2, has 2.2; 0.3 are missing.", reason.Sentence);
        Assert.Equal("Ask for 2.2 cpus or less, or free 0.3 on h2.", reason.Fix);
    }

    [Fact]
    public void WhatGotFurthest_ComesFirst()
    {
        QueueExplanation told = Explain("""
            {"app":{"id":"/a","mem":512},"count":1,"processedOffersSummary":{"processedOffersCount":123,"unusedOffersCount":123,"rejectSummaryLastOffers":[
               {"reason":"InsufficientCpus","declined":75,"processed":123},{"reason":"InsufficientMemory","declined":48,"processed":48}]}}
            """);

        Assert.Equal(["InsufficientMemory", "InsufficientCpus"], told.Reasons.Select(static reason => reason.Reason));
        Assert.Contains("48 of 48 offers were declined, because there is too little memory: 512 MB mem is wanted", told.ToString());
    }

    [Fact]
    public void AConstraint_IsNamed_WithWhatTheAgentsHave()
    {
        WaitReason reason = Assert.Single(Explain("""
            {"app":{"id":"/a","constraints":[["rack","LIKE","r[12]"],["hostname","UNIQUE"],["zone","CLUSTER","z"]]},"count":1,
             "processedOffersSummary":{"processedOffersCount":1,"unusedOffersCount":1,"rejectSummaryLaunchAttempt":[{"reason":"UnfulfilledConstraint","declined":1,"processed":1}]},
             "lastUnusedOffers":[{"offer":{"hostname":"h1","attributes":[{"name":"rack","text":"r3"}]},"reason":["UnfulfilledConstraint"]},
               {"offer":{"hostname":"h2","attributes":[{"name":"rack","text":"r4"}]},"reason":["UnfulfilledConstraint"]}]}
            """).Reasons);

        Assert.Contains("1 of 1 offers was declined", reason.Sentence);
        Assert.Contains("'rack LIKE r[12]', 'hostname UNIQUE', 'zone CLUSTER z'", reason.Sentence);
        Assert.Contains("'rack' is r3, r4 there", reason.Sentence);
        Assert.Contains("no agent that offered has 'zone'", reason.Sentence);
        Assert.Contains("--attributes", reason.Fix);
    }

    [Fact]
    public void FixedPorts_AreNamed_WithWhatIsOffered()
    {
        WaitReason reason = Assert.Single(Explain("""
            {"app":{"id":"/a","container":{"portMappings":[{"containerPort":80,"hostPort":80},{"containerPort":81,"hostPort":0}]}},"count":1,
             "processedOffersSummary":{"processedOffersCount":1,"unusedOffersCount":1,"rejectSummaryLastOffers":[{"reason":"InsufficientPorts","declined":1,"processed":1}]},
             "lastUnusedOffers":[{"offer":{"hostname":"h1","resources":[{"name":"ports","ranges":[{"begin":31000,"end":32000}]}]},"reason":["InsufficientPorts"]}]}
            """).Reasons);

        Assert.Contains("port 80 of the host is wanted; offered are h1 31000-32000", reason.Sentence);
        Assert.Contains("host port 0", reason.Fix);
    }

    [Theory]
    [InlineData("UnfulfilledRole", "acceptedResourceRoles")]
    [InlineData("NoCorrespondingReservationFound", "-Wipe")]
    [InlineData("AgentMaintenance", "Wait")]
    [InlineData("AgentDraining", "Wait")]
    [InlineData("DeclinedScarceResources", "gpu_scheduling_behavior")]
    public void EachReason_HasAFix(string reason, string fix)
    {
        WaitReason told = Assert.Single(Explain($$$"""
            {"app":{"id":"/a"},"count":1,"processedOffersSummary":{"processedOffersCount":1,"unusedOffersCount":1,
             "rejectSummaryLastOffers":[{"reason":"{{{reason}}}","declined":1,"processed":1}]}}
            """).Reasons);

        Assert.Equal(reason, told.Reason);
        Assert.Contains(fix, told.Fix);
    }

    [Theory]
    [InlineData("""{"app":{"id":"/a"},"count":1}""", "Unknown")]
    [InlineData("""{}""", "Unknown")]
    [InlineData("""{"app":{"id":"/a"},"processedOffersSummary":{"processedOffersCount":0,"unusedOffersCount":0}}""", "NoOffers")]
    [InlineData("""{"app":{"id":"/a"},"processedOffersSummary":{"processedOffersCount":5,"unusedOffersCount":0}}""", "Unknown")]
    [InlineData("""{"app":{"id":"/a"},"processedOffersSummary":{"processedOffersCount":5,"unusedOffersCount":5,"rejectSummaryLastOffers":[]}}""", "Unknown")]
    [InlineData("""{"pod":{"id":"/p","containers":[{"resources":{"cpus":1}},{"resources":{"cpus":2}}]},"lastUnusedOffers":[{"offer":{"hostname":"h"},"reason":["InsufficientCpus"]}]}""", "InsufficientCpus")]
    [InlineData("""{"app":{"id":"/a"},"lastUnusedOffers":[{"reason":["FromTheFuture"]}]}""", "FromTheFuture")]
    public void LittleThatIsKnown_IsStillSaid(string item, string reason)
        => Assert.Equal(reason, Explain(item).Reasons[0].Reason);

    [Fact]
    public void WhatCanNeverBe_IsAllThatIsSaid()
    {
        QueueExplanation told = Explain("""
            {"app":{"id":"/a"},"delay":{"timeLeftSeconds":9,"overdue":false},"lastUnusedOffers":[{"offer":{"hostname":"h"},"reason":["InsufficientCpus"]}],
             "neverFits":[{"reason":"InsufficientMemory","message":"Too much."}]}
            """);

        Assert.True(told.IsImpossible);
        Assert.Equal(("InsufficientMemory", "Too much."), (Assert.Single(told.Reasons).Reason, told.Reasons[0].Sentence));
        Assert.False(Explain("""{"app":{"id":"/a"},"neverFits":[]}""").IsImpossible);
    }

    [Theory]
    [InlineData("""{"id":"t","host":"h","state":"TASK_STAGING","stagedAt":"2020-01-01T00:09:30.000Z"}""", "staging on h for 30 s: the agent pulls the image 'i:1'.")]
    [InlineData("""{"id":"t","host":"h","stagedAt":"2020-01-01T00:00:00.000Z"}""", "for 600 s: the agent pulls the image 'i:1'. If that never ends")]
    [InlineData("""{"id":"t","host":"h","state":"TASK_STARTING"}""", "is starting on h")]
    [InlineData("""{"id":"t","host":"h","state":"TASK_KILLING"}""", "is being killed")]
    [InlineData("""{"id":"t","host":"h","state":"TASK_UNREACHABLE"}""", "cannot be reached")]
    [InlineData("""{"id":"t","host":"h","state":"TASK_RUNNING"}""", "no health check of it has answered yet")]
    [InlineData("""{"id":"t","host":"h","state":"TASK_RUNNING","healthCheckResults":[{"alive":false,"consecutiveFailures":2}]}""", "2 checks failed")]
    [InlineData("""{"id":"t","host":"h","state":"TASK_RUNNING","healthCheckResults":[{"alive":true}]}""", null)]
    [InlineData("""{"id":"t","host":"h","startedAt":"x","healthCheckResults":[{"alive":true}]}""", null)]
    public void ATask_IsExplained(string task, string? said)
    {
        var app = new App { HealthChecks = [new HealthCheck()], Container = new Container { Docker = new DockerContainer { Image = "i:1" } } };
        AppTask read = App.FromJson(System.Text.Encoding.UTF8.GetBytes($"{{\"tasks\":[{task}]}}")).Tasks![0];

        string? told = TaskExplanation.Of(read, app, s_now);

        Assert.True(said is null ? told is null : told?.Contains(said, StringComparison.Ordinal) == true, told);
    }

    private static QueueExplanation Explain(string item)
        => QueueExplanation.Of(Assert.Single(JsonSerializer.Deserialize($"{{\"queue\":[{item}]}}", MarathonJson.Default.QueueEnvelope)!.Queue!));
}
