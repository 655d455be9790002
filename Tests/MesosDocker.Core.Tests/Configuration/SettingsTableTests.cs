using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Configuration;

/// <summary>Every row of the table, from the file and from the environment, with what is allowed and what is not.</summary>
public sealed class SettingsTableTests
{
    private static readonly Dictionary<string, (string Text, string Value)[]> s_allowed = new()
    {
        ["docker host"] =
        [
            ("unix:///run/docker.sock", """["unix:///run/docker.sock"]"""),
            ("""["unix:///var/run/docker.sock", "tcp://localhost:2375"]""", """["unix:///var/run/docker.sock", "tcp://localhost:2375"]"""),
            ("engine:2375", """["tcp://engine:2375"]"""),
            (":2375", """["tcp://localhost:2375"]"""),
            ("tcp://[::1]:2376", """["tcp://[::1]:2376"]"""),
            ("https://engine", """["https://engine"]"""),
            ("[]", "[]"),
        ],
        ["docker tls"] = [("true", "true"), ("False", "false")],
        ["docker tlsverify"] = [("True", "true"), ("0", "false")],
        ["docker tlscacert"] = [("/etc/docker/ca.pem", "/etc/docker/ca.pem")],
        ["docker tlscert"] = [("/etc/docker/my cert.pem", "/etc/docker/my cert.pem")],
        ["docker tlskey"] = [("/etc/docker/key.pem", "/etc/docker/key.pem")],
        ["docker config"] = [("/root/.docker/", "/root/.docker")],
        ["docker.index index"] = [("interior-node:2222", "interior-node:2222")],
        ["docker.index account"] = [("theteam", "theteam")],
        ["docker.index account_libmesos"] = [("other", "other"), ("\"\"", "")],
        ["docker.index dockercfg"] = [("/mnt/secrets/dockercfg", "/mnt/secrets/dockercfg")],
        ["containers.image default"] =
        [
            ("docker:///ubuntu", "docker:///ubuntu"), ("busybox:1", "busybox:1"), ("docker:///", ""),
        ],
        ["containers.image ignore"] = [("True", "true"), ("yes", "true"), ("on", "true"), ("1", "true")],
        ["containers.options default"] =
        [
            ("""["-e", "A=b c"]""", """["-e", "A=b c"]"""),
            ("--privileged", """["--privileged"]"""),
            ("""["--memory", 64, 1.5]""", """["--memory", "64", "1.5"]"""),
            ("""["a\"\u00e9\\;"]""", """["a\"é\\;"]"""),
        ],
        ["containers.options append"] = [("""["-v", "/srv:/srv"]""", """["-v", "/srv:/srv"]""")],
        ["containers.options ignore"] = [("true", "true")],
        ["pull policy"] = [("always", "always"), ("ALWAYS", "always")],
        ["pull progress_timeout"] = [("1mins", "1m"), ("1ms", "1ms"), ("30d", "30d")],
        ["containers legacy"] = [("dmc", "dmc")],
        ["containers sandbox"] = [("/sandbox/", "/sandbox")],
        ["containers native_library"] = [("/usr/lib/libmesos.so", "/usr/lib/libmesos.so")],
        ["containers disk"] = [("ignore", "ignore"), ("enforce", "enforce")],
        ["containers grace_seconds"] = [("10", "10s"), ("0", "0s"), ("1d", "1d")],
        ["containers shm_size"] = [("128m", "128m"), ("64k", "64k")],
        ["containers cpu_quota"] = [("true", "true")],
        ["containers orphans"] = [("keep", "keep")],
        ["hooks onlaunch"] =
        [
            ("""["container_registry", "register"]""", """["container_registry", "register"]"""),
            ("/usr/local/bin/hook", """["/usr/local/bin/hook"]"""),
        ],
        ["hooks ondestroy"] = [("""["container_registry", "unregister", "--now"]""", """["container_registry", "unregister", "--now"]""")],
        ["hooks timeout"] = [("1.5", "1500ms")],
        ["uris unpack"] = [("False", "false"), ("off", "false"), ("no", "false")],
        ["fetch timeout"] = [("2h", "2h")],
        ["fetch mesos_fetcher"] = [("true", "true"), ("/usr/libexec/mesos/mesos-fetcher", "/usr/libexec/mesos/mesos-fetcher")],
        ["log console"] = [("ERROR", "ERROR"), ("notset", "NOTSET"), ("\"\"", "NOTSET")],
        ["log syslog"] = [("DEBUG", "DEBUG"), ("WARNING", "WARNING"), ("CRITICAL", "CRITICAL")],
        ["log max_size"] = [("0", "0"), ("1g", "1g"), ("4096", "4k")],
        ["log max_files"] = [("0", "0"), ("1000", "1000")],
        ["state root"] = [("/tmp/deimos", "/tmp/deimos"), ("/srv//", "/srv")],
        ["state keep"] = [("0", "0s"), ("2weeks", "14d")],
        ["executor subscribe_timeout"] = [("90", "90s")],
    };

