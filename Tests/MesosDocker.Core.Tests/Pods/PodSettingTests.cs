using MesosDocker.Docker;
using MesosDocker.Mesos;
using MesosDocker.Pods;

namespace MesosDocker.Core.Tests.Pods;

public sealed class PodSettingTests
{
    private static readonly Dictionary<string, string> s_none = [];

    [Fact]
    public void Labels_BeatVariables_AndMayHaveSomethingBeforeThem()
    {
        var environment = new Dictionary<string, string> { ["MESOS_DOCKER_POD_KIND"] = "batch", ["MESOS_DOCKER_POD_PULL_RETRIES"] = "7", ["OTHER"] = "x" };
        PodSettings settings = PodSettingReader.Read(
            [
                new Label("org.apache.aurora.metadata.mesosdocker.pod.kind", "service"), new Label("mesosdocker.pod.pull", "always"),
                new Label("xmesosdocker.pod.none", "x"), new Label("team", "blue"),
            ],
            environment);

        Assert.Equal((PodKind.Service, PullPolicy.Always, 7), (settings.Kind, settings.Pull, settings.PullRetries));
    }

    [Fact]
    public void Files_AreNamedBySeveralLabels_AndSeveralInOne()
    {
        PodSettings settings = PodSettingReader.Read(
            [new Label("fileName", " a.yml, b/c.yml,,"), new Label("x.fileName", "http://h/d.yml"), new Label("myfileName", "no")], s_none);

        Assert.Equal(["a.yml", "b/c.yml", "http://h/d.yml"], settings.Files);
    }

    [Theory]
    [InlineData("kind", "service", "Kind=Service")]
    [InlineData("pull-timeout", "90s", "PullTimeout=00:01:30")]
    [InlineData("start-timeout", "0", "StartTimeout=00:00:00")]
    [InlineData("validate", "false", "Validate=False")]
    [InlineData("unhealthy", "report", "EndUnhealthy=False")]
    [InlineData("remove-images", "true", "RemoveImages=True")]
    [InlineData("cgroup-parent", "none", "CgroupParent=")]
    [InlineData("cgroup-parent", "/mesos/x", "CgroupParent=/mesos/x")]
    [InlineData("hook-timeout", "5s", "HookTimeout=00:00:05")]
    [InlineData("hooks-required", "true", "HooksRequired=True")]
    [InlineData("launcher-timeout", "1h", "LauncherTimeout=01:00:00")]
    public void Values_AreRead(string name, string value, string expected)
    {
        PodSettings settings = PodSettingReader.Read([new Label($"mesosdocker.pod.{name}", value)], s_none);

        Assert.Contains(expected.Replace("=", " = ", StringComparison.Ordinal) + ",", settings.ToString().Replace(" }", ",", StringComparison.Ordinal));
    }

    [Fact]
    public void Programs_AreWords_OrArrays()
    {
        PodSettings settings = PodSettingReader.Read(
            [
                new Label("mesosdocker.pod.hook.pre-pull", "/opt/hook"), new Label("mesosdocker.pod.hook.post-pull", """["notify","--now"]"""),
                new Label("mesosdocker.pod.launcher", "place"), new Label("mesosdocker.pod.compose", """["docker","compose"]"""),
            ],
            s_none);

        Assert.Equal(["/opt/hook"], settings.Hooks[PodPhase.Pull].Before);
        Assert.Equal(["notify", "--now"], settings.Hooks[PodPhase.Pull].After);
        Assert.Equal(["place"], settings.Launcher);
        Assert.Equal(["docker", "compose"], settings.Compose);
    }

    [Fact]
    public void TheExecutorsOwn_AreVariablesOnly()
    {
        PodSettings settings = PodSettingReader.Read(
            [], new Dictionary<string, string> { ["MESOS_DOCKER_POD_LOG_SIZE"] = "10m", ["MESOS_DOCKER_POD_LOG_FILES"] = "0" });

        Assert.Equal((10L * 1024 * 1024, 0), (settings.LogSize, settings.LogFiles));
        var e = Assert.Throws<MesosDockerException>(() => PodSettingReader.Read([new Label("mesosdocker.pod.log-size", "10m")], s_none));
        Assert.Contains("by 'MESOS_DOCKER_POD_LOG_SIZE'", e.Message);
    }

    [Theory]
    [InlineData("kind", "daemon", "The label 'mesosdocker.pod.kind' is 'daemon'; it must be service or batch.")]
    [InlineData("pull-retries", "-1", "must be a number from 0 to 100")]
    [InlineData("pull-timeout", "0", "must be a duration")]
    [InlineData("cgroup-parent", "mesos", "must be an absolute path")]
    [InlineData("hook.pre-up", "./hook", "must be a program by name or absolute path")]
    [InlineData("hook.pre-up", "[]", "must be a program by name or absolute path")]
    public void Wrong_IsToldWithWhatIsWanted(string name, string value, string words)
    {
        var e = Assert.Throws<MesosDockerException>(() => PodSettingReader.Read([new Label($"mesosdocker.pod.{name}", value)], s_none));

        Assert.Equal(Fault.OptionValueInvalid, e.Fault);
        Assert.Contains(words, e.Message);
    }

    [Theory]
    [InlineData("mesosdocker.pod.knid", "There is no label 'mesosdocker.pod.knid' for pods. Is it 'mesosdocker.pod.kind'?")]
    [InlineData("mesosdocker.pod.colour", "docs/pods.md lists those that there are.")]
    public void Unknown_IsToldWithWhatIsNear(string label, string words)
    {
        var e = Assert.Throws<MesosDockerException>(() => PodSettingReader.Read([new Label(label, "x")], s_none));

        Assert.Equal(Fault.SettingUnknown, e.Fault);
        Assert.Contains(words, e.Message);
        Assert.Throws<MesosDockerException>(() => PodSettingReader.Read([], new Dictionary<string, string> { ["MESOS_DOCKER_POD_COLOUR"] = "x" }));
    }

    /// <summary>The guide lists them all.</summary>
    [Fact]
    public void Guide_NamesEverySetting()
    {
        string guide = File.ReadAllText(Path.Combine(TestKit.TestData.RepositoryRoot, "docs", "pods.md"));

        Assert.All(PodSettingTable.All, setting => Assert.Contains($"`{setting.Name}`", guide));
    }
}
