using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Configuration;

/// <summary>Which file is read, and which never: the hook runs as root in the sandbox of a task.</summary>
public sealed class SettingsSearchTests
{
    private const string Sandbox = "/var/ms/slaves/S1/frameworks/F/executors/E/runs/R";
    private const string Root = "[state]\nroot: ";

    [Fact]
    public void Find_TakesTheFirst_OfThePlacesOfDeimosAndOurs()
    {
        string[] places =
        [
            "/work/deimos.cfg", "/root/.deimos", "/etc/deimos.cfg", "/usr/etc/deimos.cfg", "/usr/local/etc/deimos.cfg",
            "/etc/mesos-docker.cfg",
        ];
        for (int first = 0; first < places.Length; first++)
        {
            var files = new FakeFiles();
            foreach (string place in places[first..])
            {
                _ = files.File(place, Root + place);
            }

            SettingsResult result = Read(files, "/work");

            Assert.Equal((places[first], places[first]), (result.File, result.StateRoot));
            Assert.Empty(result.Notes);
        }
    }

    [Fact]
    public void Find_TakesTheFileOfTheVariable_BeforeAllOthers()
    {
        FakeFiles files = new FakeFiles().File("/etc/deimos.cfg", Root + "/wrong").File("/opt/mine.cfg", Root + "/right");

        Assert.Equal("/right", Read(files, "/work", ("MESOS_DOCKER_CONFIG_FILE", "/opt/mine.cfg")).StateRoot);
    }

    [Theory]
    [InlineData("/opt/missing.cfg", Fault.ConfigurationInvalid, "there is no such file")]
    [InlineData("relative.cfg", Fault.ConfigurationInvalid, "not an absolute path")]
    [InlineData("/opt/pipe", Fault.ConfigurationUntrusted, "not a regular file")]
    [InlineData("/opt", Fault.ConfigurationUntrusted, "not a regular file")]
    [InlineData("/opt/open.cfg", Fault.ConfigurationUntrusted, "others than its owner can write /opt/open.cfg")]
    [InlineData(Sandbox + "/x.cfg", Fault.ConfigurationUntrusted, "sandbox of a task")]
    public void Find_DoesNotPassOver_TheFileOfTheVariable(string path, Fault fault, string what)
    {
        FakeFiles files = new FakeFiles().File("/etc/deimos.cfg", Root + "/other")
            .Pipe("/opt/pipe").File("/opt/open.cfg", Root + "/x", mode: 0x1b6).File(Sandbox + "/x.cfg", Root + "/x");

        SettingsResult result = Read(files, "/work", ("MESOS_DOCKER_CONFIG_FILE", path));

        Assert.Contains(what, Assert.Single(result.Problems).ToString());
        Assert.Equal(fault, Assert.Throws<MesosDockerException>(() => result.Require()).Fault);
    }

    [Fact]
    public void Find_TakesAnyFile_ThatIsNamedToIt()
    {
        FakeFiles files = new FakeFiles().File("/home/me/try.cfg", Root + "/mine", user: 1000, mode: 0x1b6);

        SettingsResult result = SettingsReader.Read(Sources.Of(files) with { File = "/home/me/try.cfg" });

        Assert.Equal("/mine", result.Require().State.Root);
    }

    [Theory]
    [InlineData("/home/me/missing.cfg", "there is no such file")]
    [InlineData("/opt/pipe", "not a regular file")]
    [InlineData("/home", "not a regular file")]
    public void Find_Reports_WhatIsNamedAndCannotBeRead(string path, string what)
    {
        FakeFiles files = new FakeFiles().Pipe("/opt/pipe").Folder("/home");

        Assert.Contains(what, Assert.Single(SettingsReader.Read(Sources.Of(files) with { File = path }).Problems).ToString());
    }

    // Owned by root, as root's tasks leave them, and well protected: nothing but the place gives them away.
    [Theory]
    [InlineData("a file in the sandbox", "MESOS_DIRECTORY", "sandbox of a task")]
    [InlineData("a file in the sandbox", "MESOS_WORK_DIRECTORY", "sandbox of a task")]
    [InlineData("a file in the sandbox", "NOTHING", "sandbox of a task")]
    public void Find_PassesOverAFile_ThatATaskPlanted(string what, string variable, string why)
    {
        FakeFiles files = new FakeFiles().File($"{Sandbox}/deimos.cfg", Root + "/" + what).File("/etc/deimos.cfg", Root + "/good");

        SettingsResult result = Read(files, Sandbox, (variable, variable == "MESOS_WORK_DIRECTORY" ? "/var/ms" : Sandbox));

        Assert.Equal("/good", result.Require().State.Root);
        Assert.Contains(why, Assert.Single(result.Notes));
        Assert.Contains($"{Sandbox}/deimos.cfg is refused", result.Notes[0]);
    }

