using MesosDocker.Containerizer;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Installing;

public sealed class ExecutableChoiceTests
{
    [Theory]
    [InlineData("d", "s", true, true, "d")]
    [InlineData("d", "s", true, false, "s")]
    [InlineData("d", "s", false, true, "s")]
    [InlineData("d", "s", false, false, "s")]
    [InlineData("d", null, true, false, "d")]
    [InlineData(null, "s", false, true, "s")]
    public void Make_PrefersTheDynamicBuild_WhereItHasAllItNeeds(string? dynamicBuild, string? staticBuild, bool starts, bool hasOpenSsl, string expected)
        => Assert.Equal(expected, ExecutableChoice.Make(dynamicBuild, staticBuild, starts, hasOpenSsl).File);

    [Fact]
    public void Make_NamesTheBuildThatIsMissing()
    {
        var e = Assert.Throws<MesosDockerException>(() => ExecutableChoice.Make("/opt/mesos-docker", null, starts: false, hasOpenSsl: true));

        Assert.Equal(Fault.ProgramMissing, e.Fault);
        Assert.Contains("mesos-docker-static", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mesos-docker", "mesos-docker-executor mesos-docker-executor-static", "mesos-docker-executor")]
    [InlineData("mesos-docker-static", "mesos-docker-executor mesos-docker-executor-static", "mesos-docker-executor-static")]
    [InlineData("mesos-docker-static", "mesos-docker-executor", "mesos-docker-executor")]
    [InlineData("mesos-docker", "mesos-docker-executor-static", null)]
    public void ExecutorBeside_IsOfTheSameBuild(string program, string there, string? expected)
    {
        using var files = new TemporaryDirectory();
        foreach (string name in there.Split(' '))
        {
            files.Write(name, "");
        }

        Assert.Equal(expected is null ? null : files.PathOf(expected), ExecutableChoice.ExecutorBeside(files.PathOf(program)));
    }

    [Theory]
    [InlineData("libc.so.6", null, true)]
    [InlineData("libc.so.6", "libc-2.31.so", false)]
    [InlineData("libmusl.so", null, false)]
    public void HasRecentGlibc_GoesByTheNameOfTheFile(string name, string? target, bool expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links as Linux has them");
        using var files = new TemporaryDirectory();
        files.Write($"usr/lib64/{target ?? name}", "");
        if (target is not null)
        {
            File.CreateSymbolicLink(files.PathOf("usr", "lib64", name), target);
        }

        Assert.Equal(expected, MachineLibraries.HasRecentGlibc(new TargetMachine(files.Root)));
    }
}
