using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class HookVariablesTests
{
    private static readonly Dictionary<string, string> s_agent = new()
    {
        ["PATH"] = "/usr/bin", ["MESOS_DIRECTORY"] = "/host/sandbox", ["LANG"] = "C",
    };

    [Fact]
    public void Environment_IsTheTasks_OnTopOfTheAgents()
    {
        IReadOnlyDictionary<string, string> merged = LifecycleHooks.Environment(
            s_agent, ["APP=a=b", "LANG=de", "PORT0=31000", "MESOS_DIRECTORY=/mnt/sandbox", "app.name=x", "app-name=", "UNSET"]);

        Assert.Equal("a=b", merged["APP"]);
        Assert.Equal("de", merged["LANG"]);
        Assert.Equal("31000", merged["PORT0"]);
        Assert.Equal("/mnt/sandbox", merged["MESOS_DIRECTORY"]);
        Assert.Equal("x", merged["app.name"]);
        Assert.Equal("", merged["app-name"]);
        Assert.DoesNotContain("UNSET", merged.Keys);
    }

    [Theory]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("LD_PRELOAD")]
    [InlineData("LD_LIBRARY_PATH")]
    [InlineData("GCONV_PATH")]
    [InlineData("BASH_ENV")]
    [InlineData("BASH_FUNC_id%%")]
    [InlineData("ENV")]
    [InlineData("IFS")]
    [InlineData("PYTHONPATH")]
    [InlineData("PERL5OPT")]
    [InlineData("NODE_OPTIONS")]
    [InlineData("JAVA_TOOL_OPTIONS")]
    [InlineData("DOTNET_STARTUP_HOOKS")]
    [InlineData("DOCKER_HOST")]
    [InlineData("KUBECONFIG")]
    [InlineData("MESOS_DOCKER_CONFIG_FILE")]
    [InlineData("")]
    [InlineData("A\nB")]
    [InlineData("A B")]
    public void Environment_LeavesOutWhatChoosesWhatIsRun(string name)
        => Assert.Equal(s_agent, LifecycleHooks.Environment(s_agent, [$"{name}=/sandbox/evil"]));

    [Fact]
    public void Environment_LeavesOutFunctions() => Assert.Equal(s_agent, LifecycleHooks.Environment(s_agent, ["id=() { :; }; evil"]));
}
