using System.Diagnostics;
using System.Formats.Tar;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests;

/// <summary>The native executables, each in two builds, as build.sh leaves them.</summary>
public sealed class NativeExecutableTests
{
    private const int UsageStatus = 64;
    private const int MaxBytes = 8 * 1024 * 1024;
    private const int MaxExecutorBytes = 10 * 1024 * 1024;

    [Theory]
    [InlineData("mesos-docker")]
    [InlineData("mesos-docker-static")]
    public void WithoutArguments_SaysOnStderrHowItIsUsed(string name)
    {
        Ended ended = Run(Executable(name));

        Assert.Equal(UsageStatus, ended.Status);
        Assert.Equal("", ended.Output);
        Assert.Contains("mesos-docker", ended.Error);
    }

    [Theory]
    [InlineData("mesos-docker", MaxBytes)]
    [InlineData("mesos-docker-static", MaxBytes)]
    [InlineData("mesos-docker-executor", MaxExecutorBytes)]
    [InlineData("mesos-docker-executor-static", MaxExecutorBytes)]
    public void Executable_IsSmall(string name, int most) => Assert.InRange(new FileInfo(Executable(name)).Length, 1, most);

    [Theory]
    [InlineData("mesos-docker-executor")]
    [InlineData("mesos-docker-executor-static")]
    public void Executor_SaysThatAnAgentStartsIt(string name)
    {
        Ended ended = Run(Executable(name));

        Assert.Equal((UsageStatus, ""), (ended.Status, ended.Output));
        Assert.StartsWith("mesos-docker-executor: UsageInvalid: This program is started by a Mesos agent", ended.Error);
        Assert.Contains("means nothing to mesos-docker-executor", Run(Executable(name), "go").Error);
        Assert.StartsWith("mesos-docker-executor 0.", Run(Executable(name), "version").Output);
        Assert.Contains("docs/pods.md", Run(Executable(name), "help").Output);
    }

    [Theory]
    [InlineData("mesos-docker")]
    [InlineData("mesos-docker-static")]
    public void ExecutorVerb_BecomesTheProgramBesideIt(string name)
    {
        Ended ended = Run(Executable(name), "executor", "version");

        Assert.Equal(0, ended.Status);
        Assert.StartsWith("mesos-docker-executor 0.", ended.Output);
    }

    [Fact]
    public void ExecutorVerb_SaysWhatIsMissing()
    {
        using var folder = new TemporaryDirectory();
        string alone = folder.PathOf("mesos-docker");
        File.Copy(Executable("mesos-docker"), alone);

        Ended ended = Run(alone, "executor");

        Assert.Equal(1, ended.Status);
        Assert.StartsWith($"mesos-docker: ProgramMissing: There is no 'mesos-docker-executor' beside '{alone}'", ended.Error);
    }

    [Fact]
    public void Static_RunsInARootThatHoldsNothingElse()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may chroot");
        string root = Directory.CreateTempSubdirectory("mesos-docker-").FullName;
        try
        {
            File.Copy(Executable("mesos-docker-static"), Path.Combine(root, "mesos-docker"));

            Assert.Equal(UsageStatus, Run("chroot", root, "/mesos-docker").Status);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Static_RunsInAContainerThatHoldsNothingElse()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/docker") && Run("docker", "version").Status == 0, "no Docker engine answers");
        string image = $"mesosdocker-test-{Guid.NewGuid():n}";
        string tar = Path.GetTempFileName();
        try
        {
            using (var archive = new TarWriter(File.OpenWrite(tar)))
            {
                archive.WriteEntry(Executable("mesos-docker-static"), "mesos-docker");
            }

            Ended imported = Run("docker", "import", tar, image);
            Assert.True(imported.Status == 0, imported.Error);

            Assert.Equal(UsageStatus, Run("docker", "run", "--rm", "--network", "none", image, "/mesos-docker").Status);
        }
        finally
        {
            File.Delete(tar);
            Run("docker", "rmi", "--force", image);
        }
    }

    private static string Executable(string name)
    {
        string path = Path.Combine(TestData.RepositoryRoot, "out", "MesosDocker", "bin", "linux-x64", name);
        Assert.SkipUnless(File.Exists(path), "the native executables are not built (build.sh --no-native)");
        return path;
    }

    private static Ended Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return new Ended(process.ExitCode, output.Result, error.Result);
    }

    private sealed record Ended(int Status, string Output, string Error);
}
