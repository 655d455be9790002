using MesosDocker.Docker;
using MesosDocker.Mesos;
using MesosDocker.Pods;

namespace MesosDocker.Core.Tests.Pods;

/// <summary>How a pod stands, by what its containers do.</summary>
public sealed class PodJudgeTests
{
    private const string Two = "services: {web: {image: x}, db: {image: x}}";

    [Fact]
    public void BeforeComposeIsDone_ItWaits()
    {
        Assert.Equal("compose to start its services", Waiting(Two, isUp: false, Running("web"), Running("db")));
        Assert.Equal("compose to start its services", Waiting(Two, isUp: false));
    }

    [Fact]
    public void Running_WhenEachServiceHasItsContainers()
    {
        Assert.Null(Runs(Two, Running("web"), Running("db")).Healthy);
        Assert.Equal("a container of the service 'db'", Waiting(Two, isUp: true, Running("web")));
        Assert.Equal("a container of the service 'web'", Waiting("services: {web: {image: x, scale: 2}}", isUp: true, Running("web")));
        Assert.Equal("the container 'web', which is created", Waiting(Two, isUp: true, Running("db"), Of("web", "created")));
        Assert.Equal(
            "the container 'web', which is restarting",
            Waiting(Two, isUp: true, Running("db"), Of("web", "restarting") with { State = new ContainerState { Status = "restarting", Running = true, Restarting = true } }));
    }

    [Fact]
    public void Health_IsWaitedFor_AndTold()
    {
        Assert.Equal("the container 'web' to become healthy", Waiting(Two, isUp: true, Running("web", "starting"), Running("db")));
        Assert.True(Runs(Two, Running("web", "healthy"), Running("db")).Healthy);

        // Nobody looks.
        Assert.Null(Runs(Two, Running("web", "none"), Running("db")).Healthy);
    }

    [Fact]
    public void Unhealthy_IsTheEnd_OrOnlyTold()
    {
        PodVerdict.Failed failed = Fails(Two, Running("web", "unhealthy"), Running("db"));
        Assert.Equal("The container 'web' of the service 'web' is unhealthy.", failed.Message);

        var told = (PodVerdict.Running)Judge(Two, isUp: true, endUnhealthy: false, Running("web", "unhealthy"), Running("db"));
        Assert.Equal((false, "The container 'web' is unhealthy."), (told.Healthy, told.Complaint));
    }

    [Fact]
    public void AnotherStatusThanZero_IsAFailure_WithAllThatIsKnown()
    {
        Assert.Equal("The container 'db' of the service 'db' exited with status 3.", Fails(Two, Running("web"), Ended("db", 3)).Message);
        Assert.Equal("The container 'db' of the service 'db' ended by signal 9 (SIGKILL).", Fails(Two, Ended("db", 137)).Message);

        PodVerdict.Failed memory = Fails(Two, Ended("db", 137, static state => state with { OomKilled = true }));
        Assert.Equal(StatusReason.ContainerLimitationMemory, memory.Reason);
        Assert.EndsWith("It ran out of memory.", memory.Message);
        Assert.Equal("db", memory.Container!.Name);

        PodVerdict.Failed error = Fails(Two, Ended("db", 127, static state => state with { Error = "no such program" }) with { Restarts = 2 });
        Assert.Equal("The container 'db' of the service 'db' exited with status 127, after 2 restarts. Docker says: no such program.", error.Message);
    }

    [Fact]
    public void AFailure_IsSeen_BeforeComposeIsDone()
        => Assert.IsType<PodVerdict.Failed>(Judge(Two, isUp: false, endUnhealthy: true, Ended("db", 1)));

    [Fact]
    public void ARestart_IsItsPolicys()
    {
        const string Yaml = "services: {web: {image: x, restart: always}}";
        PodContainer restarting = Of("web", "restarting") with { State = new ContainerState { Status = "restarting", Running = true, Restarting = true, ExitCode = 1 } };

        Assert.Equal("the container 'web', which is restarting", Waiting(Yaml, isUp: true, restarting));

        // Its policy would have started it again.
        Assert.Equal(
            "The container 'web' of the service 'web' exited with status 0. It is not restarted, as it always should be: somebody else has stopped it.",
            Fails(Yaml, Ended("web", 0)).Message);
    }

