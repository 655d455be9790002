using System.Text.RegularExpressions;
using MesosDocker.Mesos;
using MesosDocker.Pods;

namespace MesosDocker.Core.Tests.Pods;

public sealed partial class PodNamesTests
{
    [Theory]
    [InlineData("tutorial_web.instance-5590a1b2-171d-460c-b7e4-0e16e6eee80d._app.1", "tutorial_web-instance-5590a1b2-171d-460c-b7e4-0e-")]
    [InlineData("Web.1", "web-1-")]
    [InlineData("__x", "x-")]
    [InlineData("...", "pod-")]
    [InlineData("ä/b:c", "b-c-")]
    public void Of_IsTheTasksId_InWhatComposeAllows(string taskId, string beginning)
    {
        string name = PodNames.Of(taskId, "r");

        Assert.StartsWith(beginning, name);
        Assert.Matches(Allowed(), name);
        Assert.True(name.Length <= 57, name);
    }

    [Fact]
    public void Of_IsAnother_ForEachTask_AndEachRun()
    {
        string[] names = [PodNames.Of("a.b", "1"), PodNames.Of("a-b", "1"), PodNames.Of("A.b", "1"), PodNames.Of("a.b", "2")];

        Assert.Equal(names, names.Distinct());
        Assert.Equal(PodNames.Of("a.b", "1"), PodNames.Of("a.b", "1"));
    }

    [Fact]
    public void OfferedPorts_AreInTheOrderThatTheFrameworkTells_WhereItMeansTheSame()
    {
        var resources = new Resources { Ports = [new PortRange(31005, 31006), new PortRange(31000, 31000)] };
        Dictionary<string, string> Environment(params string[] ports)
            => ports.Select(static (port, i) => KeyValuePair.Create($"PORT{i}", port)).ToDictionary();

        Assert.Equal([31005, 31006, 31000], OfferedPorts.Of(resources, Environment()));
        Assert.Equal([31006, 31000, 31005], OfferedPorts.Of(resources, Environment("31006", "31000", "31005")));

        // Another task's, or something else altogether.
        Assert.Equal([31005, 31006, 31000], OfferedPorts.Of(resources, Environment("31006", "31000")));
        Assert.Equal([31005, 31006, 31000], OfferedPorts.Of(resources, Environment("31006", "31000", "x")));
        Assert.Equal("31006 31006 31000 31006,31000", string.Join(' ', OfferedPorts.Variables([31006, 31000]).OrderBy(static pair => pair.Key).Select(static pair => pair.Value)));
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]*$")]
    private static partial Regex Allowed();
}
