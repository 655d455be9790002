using System.Text;
using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Configuration;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Read_GivesTheDefaults_WhereNothingIsSaid()
    {
        SettingsResult result = Sources.Read(null);

        Assert.Equivalent(new ContainerizerSettings(), result.Settings, strict: true);
        Assert.Null(result.File);
        Assert.Empty(result.Notes);
        Assert.Equal("/var/lib/mesos-docker", result.StateRoot);
        Assert.All(result.InForce, static setting => Assert.Equal("default", setting.Origin));
    }

    [Fact]
    public void Read_UnderstandsTheSampleOfDeimos_Unchanged()
    {
        SettingsResult result = Sources.Read(File.ReadAllText(TestData.PathOf("seeds", "deimos.cfg")));

        Assert.Empty(result.Problems);
        Assert.Empty(result.Notes);
        Assert.Equivalent(
            new ContainerizerSettings
            {
                Engine = new EngineOptions { Hosts = ["unix:///var/run/docker.sock", "tcp://localhost:2375"] },
                Index = new IndexSettings { Index = "interior-node:2222" },
                Image = new ImageSettings { Default = "docker:///ubuntu" },
                State = new StateSettings { Root = "/tmp/deimos" },
            },
            result.Settings,
            strict: true);
    }

    [Fact]
    public void Read_PutsEveryValue_WhereItBelongs()
    {
        const string Everything = """
            [docker]
            host: tcp://engine:2376
            tls: false
            tlsverify: true
            tlscacert: /tls/ca.pem
            tlscert: /tls/cert.pem
            tlskey: /tls/key.pem
            config: /root/.docker
            [docker.index]
            index: registry:5000
            account: team
            account_libmesos: mesos
            dockercfg: /etc/dockercfg
            [containers.image]
            default: docker:///base
            ignore: true
            [containers.options]
            default: ["-e", "A=b"]
            append: ["--rm"]
            ignore: true
            [pull]
            policy: always
            progress_timeout: 1m
            [containers]
            legacy: dmc
            native_library: /usr/lib/libmesos.so
            disk: enforce
            grace_seconds: 10
            shm_size: 128m
            cpu_quota: true
            orphans: keep
            [hooks]
            onlaunch: ["a", "b"]
            ondestroy: ["c"]
            timeout: 5
            [uris]
            unpack: false
            [fetch]
            timeout: 2m
            mesos_fetcher: /opt/mesos-fetcher
            [log]
            console: ERROR
            syslog: WARNING
            max_size: 1m
            max_files: 9
            [state]
            root: /srv/state
            keep: 1h
            [executor]
            subscribe_timeout: 10
            """;

        SettingsResult result = Sources.Read(Everything);

        Assert.Equivalent(
            new ContainerizerSettings
            {
                Engine = new EngineOptions
                {
                    Hosts = ["tcp://engine:2376"],
                    Tls = false,
                    TlsVerify = true,
                    TlsCaCertificate = "/tls/ca.pem",
                    TlsCertificate = "/tls/cert.pem",
                    TlsKey = "/tls/key.pem",
                    ConfigDirectory = "/root/.docker",
                },
                Index = new IndexSettings
                {
                    Index = "registry:5000", Account = "team", AccountLibmesos = "mesos", CredentialsFile = "/etc/dockercfg",
                },
                Image = new ImageSettings { Default = "docker:///base", Ignore = true },
                Options = new RunOptionSettings { Default = ["-e", "A=b"], Append = ["--rm"], Ignore = true },
                Pull = new PullSettings { Policy = PullPolicy.Always, ProgressTimeout = TimeSpan.FromMinutes(1) },
                Containers = new ContainerSettings
                {
                    Legacy = LegacyMeaning.Dmc,
                    Sandbox = "/mesos-sandbox",
                    NativeLibrary = "/usr/lib/libmesos.so",
                    Disk = DiskPolicy.Enforce,
                    GracePeriod = TimeSpan.FromSeconds(10),
                    SharedMemory = 128L << 20,
                    CpuQuota = true,
                    Orphans = OrphanPolicy.Keep,
                },
                Hooks = new HookSettings { OnLaunch = ["a", "b"], OnDestroy = ["c"], Timeout = TimeSpan.FromSeconds(5) },
                Fetch = new FetchSettings
                {
                    Unpack = false, Timeout = TimeSpan.FromMinutes(2), Fetcher = new FetcherChoice(true, "/opt/mesos-fetcher"),
                },
                Log = new LogSettings { Console = LogLevel.Error, Syslog = LogLevel.Warning, MaxSize = 1 << 20, MaxFiles = 9 },
                State = new StateSettings { Root = "/srv/state", Keep = TimeSpan.FromHours(1) },
                Executor = new ExecutorSettings { SubscribeTimeout = TimeSpan.FromSeconds(10) },
            },
            result.Require(),
            strict: true);
    }

    [Theory]
    [InlineData("deimos", "/tmp/mesos-sandbox")]
    [InlineData("dmc", "/mesos-sandbox")]
    public void Sandbox_IsWhereTheOldToolHadIt(string legacy, string expected)
        => Assert.Equal(expected, Sources.Read($"[containers]\nlegacy: {legacy}\n").Settings!.Containers.Sandbox);

    [Theory]
    [InlineData("[containers]\nlegacy: dmc\nsandbox: /x\n")]
    [InlineData("[containers]\nsandbox: /x\nlegacy: dmc\n")]
    public void Sandbox_IsWhatIsSaid_WhereverItIsSaid(string text) => Assert.Equal("/x", Sources.Read(text).Settings!.Containers.Sandbox);

    [Theory]
    [InlineData("H", "tcp://engine:2375")]
    [InlineData("h", "tcp://engine:2375")]
    [InlineData("HOST", "tcp://engine:2375")]
    public void Read_KnowsTheShortHost(string key, string value)
        => Assert.Equal(["tcp://engine:2375"], Sources.Read($"[docker]\n{key}: {value}\n").Settings!.Engine.Hosts);

    [Theory]
    [InlineData("[docker]\nhost: tcp://a\nH: tcp://engine:2375\n", "/etc/deimos.cfg:3: [docker] h replaces the one of line 2")]
    [InlineData("[docker]\nhost: tcp://a\nhost: tcp://engine:2375\n", "/etc/deimos.cfg:3: [docker] host replaces the one of line 2")]
    public void Read_Notes_WhatIsSaidTwice_ByWhateverName(string text, string note)
    {
        SettingsResult result = Sources.Read(text);

        Assert.Equal(["tcp://engine:2375"], result.Require().Engine.Hosts);
        Assert.Equal(note, Assert.Single(result.Notes));
    }

    [Theory]
    [InlineData("debug: true")]
    [InlineData("D: true")]
    [InlineData("log_level: warn")]
    [InlineData("log-level: warn")]
    [InlineData("l: warn")]
    public void Read_Notes_OptionsOfTheClient_ThatHaveNoEffect(string line)
    {
        SettingsResult result = Sources.Read($"[docker]\n{line}\n");

        Assert.NotNull(result.Settings);
        Assert.Contains("no effect", Assert.Single(result.Notes));
    }

    [Theory]
    [InlineData("[docker]\ncontext: prod\n", "/etc/deimos.cfg:2: [docker] context: this is no option of the docker client", "host, tls,")]
    [InlineData("[docker]\ntls_verify: true\n", "/etc/deimos.cfg:2: [docker] tls_verify: ", "perhaps tlsverify is meant")]
    [InlineData("[Docker]\nhost: x\n", "/etc/deimos.cfg:1: [Docker]: ", "perhaps [docker] is meant")]
    [InlineData("\n[container.options]\ndefault: []\n", "/etc/deimos.cfg:2: [container.options]: ", "perhaps [containers.options]")]
    [InlineData("[zebra]\nx: y\n", "/etc/deimos.cfg:1: [zebra]: ", "there are docker, docker.index,")]
    [InlineData("[hooks]\nunpack: true\n", "/etc/deimos.cfg:2: [hooks] unpack: ", "perhaps the one in [uris] is meant")]
    [InlineData("[hooks]\nonstart: []\n", "/etc/deimos.cfg:2: [hooks] onstart: ", "there are onlaunch, ondestroy, timeout")]
    [InlineData("[uris]\nunpakc: true\n", "/etc/deimos.cfg:2: [uris] unpakc: ", "perhaps unpack is meant")]
    [InlineData("[DEFAULT]\nroot: /x\ndir: /y\n[log]\nconsole: INFO\n", "/etc/deimos.cfg:2: [DEFAULT] root: ", "no section here")]
    [InlineData("[uris]\nunpack: true\n  # twice\n", "/etc/deimos.cfg:2: [uris] unpack = \"true\\n# twice\": ", "first column")]
    public void Read_ReportsWhatItDoesNotKnow_AndWhatMayBeMeant(string text, string where, string advice)
    {
        string problem = Sources.Read(text).Problems[0].ToString();

        Assert.StartsWith(where, problem);
        Assert.Contains(advice, problem);
    }

    [Fact]
    public void Read_ReportsAllProblems_AndKeepsWhatIsGood()
    {
        const string Text = """
            stray
            [uris]
            unpack: maybe
            [state]
            root: /srv/state
            keep: long
            [hooks]
            onlaunch: [
            """;

        SettingsResult result = Sources.Read(Text, ("MESOS_DOCKER_PULL_POLICY", "never"));

        Assert.Equal([1, 3, 6, 8, null], result.Problems.Select(static problem => problem.Line));
        Assert.Null(result.Settings);
        Assert.Equal("/srv/state", result.StateRoot);
        var error = Assert.Throws<MesosDockerException>(() => result.Require());
        Assert.Equal(Fault.ConfigurationInvalid, error.Fault);
        Assert.StartsWith("The configuration has 5 problems. /etc/deimos.cfg:1: ", error.Message);
        Assert.Contains("/etc/deimos.cfg:6: [state] keep = \"long\": write a duration", error.Message);
        Assert.Contains("environment MESOS_DOCKER_PULL_POLICY: [pull] policy = \"never\": write missing or always", error.Message);
    }

    [Fact]
    public void Read_SaysWhatIsWrong_InOneSentence_WhereItIsOneThing()
    {
        var error = Assert.Throws<MesosDockerException>(() => Sources.Read("[uris]\nunpack = maybe\n").Require());

        Assert.Equal("/etc/deimos.cfg:2: [uris] unpack = \"maybe\": write true or false.", error.Message);
    }

    [Fact]
    public void Read_MakesValuesHarmless_BeforeItShowsThem()
    {
        string evil = "\u001b[2J" + new string('x', 1000);

        SettingProblem problem = Assert.Single(Sources.Read($"[uris]\nunpack: {evil}\n").Problems);

        Assert.StartsWith("\\x1b[2Jxxx", problem.Value);
        Assert.InRange(problem.Value!.Length, 100, 200);
        string key = Sources.Read("[uris]\n\u001b[2J\u202e: x\n").Problems.Single().ToString();
        Assert.Contains("\\x1b[2j\\u202e", key);
        string section = Sources.Read("[\u001b[2J]\n").Problems.Single().ToString();
        Assert.Contains("[\\x1b[2J]", section);
    }

    [Theory]
    [InlineData(null, null, null, "")]
    [InlineData("docker:///file", null, null, "docker:///file")]
    [InlineData("docker:///file", "docker:///agent", null, "docker:///agent")]
    [InlineData("docker:///file", "", null, "docker:///file")]
    [InlineData("docker:///file", "docker:///agent", "docker:///ours", "docker:///ours")]
    public void DefaultImage_OfTheAgent_BeatsTheFile(string? file, string? agent, string? ours, string expected)
    {
        string? text = file is null ? null : $"[containers.image]\ndefault: {file}\n";
        ContainerizerSettings settings = Sources.Read(
            text, ("MESOS_DEFAULT_CONTAINER_IMAGE", agent ?? ""), ("MESOS_DOCKER_CONTAINERS_IMAGE_DEFAULT", ours ?? "")).Require();

        Assert.Equal(expected, settings.Image.Default ?? "");
    }

    [Theory]
    [InlineData(null, null, null, "")]
    [InlineData("/agent.so", null, null, "/agent.so")]
    [InlineData("/agent.so", "/file.so", null, "/file.so")]
    [InlineData("/agent.so", "/file.so", "/ours.so", "/ours.so")]
    public void NativeLibrary_OfTheAgent_IsPassedOn_UnlessOneIsConfigured(string? agent, string? file, string? ours, string expected)
    {
        string? text = file is null ? null : $"[containers]\nnative_library: {file}\n";
        ContainerizerSettings settings = Sources.Read(
            text, ("MESOS_NATIVE_LIBRARY", agent ?? ""), ("MESOS_DOCKER_CONTAINERS_NATIVE_LIBRARY", ours ?? "")).Require();

        Assert.Equal(expected, settings.Containers.NativeLibrary ?? "");
    }

    [Fact]
    public void ClientArguments_BeatTheFile_AndLoseToOurVariables()
    {
        SettingsResult result = Sources.Read(
            "[docker]\nhost: tcp://file:1\ntlsverify: false\ntlscacert: /file\n",
            ("CONTAINERIZER_DOCKER_ARGS", "-H tcp://a:1 --host b:2 --tlsverify --tlscacert=/args -D"),
            ("MESOS_DOCKER_DOCKER_TLSCACERT", "/ours"));

        EngineOptions engine = result.Require().Engine;
        Assert.Equal(["tcp://a:1", "tcp://b:2"], engine.Hosts);
        Assert.True(engine.TlsVerify);
        Assert.Equal("/ours", engine.TlsCaCertificate);
        Assert.Equal("CONTAINERIZER_DOCKER_ARGS: --debug has no effect: there is no docker client here", Assert.Single(result.Notes));
        Assert.Equal("environment CONTAINERIZER_DOCKER_ARGS", result.InForce.Single(static setting => setting.Key == "host").Origin);
    }

    [Fact]
    public void ClientArguments_ThatAreWrong_AreProblems()
    {
        SettingsResult result = Sources.Read(null, ("CONTAINERIZER_DOCKER_ARGS", "-H ssh://x --frob ps"));

        Assert.Equal(3, result.Problems.Count);
        Assert.All(result.Problems, static problem => Assert.Equal("CONTAINERIZER_DOCKER_ARGS", problem.Variable));
        Assert.Contains(result.Problems, static problem => problem is { Section: "docker", Key: "host", Value: "ssh://x" });
    }

    [Theory]
    [InlineData("MESOS_DOCKER_STATE_ROTO", "perhaps MESOS_DOCKER_STATE_ROOT is meant")]
    [InlineData("MESOS_DOCKER_STAT_ROOT", "perhaps MESOS_DOCKER_STATE_ROOT is meant")]
    [InlineData("MESOS_DOCKER_STATE_ZEBRA", "there is no such setting")]
    [InlineData("MESOS_DOCKER_CONFIG_FIEL", "perhaps MESOS_DOCKER_CONFIG_FILE is meant")]
    public void AnUnknownVariable_OfOurs_IsAProblem(string name, string advice)
        => Assert.Contains(advice, Assert.Single(Sources.Read(null, (name, "x")).Problems).ToString());

    [Theory]
    [InlineData("MESOS_DOCKER")]
    [InlineData("MESOS_DOCKER_")]
    [InlineData("MESOS_DOCKER_SOCKET")]
    [InlineData("MESOS_STATE_ROOT")]
    public void AVariableOfOthers_IsNone(string name) => Assert.Empty(Sources.Read(null, (name, "x")).Problems);

    [Fact]
    public void Problems_AreCounted_WhereTheyAreTooManyToShow()
    {
        var text = new StringBuilder("[uris]\n");
        for (int i = 0; i < 1000; i++)
        {
            text.Append("key").Append(i).Append(": x\n");
        }

        SettingsResult result = Sources.Read(text.ToString());

        Assert.Equal(51, result.Problems.Count);
        Assert.Equal("and 950 further problems, not shown", result.Problems[^1].ToString());
    }
}