    [Fact]
    public void AllEndedWell_IsTheEnd_OfABatch()
    {
        Assert.IsType<PodVerdict.Finished>(Judge(Two, isUp: true, endUnhealthy: true, Ended("web", 0), Ended("db", 0)));
        Assert.Equal("compose to start its services", Waiting(Two, isUp: false, Ended("web", 0), Ended("db", 0)));
        Assert.IsType<PodVerdict.Running>(Judge(Two, isUp: true, endUnhealthy: true, Ended("web", 0), Running("db")));
    }

    [Fact]
    public void AllEndedWell_IsAFailure_OfAService()
    {
        PodPlan plan = Plans.Of(Two, Plans.Task(), new PodSettings { Kind = PodKind.Service });
        PodVerdict verdict = new PodJudge(plan, endUnhealthy: true).Judge([Ended("web", 0), Ended("db", 0)], vanished: null, isUp: true);

        Assert.Contains("it is a service, which should go on", Assert.IsType<PodVerdict.Failed>(verdict).Message);
    }

    /// <summary>What prepares and ends leaves the pod running.</summary>
    [Fact]
    public void AJobThatIsDone_DoesNotKeepThePodFromRunning()
        => Assert.IsType<PodVerdict.Running>(Judge(
            "services: {init: {image: x}, web: {image: x, restart: always, depends_on: {init: {condition: service_completed_successfully}}}}",
            isUp: true,
            endUnhealthy: true,
            Ended("init", 0),
            Running("web")));

    [Fact]
    public void Vanished_IsAFailure()
    {
        PodVerdict verdict = new PodJudge(Plans.Of(Two), endUnhealthy: true).Judge([Running("web")], Running("db"), isUp: true);

        Assert.Equal("The container 'db' of the service 'db' is gone: somebody else removed it.", Assert.IsType<PodVerdict.Failed>(verdict).Message);
    }

    [Fact]
    public void Description_TellsOfEachContainer()
    {
        PodPlan plan = Plans.Of("services: {web: {image: x, ports: ['80']}, db: {image: x}}", 31000);
        string json = System.Text.Encoding.UTF8.GetString(PodDescription.Write(
            plan, [Running("web", "healthy") with { Addresses = ["172.18.0.2"] }, Ended("db", 137, static state => state with { OomKilled = true })]));

        Assert.Equal(
            $$"""{"pod":"{{plan.Pod}}","ports":[{"service":"web","containerPort":80,"hostPort":31000,"protocol":"tcp"}],"containers":[{"service":"web","name":"web","id":"web","state":"running","health":"healthy","restarts":0,"addresses":["172.18.0.2"]},{"service":"db","name":"db","id":"db","state":"exited","exitCode":137,"outOfMemory":true,"restarts":0,"addresses":[]}]}""",
            json);
    }

    private static PodVerdict Judge(string yaml, bool isUp, bool endUnhealthy, params PodContainer[] containers)
        => new PodJudge(Plans.Of(yaml), endUnhealthy).Judge(containers, vanished: null, isUp);

    private static string Waiting(string yaml, bool isUp, params PodContainer[] containers)
        => Assert.IsType<PodVerdict.Waiting>(Judge(yaml, isUp, endUnhealthy: true, containers)).For;

    private static PodVerdict.Running Runs(string yaml, params PodContainer[] containers)
        => Assert.IsType<PodVerdict.Running>(Judge(yaml, isUp: true, endUnhealthy: true, containers));

    private static PodVerdict.Failed Fails(string yaml, params PodContainer[] containers)
        => Assert.IsType<PodVerdict.Failed>(Judge(yaml, isUp: true, endUnhealthy: true, containers));

    private static PodContainer Of(string service, string status)
        => new() { Id = service, Name = service, Service = service, State = new ContainerState { Status = status } };

    private static PodContainer Running(string service, string? health = null) => Of(service, "running") with
    {
        State = new ContainerState { Status = "running", Running = true, Health = health is null ? null : new HealthState { Status = health } },
    };

    private static PodContainer Ended(string service, int code, Func<ContainerState, ContainerState>? change = null)
    {
        var state = new ContainerState { Status = "exited", ExitCode = code };
        return Of(service, "exited") with { State = change is null ? state : change(state) };
    }
}
