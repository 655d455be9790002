using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Installing;

public sealed class ShellVariablesTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("A=1", "1")]
    [InlineData("  export  A='1'\nB=2\n", "1")]
    [InlineData("A=1\nA=\"2\"\n", "2")]
    [InlineData("#A=1\nAA=2\nB=A=3\nexportA=4\nA", null)]
    [InlineData("A=", "")]
    public void Find_TakesTheLastAssignment(string text, string? expected) => Assert.Equal(expected, ShellVariables.Find(text, "A"));

    [Theory]
    [InlineData("", "# why\nA=9\n")]
    [InlineData("B=1", "B=1\n# why\nA=9\n")]
    [InlineData("B=1\n", "B=1\n# why\nA=9\n")]
    [InlineData("#A=1\n", "#A=1\n# why\nA=9\n")]
    [InlineData("A=1\nB=2\n", "A=9\nB=2\n")]
    [InlineData("A=1\n export A='2' \nB=2", "A=1\n export A=9\nB=2")]
    public void Set_ChangesTheLastAssignmentOrAddsOne(string text, string expected)
    {
        string changed = ShellVariables.Set(text, "A", "9", "why");

        Assert.Equal(expected, changed);
        Assert.Equal("9", ShellVariables.Find(changed, "A"));
        Assert.Equal(expected, ShellVariables.Set(changed, "A", "9", "why"));
    }

    [Theory]
    [InlineData("A=12", 12)]
    [InlineData("A=-1", null)]
    [InlineData("A=99999999999999", null)]
    [InlineData("A=$B", null)]
    public void FindNumber_TakesNumbersOnly(string text, int? expected) => Assert.Equal(expected, ShellVariables.FindNumber(text, "A"));
}