    [Theory]
    [InlineData("/work")]
    [InlineData("/work/")]
    [InlineData("/work/../work")]
    [InlineData("/mnt/link")]
    public void Find_PassesOverALocalFile_AtOrBelowTheWorkDirectory(string workDirectory)
    {
        foreach (string place in (string[])["/work", "/work/a/b", "/mnt/link/a"])
        {
            FakeFiles files = new FakeFiles().LinkTo("/mnt/link", "../work").File("/work/deimos.cfg", Root + "/bad")
                .File("/work/a/deimos.cfg", Root + "/bad").File("/work/a/b/deimos.cfg", Root + "/bad");

            SettingsResult result = Read(files, place, ("MESOS_WORK_DIRECTORY", workDirectory));

            Assert.Null(result.File);
            Assert.Contains("work directory", Assert.Single(result.Notes));
        }
    }

    [Theory]
    [InlineData("/workshop", "/work")]
    [InlineData("/work", "/work/a")]
    [InlineData("/work", "/")]
    [InlineData("/work", "work")]
    [InlineData("/work", "")]
    public void Find_TakesALocalFile_Elsewhere(string place, string workDirectory)
    {
        FakeFiles files = new FakeFiles().File($"{place}/deimos.cfg", Root + "/good");

        Assert.Equal("/good", Read(files, place, ("MESOS_WORK_DIRECTORY", workDirectory), ("MESOS_DIRECTORY", "/no/such")).StateRoot);
    }

    // The user mesos has /var/lib/mesos as its home, and the packages' agent as its work directory.
    [Fact]
    public void Find_TakesTheFileOfTheHome_EvenInTheWorkDirectory()
    {
        FakeFiles files = new FakeFiles().File("/var/lib/mesos/.deimos", Root + "/good");
        SettingsSources sources = Sources.Of(files, ("MESOS_WORK_DIRECTORY", "/var/lib/mesos"));

        Assert.Equal("/good", SettingsReader.Read(sources with { Home = "/var/lib/mesos" }).StateRoot);
    }

    [Fact]
    public void Find_SeesThroughALink_OutOfTheSandboxAndIntoIt()
    {
        FakeFiles files = new FakeFiles()
            .LinkTo($"{Sandbox}/deimos.cfg", "/etc/passwd").File("/etc/passwd", "not a configuration")
            .LinkTo("/root/.deimos", $"{Sandbox}/planted").File($"{Sandbox}/planted", Root + "/bad")
            .File("/etc/deimos.cfg", Root + "/good");

        SettingsResult result = Read(files, Sandbox, ("MESOS_WORK_DIRECTORY", "/var/ms"));

        Assert.Equal("/good", result.Require().State.Root);
        Assert.Equal(2, result.Notes.Count);
    }

    public static TheoryData<string, string> Untrusted() => new()
    {
        { "file of another user", "belongs to the user 1000" },
        { "file that its group can write", "can write /work/deimos.cfg" },
        { "file that all can write", "can write /work/deimos.cfg" },
        { "directory of another user", "/work belongs to the user 1000" },
        { "directory that all can write", "can write the directory /work" },
        { "directory above that its group can write", "can write the directory /srv" },
        { "link of another user", "/work/deimos.cfg belongs to the user 1000" },
        { "link to a file of another user", "/srv/x.cfg belongs to the user 1000" },
        { "link by a link of another user", "/srv/hop belongs to the user 1000" },
        { "link by a directory that all can write", "can write the directory /srv" },
        { "pipe", "not a regular file" },
        { "directory", "not a regular file" },
    };

    [Theory]
    [MemberData(nameof(Untrusted))]
    public void Find_PassesOver_WhatOthersCouldHaveWritten(string what, string why)
    {
        SettingsResult result = Read(UntrustedFiles(what), what.Contains("above", StringComparison.Ordinal) ? "/srv/work" : "/work");

        Assert.Equal(("/etc/mesos-docker.cfg", "/good"), (result.File, result.StateRoot));
        Assert.Contains(why, Assert.Single(result.Notes));
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(1000u, 1000u)]
    [InlineData(1000u, 0u)]
    public void Find_Takes_WhatIsRootsOrOurs(uint user, uint owner)
    {
        FakeFiles files = new FakeFiles { RunsAs = user }.Folder("/home/me", owner).File("/home/me/deimos.cfg", Root + "/good", owner);

        SettingsResult result = Read(files, "/home/me");

        Assert.Equal("/good", result.StateRoot);
        Assert.Empty(result.Notes);
    }

