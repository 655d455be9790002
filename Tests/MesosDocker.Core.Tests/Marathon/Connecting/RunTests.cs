using MesosDocker.Core.Tests.Docker;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Connecting;

/// <summary>Versions by number, and tasks that run once.</summary>
public sealed class RunTests
{
    private static readonly string[] s_versions = ["2026-01-03T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"];

    [Theory]
    [InlineData("0", "2026-01-03T00:00:00Z")]
    [InlineData("-2", "2026-01-01T00:00:00Z")]
    [InlineData("2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z")]
    public void Find_TakesMomentsAndNumbers(string wanted, string expected)
        => Assert.Equal(expected, AppVersion.Find("/a", s_versions, wanted).Version);

    [Theory]
    [InlineData("-3")]
    [InlineData("1")]
    [InlineData("-")]
    [InlineData("2026")]
    public void Find_SaysThatThereIsNoSuchVersion(string wanted)
        => Assert.Contains("'/a'", Engines.Fails(Fault.AppNotFound, () => AppVersion.Find("/a", s_versions, wanted)).Message);

    [Theory]
    [InlineData("TASK_FINISHED", null, 0)]
    [InlineData("TASK_FAILED", "Command exited with status 3", 3)]
    [InlineData("TASK_FAILED", "The container exited with status 137.", 137)]
    [InlineData("TASK_FAILED", "Command terminated with signal Killed", null)]
    [InlineData("TASK_FAILED", "exited with status 99999999999999", null)]
    [InlineData("TASK_ERROR", null, null)]
    public void ExitCodeOf_ReadsWhatExecutorsSay(string state, string? message, int? expected)
        => Assert.Equal(expected, TaskRun.ExitCodeOf(state, message));

    [Theory]
    [InlineData("TASK_FINISHED", 0, null, null, null)]
    [InlineData("TASK_FINISHED", null, null, null, null)]
    [InlineData("TASK_FAILED", 3, "The container exited with status 3.", "no\nsuch file\n \n", "The task of '/a' ended with exit status 3. Its last words on stderr: such file")]
    [InlineData("TASK_KILLED", null, "Stopped.", "", "The task of '/a' ended with TASK_KILLED: Stopped.")]
    [InlineData("TASK_FAILED", null, null, "", "The task of '/a' ended with TASK_FAILED.")]
    public void ToFault_SaysWhatWentWrong(string state, int? code, string? message, string? errors, string? expected)
    {
        var run = new TaskRun { AppId = "/a", TaskId = "t", State = state, ExitCode = code, Message = message, Error = errors?.Split('\n') ?? [] };

        Assert.Equal(expected is null, run.IsSuccess);
        if (expected is not null)
        {
            Assert.Equal((Fault.TaskFailed, expected), (run.ToFault().Fault, run.ToFault().Message));
        }
    }

    [Theory]
    [InlineData("shop_web.instance-0c3b1f2e-9a51-4f0e-8f0e-0d2f9a1c7d11._app.1", "/shop/web", "web.0c3b1f2e")]
    [InlineData("shop_web.0c3b1f2e-9a51", null, "shop_web")]
    [InlineData("", null, "")]
    public void LabelOf_TellsTasksApart(string id, string? appId, string expected)
        => Assert.Equal(expected, TaskLogs.LabelOf(new AppTask { Id = id, AppId = appId }));

    [Fact]
    public void Once_LeavesNothingThatWouldStartItAgain()
    {
        App app = TaskRunner.Once(
            new App { Id = "/a", Cmd = "true", Instances = 5, HealthChecks = [new HealthCheck()], Dependencies = ["/b"], Version = "x" }, "/run/a");

        Assert.Equal(("/run/a", "true", 1), (app.Id, app.Cmd, app.Instances));
        Assert.True(app is { HealthChecks: null, Dependencies: null, Version: null, BackoffSeconds: >= 3600 });
        Assert.Empty(app.Judge(null).Where(static finding => finding.Severity == Severity.Error));
    }
}
