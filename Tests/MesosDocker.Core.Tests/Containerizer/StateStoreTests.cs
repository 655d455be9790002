using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class StateStoreTests : IDisposable
{
    private static readonly ContainerId s_id = ContainerId.Parse("c1");

    private readonly string _root = Path.Combine(Path.GetTempPath(), $"md-{Guid.NewGuid():N}"[..16]);

    [Fact]
    public void Create_KeepsTheRequestAndItsContext()
    {
        ContainerDirectory directory = Create(StateStore.Open(_root));

        Assert.Equal("frame"u8.ToArray(), directory.ReadRequest());
        LaunchContext context = directory.ReadContext()!;
        Assert.Equal("/agent/work", context.WorkDirectory);
        Assert.Equal("B", context.Environment["A"]);
        Assert.Equal(Phase.Launched, directory.ReadRecord().Phase);
    }

    [Fact]
    public void Create_RefusesAKnownId_AndLeavesTheFirstAlone()
    {
        StateStore store = StateStore.Open(_root);
        Create(store);

        var e = Assert.Throws<MesosDockerException>(() => store.Create(s_id, "other"u8, Context("/elsewhere")));

        Assert.Equal(Fault.ContainerKnown, e.Fault);
        Assert.Equal("frame"u8.ToArray(), store.Find(s_id).ReadRequest());
        Assert.Equal([s_id], store.Active("/agent/work"));
    }

    [Fact]
    public void Open_MakesTheRootOursAlone_AndNothingAboveIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        string root = Path.Combine(_root, "above", "root");

        StateStore.Open(root);

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(root));
        Assert.NotEqual(OwnerOnly, File.GetUnixFileMode(Path.Combine(_root, "above")));
    }

    /// <summary>The first burst of launches after an installation.</summary>
    [Fact]
    public void Open_OfANewRoot_IsForManyAtOnce()
    {
        for (int round = 0; round < 50; round++)
        {
            string root = Path.Combine(_root, $"{round}");
            Directory.CreateDirectory(_root);

            Parallel.For(0, 8, _ => StateStore.Open(root));

            Assert.Equal(["active", "mesos", "version"], Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName).Order());
        }
    }

    [Fact]
    public void Open_RefusesALinkOfSomebodyElse_AlsoToADirectoryOfOurs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root gives links away.");
        const uint Nobody = 65534;
        string link = _root + ".link";
        Directory.CreateDirectory(_root);
        File.CreateSymbolicLink(link, _root);
        try
        {
            _ = StateStore.Open(link);
            Assert.Equal(0, Libc.ChangeOwner(link, Nobody, Nobody));

            var e = Assert.Throws<MesosDockerException>(() => StateStore.Open(link));

            Assert.Equal(Fault.StateUnusable, e.Fault);
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Fact]
    public void Create_LetsOneOfManyWin()
    {
        StateStore store = StateStore.Open(_root);
        int won = 0;

        Parallel.For(0, 20, _ =>
        {
            try
            {
                Create(store);
                Interlocked.Increment(ref won);
            }
            catch (MesosDockerException e) when (e.Fault == Fault.ContainerKnown)
            {
            }
        });

        Assert.Equal(1, won);
    }

    /// <summary>From the first moment it is seen, its locks are held: nobody takes it for one that has lost its supervisor.</summary>
    [Fact]
    public void Create_HoldsTheLocks_UntilTheyArePassedOn()
    {
        StateStore store = StateStore.Open(_root);
        using (NewContainer made = store.Create(s_id, "frame"u8, Context("/agent/work")))
        {
            Assert.True(store.Find(s_id).HasSupervisor);
            Assert.True(FileLock.IsHeld(store.Find(s_id).RunningLock));
            Assert.Null(store.Find(s_id).FindSupervisor());
        }

        // A program that another test starts just now has a copy of every descriptor until it is that program.
        Assert.True(SpinWait.SpinUntil(() => !store.Find(s_id).HasSupervisor, TimeSpan.FromSeconds(10)));
        Assert.False(store.Find(s_id).HasBegun);
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.Combine(_root, "mesos")));
    }

    [Fact]
    public void RemoveHalves_RemovesWhatKilledLaunchesLeft_AndNothingElse()
    {
        StateStore store = StateStore.Open(_root);
        Create(store);
        string old = Path.Combine(_root, "mesos", ".0123.new");
        string young = Path.Combine(_root, "mesos", ".4567.new");
        string busy = Path.Combine(_root, "mesos", ".89ab.new");
        foreach (string path in (string[])[old, young, busy])
        {
            Directory.CreateDirectory(Path.Combine(path, "lock"));
        }

        using FileLock held = FileLock.TryAcquire(Path.Combine(busy, "lock", "supervisor"), exclusive: true)!;
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddMinutes(-2));
        Directory.SetLastWriteTimeUtc(busy, DateTime.UtcNow.AddMinutes(-2));

        store.RemoveHalves(DateTimeOffset.UtcNow);

        Assert.Equal([young, busy, Path.Combine(_root, "mesos", "c1")], Directory.GetDirectories(Path.Combine(_root, "mesos")).Order());
    }

    [Fact]
    public void Probe_SaysWhatStandsInTheWay_AndLeavesNothing()
    {
        Assert.Null(StateStore.Probe(_root));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_root, "mesos")));
        Directory.Delete(_root, recursive: true);
        File.WriteAllText(_root, "not a directory");

        Assert.Contains(_root, StateStore.Probe(_root)!.Message);
        File.Delete(_root);
    }

    [Fact]
    public void Active_DoesNotMindWhatIsNoFile()
    {
        StateStore store = StateStore.Open(_root);
        Directory.CreateDirectory(Path.Combine(_root, "active", "odd"));

        Assert.Empty(store.Active("/agent/work"));
    }

    [Fact]
    public void Directories_AreTheOwnersAlone()
    {
        ContainerDirectory directory = Create(StateStore.Open(_root));

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (string path in Directory.EnumerateFileSystemEntries(_root, "*", SearchOption.AllDirectories).Append(directory.Path))
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & Others);
        }
    }

    [Fact]
    public void Open_RefusesARootThatOthersCanWrite()
    {
        Directory.CreateDirectory(_root, (UnixFileMode)0x1ff);
        File.SetUnixFileMode(_root, (UnixFileMode)0x1ff);

        var e = Assert.Throws<MesosDockerException>(() => StateStore.Open(_root));

        Assert.Equal(Fault.StateUnusable, e.Fault);
        Assert.Contains(_root, e.Message);
    }

    [Fact]
    public void Open_RefusesALaterFormat()
    {
        StateStore.Open(_root);
        File.WriteAllText(Path.Combine(_root, "version"), "99\n");

        Assert.Equal(Fault.StateUnusable, Assert.Throws<MesosDockerException>(() => StateStore.Open(_root)).Fault);
    }

    [Fact]
    public void Active_ListsOnlyThisAgentsContainers_UntilTheirEndIsTold()
    {
        StateStore store = StateStore.Open(_root);
        Create(store);
        store.Create(ContainerId.Parse("c2"), "frame"u8, Context("/another/agent")).Dispose();

        Assert.Equal(["c1"], store.Active("/agent/work").Select(id => id.Value));
        Assert.Equal(["c1", "c2"], store.Active(null).Select(id => id.Value).Order());

        store.Deactivate(s_id);
        Assert.Empty(store.Active("/agent/work"));
    }

    [Fact]
    public void TornFiles_CountAsNotThere()
    {
        ContainerDirectory directory = Create(StateStore.Open(_root));
        directory.Write(new ContainerRecord { Phase = Phase.Running });
        File.WriteAllText(Path.Combine(directory.Path, "state.json"), "{\"phase\":\"Run");
        File.WriteAllText(Path.Combine(directory.Path, "context.json"), "");

        Assert.Equal(Phase.Launched, directory.ReadRecord().Phase);
        Assert.Null(directory.ReadContext());
    }

    [Fact]
    public void Termination_SurvivesTheDisk()
    {
        ContainerDirectory directory = Create(StateStore.Open(_root));
        var end = new Termination
        {
            Killed = true,
            Message = "Out of memory",
            Status = new WaitStatus(9),
            State = TaskState.Failed,
            Reasons = [StatusReason.ContainerLimitationMemory],
        };

        directory.Write(end);

        Assert.Equivalent(end, directory.ReadTermination(), strict: true);
    }

    [Fact]
    public void Record_SurvivesTheDisk()
    {
        ContainerDirectory directory = Create(StateStore.Open(_root));
        var record = new ContainerRecord
        {
            Phase = Phase.Running,
            Supervisors = 2,
            Supervised = DateTimeOffset.UnixEpoch,
            EngineId = "abc",
            Process = new ProcessIdentity(7, 8),
            Cgroups = new CgroupPaths { Memory = "/sys/fs/cgroup/memory/docker/abc" },
            Limits = new Limits { Memory = 64 },
            Updates = UpdateLedger.Empty.Add(new StatusUpdate
            {
                TaskId = "t",
                State = TaskState.Running,
                Uuid = Guid.NewGuid(),
                Timestamp = DateTimeOffset.UtcNow,
                Data = [1, 2, 3],
                Labels = [new Label("name", "value")],
            }),
        };

        directory.Write(record);

        Assert.Equivalent(record, directory.ReadRecord(), strict: true);
    }

    [Fact]
    public void Supervisor_IsWhoSaysSo_WhileTheLockIsHeld()
    {
        ContainerDirectory directory = Create(StateStore.Open(_root));
        directory.WriteSupervisor(ProcessIdentity.Self());
        Assert.Null(directory.FindSupervisor());

        using FileLock held = directory.TryTakeSupervisor()!;

        Assert.True(directory.HasSupervisor);
        Assert.Equal(Environment.ProcessId, directory.FindSupervisor()!.Pid);
        Assert.Null(directory.TryTakeSupervisor());
    }

    [Fact]
    public void Remove_LeavesNothing_AndDoesNotMindASecondTime()
    {
        StateStore store = StateStore.Open(_root);
        ContainerDirectory directory = Create(store);

        store.Remove(directory);
        store.Remove(directory);

        Assert.Null(store.TryFind(s_id));
        Assert.Empty(store.All());
        Assert.Empty(store.Active(null));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_root, "mesos")));
    }

    [Fact]
    public void Find_NamesWhatIsUnknown()
    {
        var e = Assert.Throws<MesosDockerException>(() => StateStore.Open(_root).Find(s_id));

        Assert.Equal(Fault.ContainerUnknown, e.Fault);
        Assert.Contains("c1", e.Message);
    }

    public void Dispose()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    /// <summary>Who is told to stop a container must not die of a disk that takes nothing.</summary>
    [Fact]
    public void TryWrite_OfAStopRequest_SaysFalse_WhereNothingCanBeWritten()
    {
        ContainerDirectory directory = Create(StateStore.Open(_root));
        Assert.True(directory.TryWrite(new StopRequest("the agent's destroy", TimeSpan.FromSeconds(3))));
        Assert.Equal(TimeSpan.FromSeconds(3), directory.ReadStopRequest()?.Grace);

        Directory.Delete(directory.Path, recursive: true);

        Assert.False(directory.TryWrite(new StopRequest("the agent's destroy", null)));
    }

    /// <summary>A destroy whose container is removed by somebody else meanwhile has nothing left to do.</summary>
    [Fact]
    public void TakeOverLost_OfWhatHasBeenRemoved_DoesNothing()
    {
        StateStore store = StateStore.Open(_root);
        ContainerDirectory directory = Create(store);
        store.Remove(directory);

        Assert.False(new SupervisorLauncher("/nonexistent", new Dictionary<string, string>()).TakeOverLost(store, directory));
        Assert.Null(store.TryFind(s_id));
    }

    private static ContainerDirectory Create(StateStore store)
    {
        using NewContainer made = store.Create(s_id, "frame"u8, Context("/agent/work"));
        return made.Directory;
    }

    private static LaunchContext Context(string workDirectory) => new()
    {
        Format = StateStore.Format,
        Created = DateTimeOffset.UtcNow,
        Environment = new Dictionary<string, string> { ["A"] = "B" },
        WorkDirectory = workDirectory,
        Sandbox = "/sandbox",
    };
}