    [Fact]
    public void Find_TakesAFile_InAStickyDirectory()
    {
        FakeFiles files = new FakeFiles().Folder("/tmp", mode: 0x3ff).File("/tmp/deimos.cfg", Root + "/good");

        Assert.Equal("/good", Read(files, "/tmp").StateRoot);
    }

    [Theory]
    [InlineData("a link to nothing")]
    [InlineData("a link to itself")]
    public void Find_PassesOver_WhatLeadsNowhere(string what)
    {
        FakeFiles files = new FakeFiles().LinkTo("/work/deimos.cfg", what.EndsWith("itself", StringComparison.Ordinal) ? "deimos.cfg" : "/nothing");

        SettingsResult result = Read(files.File("/etc/deimos.cfg", Root + "/good"), "/work");

        Assert.Equal("/good", result.StateRoot);
    }

    [Fact]
    public void Find_ReportsAFile_ThatIsThereAndCannotBeRead()
    {
        // Regular, trusted, and reading it fails.
        FakeFiles files = new FakeFiles().File("/etc/usable.cfg", Root + "/x");
        SettingsResult result = SettingsReader.Read(
            Sources.Of(new Unreadable(files), ("MESOS_DOCKER_CONFIG_FILE", "/etc/usable.cfg")));

        Assert.Contains("/etc/usable.cfg: cannot be read: Permission denied", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public void Find_AsksNoOwners_WhereThereAreNone()
    {
        FakeFiles files = new FakeFiles { RunsAs = null }.File("/work/deimos.cfg", Root + "/good", user: 1000, mode: 0x1b6);

        Assert.Equal("/good", Read(files, "/work").StateRoot);
    }

    private static SettingsResult Read(ConfigurationFiles files, string place, params (string Name, string Value)[] variables)
        => SettingsReader.Read(Sources.Of(files, variables) with { WorkingDirectory = place, Home = "/root" });

    private static FakeFiles UntrustedFiles(string what)
    {
        FakeFiles files = new FakeFiles().File("/etc/mesos-docker.cfg", Root + "/good");
        const string Text = Root + "/bad";
        return what switch
        {
            "file of another user" => files.File("/work/deimos.cfg", Text, user: 1000),
            "file that its group can write" => files.File("/work/deimos.cfg", Text, mode: 0x1b4),
            "file that all can write" => files.File("/work/deimos.cfg", Text, mode: 0x1a6),
            "directory of another user" => files.Folder("/work", user: 1000).File("/work/deimos.cfg", Text),
            "directory that all can write" => files.Folder("/work", mode: 0x1ff).File("/work/deimos.cfg", Text),
            "directory above that its group can write" => files.Folder("/srv", mode: 0x1fd).File("/srv/work/deimos.cfg", Text),
            "link of another user" => files.File("/srv/x.cfg", Text).LinkTo("/work/deimos.cfg", "/srv/x.cfg", user: 1000),
            "link to a file of another user" => files.File("/srv/x.cfg", Text, user: 1000).LinkTo("/work/deimos.cfg", "../srv/x.cfg"),
            "link by a link of another user" => files.File("/srv/x.cfg", Text).LinkTo("/srv/hop", "x.cfg", user: 1000)
                .LinkTo("/work/deimos.cfg", "/srv/hop"),
            "link by a directory that all can write" => files.Folder("/srv", mode: 0x1ff).File("/opt/x.cfg", Text)
                .LinkTo("/srv/hop", "/opt").LinkTo("/work/deimos.cfg", "/srv/hop/x.cfg"),
            "pipe" => files.Pipe("/work/deimos.cfg"),
            "directory" => files.Folder("/work/deimos.cfg"),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
    }

    private sealed class Unreadable(FakeFiles files) : ConfigurationFiles
    {
        public override uint? User => files.User;

        public override Io.FileOwner? OwnerOf(string path) => files.OwnerOf(path);

        public override bool Exists(string path) => files.Exists(path);

        public override string? LinkTarget(string path) => files.LinkTarget(path);

        public override byte[] Read(string path, int limit) => throw new UnauthorizedAccessException("Permission denied");
    }
}