    private static readonly string[] s_notFlags = ["maybe", "2", "[]", "\"true\""];
    private static readonly string[] s_notPaths = ["relative/path", "~/path", "/a/../b", "./x", ".."];
    private static readonly string[] s_notWaits = ["0", "31d", "5 parsecs", "-1", "soon"];
    private static readonly string[] s_notLists =
    [
        "[", "[\"a\"", "[\"a\",]", "[\"a\"] x", "[[\"a\"]]", "[{}]", "[null]", "[true]", "[\"\\ud800\"]", "[\"\\u0000\"]", "['a']",
    ];

    private static readonly Dictionary<string, string[]> s_refused = new()
    {
        ["docker host"] = [.. s_notLists, "ssh://engine", "fd://", "npipe:////./pipe/docker", "/var/run/docker.sock", "unix://x", "tcp://", "a b", "[\"\"]"],
        ["docker tls"] = s_notFlags,
        ["docker tlsverify"] = s_notFlags,
        ["docker tlscacert"] = s_notPaths,
        ["docker tlscert"] = s_notPaths,
        ["docker tlskey"] = s_notPaths,
        ["docker config"] = s_notPaths,
        ["docker.index index"] = ["a b"],
        ["docker.index account"] = ["a b"],
        ["docker.index account_libmesos"] = ["a b"],
        ["docker.index dockercfg"] = s_notPaths,
        ["containers.image default"] = ["docker:///a b"],
        ["containers.image ignore"] = s_notFlags,
        ["containers.options default"] = s_notLists,
        ["containers.options append"] = s_notLists,
        ["containers.options ignore"] = s_notFlags,
        ["pull policy"] = ["never", "\"\"", "missing always", "0"],
        ["pull progress_timeout"] = s_notWaits,
        ["containers legacy"] = ["medea", "\"\""],
        ["containers sandbox"] = [.. s_notPaths, "/", "//", "/a:b", "\"\""],
        ["containers native_library"] = s_notPaths,
        ["containers disk"] = ["maybe", "true", "\"\""],
        ["containers grace_seconds"] = ["-1", "25h", "\"\"", "a while"],
        ["containers shm_size"] = ["63k", "0", "much", "-1"],
        ["containers cpu_quota"] = s_notFlags,
        ["containers orphans"] = ["true", "\"\""],
        ["hooks onlaunch"] = [.. s_notLists, "hooks/mine", "./mine", "[\"\"]", "[\"../x\"]"],
        ["hooks ondestroy"] = [.. s_notLists, "bin/x"],
        ["hooks timeout"] = s_notWaits,
        ["uris unpack"] = [.. s_notFlags, "\"\""],
        ["fetch timeout"] = s_notWaits,
        ["fetch mesos_fetcher"] = ["mesos-fetcher", "maybe", "\"\"", "/a/../b"],
        ["log console"] = ["LOUD", "10", "INFO DEBUG", "INFO,DEBUG", "-1"],
        ["log syslog"] = ["TRACE", "20"],
        ["log max_size"] = ["1", "4095", "-1", "big", "\"\""],
        ["log max_files"] = ["-1", "1001", "1.5", "99999999999", "\"\""],
        ["state root"] = [.. s_notPaths, "/a:b", "/", "\"\""],
        ["state keep"] = ["-1", "3651d", "\"\""],
        ["executor subscribe_timeout"] = s_notWaits,
    };

    public static TheoryData<string> Rows() => [.. SettingsTable.Rows.Select(NameOf)];

