using System.Text;
using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Installing;

public sealed class InstallationTests : IDisposable
{
    private const string Folder = "var/lib/mesos-docker/install";

    private readonly TemporaryDirectory _files = new();
    private readonly TargetMachine _machine;
    private readonly Installation _installation;

    public InstallationTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "agents run on Linux");
        _machine = new TargetMachine(_files.Root);
        _installation = new Installation(_machine);
        _files.Write("etc/there", "before");
        _files.Write("etc/empty", "");
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Undo_BringsBackEveryFileAndItsPermissions()
    {
        File.SetUnixFileMode(_files.PathOf("etc", "there"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        string before = Snapshot();

        Install(("/etc/there", "after"), ("/etc/empty", "x"), ("/etc/new", "y"), ("/opt/deep/down/new", "z"));
        Assert.Equal("after", File.ReadAllText(_files.PathOf("etc", "there")));
        Assert.NotEqual(before, Snapshot());

        Uninstall();
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Write_RemembersWhatWasThereFirst_HoweverOftenItIsRepeated()
    {
        string before = Snapshot();
        Install(("/etc/there", "one"), ("/etc/new", "one"));
        Install(("/etc/there", "two"), ("/etc/new", "two"));
        Install(("/etc/there", "two"), ("/etc/new", "two"));

        Uninstall();

        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Undo_LeavesWhatSomebodyChangedSince_AndKeepsWhatWasThereBefore()
    {
        Install(("/etc/there", "ours"), ("/etc/new", "ours"), ("/etc/empty", "ours"));
        _files.Write("etc/there", "theirs");
        File.Delete(_files.PathOf("etc", "new"));
        _files.Write("etc/new", "theirs");
        File.Delete(_files.PathOf("etc", "empty"));

        IReadOnlyList<RemovalStep> steps = Uninstall();

        Assert.All(steps, static step => Assert.Equal(InstallationAction.Leave, step.Action));
        Assert.Equal("theirs", File.ReadAllText(_files.PathOf("etc", "there")));
        Assert.Equal("theirs", File.ReadAllText(_files.PathOf("etc", "new")));
        Assert.False(File.Exists(_files.PathOf("etc", "empty")));
        Assert.Equal("before", File.ReadAllText(_files.PathOf(Folder, "etc_there")));
        Assert.Contains(steps, static step => step.File.Reason.Contains("'/var/lib/mesos-docker/install/etc_there'", StringComparison.Ordinal));

        // Once he has put it right by hand, the rest is forgotten.
        _files.Write("etc/there", "before");
        File.Delete(_files.PathOf("etc", "new"));
        _files.Write("etc/empty", "");
        Assert.All(Uninstall(), static step => Assert.Equal(InstallationAction.Keep, step.Action));
        Assert.False(Directory.Exists(_files.PathOf("var", "lib", "mesos-docker")));
    }

    [Fact]
    public void Write_TakesSomebodysChangeAsWhatWasThereBefore()
    {
        Install(("/etc/there", "ours"), ("/etc/new", "ours"));
        _files.Write("etc/there", "theirs");
        _files.Write("etc/new", "theirs");
        Install(("/etc/there", "ours"), ("/etc/new", "ours"));

        Uninstall();

        Assert.Equal("theirs", File.ReadAllText(_files.PathOf("etc", "there")));
        Assert.Equal("theirs", File.ReadAllText(_files.PathOf("etc", "new")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Undo_CopesWithAnInstallation_ThatEndedBeforeItWroteAFile(bool hadRunBefore)
    {
        string before = Snapshot();
        if (hadRunBefore)
        {
            Install(("/etc/there", "older"), ("/etc/new", "older"));
        }

        string between = hadRunBefore ? "older" : "before";
        Install(("/etc/there", "ours"), ("/etc/new", "ours"));

        // As if it had been killed after it remembered the files and before it wrote them.
        _files.Write("etc/there", between);
        _files.Write("etc/.there.new", "hal");
        if (hadRunBefore)
        {
            _files.Write("etc/new", between);
        }
        else
        {
            File.Delete(_files.PathOf("etc", "new"));
        }

        Uninstall();

        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Undo_GoesOn_WhereOneEndedBeforeItForgotAFile()
    {
        string before = Snapshot();
        Install(("/etc/there", "ours"), ("/etc/new", "ours"));
        byte[] manifest = File.ReadAllBytes(_files.PathOf(Folder, "manifest.json"));
        byte[] saved = File.ReadAllBytes(_files.PathOf(Folder, "etc_there"));
        Uninstall();
        Directory.CreateDirectory(_files.PathOf(Folder));
        File.WriteAllBytes(_files.PathOf(Folder, "manifest.json"), manifest);
        File.WriteAllBytes(_files.PathOf(Folder, "etc_there"), saved);

        Assert.All(Uninstall(), static step => Assert.Equal(InstallationAction.Keep, step.Action));

        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Undo_CleansUp_WhenOnlyTheFolderWasMade()
    {
        string before = Snapshot();
        _installation.Lock().Dispose();

        Uninstall();

        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Undo_LeavesAFile_WhenTheCopyOfItIsMissing()
    {
        Install(("/etc/there", "ours"));
        File.Delete(_files.PathOf(Folder, "etc_there"));

        RemovalStep step = Assert.Single(Uninstall());

        Assert.Equal(InstallationAction.Leave, step.Action);
        Assert.Equal("ours", File.ReadAllText(_files.PathOf("etc", "there")));
    }

    [Fact]
    public void Undo_LeavesTheProgram_WhileContainersNeedIt()
    {
        Install(("/usr/local/bin/mesos-docker", "program"), ("/etc/new", "ours"));

        IReadOnlyList<RemovalStep> steps = Uninstall(programInUse: true);

        Assert.Equal([InstallationAction.Remove, InstallationAction.Leave], steps.Select(static step => step.Action));
        Assert.True(File.Exists(_files.PathOf("usr", "local", "bin", "mesos-docker")));
        Assert.Equal(InstallationAction.Remove, Assert.Single(Uninstall()).Action);
        Assert.False(Directory.Exists(_files.PathOf("usr")));
    }

    [Fact]
    public void Undo_KeepsDirectoriesThatSomebodyElseUses()
    {
        Install(("/opt/ours/new", "x"));
        _files.Write("opt/theirs", "");

        Uninstall();

        Assert.False(Directory.Exists(_files.PathOf("opt", "ours")));
        Assert.True(File.Exists(_files.PathOf("opt", "theirs")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"files\":[{}]}")]
    [InlineData("{\"files\":{}}")]
    [InlineData("{\"files\":[{\"path\":\"/etc/there\",\"written\":5}]}")]
    public void ReadManifest_RefusesADamagedOne_ButTakesAnEmptyOneForNone(string json)
    {
        _files.Write($"{Folder}/manifest.json", json);

        if (json.Length == 0)
        {
            Assert.Empty(_installation.ReadManifest().Files);
        }
        else
        {
            Assert.Equal(Fault.StateUnusable, Assert.Throws<MesosDockerException>(() => _installation.ReadManifest()).Fault);
        }
    }

    [Fact]
    public async Task Lock_LetsOneAtATimeIn_AlsoWhenTheOtherUninstalled()
    {
        FileLock first = _installation.Lock();
        Task<FileLock> second = Task.Run(() => new Installation(_machine).Lock());
        Directory.Delete(_files.PathOf(Folder), recursive: true);
        Assert.False(second.IsCompleted);
        first.Dispose();

        using FileLock held = await second;

        Assert.True(FileLock.IsHeld(_files.PathOf(Folder, "lock")));
    }

    [Fact]
    public void Parse_ReadsWhatIsPrinted()
    {
        var report = new InstallationReport
        {
            Steps = [new InstallationStep { Path = "/a", Action = InstallationAction.Change, Reason = "Why.", Before = "1\n", After = "\u00e4\n" }],
            Notes = ["One.", "Two."],
        };

        InstallationReport read = InstallationReport.Parse(Encoding.UTF8.GetBytes(ViewJson.Of(report)));

        Assert.Equal(report.Steps, read.Steps);
        Assert.Equal(report.Notes, read.Notes);
        Assert.Equal(Fault.ProgramFailed, Assert.Throws<MesosDockerException>(() => InstallationReport.Parse("oh"u8.ToArray())).Fault);
    }

    [Fact]
    public void Text_ShowsOneLineContents_AndNothingThatATerminalObeys()
    {
        string text = InstallationText.Of(new InstallationReport
        {
            Steps =
            [
                new InstallationStep { Path = "/a", Action = InstallationAction.Change, Reason = "Why.", Before = "\u001b[2Jx\n", After = "y\n" },
                new InstallationStep { Path = "/b", Action = InstallationAction.Create, Reason = "Why.", After = "1\n2\n" },
            ],
            Notes = ["Note."],
        });

        Assert.Equal("change   /a: \\x1b[2Jx -> y\n         Why.\ncreate   /b\n         Why.\n\nNote.", text);
    }

    private void Install(params (string Path, string Content)[] files)
    {
        using FileLock held = _installation.Lock();
        _installation.Write([.. files.Select(file => new PlannedFile
        {
            Path = file.Path,
            Before = _machine.Read(file.Path),
            After = Encoding.UTF8.GetBytes(file.Content),
            Reason = "",
            IsProgram = file.Path == ExecutableChoice.Installed,
        })]);
    }

    private IReadOnlyList<RemovalStep> Uninstall(bool programInUse = false)
    {
        using FileLock held = _installation.Lock();
        IReadOnlyList<RemovalStep> steps = RemovalPlan.Create(
            _installation.ReadManifest(), _machine.Read, _installation.ReadSaved, Installation.Folder, programInUse);
        _installation.Undo(steps);
        return steps;
    }

    /// <summary>Every name below the root with its mode and content. Where the state is kept may have been made.</summary>
    private string Snapshot() => string.Join('\n', Directory.EnumerateFileSystemEntries(_files.Root, "*", SearchOption.AllDirectories)
        .Where(path => path != _files.PathOf("var") && path != _files.PathOf("var", "lib"))
        .Order(StringComparer.Ordinal)
        .Select(static path => $"{path} {Posix.OwnerOf(path)?.Mode:x} {(File.Exists(path) ? File.ReadAllText(path) : "")}"));
}
