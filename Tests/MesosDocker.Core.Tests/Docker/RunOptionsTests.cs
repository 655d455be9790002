using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker;

public sealed class RunOptionsTests
{
    [Fact]
    public void All_HasEveryNameAndLetterOnce()
    {
        string[] names = [.. RunOptions.All.SelectMany(option => option.Aliases.Prepend(option.Name))];
        char?[] letters = [.. RunOptions.All.Select(option => option.Short).Where(letter => letter is not null)];

        Assert.Equal(names.Distinct(), names);
        Assert.Equal(letters.Distinct(), letters);
        Assert.Equal(15, letters.Length);
    }

    [Fact]
    public void All_ExplainsEveryOption() => Assert.All(RunOptions.All, option =>
    {
        Assert.EndsWith(".", option.Help);
        Assert.Equal(option.Kind == OptionKind.Flag, option.Placeholder.Length == 0);
    });

    [Theory]
    [InlineData("network", "network")]
    [InlineData("net", "network")]
    [InlineData("net-alias", "network-alias")]
    [InlineData("dns-opt", "dns-option")]
    [InlineData("nothing", null)]
    public void Find_KnowsAliases(string name, string? expected) => Assert.Equal(expected, RunOptions.Find(name)?.Name);

    [Fact]
    public void Apply_AndValuesIn_AreEachOthersReverse()
    {
        RunOption memory = RunOptions.Find("memory")!;

        DockerRun run = memory.Apply(new DockerRun(), "1048576", NoRunFiles.Instance);

        Assert.Equal(1048576, run.Container.HostConfig.Memory);
        Assert.Equal(["1m"], memory.ValuesIn(run));
        Assert.Empty(memory.ValuesIn(new DockerRun()));
    }
}
