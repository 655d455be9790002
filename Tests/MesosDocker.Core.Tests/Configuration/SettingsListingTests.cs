using System.Text.Json;
using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Configuration;

public sealed class SettingsListingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("[docker]\nhost: [\"unix:///a\", \"tcp://b:1\"]\ntls: true\n[state]\nroot: /x\n")]
    [InlineData("[containers.options]\nappend:\n [\"-e\", \"A=a ;b\", \"--x=100%%\", \"#\", \"\\n[log]\\n\", \"é\\u0001\"]\n")]
    [InlineData("[docker]\ntlscert:\n  /a ;b/%%c\n[containers]\nlegacy: dmc\n[log]\nconsole:\n")]
    [InlineData("[containers]\nlegacy: dmc\nsandbox: /tmp/mesos-sandbox\nshm_size: 1g\n")]
    public void ToText_IsAConfiguration_ThatMeansTheSame(string text)
    {
        SettingsResult first = Sources.Read(text);
        Assert.Empty(first.Problems);

        SettingsResult second = Sources.Read(SettingsListing.ToText(first));

        Assert.Empty(second.Problems);
        Assert.Equivalent(first.Settings, second.Settings, strict: true);
        Assert.Equal(first.InForce.Select(static s => s.Value), second.InForce.Select(static s => s.Value));
    }

    [Fact]
    public void ToText_SaysWhereEachValueCameFrom_AndWhatIsWrong()
    {
        SettingsResult result = Sources.Read(
            "[uris]\nunpack: maybe\nunpack: false\nunpakc: true\n[log]\nsyslog: ERROR\n", ("MESOS_DOCKER_STATE_ROOT", "/ours"));

        string text = SettingsListing.ToText(result);

        Assert.StartsWith(
            "# /etc/deimos.cfg\n"
            + "# PROBLEM /etc/deimos.cfg:4: [uris] unpakc: there is no such setting; perhaps unpack is meant\n"
            + "# note: /etc/deimos.cfg:3: [uris] unpack replaces the one of line 2\n"
            + "\n[docker]\n",
            text);
        Assert.Contains("(/etc/deimos.cfg:3)\nunpack = false\n", text);
        Assert.Contains("(/etc/deimos.cfg:6)\nsyslog = ERROR\n", text);
        Assert.Contains("(environment MESOS_DOCKER_STATE_ROOT)\nroot = /ours\n", text);
        Assert.Contains("(default)\nkeep = 1d\n", text);
        Assert.StartsWith("# There is no configuration file\n\n[docker]\n", SettingsListing.ToText(Sources.Read(null)));
    }

    [Fact]
    public void ToJson_HasAllOfIt()
    {
        SettingsResult result = Sources.Read("[uris]\nunpack: maybe\n[state]\nroot: /x\nroot: /y\n");

        using JsonDocument json = JsonDocument.Parse(SettingsListing.ToJson(result));

        JsonElement root = json.RootElement;
        Assert.Equal("/etc/deimos.cfg", root.GetProperty("file").GetString());
        Assert.Equal("/y", root.GetProperty("stateRoot").GetString());
        JsonElement problem = Assert.Single(root.GetProperty("problems").EnumerateArray());
        Assert.Equal(2, problem.GetProperty("line").GetInt32());
        Assert.Equal("maybe", problem.GetProperty("value").GetString());
        Assert.Equal(1, root.GetProperty("notes").GetArrayLength());
        Assert.Equal(SettingsTable.Rows.Count, root.GetProperty("settings").GetArrayLength());
        JsonElement state = root.GetProperty("settings").EnumerateArray().Single(static setting
            => setting.GetProperty("section").GetString() == "state" && setting.GetProperty("key").GetString() == "root");
        Assert.Equal("File", state.GetProperty("source").GetString());
        Assert.Equal(5, state.GetProperty("line").GetInt32());
        Assert.Equal("/var/lib/mesos-docker", state.GetProperty("default").GetString());
        Assert.Equal("MESOS_DOCKER_STATE_ROOT", state.GetProperty("override").GetString());
    }
}
