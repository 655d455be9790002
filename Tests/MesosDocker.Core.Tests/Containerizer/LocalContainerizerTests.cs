using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class LocalContainerizerTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();

    private string Root => _files.PathOf("state");

    [Fact]
    public void Containers_AreNone_WhereThereIsNoStateRoot()
    {
        Assert.Empty(Local().Containers());
        Assert.Empty(Local().Locks());
        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public void Containers_AreTold_WithTheirEnd()
    {
        Make("c1", ended: true);
        Make("c2", ended: false);

        IReadOnlyList<ContainerView> views = [.. Local().Containers().OrderBy(static view => view.ContainerId)];

        Assert.Equal(["c1", "c2"], views.Select(static view => view.ContainerId));
        Assert.Equal([true, false], views.Select(static view => view.Stale));
        Assert.Equal("over", views[0].Termination?.ToString());
    }

    [Fact]
    public void Locks_TellWhetherTheyAreHeld_AndByWhom()
    {
        ContainerDirectory directory = Make("c1", ended: false);
        using FileLock held = FileLock.TryAcquire(directory.RunningLock, exclusive: true)!;

        IReadOnlyList<LockView> locks = Local().Locks();

        Assert.Equal([("supervisor", false), ("running", true)], locks.Select(static found => (found.Lock, found.Held)));
        Assert.Equal(Environment.ProcessId, locks[1].Pid);
    }

    [Fact]
    public void TryRemove_TakesOnlyWhatIsStale()
    {
        Make("c1", ended: true);
        Make("c2", ended: false);

        Assert.True(Local().TryRemove("c1"));
        Assert.False(Local().TryRemove("c1"));
        Assert.False(Local().TryRemove("c2"));
        Assert.Equal(Fault.ContainerIdInvalid, Assert.Throws<MesosDockerException>(() => Local().TryRemove("../state")).Fault);

        Assert.Equal(["c2"], Local().Containers().Select(static view => view.ContainerId));
    }

    [Fact]
    public async Task PlanAsync_WorksOutALaunch_AndLaunchesNothing()
    {
        var launch = new Launch
        {
            ContainerId = ContainerId.Parse("c1"),
            Executor = new ExecutorInfo
            {
                ExecutorId = "e1",
                Resources = new Resources { Memory = 64 },
                Command = new CommandInfo
                {
                    Value = "true", User = "nobody", Container = new LegacyContainer { Image = "docker:///nothing.invalid/here" },
                },
            },
            Directory = _files.Root,
        };

        PlannedRun planned = await Local().PlanAsync(launch, TestContext.Current.CancellationToken);

        // By number, as a container gets him.
        Assert.Matches("^[0-9]+:[0-9]+$", planned.Run.Container.User);

        Assert.Equal("nothing.invalid/here", planned.Run.Container.Image);
        Assert.Equal(64L * 1024 * 1024, planned.Run.Container.HostConfig.Memory);
        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public async Task PlanAsync_NamesAContainerThatIsNotThere()
    {
        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(()
            => Local().PlanAsync(ContainerId.Parse("c1"), TestContext.Current.CancellationToken));

        Assert.Equal(Fault.ContainerUnknown, e.Fault);
    }

    [Fact]
    public void IsFromBefore_GoesByTheEnd_AndByTheLaunchWhereThereIsNone()
    {
        DateTimeOffset noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var view = new ContainerView { ContainerId = "c", Phase = Phase.Running, Stale = false, Launched = noon };

        Assert.True(view.IsFromBefore(noon.AddSeconds(1)));
        Assert.False(view.IsFromBefore(noon));
        Assert.False((view with { Ended = noon.AddHours(1) }).IsFromBefore(noon.AddMinutes(30)));
    }

    public void Dispose() => _files.Dispose();

    // An engine that is not there: nothing here may need one.
    private LocalContainerizer Local() => new(
        new SettingsSources { Environment = new Dictionary<string, string> { ["DOCKER_HOST"] = "unix:///nowhere.sock" } }, Root);

    private ContainerDirectory Make(string id, bool ended)
    {
        var context = new LaunchContext
        {
            Format = StateStore.Format,
            Created = DateTimeOffset.UtcNow,
            Environment = new Dictionary<string, string>(),
            WorkDirectory = "",
            Sandbox = _files.Root,
        };
        using NewContainer made = StateStore.Open(Root).Create(ContainerId.Parse(id), "frame"u8, context);
        ContainerDirectory directory = made.Directory;
        if (ended)
        {
            directory.Write(new Termination { Killed = false, Message = "over", State = TaskState.Finished });
        }

        return directory;
    }
}