    [Fact]
    public void EveryRow_HasCasesHere()
    {
        Assert.Equal(SettingsTable.Rows.Select(NameOf).Order(), s_allowed.Keys.Order());
        Assert.Equal(SettingsTable.Rows.Select(NameOf).Order(), s_refused.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void AnAllowedValue_HoldsFromTheFile_AndChangesNothingElse(string name)
    {
        Setting row = RowOf(name);
        foreach ((string text, string value) in s_allowed[name])
        {
            SettingsResult result = Sources.Read($"# a comment\n[{row.Section}]\n{row.Key}: {text}\n");

            Assert.Empty(result.Problems);
            SettingInForce setting = result.InForce.Single(setting => setting.Section == row.Section && setting.Key == row.Key);
            Assert.Equal((value, SettingSource.File, $"{Sources.File}:3"), (setting.Value, setting.Source, setting.Origin));
            AssertOthersByDefault(row, result);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void AnAllowedValue_HoldsFromTheEnvironment_OverTheFile(string name)
    {
        Setting row = RowOf(name);
        foreach ((string text, string value) in s_allowed[name].Where(static pair => pair.Text != "\"\""))
        {
            string inFile = s_allowed[name][0].Text;
            SettingsResult result = Sources.Read($"[{row.Section}]\n{row.Key}: {inFile}\n", (row.Variable, text));

            Assert.Empty(result.Problems);
            SettingInForce setting = result.InForce.Single(setting => setting.Section == row.Section && setting.Key == row.Key);
            Assert.Equal((value, SettingSource.Environment, $"environment {row.Variable}"), (setting.Value, setting.Source, setting.Origin));
            AssertOthersByDefault(row, result);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void ARefusedValue_IsAProblem_ThatNamesPlaceValueAndWhatIsAllowed(string name)
    {
        Setting row = RowOf(name);
        foreach (string text in s_refused[name])
        {
            SettingsResult result = Sources.Read($"[{row.Section}]\n\n{row.Key}: {text}\n");

            SettingProblem problem = Assert.Single(result.Problems);
            Assert.Equal((Sources.File, 3, row.Section, row.Key), (problem.File, problem.Line, problem.Section, problem.Key));
            Assert.Equal(text == "\"\"" ? "" : text, problem.Value);
            Assert.Contains(row.Allowed, problem.Message);
            Assert.Null(result.Settings);
            Assert.Equal(row.Default, row.ValueIn(result.AsFarAsRead));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void ARefusedValue_IsAProblem_FromTheEnvironment(string name)
    {
        Setting row = RowOf(name);
        foreach (string text in s_refused[name].Where(static text => text != "\"\""))
        {
            SettingProblem problem = Assert.Single(Sources.Read(null, (row.Variable, text)).Problems);

            Assert.Equal((row.Variable, row.Section, row.Key, text), (problem.Variable, problem.Section, problem.Key, problem.Value));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void AnEmptyVariable_IsNone(string name)
    {
        Setting row = RowOf(name);

        SettingsResult result = Sources.Read(null, (row.Variable, ""));

        Assert.Empty(result.Problems);
        Assert.All(result.InForce, static setting => Assert.Equal(SettingSource.Default, setting.Source));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void TheDefault_ReadsAsItself(string name)
    {
        Setting row = RowOf(name);
        Assert.Equal(row.Default, row.ValueIn(row.Apply(new ContainerizerSettings(), row.Default)!));
    }

    [Fact]
    public void Names_AreUnique_AndNoFlagOfTheAgent()
    {
        // mesos-agent 0.19 to 1.11 takes MESOS_<FLAG> from its environment, which is ours too, for its flag of that name.
        string[] flags =
        [
            "AUTH_SERVER", "AUTH_SERVER_PORT", "CONFIG", "IGNORE_RUNTIME", "KILL_ORPHANS", "LOCAL_ARCHIVES_DIR", "MESOS_IMAGE", "PULLER",
            "PULLER_TIMEOUT", "REGISTRY", "REMOVE_DELAY", "SANDBOX_DIRECTORY", "SOCKET", "STOP_TIMEOUT", "STORE_DIR", "VOLUME_CHECKPOINT_DIR",
            "VOLUME_CHOWN",
        ];

        Assert.Distinct(SettingsTable.Rows.Select(NameOf));
        Assert.Distinct(SettingsTable.Rows.Select(static row => row.Variable).Append(SettingsSearch.FileVariable));
        Assert.Empty(SettingsTable.Rows.Select(static row => row.Variable)
            .Append(SettingsSearch.FileVariable)
            .Intersect(flags.Select(static flag => "MESOS_DOCKER_" + flag)));
        Assert.Empty(Sources.Read(null, [.. flags.Select(static flag => ($"MESOS_DOCKER_{flag}", "x"))]).Problems);
    }

    [Fact]
    public void Descriptions_AreOneSentenceWithoutItsStop()
        => Assert.All(SettingsTable.Rows, static row => Assert.Matches("^[A-Z][^|\n]*[^.|\n]$", row.Description));

    private static string NameOf(Setting row) => $"{row.Section} {row.Key}";

    private static Setting RowOf(string name) => SettingsTable.Rows.Single(row => NameOf(row) == name);

    private static void AssertOthersByDefault(Setting row, SettingsResult result)
    {
        // The sandbox's default depends on whose meaning the old message has.
        IEnumerable<Setting> others = SettingsTable.Rows.Where(other => other != row && (row.Key, other.Key) != ("legacy", "sandbox"));
        Assert.All(others, other => Assert.Equal(other.Default, other.ValueIn(result.AsFarAsRead)));
    }
}
